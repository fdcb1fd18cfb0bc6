"""The door of the medicine shelf: values and item_seqs, never models."""

from onharu.catalog.medicines.actions.asking import improve as improve_summaries
from onharu.catalog.medicines.actions.finding import LIMIT, Answered, answer, drop_kept, layers_counted, warm_up
from onharu.catalog.medicines.actions.imports import import_contraindications, import_medicines, import_pills
from onharu.catalog.medicines.actions.popular import Popular, flush_counts, forget_questions, popular
from onharu.catalog.medicines.actions.refreshing import (
    refresh_contraindications,
    refresh_medicines,
    refresh_pills,
)
from onharu.catalog.medicines.actions.starter import load_starter
from onharu.catalog.medicines.actions.summaries import summarise
from onharu.catalog.medicines.actions.weekly import refresh_weekly
from onharu.catalog.medicines.queries.facts import brief_of, facts_of, looks_of
from onharu.catalog.medicines.queries.finished import shown_brief, shown_look, shown_product
from onharu.catalog.medicines.queries.identify import FoundPill, identify
from onharu.catalog.medicines.queries.interactions import Comparison, interactions
from onharu.catalog.medicines.queries.notices import notices_on
from onharu.catalog.medicines.queries.remembered import memory
from onharu.catalog.medicines.queries.search import FoundProduct, FoundProducts, on_shelf
from onharu.catalog.medicines.rules.facts import (
    BriefFacts,
    IngredientFacts,
    LookFacts,
    ProductFacts,
    ProductNoticeFacts,
)
from onharu.catalog.medicines.rules.interactions import About, Finding, Uncompared, within_age
from onharu.catalog.medicines.rules.plain_words import Calls
from onharu.catalog.medicines.rules.questions import FREE, NAME, SYMPTOM, Asked, folded

__all__ = [
    "FREE",
    "LIMIT",
    "NAME",
    "SYMPTOM",
    "About",
    "Answered",
    "Asked",
    "BriefFacts",
    "Calls",
    "Comparison",
    "Finding",
    "FoundPill",
    "FoundProduct",
    "FoundProducts",
    "IngredientFacts",
    "LookFacts",
    "Popular",
    "ProductFacts",
    "ProductNoticeFacts",
    "Uncompared",
    "answer",
    "brief_of",
    "drop_kept",
    "facts_of",
    "flush_counts",
    "folded",
    "forget_questions",
    "identify",
    "import_contraindications",
    "import_medicines",
    "import_pills",
    "improve_summaries",
    "interactions",
    "layers_counted",
    "load_starter",
    "looks_of",
    "memory",
    "notices_on",
    "on_shelf",
    "popular",
    "refresh_contraindications",
    "refresh_medicines",
    "refresh_pills",
    "refresh_weekly",
    "shown_brief",
    "shown_look",
    "shown_product",
    "summarise",
    "warm_up",
    "within_age",
]
