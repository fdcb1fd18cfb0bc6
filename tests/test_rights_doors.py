"""Export and leaving by the pages and the API: who may, who may not, and what is sent."""

import io
import json
import zipfile
from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry

from conftest import PASSWORD, make_person, signed_in
from onharu.accounts.models import SignIn, User
from onharu.kernel import clock, jobs
from onharu.kernel.access.tables import AccessRow
from onharu.rights.actions import exports, tombstones
from onharu.rights.models import Erasure, Export

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _own_list(tmp_path, monkeypatch):
    monkeypatch.setattr(tombstones, "place", lambda: tmp_path / "erased.jsonl")


def work():
    """Do what is owed for the rights, as the worker would."""
    jobs.Job.objects.exclude(name__startswith="rights.").delete()
    periods, jobs.registry.periods = jobs.registry.periods, {}
    try:
        while jobs.run_due():
            pass
    finally:
        jobs.registry.periods = periods


def later(monkeypatch, **ahead):
    at = clock.now() + timedelta(**ahead)
    monkeypatch.setattr(clock, "now", lambda: at)


def erase_by(browser, **said):
    return browser.delete("/api/users/me/", said, content_type="application/json")


def test_asking_starts_it_then_tells_how_far_it_is_then_sends_it(browser, owner):
    first = browser.get("/api/me/export/")
    assert (first.status_code, first.json()["state"], first.json()["percent"]) == (202, "waiting", 0)
    assert browser.get("/api/me/export/").status_code == 202
    assert Export.objects.count() == jobs.Job.objects.filter(name=exports.MAKE).count() == 1
    work()
    ready = browser.get("/api/me/export/")
    assert ready.status_code == 200 and ready["Content-Type"] == "application/zip"
    assert ready["Content-Disposition"].startswith("attachment; filename=") and "no-store" in ready["Cache-Control"]
    with zipfile.ZipFile(io.BytesIO(b"".join(ready.streaming_content))) as archive:
        assert json.loads(archive.read("onharu.json"))["format"] == "onharu-export"
    assert AccessRow.objects.filter(kind="export", whose=owner.pk).count() == 1


def test_another_person_gets_their_own_archive_and_nobody_gets_none(browser, stranger_browser, client, owner):
    browser.get("/api/me/export/")
    work()
    assert stranger_browser.get("/me/export/file/").status_code == 404
    assert stranger_browser.get("/api/me/export/").status_code == 202
    assert client.get("/api/me/export/").status_code == 401
    assert client.get("/me/export/file/").status_code == 302
    assert Export.objects.filter(owner=owner, state="ready").exists()


def test_making_one_anew_replaces_the_one_that_is_kept(browser, owner):
    browser.get("/api/me/export/")
    work()
    kept = Export.objects.get()
    assert browser.post("/api/me/export/").status_code == 202
    assert not kept.file.storage.exists(kept.file.name)
    assert Export.objects.get().state == "waiting"


def test_the_page_shows_a_button_then_progress_then_the_file(browser, owner):
    page = browser.get("/me/export/").content.decode()
    assert "모두 담기" in page and "담고 있어요" not in page
    assert browser.post("/me/export/").status_code == 302
    making = browser.get("/me/export/").content.decode()
    assert 'id="percent">0%' in making and 'hx-trigger="every 2s"' in making
    fragment = browser.get("/me/export/", headers={"HX-Request": "true"}).content.decode()
    assert fragment.lstrip().startswith("<section") and "<html" not in fragment
    work()
    assert "/me/export/file/" in browser.get("/me/export/").content.decode()
    assert browser.get("/me/export/file/").status_code == 200


def test_an_export_that_failed_says_so_and_can_be_asked_for_again(browser, owner, monkeypatch):
    browser.post("/me/export/")
    monkeypatch.setattr(exports, "write_archive", lambda *_: 1 / 0)
    work()
    assert Export.objects.get().state == "failed"
    assert "담지 못했어요" in browser.get("/me/export/").content.decode()
    monkeypatch.undo()
    assert browser.post("/api/me/export/").json()["state"] == "waiting"


def test_an_export_that_failed_by_chance_is_made_at_the_next_attempt(browser, monkeypatch):
    browser.post("/me/export/")
    with monkeypatch.context() as broken:
        broken.setattr(exports, "write_archive", lambda *_: 1 / 0)
        work()
    assert Export.objects.get().state == "failed"
    later(monkeypatch, minutes=1)
    work()
    assert browser.get("/api/me/export/")["Content-Type"] == "application/zip"


def test_who_waits_for_an_export_is_told_that_it_failed_and_owes_nothing_new_by_asking(browser, monkeypatch):
    browser.get("/api/me/export/")
    monkeypatch.setattr(exports, "write_archive", lambda *_: 1 / 0)
    work()
    first = Export.objects.get().pk
    assert [browser.get("/api/me/export/").json()["state"] for _ in range(3)] == ["failed"] * 3
    assert Export.objects.get().pk == first
    later(monkeypatch, minutes=5)
    assert browser.get("/api/me/export/").json()["state"] == "waiting"


def test_leaving_wants_the_password_once_the_sign_in_is_not_fresh(owner, monkeypatch):
    browser = signed_in(owner)
    for said in ({"now": True}, {"now": True, "password": "wrong-password-1"}):
        refused = erase_by(browser, **said)
        assert (refused.status_code, refused.json()["code"]) == (403, "proof_wanted")
    assert User.objects.filter(pk=owner.pk).exists() and not Erasure.objects.exists()
    done = erase_by(browser, now=True, password=PASSWORD)
    assert done.status_code == 202 and done.json()["state"] == "waiting"


def test_a_fresh_sign_in_is_proof_enough_and_an_old_one_is_not(client, owner, monkeypatch):
    client.post("/login/", {"username": "owner", "password": PASSWORD, "login": "owner"})
    token = client.post(
        "/auth/token/", {"username": "owner", "password": PASSWORD}, content_type="application/json"
    ).json()["access"]
    ask = {"content_type": "application/json", "headers": {"Authorization": f"Bearer {token}"}}
    later(monkeypatch, minutes=11)
    assert client.delete("/api/users/me/", {}, **ask).status_code == 403
    later(monkeypatch, minutes=-5)
    answer = client.delete("/api/users/me/", {}, **ask)
    assert answer.status_code == 202


def test_at_once_means_signed_out_at_once_and_gone_when_the_work_is_done(owner):
    browser = signed_in(owner)
    receipt = erase_by(browser, now=True, password=PASSWORD).json()["receipt"]
    assert browser.get("/api/users/me/").status_code == 401
    work()
    assert not User.objects.filter(pk=owner.pk).exists()
    told = browser.get(f"/api/erasures/{receipt}/").json()
    assert told["state"] == "done" and told["removed"]["accounts.user"] == 1
    assert "owner" not in json.dumps(told)
    assert AccessRow.objects.filter(kind="erase", whose=owner.pk or 0).count() <= 1


def test_within_the_week_whoever_signs_in_again_is_shown_the_way_back(owner):
    browser = signed_in(owner)
    page = browser.post("/me/delete/", {"when": "later", "password": PASSWORD})
    assert page.status_code == 302 and page["Location"].startswith("/erased/")
    assert browser.get("/me/").status_code == 302
    again = signed_in(User.objects.get(pk=owner.pk))
    assert 'id="leaving"' in again.get("/today/").content.decode()
    assert 'id="stay"' in again.get("/me/delete/").content.decode()
    assert again.post("/me/delete/undo/").status_code == 302
    assert 'id="leaving"' not in again.get("/today/").content.decode()
    assert not Erasure.objects.exists()


def test_the_api_takes_it_back_too_and_saying_it_twice_changes_nothing(owner):
    erase_by(signed_in(owner), password=PASSWORD)
    again = signed_in(User.objects.get(pk=owner.pk))
    assert [again.delete("/api/users/me/leaving/").status_code for _ in range(2)] == [204, 204]
    assert not Erasure.objects.exists() and User.objects.get(pk=owner.pk).profile.leaving_at is None


def test_a_wrong_password_on_the_page_is_told_and_erases_nothing(owner):
    answer = signed_in(owner).post("/me/delete/", {"when": "now", "password": "not-it-at-all-1"})
    assert answer.status_code == 422 and "비밀번호가 맞지 않거나" in answer.content.decode()
    assert not Erasure.objects.exists()


def test_the_receipt_is_a_page_and_a_file_for_whoever_holds_its_address(owner, client):
    receipt = erase_by(signed_in(owner), now=True, password=PASSWORD).json()["receipt"]
    assert 'hx-trigger="every 2s"' in client.get(f"/erased/{receipt}/").content.decode()
    work()
    page = client.get(f"/erased/{receipt}/")
    assert "hx-trigger" not in page.content.decode()
    assert page.status_code == 200 and receipt in page.content.decode() and "owner" not in page.content.decode()
    file = client.get(f"/erased/{receipt}/file/")
    assert "attachment" in file["Content-Disposition"] and file.json()["receipt"] == receipt
    assert client.get("/erased/unknown/").status_code == client.get("/api/erasures/unknown/").status_code == 404


def test_staff_delete_people_the_same_way_and_leave_no_name_behind(owner, client):
    boss = User.objects.create_superuser("boss", None, PASSWORD)
    browser = signed_in(boss)
    shown = browser.get(f"/admin/accounts/user/{owner.pk}/delete/")
    assert shown.status_code == 200
    assert browser.post(f"/admin/accounts/user/{owner.pk}/delete/", {"post": "yes"}).status_code == 302
    assert Erasure.objects.get().asked_by == "staff"
    work()
    assert not User.objects.filter(pk=owner.pk).exists()
    assert not LogEntry.objects.filter(object_repr__contains="owner").exists()
    assert browser.post(f"/admin/accounts/user/{boss.pk}/delete/", {"post": "yes"}).status_code == 403


def test_staff_who_are_no_superusers_delete_nobody(owner):
    helper = make_person("helper")
    User.objects.filter(pk=helper.pk).update(is_staff=True)
    answer = signed_in(User.objects.get(pk=helper.pk)).post(f"/admin/accounts/user/{owner.pk}/delete/", {"post": "yes"})
    assert answer.status_code == 403 and User.objects.filter(pk=owner.pk).exists()


def test_staff_find_a_receipt_and_can_change_nothing_of_it(owner):
    boss = signed_in(User.objects.create_superuser("boss", None, PASSWORD))
    receipt = erase_by(signed_in(owner), now=True, password=PASSWORD).json()["receipt"]
    work()
    assert receipt in boss.get(f"/admin/rights/erasure/?q={receipt}").content.decode()
    page = boss.get(f"/admin/rights/erasure/{receipt}/change/")
    assert page.status_code == 200 and 'name="_save"' not in page.content.decode()
    assert boss.post(f"/admin/rights/erasure/{receipt}/delete/", {"post": "yes"}).status_code == 403


def test_the_shell_asks_nothing_more_for_the_banner(browser, owner, django_assert_num_queries):
    browser.get("/me/export/")
    assert SignIn.objects.filter(user=owner).exists()
    with django_assert_num_queries(1):
        browser.get("/me/export/")
