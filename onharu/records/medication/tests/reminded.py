"""Somebody who is reminded: a medicine, doses that came due, a browser on loopback that rings."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from onharu.kernel import clock
from onharu.records.medication.actions import notifying, reminding
from onharu.records.medication.models import Dose, Regimen, RegimenVersion, ReminderRule
from onharu.records.medication.rules.schedules.as_json import to_json
from onharu.records.medication.rules.schedules.shapes import AsNeeded, Phase, Schedule
from onharu.upstream import registry, web_push
from tests.push_endpoint import PushServer

NAME = "혈압약카나리아정"
UNPLANNED = to_json(Schedule((Phase(when=AsNeeded()),)))


def medicine(owner: Any, name: str = NAME, **more: Any) -> Regimen:
    """A medicine whose plan nobody asks: its doses are written by the tests."""
    at = clock.now()
    usual = {"planned_until": at, "next_at": None, "created_at": at, "changed_at": at}
    regimen = Regimen.objects.create(owner=owner, name=name, **{**usual, **more})
    RegimenVersion.objects.create(
        owner=owner, regimen=regimen, n=1, since=at, schedule=UNPLANNED, amount=1, start=at.date(), created_at=at
    )
    return regimen


def came_due(regimen: Regimen, planned_at: datetime, *, arm: bool = True) -> Dose:
    """A dose that came due, with its reminder owed."""
    dose = Dose.objects.create(
        owner=regimen.owner,
        regimen=regimen,
        version=regimen.versions.get(),
        key=f"v1.{planned_at:%Y%m%d%H%M%S}",
        planned_at=planned_at,
        day=clock.local_day(planned_at),
        amount=Decimal(1),
        created_at=planned_at,
    )
    if arm:
        reminding.arm([dose])
    return dose


def ruled(owner: Any, **said: Any) -> None:
    """Somebody's own rule."""
    ReminderRule.objects.update_or_create(owner=owner, defaults={"changed_at": clock.now(), **said})


def ring_at(settings: Any, server: PushServer) -> None:
    """Let this house's messages go to a server on loopback."""
    settings.UPSTREAM = {
        "web_push": {
            "BACKEND": "onharu.upstream.web_push.backends.embedded.Backend",
            "OPTIONS": {"homes": [server.base], "subject": "mailto:who@example.com"},
        }
    }
    registry.reset()


def browser_of(owner: Any, server: PushServer, name: str = "one") -> Any:
    """A browser of this person that rings."""
    said = server.subscribe(name)
    subscription = web_push.Subscription(said["endpoint"], said["keys"]["p256dh"], said["keys"]["auth"])
    return notifying.subscribe(owner_id=owner.pk, said=subscription, label=name, at=clock.now())[0]


class Clock:
    """A clock that stands until it is told to go."""

    def __init__(self, monkeypatch: Any, at: datetime) -> None:
        self.at = at
        monkeypatch.setattr(clock, "now", lambda: self.at)

    def go(self, **by: float) -> datetime:
        """Let time pass, or put the clock back."""
        self.at += timedelta(**by)
        return self.at
