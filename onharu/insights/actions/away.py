"""Putting cards away for a while, and bringing them back. State is set, never toggled."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from onharu.insights.models import PutAway
from onharu.insights.rules.choosing import RULES
from onharu.kernel.problems import Invalid, Missing

LONGEST = timedelta(days=366)


class UntilRefused(Invalid):
    """A day that is over, or too far away."""

    code = "until_invalid"
    ko = "오늘부터 1년 안의 날을 골라 주세요."
    en = "Choose a day from today to a year ahead."


def put_away(*, owner_id: int, rule: str, until: date, today: date, at: datetime) -> None:
    """Show a rule's card no more until a day is over; saying it twice changes nothing. Raises Missing, UntilRefused."""
    _check(rule)
    if not today <= until <= today + LONGEST:
        raise UntilRefused
    PutAway.objects.bulk_create(
        [PutAway(owner_id=owner_id, rule=rule, until_day=until, created_at=at)],
        update_conflicts=True,
        unique_fields=["owner", "rule"],
        update_fields=["until_day"],
    )


def bring_back(*, owner_id: int, rule: str) -> None:
    """Show a rule's card again when it has something to say. Raises Missing for a rule that there is not."""
    _check(rule)
    PutAway.objects.of(owner_id).filter(rule=rule).delete()


def bring_all_back(*, owner_id: int) -> None:
    """Show every card again when it has something to say."""
    PutAway.objects.of(owner_id).delete()


def _check(rule: str) -> None:
    if rule not in RULES:
        raise Missing
