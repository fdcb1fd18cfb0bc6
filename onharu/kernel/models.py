"""The kernel's tables, gathered where Django looks for them."""

from onharu.kernel.access.tables import AccessCheckpoint, AccessRow, AccessTail
from onharu.kernel.allowances import Allowance
from onharu.kernel.days import DayVersion, PersonVersion
from onharu.kernel.fieldkeys import FieldKey
from onharu.kernel.holidays import ExtraHoliday
from onharu.kernel.idempotency import SavedReply
from onharu.kernel.jobs import DeadLetter, Job, Pulse

__all__ = [
    "AccessCheckpoint",
    "AccessRow",
    "AccessTail",
    "Allowance",
    "DayVersion",
    "DeadLetter",
    "ExtraHoliday",
    "FieldKey",
    "Job",
    "PersonVersion",
    "Pulse",
    "SavedReply",
]
