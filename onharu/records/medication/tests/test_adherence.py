"""Adherence: what was taken of what was to be taken, by a rule that is said."""

from datetime import timedelta
from decimal import Decimal

import pytest

from onharu.accounts.public import person_of
from onharu.kernel import clock
from onharu.records.medication.actions import doses, regimens
from onharu.records.medication.actions.due import write_due
from onharu.records.medication.queries.adherence import adherence_of
from onharu.records.medication.rules.adherence import Counts, counted, total
from onharu.records.medication.tests.dosing import DAY, NOON, at_times, regimen, seoul, when_needed

STATES = ("planned", "due", "late", "taken", "skipped", "undone")


def test_the_rule_counts_what_was_taken_of_what_was_to_be_taken():
    counts = total(counted(state) for state in STATES)
    assert counts == Counts(taken=1, skipped=1, unanswered=1)
    assert (counts.planned, counts.percent) == (3, Decimal("33.3"))


def test_nothing_planned_is_unknown_and_neither_none_nor_all():
    assert (total([]).planned, total([]).percent) == (0, None)


@pytest.mark.parametrize(
    ("taken", "missed", "percent"), [(2, 1, "66.7"), (1, 1, "50.0"), (0, 3, "0.0"), (7, 0, "100.0")]
)
def test_percents_are_rounded_to_a_tenth(taken, missed, percent):
    assert Counts(taken, 0, missed).percent == Decimal(percent)


@pytest.fixture
def fortnight(owner, noon):
    """Two weeks of a medicine at 8 and 20: every morning taken, every third evening skipped, the others left."""
    start = NOON - timedelta(days=14)
    pill, person = regimen(owner, at_times(8, 20), at=start), person_of(owner)
    written = write_due([pill.pk], NOON)
    for dose in written:
        name = f"{pill.pk}.{dose.key}"
        if dose.planned_at.hour == 23:  # 8:00 in Seoul
            doses.take(person=person, dose_id=name, at=NOON, said=doses.Said(taken_at=dose.planned_at))
        elif dose.day.day % 3 == 0:
            doses.skip(person=person, dose_id=name, at=NOON)
    return pill


@pytest.mark.django_db
def test_a_period_is_counted_in_all_by_medicine_and_by_day(owner, fortnight, noon):
    found = adherence_of(person_of(owner), DAY - timedelta(days=13), DAY, at=NOON)
    skipped = sum((DAY - timedelta(days=n)).day % 3 == 0 for n in range(1, 14))
    assert found.counts == Counts(taken=14, skipped=skipped, unanswered=13 - skipped)
    assert [(one.name, one.counts) for one in found.regimens] == [("혈압약", found.counts)]
    assert total(found.days.values()) == found.counts
    assert found.days[DAY] == Counts(taken=1)
    assert list(found.days) == sorted(found.days)


@pytest.mark.django_db
def test_any_way_of_cutting_a_period_adds_up_to_the_same(owner, fortnight, noon):
    person, first = person_of(owner), DAY - timedelta(days=14)
    whole = adherence_of(person, first, DAY, at=NOON).counts
    for days in range(14):
        cut = first + timedelta(days=days)
        parts = (adherence_of(person, first, cut, at=NOON), adherence_of(person, cut + timedelta(days=1), DAY, at=NOON))
        assert total(part.counts for part in parts) == whole, days


@pytest.mark.django_db
def test_what_is_not_yet_due_or_without_a_plan_does_not_count(owner, noon, monkeypatch):
    person = person_of(owner)
    regimen(owner, at_times(13, 20))
    needed = regimen(owner, when_needed(), name="두통약")
    doses.take_now(person=person, regimen_id=needed.pk, at=NOON)
    assert adherence_of(person, DAY, DAY, at=NOON).counts.percent is None
    monkeypatch.setattr(clock, "now", lambda: seoul(13, 30))
    assert adherence_of(person, DAY, DAY, at=seoul(13, 30)).counts == Counts()
    assert adherence_of(person, DAY, DAY, at=seoul(14)).counts == Counts(unanswered=1)
    assert adherence_of(person, DAY + timedelta(days=3), DAY + timedelta(days=9), at=NOON).counts == Counts()


@pytest.mark.django_db
def test_a_deleted_medicine_counts_no_more(owner, fortnight, noon):
    person = person_of(owner)
    regimens.delete_regimen(person=person, regimen_id=fortnight.pk, at=NOON)
    assert adherence_of(person, DAY - timedelta(days=13), DAY, at=NOON).counts == Counts()


@pytest.mark.django_db
def test_counting_costs_the_same_for_a_day_and_a_year(owner, fortnight, noon, django_assert_max_num_queries):
    person = person_of(owner)
    with django_assert_max_num_queries(3):
        adherence_of(person, DAY - timedelta(days=365), DAY, at=NOON)
    with django_assert_max_num_queries(3):
        adherence_of(person, DAY, DAY, at=NOON)


@pytest.mark.django_db
def test_the_rule_is_told_with_the_answer(browser, fortnight):
    found = browser.get("/api/adherence/?from=2026-11-16&to=2026-11-22").json()
    assert (found["from"], found["to"], found["planned"]) == ("2026-11-16", "2026-11-22", 13)
    assert found["taken"] + found["skipped"] + found["unanswered"] == 13
    assert found["rule"]["ko"].startswith("복용한 횟수 ÷ 복용하기로 한 횟수")
    assert "skipped" in found["rule"]["en"]
    assert found["regimens"][0]["percent"] == found["percent"] == 53.8
    nothing = browser.get("/api/adherence/?from=2027-01-01&to=2027-01-07").json()
    assert (nothing["percent"], nothing["regimens"], nothing["days"]) == (None, [], [])
    for query in ("from=x", "from=2025-01-01&to=2026-11-22", "from=2026-11-22&to=2026-11-21"):
        assert browser.get(f"/api/adherence/?{query}").status_code == 400


@pytest.mark.django_db
def test_a_stranger_reads_their_own_adherence_and_nothing_else(stranger_browser, fortnight):
    assert stranger_browser.get("/api/adherence/?from=2026-11-16&to=2026-11-22").json()["planned"] == 0
