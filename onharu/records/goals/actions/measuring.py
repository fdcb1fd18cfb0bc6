"""Writing measurements down: new, corrected, deleted and taken back. The latest weight becomes the profile's."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db import transaction

from onharu.accounts.public import Person, held_weight, note_weight
from onharu.kernel import clock
from onharu.kernel.days import touch
from onharu.records.goals.actions.refusals import refuse
from onharu.records.goals.models import Measurement
from onharu.records.goals.queries.days import weights_of
from onharu.records.goals.rules.measuring import WEIGHT, Said, wrong

CLOCKS_DIFFER = timedelta(minutes=10)
LONGEST_NOTE = 200


@transaction.atomic
def measure(*, person: Person, said: Said, at: datetime, note: str = "") -> Measurement:
    """Write a measurement down, on the local day of its moment. Raises Invalid."""
    refuse({**wrong(said), **_when(at), **_note(note)})
    row = Measurement(
        owner_id=person.id,
        kind=said.kind,
        day=person.day_at(at),
        at=at,
        value=said.value,
        value2=said.value2,
        context=said.context,
        note=note,
        created_at=clock.now(),
    )
    with _profile_follows(row) as kg:
        row.weight_before = kg
        row.save()
    _announce(person, row.day)
    return row


@transaction.atomic
def correct(
    *,
    person: Person,
    measurement_id: int,
    value: Decimal | None = None,
    value2: Decimal | None = None,
    context: str | None = None,
    at: datetime | None = None,
    note: str | None = None,
) -> Measurement:
    """Correct a measurement; what is left out stays. Raises Missing, Invalid."""
    row: Measurement = Measurement.objects.alive().select_for_update().one_of(person.id, measurement_id)
    said = Said(row.kind, row.value, row.value2, row.context)
    said = replace(
        said,
        value=said.value if value is None else value,
        value2=said.value2 if value2 is None else value2,
        context=said.context if context is None else context,
    )
    refuse({**wrong(said), **_when(at or row.at), **_note(note or "")})
    day_before = row.day
    row.value, row.value2, row.context = said.value, said.value2, said.context
    row.note = row.note if note is None else note
    if at is not None:
        row.at, row.day = at, person.day_at(at)
    with _profile_follows(row):
        row.save()
    _announce(person, day_before, row.day)
    return row


@transaction.atomic
def delete(*, person: Person, measurement_id: int) -> Measurement:
    """Delete a measurement; `restore` takes it back for a day. Saying it twice changes nothing."""
    row: Measurement = Measurement.objects.select_for_update().one_of(person.id, measurement_id)
    if row.deleted_at is None:
        row.deleted_at = clock.now()
        with _profile_follows(row):
            row.save(update_fields=["deleted_at"])
        _announce(person, row.day)
    return row


@transaction.atomic
def restore(*, person: Person, measurement_id: int) -> Measurement:
    """Take a deletion back."""
    row: Measurement = Measurement.objects.select_for_update().one_of(person.id, measurement_id)
    if row.deleted_at is not None:
        row.deleted_at = None
        with _profile_follows(row):
            row.save(update_fields=["deleted_at"])
        _announce(person, row.day)
    return row


@contextmanager
def _profile_follows(row: Measurement) -> Iterator[Decimal | None]:
    """Make the latest weight the profile's where saving `row` changes it; gives the profile's weight from before.

    Only a first weight keeps what the profile said before it; deleting the last one gives that back. The profile is
    held meanwhile, so of two weights that come at once the later one stays.
    """
    if row.kind != WEIGHT:
        yield None
        return
    kg = held_weight(user_id=row.owner_id)
    before = weights_of(row.owner_id).first()
    yield kg if before is None else None
    after = weights_of(row.owner_id).first()
    now = row.weight_before if after is None else after.value
    if now is not None and (before is None or after is None or (before.pk, before.value) != (after.pk, after.value)):
        note_weight(user_id=row.owner_id, weight_kg=now, at=clock.now())


def _announce(person: Person, *days: date) -> None:
    """A weight is the latest one of the days after it too, so today hears of it."""
    touch(person.id, *days, person.day_at(clock.now()), part="goals")


def _when(at: datetime) -> dict[str, str]:
    if at > clock.now() + CLOCKS_DIFFER:
        return {"measured_at": "future"}
    return {"measured_at": "far"} if at.year < 1900 else {}


def _note(note: str) -> dict[str, str]:
    return {"note": "long"} if len(note) > LONGEST_NOTE else {}
