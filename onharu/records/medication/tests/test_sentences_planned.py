"""Real prescriptions through the reader and the planner: the doses fall where a person would expect them."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from onharu.records.medication.rules.schedules.planning import plan
from onharu.records.medication.rules.schedules.shapes import Facts, Version
from onharu.records.medication.rules.sentences.parsing import parse
from onharu.records.medication.rules.sentences.saying import say
from onharu.records.medication.tests.prescriptions import FIRST, PRESCRIPTIONS

TODAY = date(*FIRST)
SEOUL = ZoneInfo("Asia/Seoul")


def planned(parsed, offset):
    start = parsed.start or TODAY
    end = parsed.end
    if end is None and parsed.days is not None:
        end = start + timedelta(days=parsed.days - 1)
    version = Version(1, datetime(2026, 11, 1, tzinfo=SEOUL), parsed.schedule, parsed.amount, start, end)
    low = datetime.combine(TODAY + timedelta(days=offset), datetime.min.time(), tzinfo=SEOUL)
    doses = plan((version,), Facts("Asia/Seoul"), low, low + timedelta(days=1))
    return " ".join(written(dose, parsed.amount) for dose in doses) or "-"


def written(dose, usual):
    at = f"{dose.at.astimezone(SEOUL):%H:%M}"
    return at if dose.amount == usual else f"{at}={dose.amount.normalize():f}"


def test_the_table_is_as_long_as_was_asked():
    sentences = [sentence for sentence, _, _ in PRESCRIPTIONS]
    assert len(set(sentences)) == len(sentences) >= 80


@pytest.mark.parametrize(("sentence", "dose", "days"), PRESCRIPTIONS)
def test_a_prescription_has_its_doses_where_they_belong(sentence, dose, days):
    parsed = parse(sentence, today=TODAY)
    amount, unit = dose.split()
    assert (parsed.amount, parsed.unit, parsed.rest) == (Decimal(amount), unit, "")
    assert {offset: planned(parsed, offset) for offset in days} == days


@pytest.mark.parametrize("sentence", [sentence for sentence, _, _ in PRESCRIPTIONS])
def test_what_a_prescription_says_is_said_back_the_same(sentence):
    parsed = parse(sentence, today=TODAY)
    said = say(parsed.schedule, parsed.amount, parsed.unit, parsed.start, parsed.end, today=TODAY)
    again = parse(said, today=TODAY)
    assert (again.schedule, again.amount, again.unit) == (parsed.schedule, parsed.amount, parsed.unit), said
    assert (again.start, again.end, again.rest, again.doubts) == (parsed.start, parsed.end, "", ()), said
