"""Setting daily targets: a change begins today or later, and the days before stay as they were judged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction

from onharu.accounts.public import Person
from onharu.catalog.intakes.public import AT_LEAST, AT_MOST, Target
from onharu.kernel import clock
from onharu.kernel.days import touch
from onharu.records.goals.actions.refusals import guard, refuse
from onharu.records.goals.models import DailyTarget
from onharu.records.goals.queries.people import someone_of
from onharu.records.goals.queries.targets import version_on, version_with
from onharu.records.goals.rules.guards import target_refused
from onharu.records.goals.rules.targets import FURTHEST, wrong

WANTED = ("direction", "low", "high", "removed", "source", "reference", "edition", "guidance")


@dataclass(frozen=True, slots=True)
class Aimed:
    """A daily target as somebody sets it. `guidance`: medical staff did, so the guards rest."""

    key: str
    direction: str
    low: Decimal | None = None
    high: Decimal | None = None
    guidance: bool = False
    source: str = DailyTarget.Source.OWN
    reference: str = ""
    edition: str = ""

    @classmethod
    def suggested(cls, target: Target) -> Aimed:
        """Take a suggestion over with its source."""
        return cls(
            key=target.nutrient,
            direction=target.direction,
            low=target.low,
            high=target.high,
            source=DailyTarget.Source.SUGGESTION,
            reference=target.source,
            edition=target.edition,
        )


@transaction.atomic
def set_targets(*, person: Person, aimed: Sequence[Aimed], from_day: date | None = None) -> list[DailyTarget]:
    """Set targets from a day on, today unless said; all or none. The same again changes nothing. Raises Invalid."""
    today = person.day_at(clock.now())
    begin = from_day or today
    for one in aimed:
        refuse({**wrong(one.key, one.direction, one.low, one.high), **_begins(begin, today)})
        refusal = target_refused(
            someone_of(person, begin), key=one.key, low=one.low, high=one.high, guidance=one.guidance
        )
        guard(refusal)
    rows = [_write(person.id, one.key, begin, _columns(one)) for one in aimed]
    _announce(person, begin, today)
    return rows


def set_target(*, person: Person, aimed: Aimed, from_day: date | None = None) -> DailyTarget:
    """Set one target from a day on. Raises Invalid."""
    return set_targets(person=person, aimed=[aimed], from_day=from_day)[0]


@transaction.atomic
def change_target(*, person: Person, target_id: int, changes: Mapping[str, Any]) -> DailyTarget:
    """Change a version from today on, or from its own later day; what is left out stays. Raises Missing, Invalid.

    Another direction leaves the end that it does not use behind.
    """
    row = version_with(person.id, target_id)
    today = person.day_at(clock.now())
    as_is = {name: getattr(row, name) for name in ("direction", "low", "high", "guidance")}
    wanted = {**as_is, **changes}
    if wanted["direction"] != row.direction:
        unused = {AT_LEAST: "high", AT_MOST: "low"}.get(wanted["direction"], "")
        wanted.update({unused: changes.get(unused)} if unused else {})
    if wanted == as_is:
        kept = {"source": row.source, "reference": row.reference, "edition": row.edition}
        wanted.update(kept)
    return set_target(person=person, aimed=Aimed(key=row.key, **wanted), from_day=max(row.from_day, today))


@transaction.atomic
def remove_target(*, person: Person, key: str) -> DailyTarget | None:
    """Go back to the reference from today on; versions to come go too. Answers what was in force, None for nothing."""
    today = person.day_at(clock.now())
    held = version_on(person.id, key, today)
    later = DailyTarget.objects.of(person.id).filter(key=key, from_day__gt=today)
    gone = later.delete()[0]
    if held is None and not gone:
        return None
    if held is not None:
        nothing = {"direction": "", "low": None, "high": None, "removed": True, "source": DailyTarget.Source.OWN}
        _write(person.id, key, today, {**nothing, "reference": "", "edition": "", "guidance": False})
    _announce(person, today, today)
    return held


def _columns(one: Aimed) -> dict[str, object]:
    return {**{name: getattr(one, name) for name in WANTED if name != "removed"}, "removed": False}


def _write(owner_id: int, key: str, from_day: date, columns: dict[str, object]) -> DailyTarget:
    row, _ = DailyTarget.objects.update_or_create(
        owner_id=owner_id,
        key=key,
        from_day=from_day,
        defaults=columns,
        create_defaults={**columns, "created_at": clock.now()},
    )
    return row


def _begins(begin: date, today: date) -> dict[str, str]:
    if begin < today:
        return {"from_day": "past"}
    return {"from_day": "far"} if begin > today + FURTHEST else {}


def _announce(person: Person, *days: date) -> None:
    touch(person.id, *days, part="goals")
