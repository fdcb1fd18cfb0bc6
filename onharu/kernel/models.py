"""The kernel's tables, gathered where Django looks for them."""

from onharu.kernel.days import DayVersion, PersonVersion
from onharu.kernel.holidays import ExtraHoliday
from onharu.kernel.idempotency import SavedReply
from onharu.kernel.jobs import Job

__all__ = ["DayVersion", "ExtraHoliday", "Job", "PersonVersion", "SavedReply"]
