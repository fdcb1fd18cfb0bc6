"""The door of the medicine shelf: values and item_seqs, never models."""

from onharu.catalog.medicines.actions.imports import import_contraindications, import_medicines, import_pills
from onharu.catalog.medicines.actions.starter import load_starter
from onharu.catalog.medicines.queries.facts import brief_of, facts_of
from onharu.catalog.medicines.queries.interactions import Comparison, interactions
from onharu.catalog.medicines.rules.facts import BriefFacts, IngredientFacts, LookFacts, ProductFacts
from onharu.catalog.medicines.rules.interactions import About, Finding, Uncompared

__all__ = [
    "About",
    "BriefFacts",
    "Comparison",
    "Finding",
    "IngredientFacts",
    "LookFacts",
    "ProductFacts",
    "Uncompared",
    "brief_of",
    "facts_of",
    "import_contraindications",
    "import_medicines",
    "import_pills",
    "interactions",
    "load_starter",
]
