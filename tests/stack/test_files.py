"""Photographs and archives in a private bucket of a real S3-protocol server."""

import hashlib
import io
import signal
import time
import urllib.error
import urllib.request
import uuid
import zipfile

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from conftest import signed_in
from onharu.kernel import bucket as module
from onharu.kernel import files
from onharu.kernel.images import plain
from onharu.records.meals.models import Photo
from onharu.rights.actions import erasing, exports, reading_back, tombstones
from onharu.rights.actions.leaving import leave
from onharu.rights.models import FOLDER, Export
from onharu.site import buckets
from tests.lives import live
from tests.stack.s3 import KEY_ID, SECRET_KEY, s3_server

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow, pytest.mark.stack]


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with s3_server(tmp_path_factory.mktemp("s3")) as found:
        yield found


@pytest.fixture
def put_in(server, settings, monkeypatch, tmp_path):
    """Have the house keep its files in the bucket, as an environment would say it."""
    monkeypatch.setenv("FILES_KEY_ID", KEY_ID)
    monkeypatch.setenv("FILES_SECRET_KEY", SECRET_KEY)
    monkeypatch.setattr(tombstones, "place", lambda: tmp_path / "erased.jsonl")

    def choose(more=""):
        assert list(buckets.faults(server.url + more)) == []
        settings.STORAGES = {**settings.STORAGES, "default": buckets.storage(server.url + more)}
        monkeypatch.setattr(Export._meta.get_field("file"), "storage", files.kept_apart(FOLDER))

    for name in server.names():
        server.client().delete_object(Bucket=server.bucket, Key=name)
    return choose


@pytest.fixture
def bucket(put_in, server):
    put_in()
    return server


@pytest.fixture
def photo(bucket, owner, relative):
    """A photograph as the house keeps them: redrawn by itself, and known by its digest."""
    found = live(owner, relative)["meals.photo"]
    for column in (found.file, found.thumb):
        with column.open("rb") as file:
            raw = plain(file.read())
        column.delete(save=False)
        column.save(f"{owner.pk}/{uuid.uuid4().hex}.jpg", ContentFile(raw), save=False)
    found.digest = hashlib.sha256(raw).hexdigest()
    found.save()
    return found


def fetched(url):
    try:
        with urllib.request.urlopen(url, timeout=10) as answer:
            return answer.status, answer.read(), dict(answer.headers)
    except urllib.error.HTTPError as error:
        return error.code, error.read(), dict(error.headers)


def body(answer):
    return b"".join(answer.streaming_content)


def test_a_photograph_lies_in_the_bucket_and_nobody_reads_it_there(photo, bucket, owner):
    assert len(bucket.names()) == 2
    assert all(name.startswith(f"photos/{owner.pk}/") for name in bucket.names())
    for name in bucket.names():
        assert fetched(f"{bucket.endpoint}/{bucket.bucket}/{name}")[0] == 403
    assert fetched(f"{bucket.endpoint}/{bucket.bucket}/")[0] == 403


def test_its_owner_is_sent_to_it_by_a_link_that_holds_for_a_minute(photo, bucket, browser):
    for size, column in (("", photo.file), ("?size=thumb", photo.thumb)):
        answer = browser.get(f"/photos/{photo.pk}/{size}")
        assert answer.status_code == 302
        assert answer["Cache-Control"] == "private, no-store"
        assert "ETag" not in answer
        status, raw, headers = fetched(answer["Location"])
        with column.open("rb") as file:
            assert (status, raw) == (200, file.read())
        assert headers["Content-Type"] == "image/jpeg"
        assert headers["Cache-Control"] == "private, no-store"
        assert f"X-Amz-Expires={module.HOLDS_SECONDS}&" in answer["Location"]


def test_a_link_ends_and_is_for_one_file(photo, bucket, browser, monkeypatch):
    monkeypatch.setattr(module, "HOLDS_SECONDS", 1)
    link = browser.get(f"/photos/{photo.pk}/")["Location"]
    assert fetched(link)[0] == 200
    other = link.replace(photo.file.name, photo.thumb.name)
    assert other != link
    assert fetched(other)[0] == 403
    time.sleep(2.1)
    assert fetched(link)[0] == 403


def test_a_stranger_is_sent_nowhere(photo, stranger_browser, client):
    assert stranger_browser.get(f"/photos/{photo.pk}/").status_code == 404
    assert "Location" not in stranger_browser.get(f"/photos/{photo.pk}/")
    assert SECRET_KEY not in str(client.get(f"/photos/{photo.pk}/").headers)


def test_a_link_is_signed_for_the_address_that_browsers_know(photo, bucket, browser, put_in):
    put_in("&public=https://files.example.com")
    assert browser.get(f"/photos/{photo.pk}/")["Location"].startswith("https://files.example.com/onharu/photos/")


def test_without_links_the_house_sends_the_file_itself(photo, put_in, browser):
    put_in("&links=off")
    answer = browser.get(f"/photos/{photo.pk}/")
    with photo.file.open("rb") as file:
        assert (answer.status_code, body(answer)) == (200, file.read())
    assert answer["Content-Security-Policy"].startswith("default-src 'none'")
    assert browser.get(f"/photos/{photo.pk}/", headers={"If-None-Match": answer["ETag"]}).status_code == 304


def test_a_photograph_that_is_gone_from_the_bucket_is_missing(photo, put_in, browser):
    put_in("&links=off")
    photo.file.storage.delete(photo.file.name)
    assert browser.get(f"/photos/{photo.pk}/").status_code == 404
    photo.file.storage.delete(photo.file.name)


def test_everything_of_a_person_is_taken_along_and_read_back(photo, bucket, owner, browser, stranger, tmp_path):
    export = exports.ask_for_export(owner_id=owner.pk)
    exports.make_export(export_id=export.pk)
    export.refresh_from_db()
    assert f"{FOLDER}/{export.file.name}" in bucket.names()
    answer = browser.get("/me/export/file/")
    status, raw, headers = fetched(answer["Location"])
    assert (answer.status_code, status, headers["Content-Type"]) == (302, 200, "application/zip")
    assert headers["Content-Disposition"].startswith('attachment; filename="onharu-')
    archive = zipfile.ZipFile(io.BytesIO(raw))
    kept = [name for name in archive.namelist() if name.startswith("photos/")]
    with photo.file.open("rb") as file:
        assert file.read() in [archive.read(name) for name in kept]
    assert len(kept) == 2
    (tmp_path / "archive.zip").write_bytes(raw)
    reading_back.read_back(user_id=stranger.pk, path=tmp_path / "archive.zip")
    again = Photo.objects.of(stranger.pk).get()
    with photo.file.open("rb") as old, again.file.open("rb") as new:
        assert old.read() == new.read()
    assert sum(name.startswith(f"photos/{stranger.pk}/") for name in bucket.names()) == 2


def test_nothing_of_a_person_who_left_is_in_the_bucket(photo, bucket, owner, relative):
    default_storage.save(f"photos/{owner.pk}/left-by-a-fall.jpg", ContentFile(b"half"))
    others = default_storage.save(f"photos/{owner.pk}0/another.jpg", ContentFile(b"theirs"))
    exports.make_export(export_id=exports.ask_for_export(owner_id=owner.pk).pk)
    assert len(bucket.names()) == 5
    erasing.erase_person(receipt=leave(user_id=owner.pk, now=True).receipt)
    assert bucket.names() == [others]


def test_two_files_of_one_name_are_two_files(bucket):
    first, second = (default_storage.save("photos/1/a.jpg", ContentFile(body)) for body in (b"1", b"2"))
    assert first != second
    assert [default_storage.open(name).read() for name in (first, second)] == [b"1", b"2"]


def test_a_bucket_that_hangs_or_is_away_is_said_so_in_time(photo, put_in, server, owner, monkeypatch):
    monkeypatch.setattr(module, "READ_SECONDS", 1)
    monkeypatch.setattr(module, "CONNECT_SECONDS", 1)
    put_in("&links=off")
    server.client().put_object(Bucket=server.bucket, Key=photo.file.name, Body=b"there")
    server.process.send_signal(signal.SIGSTOP)
    browser = signed_in(owner)
    started = time.monotonic()
    try:
        answer = browser.get(f"/photos/{photo.pk}/", headers={"Accept": "application/json"})
    finally:
        server.process.send_signal(signal.SIGCONT)
    assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")
    assert time.monotonic() - started < 6
    assert browser.get(f"/photos/{photo.pk}/").status_code == 200
