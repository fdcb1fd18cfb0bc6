"""The door of the shelf of pharmacies: values and ids, never models."""

from onharu.catalog.pharmacies.rules.facts import Hours, Near, Nearby, PharmacyFacts, Place, State
from onharu.catalog.pharmacies.rules.week import Week

__all__ = ["Hours", "Near", "Nearby", "PharmacyFacts", "Place", "State", "Week"]
