"""`onharu seed_demo`: a believable person with a past, made of the same rows as everybody's; and a sample town."""

from __future__ import annotations

import argparse
from decimal import Decimal
from typing import Any

from django.core.management import BaseCommand, CommandError

from onharu.accounts import public as accounts
from onharu.catalog.pharmacies.public import load_sample_town
from onharu.kernel import clock
from onharu.records.goals import public as goals
from onharu.records.journal import public as journal
from onharu.records.meals import public as meals
from onharu.records.medication import public as medication
from onharu.records.workouts import public as workouts

DEMO_PASSWORD = "onharu-demo"  # noqa: S105 printed at start: the demo person has nothing to hide


class Command(BaseCommand):
    """Makes a demo person, or gives an existing one a past."""

    help = "Write a believable past for a person, in every room. Days that have something keep it."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Name the person, the number of days, and the seed."""
        parser.add_argument("--username", required=True)
        parser.add_argument("--days", type=int, default=60)
        parser.add_argument("--seed", type=int, default=0)
        parser.add_argument("--if-missing", action="store_true", help="do nothing when the person is already there")

    def handle(self, *_: Any, **options: Any) -> None:
        """Write the past."""
        if not 1 <= options["days"] <= 3650:
            raise CommandError("--days must be between 1 and 3650")
        load_sample_town()
        user = accounts.User.objects.filter(username=options["username"]).first()
        if user is not None and options["if_missing"]:
            return
        if user is None:
            user = self.introduce(options["username"])
        written = self.live(accounts.person_of(user), options["days"], options["seed"])
        told = ", ".join(f"{count} {rows}" for rows, count in written.items())
        self.stdout.write(f"{options['username']}: {told} over {options['days']} days")

    def live(self, person: accounts.Person, days: int, seed: int) -> dict[str, int]:
        """Let each room make up its part of the past; returns how many rows of each kind."""
        whose: dict[str, Any] = {
            "owner_id": person.id,
            "today": person.day_at(clock.now()),
            "zone": person.zone,
            "day_start_hour": person.day_start_hour,
        }
        return {
            "meals": meals.seed_meals(eater=meals.Eater(**whose), days=days, seed=seed),
            "workouts": workouts.seed_workouts(trainee=workouts.Trainee(**whose), days=days, seed=seed),
            "goals and measurements": goals.seed_goals(person=person, days=days, seed=seed),
            "doses": medication.seed_doses(person=person, days=days, seed=seed),
            "reports": journal.seed_journal(writer=journal.Writer(**whose), days=days, seed=seed),
        }

    def introduce(self, username: str) -> accounts.User:
        """Register the person like anybody, with facts that targets can be computed from."""
        user = accounts.register(username=username, password=DEMO_PASSWORD, nickname="하루")
        accounts.set_consent(user_id=user.pk, purpose="health_data", given=True, how="setup", at=clock.now())
        accounts.finish_setup(
            user_id=user.pk,
            at=clock.now(),
            birth_year=1988,
            sex="FEMALE",
            height_cm=Decimal(163),
            weight_kg=Decimal(58),
            purpose="NUTRITION",
        )
        user.refresh_from_db()
        return user
