"""A medicine that runs out: named where doses are, with the way to a pharmacy that is open."""

from datetime import timedelta
from decimal import Decimal
from html import unescape

import pytest

from onharu.accounts.public import person_of
from onharu.records.medication.actions import stock
from onharu.records.medication.actions.regimens import end_regimen
from onharu.records.medication.models import Reminder
from onharu.records.medication.queries.reminder_words import letter_of, words_of
from onharu.records.medication.queries.stock import stock_of
from onharu.records.medication.rules.reminding import Rule
from onharu.records.medication.tests.conftest import statements_of
from onharu.records.medication.tests.dosing import NOON, at_times, regimen, seoul, when_needed

pytestmark = pytest.mark.django_db
OPEN = "/pharmacies/?open=1"
DOSES = "/medicines/doses/"


@pytest.fixture
def person(owner, noon):
    return person_of(owner)


@pytest.fixture
def pill(owner, noon):
    """One a day at 8; warned of three days before it runs out."""
    found = regimen(owner, at_times(8), at=seoul(6))
    found.tracks_stock, found.refill_days = True, 3
    found.save()
    return found


def count(person, pill, amount):
    stock.set_stock(person=person, regimen_id=pill.pk, amount=Decimal(amount), at=NOON)


def page(browser, path):
    return unescape(browser.get(path).content.decode())


@pytest.mark.parametrize(("amount", "low"), [("0", True), ("0.5", True), ("3", True), ("4", False), ("90", False)])
def test_it_is_time_for_more_when_it_lasts_no_longer_than_one_wants_to_know(person, pill, amount, low):
    count(person, pill, amount)
    assert stock_of(person, pill.pk, at=NOON).is_low is low


def test_what_nobody_counted_is_not_low(person, pill):
    assert not stock_of(person, pill.pk, at=NOON).is_low


def test_what_is_taken_when_needed_is_low_only_when_nothing_is_left(owner, person, noon):
    rescue = regimen(owner, when_needed("4"), name="진통제")
    rescue.tracks_stock = True
    rescue.save()
    count(person, rescue, "1")
    assert not stock_of(person, rescue.pk, at=NOON).is_low
    count(person, rescue, "0")
    assert stock_of(person, rescue.pk, at=NOON).is_low


@pytest.mark.parametrize("path", [DOSES, "/medicines/", "regimen"])
def test_a_page_with_low_stock_leads_to_a_pharmacy_that_is_open(browser, person, pill, path):
    path = f"/medicines/regimens/{pill.pk}/" if path == "regimen" else path
    count(person, pill, "30")
    assert OPEN not in page(browser, path)
    count(person, pill, "2")
    html = page(browser, path)
    assert f'href="{OPEN}"' in html and "2일치 남음" in html and "열려 있는 약국까지" in html


def test_another_day_says_nothing_of_stock(browser, person, pill):
    count(person, pill, "2")
    assert OPEN not in page(browser, f"{DOSES}?date=2026-11-20")


def test_a_screen_that_shows_the_day_hears_of_low_stock(browser, person, pill):
    count(person, pill, "30")
    seen = page(browser, DOSES).split('name="seen" value="')[1].split('"')[0]
    part = f"{DOSES}part/?seen={seen}"
    assert browser.get(part, headers={"HX-Request": "true"}).status_code == 204
    count(person, pill, "2")
    assert OPEN in browser.get(part, headers={"HX-Request": "true"}).content.decode()


def test_what_nobody_takes_any_more_needs_no_more(browser, person, pill):
    count(person, pill, "0")
    end_regimen(person=person, regimen_id=pill.pk, at=NOON + timedelta(minutes=1))
    for path in (DOSES, f"/medicines/regimens/{pill.pk}/"):
        assert OPEN not in page(browser, path)


def test_who_lets_nothing_be_counted_pays_nothing_for_it(browser, person, pill):
    page(browser, DOSES)
    counted = statements_of(lambda: browser.get(DOSES))
    pill.tracks_stock = False
    pill.save()
    page(browser, DOSES)
    assert statements_of(lambda: browser.get(DOSES)) < counted


def test_a_letter_of_running_low_leads_to_the_doses_and_to_a_pharmacy(person, settings):
    words = words_of(Reminder(kind="refill"), person, Rule(), [])
    settings.PUBLIC_URL = "https://onharu.example"
    _subject, body = letter_of(words)
    assert "https://onharu.example/medicines/doses/\n" in body
    assert f"열려 있는 약국까지: https://onharu.example{OPEN}" in body
    settings.PUBLIC_URL = ""
    assert "pharmacies" not in letter_of(words)[1]
