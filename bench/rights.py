"""Ten years of a person, exported and erased: `python -m bench.rights`, with a data folder of its own.

It prints the rows, the seconds of both, the size of the archive and the largest memory of the process.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

YEARS = 10
MEALS_A_DAY, FOODS_A_MEAL, DOSES_A_DAY = 6, 2, 4
AT_ONCE = 2000


def main() -> None:
    """Write the years, export them, erase them."""
    os.environ.setdefault("DEBUG", "1")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "onharu.site.settings")
    os.environ["ONHARU_DATA"] = os.environ.get("ONHARU_BENCH_DATA") or tempfile.mkdtemp(prefix="onharu-rights-")
    import django  # noqa: PLC0415 the folder must be known before

    django.setup()
    if sys.argv[1:] == ["take"]:
        take()
    else:
        measure()


def measure() -> None:
    """Write the years, then measure in a process that has not seen them."""
    from django.core.management import call_command  # noqa: PLC0415

    from onharu.accounts.models import User  # noqa: PLC0415
    from onharu.kernel.belongings import count_of  # noqa: PLC0415
    from onharu.rights.rooms import tables  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    call_command("load_starter", verbosity=0)
    call_command("seed_demo", username="ten", days=60, verbosity=0)
    user = User.objects.get(username="ten")
    multiply(user.pk)
    rows = {table.label: count_of(table, user.pk) for table in tables()}
    print({label: number for label, number in rows.items() if number > 1000}, "all:", sum(rows.values()))
    told = {**os.environ, "ONHARU_BENCH_DATA": os.environ["ONHARU_DATA"]}
    subprocess.run([sys.executable, "-m", "bench.rights", "take"], check=True, env=told)


def take() -> None:
    """Export the person and erase them."""
    from onharu.accounts.models import User  # noqa: PLC0415
    from onharu.rights.actions import erasing, exports, leaving  # noqa: PLC0415

    user, before, begun = User.objects.get(username="ten"), peak(), time.perf_counter()
    export = exports.ask_for_export(owner_id=user.pk)
    exports.make_export(export_id=export.pk)
    seconds = time.perf_counter() - begun
    export.refresh_from_db()
    print(f"export: {seconds:.1f} s, {(export.size or 0) / 1e6:.1f} MB, memory {before} -> {peak()} MB")
    begun = time.perf_counter()
    erasing.erase_person(receipt=leaving.leave(user_id=user.pk, now=True).receipt)
    print(f"erasure: {time.perf_counter() - begun:.1f} s, memory {peak()} MB")


def peak() -> int:
    """Tell the largest memory so far, in MB."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return int(status.partition("VmHWM:")[2].split()[0]) // 1024


AGES = {"day", "planned_at", "eaten_at", "at", "started_at"}


def copies(
    model: Any, owner_id: int, number: int, parent: str = "", of: Sequence[Any] = (), **changed: Any
) -> list[Any]:
    """Copy rows of a table; each round of copies is two months older than the one before."""
    old = list(model._base_manager.filter(owner_id=owner_id).order_by("pk"))
    made = []
    for place in range(number):
        source, back = old[place % len(old)], timedelta(days=61 * (1 + place // len(old)))
        values = {field.attname: getattr(source, field.attname) for field in model._meta.concrete_fields}
        values |= {name: values[name] - back for name in AGES & values.keys() if values[name] is not None}
        values |= {name: text.format(place) if text else None for name, text in changed.items()}
        values |= {f"{parent}_id": of[place % len(of)].pk} if of else {}
        made.append(model(**values | {"id": None}))
    return list(model._base_manager.bulk_create(made, batch_size=AT_ONCE))


def multiply(owner_id: int) -> None:
    """Copy what a demo person wrote in 60 days over ten years, with as many meals and doses a day as named above."""
    from onharu.kernel import days  # noqa: PLC0415
    from onharu.records.goals.models import Measurement  # noqa: PLC0415
    from onharu.records.journal.models import DailyReport  # noqa: PLC0415
    from onharu.records.meals.models import Meal, MealItem  # noqa: PLC0415
    from onharu.records.medication.models import Dose, DoseEvent  # noqa: PLC0415
    from onharu.records.workouts.models import WorkoutLog, WorkoutSet  # noqa: PLC0415

    whole = 365 * YEARS
    meals = copies(Meal, owner_id, whole * MEALS_A_DAY)
    copies(MealItem, owner_id, whole * MEALS_A_DAY * FOODS_A_MEAL, "meal", meals)
    doses = copies(Dose, owner_id, whole * DOSES_A_DAY, key="bench-{}")
    copies(DoseEvent, owner_id, whole * DOSES_A_DAY, "dose", doses)
    copies(Measurement, owner_id, whole)
    logs = copies(WorkoutLog, owner_id, whole, task_id="", ended_at="")
    sets = [WorkoutSet(owner_id=owner_id, log=log, order=place, reps=10) for log in logs for place in range(3)]
    WorkoutSet.objects.bulk_create(sets, batch_size=AT_ONCE)
    first = DailyReport.objects.filter(owner_id=owner_id).earliest("day")
    said = {"owner_id": owner_id, "mood": 3, "sleep_quarters": 28, "highlights": "산책"}
    said |= {"created_at": first.created_at, "changed_at": first.changed_at}
    reports = [DailyReport(day=first.day - timedelta(days=back), **said) for back in range(1, whole)]
    DailyReport.objects.bulk_create(reports, batch_size=AT_ONCE)
    touched = {(meal.day, "meals") for meal in meals} | {(dose.day, "doses") for dose in doses}
    days.touch_all(owner_id, touched | {(report.day, "journal") for report in reports})


if __name__ == "__main__":
    main()
