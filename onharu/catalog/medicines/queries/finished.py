"""Makes the finished bytes of an answer, once: what the API sends and what memory keeps."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import orjson

from onharu.catalog.medicines.queries.facts import facts_of
from onharu.catalog.medicines.queries.search import FoundProduct, FoundProducts
from onharu.catalog.medicines.rules.facts import BriefFacts, LookFacts, ProductFacts, ProductNoticeFacts


def body_of(found: FoundProducts, *, detail: bool) -> bytes:
    """Write what was found as JSON; with `detail`, whole labels (four more statements)."""
    whole = facts_of([one.brief.item_seq for one in found.products]) if detail and found.products else {}
    return orjson.dumps(
        {
            "count": len(found.products),
            "corrected": found.corrected,
            "symptoms": found.symptoms,
            "results": [_row(one, whole.get(one.brief.item_seq)) for one in found.products],
        },
        default=plain,
    )


def _row(one: FoundProduct, whole: ProductFacts | None) -> dict[str, Any]:
    return {**shown_brief(one.brief), **(shown_label(whole) if whole else {}), "score": one.score}


def shown_brief(brief: BriefFacts) -> dict[str, Any]:
    """Lay out what every row of a list shows; null where nothing is known."""
    return {
        "item_seq": brief.item_seq,
        "item_name": brief.name,
        "company": brief.company or None,
        "supply": brief.supply or None,
        "summary": brief.summary or None,
        "summary_source": brief.summary_source or None,
        "image": brief.image_url or None,
        "source": brief.source,
        "as_of": brief.as_of,
        "withdrawn_on": brief.withdrawn_on,
    }


def shown_label(facts: ProductFacts) -> dict[str, Any]:
    """Lay out what a whole label adds to a row. A section that was not published is absent, which is never "none"."""
    return {
        "name_en": facts.name_en or None,
        "class_name": facts.class_name or None,
        "form": facts.form or None,
        "ingredients": [
            {"name": one.name, "name_en": one.name_en or None, "amount": one.amount, "unit": one.unit or None}
            for one in facts.ingredients
        ],
        "sections": dict(facts.sections),
        "looks": [shown_look(look) for look in facts.looks],
        "refreshed_at": facts.refreshed_at,
    }


def shown_product(facts: ProductFacts, notices: Sequence[ProductNoticeFacts] = ()) -> dict[str, Any]:
    """Lay out one product whole, with the official notices on itself."""
    brief = BriefFacts(
        facts.id, facts.item_seq, facts.name, facts.company, facts.supply, facts.image_url, facts.summary,
        facts.summary_source, facts.source, facts.as_of, facts.withdrawn_on,
    )  # fmt: skip
    return {**shown_brief(brief), **shown_label(facts), "notices": [shown_notice(one) for one in notices]}


def shown_notice(notice: ProductNoticeFacts) -> dict[str, Any]:
    """Lay out an official notice on a product."""
    return {
        "kind": notice.kind,
        "substance": notice.name or None,
        "text": notice.text or None,
        "remark": notice.remark or None,
        "group": " · ".join(part for part in (notice.group, notice.series) if part) or None,
        "noticed_on": notice.noticed_on,
        "source": notice.source,
    }


def shown_look(look: LookFacts) -> dict[str, Any]:
    """Lay out how a pill looks; sizes in mm."""
    return {
        "description": look.description or None,
        "shape": look.shape or None,
        "colors": look.colors,
        "imprint_front": look.imprint_front or None,
        "imprint_back": look.imprint_back or None,
        "long_mm": look.long_mm,
        "short_mm": look.short_mm,
        "thick_mm": look.thick_mm,
    }


def plain(value: object) -> object:
    """Write a Decimal as a number."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    raise TypeError(type(value).__name__)
