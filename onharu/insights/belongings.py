"""What this room keeps of a person."""

from __future__ import annotations

from onharu.insights.models import DayWords, PutAway
from onharu.insights.queries.standing import drop_kept
from onharu.kernel.belongings import Belongings, Table

BELONGINGS = Belongings(
    room="insights",
    tables=(Table(model=PutAway), Table(model=DayWords)),
    forget=lambda _owner_id: drop_kept(),
)
