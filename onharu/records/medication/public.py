"""The door of a person's medicines: values and item_seqs, never models."""

from onharu.records.medication.actions.demo import seed_doses
from onharu.records.medication.actions.regimens import clock_changed, meals_changed
from onharu.records.medication.belongings import BELONGINGS
from onharu.records.medication.ports import Eaten
from onharu.records.medication.ports import use as use_meal_times
from onharu.records.medication.queries.amounts import amount_words
from onharu.records.medication.queries.comparing import Asker, Compared, asker_of, compare
from onharu.records.medication.queries.doses import day_of, days_answered, days_of, doses_between
from onharu.records.medication.queries.entries import DoseDay, DoseEntry, EventEntry, RegimenEntry, empty_day
from onharu.records.medication.queries.lateness import Lateness, lateness
from onharu.records.medication.queries.mine import mine_of
from onharu.records.medication.queries.regimens import regimens_of
from onharu.records.medication.queries.scraps import ScrapEntry, TagEntry, ViewEntry
from onharu.records.medication.queries.stock import StockEntry, stocks_of
from onharu.records.medication.rules.schedules.shapes import Meal

__all__ = [
    "BELONGINGS",
    "Asker",
    "Compared",
    "DoseDay",
    "DoseEntry",
    "Eaten",
    "EventEntry",
    "Lateness",
    "Meal",
    "RegimenEntry",
    "ScrapEntry",
    "StockEntry",
    "TagEntry",
    "ViewEntry",
    "amount_words",
    "asker_of",
    "clock_changed",
    "compare",
    "day_of",
    "days_answered",
    "days_of",
    "doses_between",
    "empty_day",
    "lateness",
    "meals_changed",
    "mine_of",
    "regimens_of",
    "seed_doses",
    "stocks_of",
    "use_meal_times",
]
