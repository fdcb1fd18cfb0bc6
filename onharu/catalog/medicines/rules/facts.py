"""What other rooms learn of a medicine: frozen values, in plain Python."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class IngredientFacts:
    """One substance of a product; `amount` is None when the source does not say it."""

    id: int
    name: str
    name_en: str
    code: str
    amount: Decimal | None
    unit: str


@dataclass(frozen=True, slots=True)
class LookFacts:
    """How a pill looks, in the source's words; sizes in mm, None when unknown."""

    description: str
    shape: str
    colors: tuple[str, ...]
    imprint_front: str
    imprint_back: str
    long_mm: Decimal | None
    short_mm: Decimal | None
    thick_mm: Decimal | None


@dataclass(frozen=True, slots=True)
class ProductNoticeFacts:
    """One official notice on a product itself, verbatim; `kind` as those of findings, or `split`."""

    kind: str
    code: str
    name: str
    text: str
    remark: str
    group: str
    series: str
    noticed_on: date | None
    source: str
    as_of: date | None


@dataclass(frozen=True, slots=True)
class BriefFacts:
    """What a search row shows. `summary` is empty until one was made; its source is `extract` or `model`.

    `withdrawn_on` is None for a product that may be sold, as far as the source was asked; `as_of` is the day of its
    figures.
    """

    id: int
    item_seq: str
    name: str
    company: str
    supply: str
    image_url: str
    summary: str
    summary_source: str
    source: str = ""
    as_of: date | None = None
    withdrawn_on: date | None = None


@dataclass(frozen=True, slots=True)
class ProductFacts:
    """Everything the shelf knows of a product. A section that is absent was not published, which is never "none".

    How old it is: `as_of` is the day of the source's figures, `refreshed_at` when the source last confirmed them.
    """

    id: int
    item_seq: str
    name: str
    name_en: str
    company: str
    supply: str
    class_name: str
    form: str
    image_url: str
    ingredients: tuple[IngredientFacts, ...]
    sections: Mapping[str, str]
    looks: tuple[LookFacts, ...]
    summary: str
    summary_source: str
    source: str
    as_of: date | None
    refreshed_at: datetime | None = None
    withdrawn_on: date | None = None
