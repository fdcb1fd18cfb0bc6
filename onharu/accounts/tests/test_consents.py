"""What is agreed to is recorded in the words that were shown, holds at once, and is never rewritten."""

import hashlib

import pytest
from django.db import DatabaseError, connection, transaction

from conftest import PASSWORD, make_person, signed_in
from onharu.accounts import wordings
from onharu.accounts.actions import set_consent
from onharu.accounts.consented import ConsentStays
from onharu.accounts.models import Consent, Profile, User
from onharu.accounts.tests.conftest import Script
from onharu.kernel import clock

JSON = "application/json"
NEW = {"username": "haru", "password": PASSWORD}
FOOD = {"name": "내 밥", "kcal": 100}


def said(user, purpose):
    return list(Consent.objects.of(user.pk).filter(purpose=purpose).values_list("given", "how").order_by("pk"))


def put(browser, purpose, given):
    return browser.put(f"/api/me/consents/{purpose}/", {"given": given}, content_type=JSON)


@pytest.mark.parametrize(("purpose", "switch"), wordings.SWITCHES.items())
def test_every_way_to_set_a_switch_records_it(browser, owner, purpose, switch):
    browser.patch("/api/users/me/", {switch: True}, content_type=JSON)
    browser.patch("/api/users/me/", {switch: True}, content_type=JSON)
    page = {"activity": "LOW", "zone": "Asia/Seoul", "day_start_hour": "0", "language": "ko", "takes_medicine": ""}
    browser.post("/me/", page)
    put(browser, purpose, given=True)
    browser.post(f"/me/consents/{purpose}/set/", {"given": "no"})
    assert said(owner, purpose) == [(True, "api"), (False, "page"), (True, "api"), (False, "page")]
    assert getattr(Profile.objects.get(pk=owner.pk), switch) is False


def test_the_record_holds_the_very_words_that_the_page_shows(browser, owner):
    page = browser.get("/me/").content.decode()
    text = wordings.newest(wordings.PHOTOS).text("ko")
    assert text.title in page
    assert text.body in page
    put(browser, wordings.PHOTOS, given=True)
    kept = Consent.objects.of(owner.pk).get()
    digest = hashlib.sha256(f"{text.title}\n{text.body}".encode()).hexdigest()
    assert (kept.wording, kept.language, kept.digest) == ("photos_outside.1", "ko", digest)


def test_the_words_are_kept_in_the_language_that_was_read(owner):
    browser = signed_in(owner)
    browser.put(
        "/api/me/consents/words_outside/", {"given": True}, content_type=JSON, headers={"Accept-Language": "en"}
    )
    kept = Consent.objects.of(owner.pk).get()
    assert (kept.language, kept.digest) == ("en", wordings.newest(wordings.WORDS).text("en").digest)


def test_no_wording_that_was_shown_is_ever_changed():
    known = {
        f"{one.id}.{language}": text.digest[:12] for one in wordings.WORDINGS for language, text in one.texts.items()
    }
    assert hashlib.sha256(repr(sorted(known.items())).encode()).hexdigest()[:16] == "800fbc458ebaf236"


def test_a_record_is_neither_changed_nor_removed(owner):
    set_consent(user_id=owner.pk, purpose=wordings.PHOTOS, given=True, how="page", at=clock.now())
    with pytest.raises(ConsentStays):
        Consent.objects.of(owner.pk).update(given=False)
    with pytest.raises(ConsentStays):
        Consent.objects.of(owner.pk).delete()
    assert said(owner, wordings.PHOTOS) == [(True, "page")]


def test_the_database_itself_refuses_to_change_a_record(owner):
    set_consent(user_id=owner.pk, purpose=wordings.PHOTOS, given=True, how="page", at=clock.now())
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE accounts_consent SET given = %s", [False])
    assert said(owner, wordings.PHOTOS) == [(True, "page")]


def test_who_came_by_the_api_writes_nothing_of_health_before_agreeing(db, script):
    answer = script.post("/auth/register/", NEW).json()
    me = Script(answer["access"])
    refused = me.put("/api/water/2026-11-22/", {"ml": 200})
    assert refused.status_code == 403
    assert refused.json()["code"] == "consent_needed"
    assert me.get("/api/meals/").status_code == 200
    assert me.patch("/api/users/me/", {"nickname": "하루"}).status_code == 200
    assert me.patch("/api/users/me/", {"weight_kg": 60}).json()["code"] == "consent_needed"
    assert me.put("/api/me/consents/health_data/", {"given": True}).json()["given"] is True
    assert me.put("/api/water/2026-11-22/", {"ml": 200}).status_code == 200


def test_a_client_that_asked_says_so_when_it_registers(db, script):
    answer = script.post("/auth/register/", {**NEW, "health_data": True}).json()
    assert Script(answer["access"]).put("/api/water/2026-11-22/", {"ml": 200}).status_code == 200
    assert said(User.objects.get(username="haru"), wordings.HEALTH) == [(True, "api")]


def test_nobody_agrees_for_somebody_else(staff):
    staff.post("/api/users/", {**NEW, "health_data": True})
    assert Profile.objects.get(user__username="haru").health_data == "unasked"


def test_withdrawing_stops_the_next_writing_and_leaves_taking_away(browser, owner):
    browser.put("/api/water/2026-11-22/", {"ml": 200}, content_type=JSON)
    put(browser, wordings.HEALTH, given=False)
    refused = browser.put("/api/water/2026-11-22/", {"ml": 300}, content_type=JSON)
    assert refused.status_code == 403
    assert refused.json()["code"] == "consent_needed"
    page = browser.post("/meals/water/", {"ml": "300"})
    assert page.status_code == 403
    assert "/me/consents/health/" in page.content.decode()
    assert browser.get("/api/days/2026-11-22/summary/").json()["water_ml"] == 200
    assert browser.delete("/api/meals/99/").status_code == 404  # looked for, so not refused
    assert said(owner, wordings.HEALTH) == [(False, "api")]


def test_withdrawing_ends_shares_and_devices_with_it(browser, owner):
    browser.post("/api/shares/", {"label": "딸"}, content_type=JSON)
    put(browser, wordings.HEALTH, given=False)
    assert said(owner, wordings.CAREGIVER) == [(True, "api"), (False, "ended")]
    assert browser.get("/api/shares/").json()["results"][0]["stands"] == "revoked"


def test_a_share_is_recorded_with_its_beginning_and_its_end(browser, owner):
    browser.post("/medicines/family/invite/", {"label": "딸", "may": "look"})
    share = browser.get("/api/shares/").json()["results"][0]["id"]
    browser.post(f"/medicines/family/{share}/revoke/")
    browser.put(f"/api/shares/{share}/restore/")
    put(browser, wordings.CAREGIVER, given=False)
    expected = [(True, "page"), (False, "page"), (True, "api"), (False, "ended")]
    assert said(owner, wordings.CAREGIVER) == expected


def test_sharing_and_ringing_are_agreed_to_where_they_begin(browser):
    assert put(browser, wordings.CAREGIVER, given=True).json()["code"] == "consent_given_elsewhere"
    assert put(browser, wordings.PUSH, given=True).json()["code"] == "consent_given_elsewhere"
    assert put(browser, "research", given=True).status_code == 404


def test_whoever_was_never_asked_is_asked_on_the_first_page(db):
    for state, asked in (("unasked", True), ("earlier", True), ("given", False), ("withheld", False)):
        answer = signed_in(make_person(state, health_data=state)).get("/meals/")
        assert (answer.status_code == 302) is asked, state
        assert not asked or answer["Location"] == "/me/consents/health/?next=%2Fmeals%2F"


def test_who_was_here_before_goes_on_until_asked(db):
    browser = signed_in(make_person("old", health_data="earlier"))
    assert browser.put("/api/water/2026-11-22/", {"ml": 200}, content_type=JSON).status_code == 200


def test_the_question_stands_alone_with_nothing_chosen(db):
    person = make_person("new", health_data="unasked")
    browser = signed_in(person)
    page = browser.get("/me/consents/health/?next=/meals/").content.decode()
    assert "checked" not in page
    assert page.count('name="given"') == 2
    assert browser.post("/me/consents/health/", {"next": "/meals/"}).status_code == 422
    assert browser.post("/me/consents/health/", {"given": "yes", "next": "/meals/"})["Location"] == "/meals/"
    assert said(person, wordings.HEALTH) == [(True, "setup")]


def test_the_consents_of_a_person_are_told_with_their_history(browser, stranger):
    put(browser, wordings.PHOTOS, given=True)
    found = {one["purpose"]: one for one in browser.get("/api/me/consents/").json()["consents"]}
    assert list(found) == list(wordings.PURPOSES)
    assert (found["photos_outside"]["given"], found["photos_outside"]["asked"]) == (True, True)
    assert found["photos_outside"]["said"][0]["title"] == wordings.newest(wordings.PHOTOS).text("ko").title
    assert found["words_outside"]["said"] == []
    page = browser.get("/me/consents/").content.decode()
    assert all(wordings.newest(purpose).text("ko").title in page for purpose in wordings.PURPOSES)
    theirs = signed_in(stranger).get("/api/me/consents/").json()["consents"]
    assert not any(one["said"] for one in theirs)
