"""An archive asked for, made in the background, kept for a day: one a person."""

from __future__ import annotations

import secrets
import tempfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.core.files import File
from django.db import transaction

from onharu.accounts.public import User
from onharu.kernel import clock, jobs
from onharu.rights.actions.archive import write_archive
from onharu.rights.models import FOLDER, Export
from onharu.rights.rules.shape import KEPT

MAKE = "rights.make_export"
GIVEN_UP_AFTER = timedelta(minutes=30)
# Whoever waits by asking again and again is told of a failure for so long, and owes nothing new by it.
FAILED_FOR = timedelta(minutes=5)
OPEN = (Export.State.WAITING, Export.State.RUNNING)


@transaction.atomic
def ask_for_export(*, owner_id: int, anew: bool = False) -> Export:
    """Owe a person an archive, or find the one that is being made or kept, or failed in the last five minutes.

    `anew` makes another where one is ready or failed.
    """
    # The person's row is where two that ask at once stand in line.
    User.objects.select_for_update().get(pk=owner_id)
    found: Export | None = Export.objects.of(owner_id).first()
    if found is not None and not _over(found) and not (anew and found.state not in OPEN):
        return found
    if found is not None:
        let_go(found)
    made: Export = Export.objects.create(owner_id=owner_id, asked_at=clock.now())
    jobs.enqueue(MAKE, key=f"{MAKE}:{made.pk}", export_id=made.pk)
    return made


def _over(export: Export) -> bool:
    at = clock.now()
    if export.state == Export.State.READY:
        return export.ready_at is None or export.ready_at <= at - KEPT
    return export.asked_at <= at - (FAILED_FOR if export.state == Export.State.FAILED else GIVEN_UP_AFTER)


def make_export(*, export_id: int) -> None:
    """Make an archive that is owed. Safe to repeat: one that is ready stays, one half-made or failed is begun anew."""
    export = Export.objects.select_related("owner__profile").filter(pk=export_id).first()
    if export is None or export.state == Export.State.READY:
        return
    Export.objects.filter(pk=export.pk).update(state=Export.State.RUNNING)
    folder = Path(settings.ONHARU_DATA) / FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    try:
        with tempfile.NamedTemporaryFile(dir=folder, suffix=".part") as part:
            write_archive(export.owner, part, _telling(export.pk))
            part.seek(0)
            _keep(export, File(part))
    except Exception:
        Export.objects.filter(pk=export.pk).update(state=Export.State.FAILED)
        raise


def _keep(export: Export, made: File[bytes]) -> None:
    size = made.size
    export.file.save(f"{secrets.token_urlsafe(24)}.zip", made, save=False)
    kept = Export.objects.filter(pk=export.pk).update(
        state=Export.State.READY, percent=100, ready_at=clock.now(), file=export.file.name, size=size
    )
    if not kept:  # the person was erased meanwhile
        export.file.delete(save=False)


def _telling(export_id: int) -> Callable[[int], None]:
    def heard(percent: int) -> None:
        Export.objects.filter(pk=export_id).update(percent=percent)

    return heard


def let_go(export: Export) -> None:
    """Remove an archive with its file."""
    if export.file:
        export.file.delete(save=False)
    export.delete()


def forget_old() -> int:
    """Remove archives that are a day old, and what was left half-made. Returns how many."""
    old = [export for export in Export.objects.all() if _over(export)]
    for export in old:
        let_go(export)
    return len(old)
