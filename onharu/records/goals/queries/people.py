"""A person as the guards see them."""

from __future__ import annotations

from datetime import date

from onharu.accounts.public import Person
from onharu.catalog.intakes.public import Body
from onharu.records.goals.rules.guards import Someone


def body_of(person: Person, day: date) -> Body:
    """Take from a profile what reference intakes depend on."""
    return Body(
        sex=person.sex or "",
        age=person.age_on(day),
        height_cm=person.height_cm,
        weight_kg=person.weight_kg,
        activity=person.activity,
        maternity=person.maternity or "",
    )


def someone_of(person: Person, day: date) -> Someone:
    """Take from a profile what guards depend on; the profile's weight is the latest one."""
    return Someone(body=body_of(person, day), hide_numbers=person.hide_numbers)
