"""A day that somebody wrote about."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from onharu.records.journal import ports
from onharu.records.journal.actions import feedbacks, reports

DAY = date(2026, 11, 22)
PLAN, PLAN_DAY = 41, date(2026, 11, 21)


@pytest.fixture
def report(owner, noon):
    return reports.write_report(
        owner_id=owner.pk,
        day=DAY,
        mood=4,
        condition=3,
        sleep_hours=Decimal("7.25"),
        highlights="한강을 걸었다.",
        challenges="회의가 길었다.",
        tags=["산책", "야근"],
    )


@pytest.fixture
def note(owner, noon):
    return feedbacks.write_feedback(owner_id=owner.pk, day=DAY, body="무게가 알맞았다.", rating=4)


@pytest.fixture
def plans(owner):
    """The owner has one plan, numbered PLAN, on PLAN_DAY."""
    before = list(ports._answers)
    ports.use(lambda owner_id, plan_id: PLAN_DAY if (owner_id, plan_id) == (owner.pk, PLAN) else None)
    yield
    ports._answers[:] = before


def statements_of(ask):
    """Count what a request asks the database besides who asks, which is remembered for a moment."""
    with CaptureQueriesContext(connection) as asked:
        ask()
    return len([one for one in asked.captured_queries if "accounts_signin" not in one["sql"]])
