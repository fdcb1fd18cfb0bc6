"""What the kernel keeps of a person."""

from __future__ import annotations

from onharu.kernel.access.tables import AccessRow
from onharu.kernel.belongings.tables import Belongings, Table
from onharu.kernel.days import DayVersion, PersonVersion
from onharu.kernel.idempotency import SavedReply
from onharu.kernel.jobs import Job

COUNTER = "a counter of this house"
SEAL = "seals the record of this house"


def _owe_nothing(owner_id: int) -> None:
    Job.objects.filter(args__owner_id=owner_id).delete()


BELONGINGS = Belongings(
    room="kernel",
    tables=(
        Table(model=PersonVersion, stays=COUNTER),
        Table(model=DayVersion, left_out={"version": COUNTER}, stays="counted anew when days are read back"),
        Table(
            model=SavedReply,
            left_out={
                "body": "a copy of what the rows say, for two days",
                "fingerprint": "the mark of a request, for two days",
            },
            stays="an answer to a request that was made here",
        ),
        Table(
            model=AccessRow,
            owner="whose",
            left_out={
                "who": "the number of somebody else; /me/access/ says who it was",
                "address": "where somebody else was",
                "before": SEAL,
                "digest": SEAL,
            },
            stays="what was seen here was not seen elsewhere",
            kept="the law wants it kept for two years; it holds numbers, no names and nothing that was read",
        ),
    ),
    before=_owe_nothing,
)
