"""Every room with something of people in it, in an order in which rows can be read back."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from onharu.accounts import public as accounts
from onharu.insights import public as insights
from onharu.kernel.belongings import Belongings, Table
from onharu.kernel.belongings.own import BELONGINGS as KERNEL
from onharu.records.goals import public as goals
from onharu.records.journal import public as journal
from onharu.records.meals import public as meals
from onharu.records.medication import public as medication
from onharu.records.places import public as places
from onharu.records.workouts import public as workouts
from onharu.rights.models import Export

OWN = Belongings(
    room="rights",
    tables=(
        Table(
            model=Export,
            left_out={"file": "an archive does not hold itself"},
            stays="an archive is made anew",
        ),
    ),
)
# Workouts before the journal, whose notes name plans; accounts first, so that they are erased last.
ROOMS: tuple[Belongings, ...] = (
    accounts.BELONGINGS,
    KERNEL,
    goals.BELONGINGS,
    meals.BELONGINGS,
    medication.BELONGINGS,
    workouts.BELONGINGS,
    journal.BELONGINGS,
    places.BELONGINGS,
    insights.BELONGINGS,
    OWN,
)

# Tables in which nothing is anybody's, each with the reason.
NOBODYS: dict[str, str] = {
    "auth.permission": "what can be allowed",
    "auth.group": "groups of staff",
    "auth.group_permissions": "what groups of staff may do",
    "contenttypes.contenttype": "names of tables",
    "sessions.session": "not used: a session is an accounts.signin",
    "socialaccount.socialapp": "not used: keys come from the environment",
    "kernel.accesstail": "the end of the access record",
    "kernel.accesscheckpoint": "where the access record was folded",
    "kernel.fieldkey": "names of keys",
    "accounts.signingkey": "keys that tokens of everybody are signed with",
    "kernel.allowance": "how often something was asked, by a hash, for minutes",
    "kernel.extraholiday": "holidays",
    "kernel.pulse": "when something last happened",
    "kernel.job": "work that is owed: ids only; erasing drops a person's by their ids",
    "names.shelf": "names of the catalogue; own foods are searched in memory",
    "names.segment": "names of the catalogue",
    "rights.erasure": "receipts, which name nobody once the work is done",
}
SHELVES = ("exercises", "foods", "medicines", "pharmacies")  # facts about the world, with no owner anywhere


def tables() -> Iterator[Table]:
    """List the tables of all rooms, parents before children."""
    for room in ROOMS:
        yield from room.tables


_memories: list[Callable[[], None]] = []


def use_memories(*drops: Callable[[], None]) -> None:
    """Say what drops the finished answers that this process keeps of everybody; they are only made anew."""
    _memories[:] = drops


def forget(owner_id: int) -> None:
    """Have every room drop what memory and cache hold of a person."""
    for room in ROOMS:
        room.forget(owner_id)
    for drop in _memories:
        drop()
