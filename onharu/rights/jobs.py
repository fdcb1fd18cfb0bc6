"""Background entries of the rights room."""

from __future__ import annotations

from datetime import timedelta

from onharu.kernel.jobs import DeadLetter, job, owe_again, periodic
from onharu.rights.actions import erasing, exports, leaving


@job(exports.MAKE, seconds=900)  # thousands of photographs out of a bucket
def make_export(export_id: int) -> None:
    """Make an archive."""
    exports.make_export(export_id=export_id)


@job(leaving.ERASE)
def erase(receipt: str) -> None:
    """Erase a person."""
    erasing.erase_person(receipt=receipt)


@periodic("rights.forget_exports", timedelta(hours=1))
def forget_exports() -> None:
    """Remove archives that are a day old."""
    exports.forget_old()


@periodic("rights.erase_what_died", timedelta(hours=1))
def erase_what_died() -> None:
    """Owe again what was promised to a person who left: nobody asks for it any more. It stays with the dead between."""
    died = DeadLetter.objects.filter(name=leaving.ERASE, state=DeadLetter.State.DEAD)
    owe_again(died.values_list("pk", flat=True))
