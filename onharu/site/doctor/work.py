"""What is owed in the background, the access record, and how old the official data are."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.apps import apps
from django.db.models import Max

from onharu.kernel import clock
from onharu.kernel.access import checking, mark
from onharu.kernel.access.tables import TAIL, AccessRow, AccessTail
from onharu.kernel.jobs import Job
from onharu.site.doctor.findings import Finding, bad, good, warn

LATE = timedelta(minutes=10)
MOST_ROWS = 20_000
STALE = timedelta(days=62)
# Shelves by the names of their tables, with the column that says when something last arrived, and how they are filled.
SHELVES = (
    ("foods", "foods.Food", "foods.Loaded", "loaded_at", "onharu import foods FILE"),
    ("exercises", "exercises.Exercise", "exercises.Loaded", "loaded_at", "onharu import exercises FILE"),
    ("medicines", "medicines.Product", "medicines.Product", "refreshed_at", "onharu refresh medicines"),
    ("pharmacies", "pharmacies.Pharmacy", "pharmacies.Pharmacy", "refreshed_at", "onharu refresh pharmacies"),
)


def owed() -> Iterator[Finding]:
    """Count what failed for good and what nobody takes up."""
    dead = Job.objects.filter(state=Job.State.DEAD)
    waiting = Job.objects.filter(state=Job.State.WAITING)
    late = waiting.filter(run_at__lt=clock.now() - LATE).count()
    said = f"{waiting.count()} waiting · {late} late · {dead.count()} dead"
    if late:
        ko, en = (
            "아무도 일하지 않아요: 서버가 돌고 ONHARU_JOBS=thread인가요?",
            "Nobody works: is a server up with ONHARU_JOBS=thread?",
        )
        yield warn("jobs", said, ko, en)
    elif newest := dead.order_by("-finished_at").first():
        ko, en = (
            f"/admin/의 Jobs를 보세요: {newest.name} {newest.error}",
            f"See Jobs in /admin/: {newest.name} {newest.error}",
        )
        yield warn("jobs", said, ko, en)
    else:
        yield good("jobs", said)


def record() -> Iterator[Finding]:
    """Walk the access record where it is short; of a long one only the end is compared."""
    rows = AccessRow.objects.count()
    if rows > MOST_ROWS:
        tail, kept = AccessTail.objects.filter(pk=TAIL).first(), mark.kept()
        same = tail is not None and kept is not None and tail.sequence <= kept.sequence
        fault, said = "" if same else "the end differs", f"{rows:,} rows · the end alone"
    else:
        found = checking.check()
        fault, said = found.fault, f"{found.rows:,} rows hold, up to row {found.sequence}"
    if fault:
        ko, en = (
            "onharu verify_access로 살펴보세요. 되살린 뒤라면 --anew.",
            "Run onharu verify_access; --anew after a restore.",
        )
        yield bad("record", fault, ko, en)
    else:
        yield good("record", said)


def catalogues() -> Iterator[Finding]:
    """Count the rows of every shelf, and tell how long ago something arrived there."""
    for name, rows, dated, column, fill in SHELVES:
        count = apps.get_model(rows)._default_manager.count()  # noqa: SLF001 the one manager every model has
        newest = apps.get_model(dated)._default_manager.aggregate(at=Max(column))["at"]  # noqa: SLF001
        age = clock.now() - newest if newest else None
        said = f"{name} {count:,}{f' · {age.days} d' if age is not None else ''}"
        if not count:
            yield warn("catalogues", said, f"비어 있어요: {fill}", f"Empty: {fill}")
        elif age is not None and age > STALE and name in {"medicines", "pharmacies"}:
            yield warn("catalogues", said, f"오래되었어요: {fill}", f"Old: {fill}")
        else:
            yield good("catalogues", said)
