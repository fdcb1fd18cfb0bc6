"""What this room keeps of a person."""

from __future__ import annotations

from onharu.kernel.belongings import Belongings, Table
from onharu.records.places.models import KeptPharmacy

BELONGINGS = Belongings(
    room="places",
    tables=(Table(model=KeptPharmacy, by={"pharmacy": ("hpid", "hira_id", "name")}, needs=frozenset({"pharmacy"})),),
)
