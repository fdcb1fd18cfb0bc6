"""When somebody usually wakes, eats and goes to bed; what is planned by it moves from now on."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from django.db import transaction

from onharu.accounts.public import Person
from onharu.kernel.days import touch
from onharu.kernel.problems import Invalid
from onharu.records.medication.actions.due import PART, look_at
from onharu.records.medication.models import Regimen, RoutineOf
from onharu.records.medication.queries.standing import routine_of
from onharu.records.medication.rules.schedules.shapes import Routine


class RoutineRefused(Invalid):
    """Meals that are not in the order of a day."""

    code = "routine_invalid"
    ko = "일어나는 시각, 아침, 점심, 저녁 순서로 적어 주세요."
    en = "Write waking, breakfast, lunch and dinner in their order."


@transaction.atomic
def set_routine(*, person: Person, routine: Routine, at: datetime) -> None:
    """Have this routine. Saying it twice changes nothing. Raises RoutineRefused."""
    if not routine.wake <= routine.breakfast < routine.lunch < routine.dinner:
        raise RoutineRefused(errors={"breakfast": ["wake ≤ breakfast < lunch < dinner"]})
    if routine == routine_of(person.id):
        return
    said = {**asdict(routine), "changed_at": at}
    RoutineOf.objects.update_or_create(owner_id=person.id, defaults=said)
    look_at(Regimen.objects.of(person.id).alive(), at)
    touch(person.id, person.day_at(at), part=PART)
