"""Rows and cards: a product in a list, what a comparison came to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import get_language

from onharu.catalog.medicines import public as medicines
from onharu.catalog.medicines.public import BriefFacts, Finding, LookFacts
from onharu.records.medication.pages import pills, words
from onharu.records.medication.pages.pills import Pill
from onharu.records.medication.pages.words import FindingShown, NoticeShown
from onharu.records.medication.queries.comparing import Compared
from onharu.records.medication.queries.scraps import ScrapEntry, categories_of
from onharu.records.medication.queries.wording import ADVICE, TOGETHER, holds_here, said_of


@dataclass(frozen=True, slots=True)
class Row:
    """A product in a list; empty words are not known, `category` is empty for one that is not scrapped."""

    item_seq: str
    name: SafeString
    company: str
    supply: str
    summary: str
    by_model: bool
    category: str
    pill: Pill | None
    looks: str = ""
    withdrawn: str = ""


@dataclass(frozen=True, slots=True)
class ScrapRow:
    """A scrap in a list."""

    scrap: ScrapEntry
    name: str
    title: SafeString
    company: str
    category: str
    line: str
    pill: Pill | None
    withdrawn: str


@dataclass(frozen=True, slots=True)
class ComparedShown:
    """What a comparison came to: cards that hold here, cards that hold for some, and what could not be compared.

    `notices` are on the product of the page itself; `withdrawn` are others of which one may not be sold any more.
    """

    said: str
    advice: str
    findings: tuple[FindingShown, ...]
    others: tuple[FindingShown, ...]
    uncompared: tuple[tuple[str, tuple[str, ...]], ...]
    notices: tuple[NoticeShown, ...]
    withdrawn: tuple[tuple[str, SafeString, str], ...]


def rows_of(owner_id: int, briefs: Sequence[BriefFacts]) -> list[Row]:
    """Show products as rows: how they look, and whether they are scrapped. Two statements."""
    numbers = [brief.item_seq for brief in briefs]
    looks = medicines.looks_of(numbers) if numbers else {}
    mine = categories_of(owner_id, numbers) if numbers else {}
    return [row_of(brief, looks.get(brief.item_seq), mine.get(brief.item_seq, "")) for brief in briefs]


def row_of(brief: BriefFacts, look: LookFacts | None, category: str) -> Row:
    """Show a product as a row."""
    return Row(
        item_seq=brief.item_seq,
        name=words.breakable(brief.name),
        company=brief.company,
        supply=str(words.SUPPLY_WORDS.get(brief.supply, "")),
        summary=brief.summary,
        by_model=brief.summary_source == "model",
        category=str(words.CATEGORY_WORDS[category]) if category else "",
        pill=pills.pill_of(look),
        withdrawn=_withdrawn(brief),
    )


def _withdrawn(brief: BriefFacts | None) -> str:
    return words.withdrawn_words(brief.withdrawn_on) if brief and brief.withdrawn_on else ""


def scrap_rows(scraps: Sequence[ScrapEntry]) -> list[ScrapRow]:
    """Show scraps as rows. One statement."""
    looks = medicines.looks_of([scrap.item_seq for scrap in scraps]) if scraps else {}
    return [
        ScrapRow(
            scrap=scrap,
            name=scrap.medicine.name if scrap.medicine else scrap.item_seq,
            title=words.breakable(scrap.medicine.name if scrap.medicine else scrap.item_seq),
            company=scrap.medicine.company if scrap.medicine else "",
            category=str(words.CATEGORY_WORDS[scrap.category]),
            line=scrap.notes.split("\n", 1)[0],
            pill=pills.pill_of(looks.get(scrap.item_seq)),
            withdrawn=_withdrawn(scrap.medicine),
        )
        for scrap in scraps
    ]


def compared_shown(found: Compared, about: str = "") -> ComparedShown:
    """Show what a comparison says of one product, or of all of them together."""
    wanted = [one for one in found.findings if _wanted(one, about)]
    shown = [words.finding_shown(one, found.names, about) for one in wanted]
    gaps = [one for one in found.uncompared if about in {"", one.item_seq} or one.item_seq in found.mine]
    return ComparedShown(
        said=said_of(found, wanted, gaps).words(get_language() or "ko"),
        advice=ADVICE.words(get_language() or "ko"),
        findings=tuple(one for one in shown if holds_here(one.finding)),
        others=tuple(one for one in shown if not holds_here(one.finding)),
        uncompared=tuple(_by_product((found.names[one.item_seq], one.substance) for one in gaps)),
        notices=tuple(words.notice_shown(one) for one in found.on_products.get(about, ())),
        withdrawn=tuple(
            (number, words.breakable(found.names[number]), words.withdrawn_words(day))
            for number, day in found.withdrawn.items()
            if number != about
        ),
    )


def _wanted(finding: Finding, about: str) -> bool:
    return about in finding.products if about else finding.kind in TOGETHER


def _by_product(gaps: Iterable[tuple[str, str]]) -> Iterable[tuple[str, tuple[str, ...]]]:
    found: dict[str, list[str]] = {}
    for name, substance in gaps:
        found.setdefault(name, []).extend([substance] if substance else [])
    return ((name, tuple(substances)) for name, substances in found.items())
