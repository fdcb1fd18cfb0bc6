"""The door of the medicine shelf: values and item_seqs, never models."""

from onharu.catalog.medicines.actions.imports import import_contraindications, import_medicines, import_pills
from onharu.catalog.medicines.queries.facts import brief_of, facts_of
from onharu.catalog.medicines.rules.facts import BriefFacts, IngredientFacts, LookFacts, ProductFacts

__all__ = [
    "BriefFacts",
    "IngredientFacts",
    "LookFacts",
    "ProductFacts",
    "brief_of",
    "facts_of",
    "import_contraindications",
    "import_medicines",
    "import_pills",
]
