"""What this room keeps of a person."""

from __future__ import annotations

from onharu.kernel.belongings import Belongings, Row, Table
from onharu.kernel.spelling import tag_spelling
from onharu.records.journal.models import DailyReport, DayTag, Feedback, Tag


def _spelling(owner_id: int, row: Row) -> str:
    return Tag.mark_of(owner_id, tag_spelling(row["name"]))


BELONGINGS = Belongings(
    room="journal",
    tables=(
        Table(model=DailyReport),
        Table(
            model=Tag,
            left_out={"spelling": "an index over the name that only this house can make"},
            made={"spelling": _spelling},
        ),
        Table(model=DayTag),
        Table(model=Feedback, refs={"plan_id": "workouts.workoutplan"}),
    ),
)
