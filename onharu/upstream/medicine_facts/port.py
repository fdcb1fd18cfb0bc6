"""What every source of official facts about medicines promises. Plain Python, in the words of the field.

A row says what one table says: an empty text and None are "not said", never "none" and never zero. Texts are plain:
no markup, but otherwise as the source wrote them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Protocol

from onharu.upstream.faults import Refused, Unavailable

__all__ = [
    "DUR_KINDS",
    "LABELS",
    "PERMITS",
    "PERMIT_DETAILS",
    "PILLS",
    "PRODUCT_KINDS",
    "SUBSTANCES",
    "TABLES",
    "Backend",
    "HeldFact",
    "LookFact",
    "NoticeFact",
    "Page",
    "ProductFact",
    "ProductNoticeFact",
    "Refused",
    "Row",
    "SubstanceFact",
    "Unavailable",
    "UnfitRow",
    "notices",
    "product_notices",
]

# The tables that can be read page by page.
LABELS, PILLS, PERMITS, PERMIT_DETAILS, SUBSTANCES = "labels", "pills", "permits", "permit_details", "substances"
# What DUR warns of, by substance and by product; splitting a tablet is warned of by product only.
DUR_KINDS = ("pair", "age", "pregnancy", "dose", "duration", "elderly", "duplicate")
PRODUCT_KINDS = (*DUR_KINDS, "split", "any")


def notices(kind: str) -> str:
    """Name the table of notices on substances of a kind."""
    return f"notices.{kind}"


def product_notices(kind: str) -> str:
    """Name the table of notices on products of a kind; `any` lists the products that have one."""
    return f"product_notices.{kind}"


TABLES = (
    LABELS,
    PILLS,
    PERMITS,
    PERMIT_DETAILS,
    SUBSTANCES,
    *map(notices, DUR_KINDS),
    *map(product_notices, PRODUCT_KINDS),
)


@dataclass(frozen=True, slots=True)
class HeldFact:
    """One active substance as the source writes it; `code` is the Ministry's M-code, `unit` the source's word."""

    name: str
    name_en: str = ""
    code: str = ""
    amount: Decimal | None = None
    unit: str = ""


@dataclass(frozen=True, slots=True)
class LookFact:
    """How one pill looks, in the source's words; sizes in mm."""

    description: str = ""
    shape: str = ""
    color_front: str = ""
    color_back: str = ""
    imprint_front: str = ""
    imprint_back: str = ""
    line_front: str = ""
    line_back: str = ""
    long_mm: Decimal | None = None
    short_mm: Decimal | None = None
    thick_mm: Decimal | None = None


@dataclass(frozen=True, slots=True)
class ProductFact:
    """What one table says of one product; `table` names it (labels, pills, permits, permit_details).

    `supply` is RX, OTC, or "" when not said. `sections` go by efficacy, use, warnings, cautions, interactions,
    side_effects, storage; one that is absent was not published. `as_of` is the day of the source's last change.
    """

    item_seq: str
    name: str
    table: str
    name_en: str = ""
    company: str = ""
    supply: str = ""
    class_code: str = ""
    class_name: str = ""
    form: str = ""
    image_url: str = ""
    holds: tuple[HeldFact, ...] = ()
    sections: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    look: LookFact | None = None
    withdrawn: bool = False
    withdrawn_on: date | None = None
    as_of: date | None = None


@dataclass(frozen=True, slots=True)
class SubstanceFact:
    """One substance of one product, from the table of active substances; `place` orders those of a product."""

    item_seq: str
    product: str
    place: int
    held: HeldFact


@dataclass(frozen=True, slots=True)
class NoticeFact:
    """One DUR notice on a substance, or on a pair of them.

    `salts` are (M-code, name) of what the table lists beside a DUR code: for a compound (`mix_type` "복합") those of
    all its parts; `parts` are (D-code, name) of the others. `number` is the source's serial number, "" where the
    table has none (pairs). `lifted` notices hold no more.
    """

    kind: str
    number: str
    code: str
    name: str
    name_en: str = ""
    salts: tuple[tuple[str, str], ...] = ()
    mix_type: str = ""
    parts: tuple[tuple[str, str], ...] = ()
    partner_code: str = ""
    partner_name: str = ""
    partner_name_en: str = ""
    partner_salts: tuple[tuple[str, str], ...] = ()
    partner_mix_type: str = ""
    partner_parts: tuple[tuple[str, str], ...] = ()
    text: str = ""
    remark: str = ""
    forms: str = ""
    age: str = ""
    longest: str = ""
    most_a_day: str = ""
    grade: str = ""
    group: str = ""
    series: str = ""
    noticed_on: date | None = None
    lifted: bool = False

    @property
    def combined(self) -> tuple[str, ...]:
        """The D-codes that a compound holds beside its first."""
        return tuple(code for code, _ in self.parts)

    @property
    def partner_combined(self) -> tuple[str, ...]:
        """The D-codes that the partner's compound holds beside its first."""
        return tuple(code for code, _ in self.partner_parts)


@dataclass(frozen=True, slots=True)
class ProductNoticeFact:
    """One DUR notice on a product. `substances` are (M-code, name); for kind `any`, `text` lists what it is about."""

    kind: str
    item_seq: str
    product: str
    company: str = ""
    code: str = ""
    name: str = ""
    name_en: str = ""
    substances: tuple[tuple[str, str], ...] = ()
    partner_item_seq: str = ""
    partner_product: str = ""
    partner_code: str = ""
    partner_name: str = ""
    text: str = ""
    remark: str = ""
    group: str = ""
    series: str = ""
    noticed_on: date | None = None
    as_of: date | None = None


Row = ProductFact | SubstanceFact | NoticeFact | ProductNoticeFact


@dataclass(frozen=True, slots=True)
class UnfitRow:
    """A row that could not be read: its place in the table from 1, what it is called, and why."""

    place: int
    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows of a table. `start` counts rows before it, `next_start` is where to go on, None after the last page.

    `total` is what the table announced with this page, `arrived` how many rows came, fit or not.
    """

    table: str
    start: int
    next_start: int | None
    total: int
    arrived: int
    rows: tuple[Row, ...]
    refused: tuple[UnfitRow, ...] = ()


class Backend(Protocol):
    """Somebody who knows official facts about medicines."""

    source: str
    leaves_home: bool

    def lacks(self) -> str:
        """Name what the operator has to supply before this backend can answer, "" for nothing."""

    def products_named(self, name: str) -> tuple[ProductFact, ...]:
        """Find products whose name holds `name`, within three seconds; raises Unavailable or Refused."""

    def pages(self, table: str, *, start: int = 0) -> Iterator[Page]:
        """Read a table from a row on, page by page; raises Unavailable or Refused."""
