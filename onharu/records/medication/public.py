"""The door of a person's medicines: values and item_seqs, never models."""

from onharu.records.medication.queries.comparing import Asker, Compared, asker_of, compare
from onharu.records.medication.queries.scraps import ScrapEntry, TagEntry, ViewEntry, mine_of

__all__ = ["Asker", "Compared", "ScrapEntry", "TagEntry", "ViewEntry", "asker_of", "compare", "mine_of"]
