"""The tables of a person's medicines: what is kept, what is taken and when, reminders, and who may see it."""

from onharu.records.medication.models.doses import Dose, DoseEvent
from onharu.records.medication.models.kept import Scrap, ScrapTag, Tag, Understood, Viewed
from onharu.records.medication.models.refills import RefillWarning
from onharu.records.medication.models.regimens import Regimen, RegimenVersion, RoutineOf, StockEvent
from onharu.records.medication.models.reminders import Delivery, PushSubscription, Reminder, ReminderRule
from onharu.records.medication.models.shares import CalendarFeed, Share, ShareEvent

__all__ = [
    "CalendarFeed",
    "Delivery",
    "Dose",
    "DoseEvent",
    "PushSubscription",
    "RefillWarning",
    "Regimen",
    "RegimenVersion",
    "Reminder",
    "ReminderRule",
    "RoutineOf",
    "Scrap",
    "ScrapTag",
    "Share",
    "ShareEvent",
    "StockEvent",
    "Tag",
    "Understood",
    "Viewed",
]
