"""Photographs that want to do harm, through the door: a plain JPEG comes of each, or a refusal, and nothing between."""

import re
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT

from onharu.kernel import clock, rates
from onharu.kernel.tests.test_images import CANARY, drawn, saved
from onharu.records.meals.actions import photos
from onharu.records.meals.models import Analysis, Photo
from onharu.upstream.food_vision import Sight
from tests.hostile_photos import CORPUS, EITHER, REFUSED_AS, TAKEN

DOOR = "/api/ai/meal-analyze/"
ROOT = Path(__file__).resolve().parent.parent
MOST_SECONDS = 2.0
MOST_GROWN = 150


@pytest.fixture(autouse=True)
def _seeing_nothing(monkeypatch):
    """The recogniser has its own suite; here it sees nothing."""
    unseen = Sight(None, False, (), "none", "none", False, clock.now())
    monkeypatch.setattr(photos.food_vision, "look", lambda *_, **__: unseen)
    monkeypatch.setattr(photos.food_vision, "leaves_home", lambda: False)


@pytest.fixture(scope="session")
def files(tmp_path_factory):
    """Everything made once, as files."""
    folder = tmp_path_factory.mktemp("hostile")
    made = {}
    for number, (name, (make, _)) in enumerate(CORPUS.items()):
        made[name] = folder / f"{number}.bin"
        made[name].write_bytes(make())
    return made


def kept():
    return {path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()}


def segments_of(jpeg):
    """Every segment of a JPEG as (marker, body), read to its very end: what follows the end, or hides, fails."""
    assert jpeg[:2] == b"\xff\xd8"
    found, at = [], 2
    while True:
        assert jpeg[at] == 0xFF, "a segment begins with its mark"
        marker = jpeg[at + 1]
        if marker == 0xD9:
            assert at + 2 == len(jpeg), "nothing follows the end"
            return found
        length = int.from_bytes(jpeg[at + 2 : at + 4])
        found.append((marker, jpeg[at + 4 : at + 2 + length]))
        at += 2 + length
        if marker == 0xDA:
            at = re.compile(rb"\xff(?![\x00\xd0-\xd7])").search(jpeg, at).start()


def check_plain(jpeg):
    """Nothing but what draws pixels: one JFIF head, tables, one frame, one scan."""
    found = segments_of(jpeg)
    markers = [marker for marker, _ in found]
    assert set(markers) == {0xE0, 0xDB, 0xC0, 0xC4, 0xDA}
    assert markers.count(0xE0) == markers.count(0xC0) == markers.count(0xDA) == 1
    (head,) = [body for marker, body in found if marker == 0xE0]
    assert head.startswith(b"JFIF\0") and len(head) == 14 and head[-2:] == b"\0\0", "no thumbnail either"
    assert CANARY not in jpeg
    assert not re.search(rb"<script|<\?php|PK\x03\x04|Exif|http|8BIM|ICC_PROFILE", jpeg)


def check_outcome(answer, before, wanted):
    """A plain JPEG in its own place, or a problem in two languages and no trace."""
    new = kept() - before
    if answer.status_code == 200:
        assert wanted in {TAKEN, EITHER}
        assert {Path(settings.MEDIA_ROOT) / photo.file.name for photo in Photo.objects.all()} == new != set()
        for path in new:
            assert re.fullmatch(r"photos/\d+/[0-9a-f]{32}\.jpg", path.relative_to(settings.MEDIA_ROOT).as_posix())
            check_plain(path.read_bytes())
    else:
        assert wanted in {REFUSED_AS, EITHER}
        assert 400 <= answer.status_code < 500
        assert answer["Content-Type"] == "application/problem+json"
        assert all(answer.json()["messages"][language] for language in ("ko", "en"))
        assert new == set()
        assert not Analysis.objects.exists() and not Photo.objects.exists()


def test_the_corpus_is_large_and_of_many_kinds(files):
    assert len(CORPUS) >= 150
    assert len({path.read_bytes() for path in files.values()}) >= len(CORPUS) - 3
    assert {wanted for _, wanted in CORPUS.values()} == {TAKEN, REFUSED_AS, EITHER}


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("name", CORPUS, ids=lambda name: name.replace(" ", "-"))
def test_a_plain_jpeg_comes_of_it_or_nothing(browser, files, name):
    raw = files[name].read_bytes()
    before, started = kept(), time.process_time()
    answer = browser.post(DOOR, {"image": SimpleUploadedFile("lunch.jpg", raw, "image/jpeg")})
    took = time.process_time() - started
    check_outcome(answer, before, CORPUS[name][1])
    assert took <= MOST_SECONDS


@pytest.mark.slow
def test_all_of_them_in_one_process_take_little_memory(files):
    """A process of its own: what making the files took is not in it."""
    told = subprocess.run(
        [sys.executable, "-m", "tests.hostile_photos"],
        input="\n".join(map(str, files.values())), capture_output=True, text=True, check=True, cwd=ROOT,
        env={"PYTHONPATH": str(ROOT), "DJANGO_SETTINGS_MODULE": "tests.settings", "PATH": "/usr/bin:/bin"},
    )  # fmt: skip
    assert int(told.stdout.strip()) <= MOST_GROWN


# --- what a file calls itself ------------------------------------------------------------------------------

NAMES = [
    "../../../etc/passwd", "..\\..\\boot.ini", "/etc/cron.d/x", "C:\\x.jpg", "a\0.jpg", "lunch.php.jpg", "lunch.jpg.php",
    ".htaccess", "CON", "x.svg", "x.jpg;ls", "$(id).jpg", "<script>alert(1)</script>.jpg", '".jpg', "점심 사진.jpg",
    "\u202egpj.exe", "a\r\nX-Evil: 1.jpg", "x" * 5000 + ".jpg", "%2e%2e%2f.jpg", "~root/x.jpg", "-rf.jpg", ".", "..", " ",
]  # fmt: skip
TYPES = [
    "text/html", "image/svg+xml", "application/x-php", "text/plain; charset=utf-16", "multipart/mixed; boundary=x", "image/gif",
    "x" * 5000, "application/octet-stream", "image/jpeg\r\nX-Evil: 1", "../../x", "application/zip",
]  # fmt: skip


@pytest.mark.parametrize("name", NAMES, ids=ascii)
def test_the_name_of_a_file_decides_nothing(browser, name):
    before = kept()
    upload = SimpleUploadedFile("x.jpg", saved(drawn()), "image/jpeg")
    upload._name = name  # what a browser may say, and Django's own setter would mend
    check_outcome(browser.post(DOOR, {"image": upload}), before, EITHER)


@pytest.mark.parametrize("kind", TYPES, ids=ascii)
def test_the_declared_type_of_a_file_decides_nothing(browser, kind):
    before = kept()
    check_outcome(browser.post(DOOR, {"image": SimpleUploadedFile("x.jpg", saved(drawn()), kind)}), before, EITHER)
    rates.forget()
    html = SimpleUploadedFile("x.html", b"<script>1</script>", "image/jpeg")
    assert browser.post(DOOR, {"image": html}).status_code == 400


# --- what a request calls itself ----------------------------------------------------------------------------


def part(head, body):
    return f"--{BOUNDARY}\r\n{head}\r\n\r\n".encode() + body + b"\r\n"


END = f"--{BOUNDARY}--\r\n".encode()


def whole(*parts, end=END):
    return b"".join(parts) + end


FILE = 'Content-Disposition: form-data; name="image"; filename="a.jpg"\r\nContent-Type: image/jpeg'


def requests():
    jpeg = saved(drawn())
    good = part(FILE, jpeg)
    return {
        "two of the same": (whole(good, good), TAKEN),
        "two that differ": (whole(good, part(FILE, saved(drawn(), "PNG"))), TAKEN),
        "a good one and a bad one": (whole(good, part(FILE, b"GIF89a" + bytes(40))), REFUSED_AS),
        "a bad one and a good one": (whole(part(FILE, b"<svg/>"), good), REFUSED_AS),
        "seven": (whole(*[part(FILE, saved(drawn((40 + n, 30)))) for n in range(7)]), REFUSED_AS),
        "a hundred and one": (whole(*[part(FILE.replace("image", f"f{n}"), b"x") for n in range(101)]), REFUSED_AS),
        "no name of a file": (whole(part('Content-Disposition: form-data; name="image"', jpeg)), REFUSED_AS),
        "no name of a field": (whole(part('Content-Disposition: form-data; filename="a.jpg"', jpeg)), REFUSED_AS),
        "an empty name of a file": (whole(part(FILE.replace("a.jpg", ""), jpeg)), REFUSED_AS),
        "another field": (whole(part(FILE.replace("image", "avatar", 1), jpeg)), REFUSED_AS),
        "no end": (whole(good, end=b""), EITHER),
        "an end in the middle": (whole(good)[: len(jpeg) // 2], EITHER),
        "nothing at all": (b"", REFUSED_AS),
        "only an end": (whole(), REFUSED_AS),
        "a boundary that is another's": (whole(good).replace(BOUNDARY.encode(), b"other"), REFUSED_AS),
        "a head of 100 kB": (whole(part(f"X-Long: {'x' * 100_000}\r\n{FILE}", jpeg)), EITHER),
        "ten thousand heads": (whole(part("X-A: b\r\n" * 10_000 + FILE, jpeg)), EITHER),
        "base64": (whole(part(f"{FILE}\r\nContent-Transfer-Encoding: base64", b"/9j/4AAQSkZJRg==")), REFUSED_AS),
        "base64 that is none": (whole(part(f"{FILE}\r\nContent-Transfer-Encoding: base64", b"\xff\xd8\xff!")), REFUSED_AS),
        "a name in another alphabet": (whole(part(FILE.replace('"a.jpg"', "x; filename*=utf-16''%00a"), jpeg)), EITHER),
        "a name that climbs, by the newer rule": (whole(part(FILE + "\r\nX: y", jpeg).replace(b'"a.jpg"', b"x; filename*=utf-8''..%2f..%2fa")), EITHER),
        "a picture within a part": (whole(part(FILE.replace("image/jpeg", f"multipart/mixed; boundary={BOUNDARY}"), jpeg)), EITHER),
        "an empty file": (whole(part(FILE, b"")), REFUSED_AS),
        "a picture and a sentence": (whole(good, part('Content-Disposition: form-data; name="text"', "밥".encode())), REFUSED_AS),
        "a thousand fields beside it": (whole(*[part(f'Content-Disposition: form-data; name="f{n}"', b"x") for n in range(1100)], good), REFUSED_AS),
        "a field of three megabytes": (whole(part('Content-Disposition: form-data; name="text"', b"x" * 3_000_000)), REFUSED_AS),
        "a file of thirteen megabytes": (whole(part(FILE, jpeg + bytes(13 << 20))), REFUSED_AS),
    }  # fmt: skip


REQUESTS = requests()


@pytest.mark.parametrize("name", REQUESTS, ids=lambda name: name.replace(" ", "-"))
def test_a_request_that_is_odd_is_understood_or_refused(browser, name):
    body, wanted = REQUESTS[name]
    before, started = kept(), time.process_time()
    answer = browser.generic("POST", DOOR, body, content_type=MULTIPART_CONTENT)
    took = time.process_time() - started
    check_outcome(answer, before, wanted)
    assert took <= MOST_SECONDS


@pytest.mark.parametrize(
    "kind", ["multipart/form-data", "multipart/form-data; boundary=", f"multipart/form-data; boundary={'b' * 300}",
             "multipart/form-data; boundary=\x01", "multipart/form-data; boundary=점심", "multipart/mixed; boundary=x", "image/jpeg",
             "", "x", "application/json", "application/x-www-form-urlencoded", "multipart/form-data; charset=utf-32; boundary=x"],
    ids=ascii,
)  # fmt: skip
def test_a_body_that_is_not_of_its_kind_is_refused(browser, kind):
    before = kept()
    answer = browser.generic("POST", DOOR, whole(part(FILE, saved(drawn()))), content_type=kind)
    check_outcome(answer, before, REFUSED_AS)


@pytest.mark.parametrize("door", [DOOR, "/meals/photo/", "/api/meals/", "/login/"])
def test_a_body_that_says_it_is_huge_is_not_even_read(owner, door):
    """Whatever is behind the door: eight files of twelve megabytes would otherwise lie in memory first."""
    client = Client()
    client.force_login(owner)
    answer = client.generic(
        "POST", door, whole(part(FILE, b"x")), content_type=MULTIPART_CONTENT, CONTENT_LENGTH=str(80 << 20)
    )
    assert answer.status_code == 413
    assert not Analysis.objects.exists()


def test_the_pages_door_refuses_alike(owner):
    client = Client()
    client.force_login(owner)
    answer = client.post("/meals/photo/", {"photo": SimpleUploadedFile("x.jpg", b"<svg/>", "image/jpeg")})
    assert answer.status_code == 422
    assert not Photo.objects.exists() and not Analysis.objects.exists()
