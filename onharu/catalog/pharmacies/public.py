"""The door of the shelf of pharmacies: values and ids, never models."""

from onharu.catalog.pharmacies.actions.imports import import_pharmacies
from onharu.catalog.pharmacies.actions.nightly import refresh_nightly
from onharu.catalog.pharmacies.actions.refreshing import refresh_pharmacies
from onharu.catalog.pharmacies.actions.sample import load_sample_town
from onharu.catalog.pharmacies.queries.calendar import drop_kept_holidays, holidays_around
from onharu.catalog.pharmacies.queries.density import drop_kept_cells
from onharu.catalog.pharmacies.queries.facts import facts_of, from_place, hours_of
from onharu.catalog.pharmacies.queries.nearest import nearby
from onharu.catalog.pharmacies.queries.search import Area, area, areas, in_area, named
from onharu.catalog.pharmacies.queries.shelf import is_empty, is_sample
from onharu.catalog.pharmacies.queries.shown import shown_as_before, shown_pharmacy
from onharu.catalog.pharmacies.queries.weeks import drop_kept_weeks
from onharu.catalog.pharmacies.rules.facts import Hours, Near, Nearby, PharmacyFacts, Place, State
from onharu.catalog.pharmacies.rules.geo import haversine_m, in_korea, walk_minutes
from onharu.catalog.pharmacies.rules.hours import told
from onharu.catalog.pharmacies.rules.week import Week


def drop_kept() -> None:
    """Forget what this process keeps of holidays, weeks and density, as a new process would."""
    drop_kept_cells()
    drop_kept_holidays()
    drop_kept_weeks()


__all__ = [
    "Area",
    "Hours",
    "Near",
    "Nearby",
    "PharmacyFacts",
    "Place",
    "State",
    "Week",
    "area",
    "areas",
    "drop_kept",
    "facts_of",
    "from_place",
    "haversine_m",
    "holidays_around",
    "hours_of",
    "import_pharmacies",
    "in_area",
    "in_korea",
    "is_empty",
    "is_sample",
    "load_sample_town",
    "named",
    "nearby",
    "refresh_nightly",
    "refresh_pharmacies",
    "shown_as_before",
    "shown_pharmacy",
    "told",
    "walk_minutes",
]
