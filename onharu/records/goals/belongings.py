"""What this room keeps of a person."""

from __future__ import annotations

from onharu.kernel.belongings import Belongings, Table
from onharu.records.goals.models import DailyTarget, Goal, Measurement

BELONGINGS = Belongings(
    room="goals",
    tables=(
        Table(model=Goal, by={"exercise": ("code",)}),
        Table(model=DailyTarget),
        Table(model=Measurement),
    ),
)
