"""What one line of a source says of a pharmacy, whichever source it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from onharu.catalog.pharmacies.rules.week import Week

Kind = Literal["nmc", "hira"]


@dataclass(frozen=True, slots=True)
class PharmacyRow:
    """One pharmacy as one source tells it. It has one key: `hpid` of NMC or `hira_id` of HIRA, the other is "".

    Empty and None say nothing. `phone` is as people write it. `week` None: no hours at all are known. `source` names
    who says it and `as_of` the day it was said; without a day it counts as older than anything with one.
    """

    hpid: str
    hira_id: str
    name: str
    address: str = ""
    province: str = ""
    district: str = ""
    neighbourhood: str = ""
    phone: str = ""
    latitude: float | None = None
    longitude: float | None = None
    week: Week | None = None
    note: str = ""
    source: str = ""
    as_of: date | None = None
    sample: bool = False

    @property
    def kind(self) -> Kind:
        """Whose key it carries."""
        return "nmc" if self.hpid else "hira"

    @property
    def key(self) -> str:
        """Its source's own number."""
        return self.hpid or self.hira_id


class UnfitError(ValueError):
    """A line cannot be taken; the words say why."""
