"""What this room keeps of a person."""

from __future__ import annotations

from onharu.kernel.belongings import Belongings, Table
from onharu.records.workouts.models import MovementProfile, Task, WorkoutLog, WorkoutPlan, WorkoutSet

CODE = ("code",)
BELONGINGS = Belongings(
    room="workouts",
    tables=(
        Table(model=MovementProfile),
        Table(model=WorkoutPlan),
        Table(model=Task, by={"exercise": CODE, "swapped_from": CODE}),
        Table(model=WorkoutLog, by={"exercise": CODE}),
        Table(model=WorkoutSet),
    ),
)
