"""The secret address of a calendar: who may read it, what it shows, how it ends."""

import re
from datetime import UTC, date, datetime, time, timedelta

import icalendar
import pytest
import recurring_ical_events

from conftest import signed_in
from onharu.accounts.models import Profile
from onharu.accounts.public import person_of
from onharu.kernel import clock
from onharu.kernel.problems import Missing
from onharu.records.medication.actions import feeds, regimens
from onharu.records.medication.actions.cleaning import forget_deleted
from onharu.records.medication.models import CalendarFeed
from onharu.records.medication.queries import calendar
from onharu.records.medication.queries.doses import doses_between
from onharu.records.medication.tests.conftest import statements_of
from onharu.records.medication.tests.dosing import after_meals, at_times, regimen, when_needed

pytestmark = pytest.mark.django_db
API = "/api/calendar-feed/"


@pytest.fixture
def pill(owner, noon):
    return regimen(owner, at_times(8, 20))


@pytest.fixture
def feed(owner, pill, noon):
    return feeds.make_feed(owner_id=owner.pk, names_shown=True)


def address(made):
    return f"/calendar/{made.secret}.ics"


def moments(body, first=datetime(2026, 11, 1, tzinfo=UTC), last=datetime(2029, 1, 1, tzinfo=UTC)):
    found = recurring_ical_events.of(icalendar.Calendar.from_ical(body)).between(first, last)
    return sorted((one["DTSTART"].dt.astimezone(UTC), str(one["SUMMARY"])) for one in found)


def test_a_calendar_program_reads_the_doses_without_signing_in(client, feed):
    response = client.get(address(feed))
    assert response.status_code == 200
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    said = moments(response.content)
    assert (datetime(2026, 11, 22, 11, tzinfo=UTC), "혈압약 1정") in said
    assert {at.astimezone(clock.zone("Asia/Seoul")).hour for at, _ in said} == {8, 20}


def test_the_calendar_is_what_the_doses_are_for_two_years(client, owner, feed, noon):
    regimen(owner, after_meals("breakfast", "dinner"), name="위장약", end=date(2027, 3, 1))
    regimen(owner, when_needed(), name="진통제")
    said = [at for at, names in moments(client.get(address(feed)).content) for _ in names.split(", ")]
    person = person_of(owner)
    shown = calendar.shown_by(CalendarFeed.objects.select_related("owner__profile").get(), noon)
    doses = doses_between(person, shown.first, shown.last, at=noon)
    assert said == sorted(dose.planned_at for dose in doses)
    assert (shown.last - shown.first).days >= 730


def test_a_calendar_is_asked_for_without_a_cookie_and_gives_none(client, feed):
    response = client.get(address(feed))
    assert not response.cookies
    assert response["Referrer-Policy"] == "no-referrer"
    assert response["X-Robots-Tag"] == "noindex, nofollow, noarchive"
    assert response["Cache-Control"] == "private, no-store"
    assert "Cookie" not in response.headers.get("Vary", "")


def test_what_has_not_changed_is_not_sent_again(client, feed, owner, noon):
    etag = client.get(address(feed))["ETag"]
    again = client.get(address(feed), headers={"If-None-Match": etag})
    assert (again.status_code, again.content) == (304, b"")
    regimen(owner, at_times(13), name="비타민")
    changed = client.get(address(feed), headers={"If-None-Match": etag})
    assert changed.status_code == 200
    assert "비타민" in changed.content.decode()


def test_a_day_later_the_calendar_is_the_same_and_a_week_later_another(client, feed, noon, monkeypatch):
    etag = client.get(address(feed))["ETag"]
    monkeypatch.setattr(clock, "now", lambda: noon + timedelta(hours=11))  # still Sunday in Seoul
    assert client.get(address(feed))["ETag"] == etag
    monkeypatch.setattr(clock, "now", lambda: noon + timedelta(days=1))
    assert client.get(address(feed))["ETag"] != etag


def test_reading_costs_the_same_for_one_medicine_or_twelve(client, feed, owner):
    def read():
        assert client.get(address(feed)).status_code == 200

    read()
    one = statements_of(read)
    for number in range(11):
        regimen(owner, at_times(9), name=f"약{number}")
    # Two of them write in the access record that somebody with the secret looked.
    assert statements_of(read) == one <= 7
    etag = client.get(address(feed))["ETag"]
    assert statements_of(lambda: client.get(address(feed), headers={"If-None-Match": etag})) == 2


@pytest.mark.parametrize("secret", ["a" * 43, "a" * 42, "x", "가" * 43, "a" * 4000])
def test_a_wrong_secret_is_answered_like_an_address_that_is_not_there(client, feed, secret):
    assert client.get(f"/calendar/{secret}.ics").status_code == 404


def test_a_secret_is_256_random_bits_and_only_its_hash_is_kept(feed, owner):
    assert len(feed.secret) == 43
    row = CalendarFeed.objects.get()
    assert feed.secret not in str(row.__dict__)
    assert row.secret_hash == feeds.hash_of(feed.secret)
    assert feeds.make_feed(owner_id=owner.pk).secret != feed.secret


def test_a_new_address_ends_the_old_one_at_once(client, feed, owner):
    made = feeds.make_feed(owner_id=owner.pk)
    assert client.get(address(feed)).status_code == 404
    assert client.get(address(made)).status_code == 200


def test_an_ended_address_is_gone_and_comes_back_when_asked(client, browser, feed, owner):
    gone = feeds.revoke_feed(owner_id=owner.pk)
    assert client.get(address(feed)).status_code == 404
    feeds.restore_feed(owner_id=owner.pk, feed_id=gone.pk)
    assert client.get(address(feed)).status_code == 200


def test_an_ended_address_does_not_come_back_beside_a_newer_one(feed, owner):
    made = feeds.make_feed(owner_id=owner.pk)
    with pytest.raises(feeds.AnotherFeed):
        feeds.restore_feed(owner_id=owner.pk, feed_id=feed.feed.pk)
    feeds.restore_feed(owner_id=owner.pk, feed_id=made.feed.pk)  # it lives already


def test_an_ended_address_is_forgotten_after_a_day(feed, owner, noon, monkeypatch):
    feeds.revoke_feed(owner_id=owner.pk)
    monkeypatch.setattr(clock, "now", lambda: noon + timedelta(days=1, minutes=1))
    forget_deleted()
    with pytest.raises(Missing):
        feeds.restore_feed(owner_id=owner.pk, feed_id=feed.feed.pk)


def test_the_address_of_somebody_who_is_gone_ends(client, feed, owner):
    type(owner).objects.filter(pk=owner.pk).update(is_active=False)
    assert client.get(address(feed)).status_code == 404


def test_names_are_hidden_unless_wanted(client, owner, pill):
    made = feeds.make_feed(owner_id=owner.pk)
    body = client.get(address(made)).content.decode()
    assert "혈압약" not in body
    assert "SUMMARY:복용 시간" in body
    feeds.change_feed(owner_id=owner.pk, names_shown=True, alarms=False)
    body = client.get(address(made)).content.decode()
    assert "SUMMARY:혈압약 1정" in body
    assert "VALARM" not in body


def test_a_calendar_speaks_the_language_and_the_zone_of_its_owner(client, feed, owner, noon):
    Profile.objects.filter(user=owner).update(language="en", zone="America/New_York")
    body = client.get(address(feed)).content.decode()
    assert "DTSTART;TZID=America/New_York" in body
    assert "SUMMARY:혈압약 1 tablet" in body


def test_an_ended_medicine_leaves_the_calendar(client, feed, owner, pill, noon):
    regimens.end_regimen(person=person_of(owner), regimen_id=pill.pk, at=noon)
    assert [at for at, _ in moments(client.get(address(feed)).content) if at > noon] == []


def test_reading_too_often_is_told_when_to_come_back(client, feed):
    answers = [client.get(address(feed)).status_code for _ in range(31)]
    assert answers == [200] * 30 + [429]


def test_a_calendar_is_only_read(client, feed):
    assert client.post(address(feed)).status_code == 405
    assert client.head(address(feed)).status_code == 200


def test_when_it_was_read_is_kept_by_the_hour(client, feed, noon, monkeypatch):
    client.get(address(feed))
    assert CalendarFeed.objects.get().read_at == noon
    for later, kept in ((59, noon), (61, noon + timedelta(minutes=61))):
        monkeypatch.setattr(clock, "now", lambda later=later: noon + timedelta(minutes=later))
        client.get(address(feed))
        assert CalendarFeed.objects.get().read_at == kept


# ---- over HTTP


def test_the_address_is_told_once_over_http(browser, client, pill):
    assert browser.get(API).json()["active"] is False
    response = browser.post(API, {"names_shown": True}, content_type="application/json")
    made = response.json()
    assert (response.status_code, made["active"], made["names_shown"], made["alarms"]) == (201, True, True, True)
    assert response["Cache-Control"] == "no-store"
    assert client.get(made["url"]).status_code == 200
    asked = browser.get(API).json()
    assert (asked["id"], asked["url"], asked["created_at"]) == (made["id"], None, "2026-11-22T12:00:00+09:00")


def test_over_http_an_address_is_changed_ended_and_restored(browser, client, pill):
    made = browser.post(API, {}, content_type="application/json").json()
    changed = browser.put(API, {"names_shown": True, "alarms": False}, content_type="application/json").json()
    assert (changed["names_shown"], changed["alarms"]) == (True, False)
    assert browser.delete(API).status_code == 204
    assert browser.delete(API).status_code == 204
    assert client.get(made["url"]).status_code == 404
    assert browser.put(f"{API}{made['id']}/restore/").status_code == 200
    assert client.get(made["url"]).status_code == 200


def test_nonsense_makes_no_address(browser, owner):
    response = browser.post(API, {"names_shown": "vielleicht"}, content_type="application/json")
    assert response.status_code == 400
    assert calendar.feed_of(owner.pk) is None


def test_a_stranger_has_an_address_of_their_own_and_never_mine(stranger_browser, feed, owner):
    assert stranger_browser.get(API).json()["active"] is False
    stranger_browser.delete(API)
    feeds.revoke_feed(owner_id=owner.pk)
    assert stranger_browser.put(f"{API}{feed.feed.pk}/restore/").status_code == 404
    assert calendar.feed_of(owner.pk) is None


def test_nobody_makes_an_address_without_signing_in(client, db):
    assert client.post(API).status_code == 401


# ---- on the page


def test_the_page_makes_an_address_and_shows_it_once(browser, client, pill):
    page = browser.get("/medicines/calendar/")
    assert "달력 주소 만들기" in page.content.decode()
    made = browser.post("/medicines/calendar/make/", {"alarms": "on"}).content.decode()
    secret = re.search(r'value="http://testserver/calendar/([\w-]+)\.ics"', made)[1]
    assert len(secret) == 43
    assert f"webcal://testserver/calendar/{secret}.ics" in made
    assert client.get(f"/calendar/{secret}.ics").status_code == 200
    again = browser.get("/medicines/calendar/")
    assert secret not in again.content.decode()
    assert again["Referrer-Policy"] == "same-origin"


def test_the_page_changes_ends_and_restores(browser, client, feed):
    browser.post("/medicines/calendar/change/", {})
    assert "혈압약" not in client.get(address(feed)).content.decode()
    htmx = {"HX-Request": "true"}
    gone = browser.post("/medicines/calendar/revoke/", headers=htmx)
    undo = f"/medicines/calendar/{feed.feed.pk}/restore/"
    assert undo in gone["HX-Trigger"]
    assert undo in gone.content.decode()
    assert client.get(address(feed)).status_code == 404
    assert browser.post(undo, headers=htmx).status_code == 204
    assert client.get(address(feed)).status_code == 200


def test_without_scripts_the_page_leads_back_to_itself(browser, feed):
    for verb in ("change", "revoke"):
        response = browser.post(f"/medicines/calendar/{verb}/", {"alarms": "on"})
        assert (response.status_code, response["Location"]) == (302, "/medicines/calendar/")


def test_ending_what_is_not_there_changes_nothing(browser, owner):
    assert browser.post("/medicines/calendar/revoke/").status_code == 302
    assert not CalendarFeed.objects.exists()


def test_the_page_is_for_somebody_signed_in(client, db):
    assert client.get("/medicines/calendar/")["Location"].startswith("/login/")
    assert client.post("/medicines/calendar/make/").status_code == 302


def test_the_page_of_the_owner_shows_nothing_of_others(feed, stranger):
    assert "주소 닫기" not in signed_in(stranger).get("/medicines/calendar/").content.decode()


def test_the_page_is_read_in_english(browser, feed):
    browser.cookies["onharu_language"] = "en"
    page = browser.get("/medicines/calendar/").content.decode()
    assert "Close the address" in page
    assert not re.search("[가-힣]", re.sub(r"한국어|온하루|혈압약", "", page.split("<main")[1].split("</main>")[0]))


def test_dose_times_of_a_wall_clock_stay_over_a_change_of_clocks(client, feed, owner):
    Profile.objects.filter(user=owner).update(zone="America/New_York")
    said = moments(client.get(address(feed)).content)
    hours = {
        at.astimezone(clock.zone("America/New_York")).time() for at, _ in said if at > datetime(2026, 12, 1, tzinfo=UTC)
    }
    assert hours == {time(8), time(20)}
