"""What a line of a medicine table becomes, whichever table it came from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class HeldRow:
    """One substance of a product as a source writes it."""

    name: str
    name_en: str = ""
    code: str = ""
    amount: Decimal | None = None
    unit: str = ""


@dataclass(frozen=True, slots=True)
class LookRow:
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
class ProductRow:
    """What one line says of a product. Empty says nothing: it never takes away what another source said."""

    item_seq: str
    name: str
    source: str
    name_en: str = ""
    company: str = ""
    supply: str = ""
    class_code: str = ""
    class_name: str = ""
    form: str = ""
    image_url: str = ""
    holds: tuple[HeldRow, ...] = ()
    holds_source: str = ""
    sections: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    look: LookRow | None = None
    as_of: date | None = None
    starter: bool = False


@dataclass(frozen=True, slots=True)
class PermitRow:
    """What one line of a table without numbers says; it finds its product by name and company."""

    name: str
    company: str
    name_en: str
    class_code: str
    class_name: str
    supply: str
    image_url: str
    substances_en: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DurRow:
    """One line of a DUR table; `salts` and `partner_salts` are (M-code, name) of what the source lists beside a code.

    A side on a compound (`compound`) lists the salts of all its parts; `parts` are (D-code, name) of the others.
    """

    kind: str
    number: str
    code: str
    name: str
    name_en: str
    salts: tuple[tuple[str, str], ...]
    compound: bool = False
    parts: tuple[tuple[str, str], ...] = ()
    partner_code: str = ""
    partner_name: str = ""
    partner_name_en: str = ""
    partner_salts: tuple[tuple[str, str], ...] = ()
    partner_compound: bool = False
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

    @property
    def combined(self) -> tuple[str, ...]:
        """The D-codes that a compound holds beside its first."""
        return tuple(code for code, _ in self.parts)

    @property
    def partner_combined(self) -> tuple[str, ...]:
        """The D-codes that the partner's compound holds beside its first."""
        return tuple(code for code, _ in self.partner_parts)


class UnfitError(ValueError):
    """A line cannot be taken; the words say why."""
