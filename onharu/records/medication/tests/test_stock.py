"""Stock: counted, added to, used up by the ledger; how long it lasts by the real schedule."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from onharu.accounts.public import person_of
from onharu.kernel import clock
from onharu.records.medication.actions import doses, regimens, stock
from onharu.records.medication.actions.stock import StockRefused
from onharu.records.medication.models import StockEvent
from onharu.records.medication.queries.stock import stock_of, stocks_of
from onharu.records.medication.rules.schedules.shapes import EveryDays, Phase, Planned, Schedule
from onharu.records.medication.rules.stock import Lasts, lasts, left_of
from onharu.records.medication.tests.dosing import DAY, NOON, at_times, regimen, seoul, when_needed

JSON = "application/json"
TEN, THREE = Decimal(10), Decimal(3)


def at(hours):
    return NOON + timedelta(hours=hours)


def test_nobody_counted_is_unknown_and_not_nothing():
    assert left_of([], [(at(1), TEN)]) is None


def test_the_last_count_leads_over_everything_before_it():
    moves = [("counted", TEN, at(0)), ("added", TEN, at(1)), ("counted", THREE, at(5)), ("added", TEN, at(6))]
    left = left_of(moves, [(at(2), THREE), (at(5), THREE), (at(7), Decimal(1))])
    assert (left.counted, left.added, left.taken, left.amount) == (THREE, TEN, 1, 12)


def test_a_refill_alone_is_where_counting_begins():
    left = left_of([("added", TEN, at(0)), ("added", THREE, at(1))], [(at(-1), THREE), (at(2), THREE)])
    assert (left.amount, left.short) == (TEN, 0)


def test_less_than_nothing_is_never_left_and_is_said():
    left = left_of([("counted", THREE, at(0))], [(at(1), TEN)])
    assert (left.amount, left.short) == (0, 7)


def planned(day, amount=1):
    return Planned(f"v1.{day}", NOON + timedelta(days=day), DAY + timedelta(days=day), Decimal(amount), None)


def test_a_stock_lasts_whole_days_from_the_next_dose_on():
    assert lasts(THREE, [planned(day) for day in range(1, 9)]) == Lasts(
        3, DAY + timedelta(days=3), NOON + timedelta(days=4)
    )
    assert lasts(THREE, [planned(day) for day in (1, 1, 2, 2)]) == Lasts(
        1, DAY + timedelta(days=2), NOON + timedelta(days=2)
    )
    assert lasts(Decimal("0.5"), [planned(1)]) == Lasts(0, None, NOON + timedelta(days=1))
    assert lasts(THREE, [planned(1), planned(2)]) == Lasts()


@pytest.fixture
def pill(owner, noon):
    """One in the morning, one in the evening."""
    return regimen(owner, at_times(8, 20))


@pytest.fixture
def person(owner):
    return person_of(owner)


@pytest.mark.django_db
def test_what_is_left_goes_down_with_every_taking_and_up_when_one_is_taken_back(person, pill, monkeypatch):
    stock.set_stock(person=person, regimen_id=pill.pk, amount=TEN, at=NOON)
    name = f"{pill.pk}.v1.20261122.1"
    monkeypatch.setattr(clock, "now", lambda: seoul(20, 5))
    doses.take(person=person, dose_id=name, at=seoul(20, 5), said=doses.Said(amount=THREE))
    assert stock_of(person, pill.pk, at=seoul(20, 6)).left == 7
    doses.correct(person=person, dose_id=name, at=seoul(20, 10), said=doses.Said(amount=Decimal("0.5")))
    assert stock_of(person, pill.pk, at=seoul(20, 11)).left == Decimal("9.5")
    doses.untake(person=person, dose_id=name, at=seoul(20, 15))
    assert stock_of(person, pill.pk, at=seoul(20, 16)).left == TEN


@pytest.mark.django_db
def test_it_lasts_by_the_real_schedule(person, owner, pill):
    stock.set_stock(person=person, regimen_id=pill.pk, amount=Decimal(24), at=NOON)
    found = stock_of(person, pill.pk, at=NOON)
    assert (found.days_left, found.lasts_until) == (12, date(2026, 12, 4))
    assert found.short_at == seoul(20, 0, date(2026, 12, 4))
    rare = regimen(
        owner, Schedule((Phase(at_times(9).phases[0].when, EveryDays(30)),)), name="한 달에 한 번", start=DAY
    )
    stock.set_stock(person=person, regimen_id=rare.pk, amount=THREE, at=NOON)
    assert stock_of(person, rare.pk, at=NOON).days_left == 90


@pytest.mark.django_db
def test_a_dose_taken_early_is_not_taken_from_the_stock_twice(person, pill):
    stock.set_stock(person=person, regimen_id=pill.pk, amount=THREE, at=NOON - timedelta(minutes=1))
    doses.take(person=person, dose_id=f"{pill.pk}.v1.20261122.1", at=NOON)
    found = stock_of(person, pill.pk, at=NOON)
    assert (found.left, found.days_left, found.short_at) == (2, 1, seoul(8, 0, date(2026, 11, 24)))


@pytest.mark.django_db
def test_it_lasts_to_the_end_of_the_course_or_nobody_knows_how_long(person, owner, noon):
    course = regimen(owner, at_times(8), name="항생제", end=DAY + timedelta(days=3))
    needed = regimen(owner, when_needed(), name="두통약")
    for one in (course, needed):
        stock.set_stock(person=person, regimen_id=one.pk, amount=TEN, at=NOON)
        found = stock_of(person, one.pk, at=NOON)
        assert (found.left, found.days_left, found.lasts_until, found.short_at) == (TEN, None, None, None)


@pytest.mark.django_db
def test_a_medicine_that_was_stopped_is_used_up_no_more(person, pill):
    stock.set_stock(person=person, regimen_id=pill.pk, amount=TEN, at=NOON)
    regimens.end_regimen(person=person, regimen_id=pill.pk, at=NOON)
    assert stock_of(person, pill.pk, at=NOON).days_left is None


@pytest.mark.django_db
def test_only_tracked_stocks_are_listed_and_all_for_the_same_price(person, owner, noon, django_assert_num_queries):
    def add(number):
        for n in range(number):
            one = regimen(owner, at_times(8, 20), name=f"약{n}")
            stock.set_stock(person=person, regimen_id=one.pk, amount=TEN, at=NOON)

    regimen(owner, at_times(8), name="세지 않는 약")
    add(1)
    with django_assert_num_queries(4):
        assert len(stocks_of(person, at=NOON)) == 1
    add(19)
    with django_assert_num_queries(4):
        assert len(stocks_of(person, at=NOON)) == 20


@pytest.mark.django_db
def test_over_http_a_stock_is_counted_and_added_to(browser, pill):
    path = f"/api/regimens/{pill.pk}/stock/"
    unknown = browser.get(path).json()
    assert (unknown["left"], unknown["tracked"], unknown["moves"]) == (None, False, [])
    counted = browser.put(path, {"amount": 10}, content_type=JSON).json()
    assert (counted["left"], counted["tracked"], counted["days_left"]) == (10, True, 5)
    assert browser.put(path, {"amount": 10}, content_type=JSON).json() == counted
    for _ in range(2):
        added = browser.post(
            path, {"amount": 14, "note": "약국"}, content_type=JSON, headers={"Idempotency-Key": "refill"}
        )
    assert (added.status_code, added.json()["left"]) == (201, 24)
    assert sorted(move["kind"] for move in added.json()["moves"]) == ["added", "counted"]
    assert browser.get(f"/api/regimens/{pill.pk}/").json()["tracks_stock"] is True
    for body in ({"amount": -1}, {"amount": "x"}, {}, {"amount": 1, "note": "가" * 201}, {"amount": 100_001}):
        assert browser.put(path, body, content_type=JSON).status_code == 400, body
    assert browser.post(path, {"amount": 0}, content_type=JSON).json()["code"] == "stock_invalid"
    assert StockEvent.objects.count() == 2


@pytest.mark.django_db
def test_an_amount_that_no_cupboard_holds_is_refused(person, pill):
    for act, amount in (
        (stock.set_stock, Decimal(-1)),
        (stock.set_stock, Decimal(100_001)),
        (stock.add_stock, Decimal(0)),
    ):
        with pytest.raises(StockRefused):
            act(person=person, regimen_id=pill.pk, amount=amount, at=NOON)
    assert StockEvent.objects.count() == 0
