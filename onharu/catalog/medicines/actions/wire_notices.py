"""Takes over what the wire says DUR warns of, by substance and by product, in the words of this shelf."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from onharu.catalog.medicines.actions.storing import Tally, products_by_seq
from onharu.catalog.medicines.models import ProductNotice
from onharu.catalog.medicines.rules.covers import is_compound, korean
from onharu.catalog.medicines.rules.rows import DurRow
from onharu.upstream.medicine_facts import NoticeFact, ProductNoticeFact

BATCH = 500
DUR_PRODUCTS = "식품의약품안전처 DUR 품목정보"
SEEN = ["name", "noticed_on", "source", "as_of", "seen_at"]


def dur_rows(facts: Iterable[NoticeFact]) -> list[DurRow]:
    """Make rows of the notices that hold. A notice without a number of its own gets one made of what it says."""
    rows: dict[tuple[str, str], DurRow] = {}
    for fact in facts:
        if fact.lifted:
            continue
        number = fact.number[:12] if fact.number else _number(fact)
        if (fact.kind, number) in rows and rows[fact.kind, number] != _row(fact, number):
            number = _number(fact)
        rows[fact.kind, number] = _row(fact, number)
    return list(rows.values())


def store_product_notices(facts: Sequence[ProductNoticeFact], *, day: date, at: datetime, tally: Tally) -> None:
    """Write notices on products of the shelf, each once; those on products that it lacks are passed."""
    products = products_by_seq(fact.item_seq for fact in facts)
    wanted: dict[tuple[int, str, str], ProductNotice] = {}
    for fact in facts:
        product = products.get(fact.item_seq)
        if product is None:
            tally.passed += 1
            continue
        notice = _notice(product.pk, fact, day, at)
        wanted[notice.product_id, notice.kind, notice.mark] = notice
    known = set(
        ProductNotice.objects.filter(product_id__in={key[0] for key in wanted}).values_list(
            "product_id", "kind", "mark"
        )
    )
    ProductNotice.objects.bulk_create(
        wanted.values(),
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["product", "kind", "mark"],
        update_fields=SEEN,
    )
    tally.new += len(wanted.keys() - known)
    tally.same += len(wanted.keys() & known)


def drop_unseen(kind: str, *, since: datetime, tally: Tally) -> None:
    """Take down the notices of a kind that the source lists no more."""
    gone, _ = ProductNotice.objects.filter(kind=kind, seen_at__lt=since).delete()
    tally.changed += gone


def _row(fact: NoticeFact, number: str) -> DurRow:
    return DurRow(
        kind=fact.kind,
        number=number,
        code=fact.code,
        name=fact.name[:200],
        name_en=fact.name_en[:200],
        salts=fact.salts,
        compound=is_compound(fact.mix_type, fact.parts),
        parts=tuple((code, korean(name)) for code, name in fact.parts),
        partner_code=fact.partner_code,
        partner_name=fact.partner_name[:200],
        partner_name_en=fact.partner_name_en[:200],
        partner_salts=fact.partner_salts,
        partner_compound=is_compound(fact.partner_mix_type, fact.partner_parts),
        partner_parts=tuple((code, korean(name)) for code, name in fact.partner_parts),
        text=fact.text,
        remark=fact.remark[:300],
        forms=fact.forms,
        age=_tight(fact.age)[:40],
        longest=_tight(fact.longest)[:40],
        most_a_day=fact.most_a_day,
        grade=_tight(fact.grade)[:10],
        group=fact.group[:120],
        series=fact.series[:120],
        noticed_on=fact.noticed_on,
    )


def _tight(said: str) -> str:
    """Write "18세 이하" as the files do, so that one rule reads both."""
    return "".join(said.split())


def _number(fact: NoticeFact) -> str:
    said = (fact.code, fact.partner_code, *fact.combined, "", *fact.partner_combined, fact.text, fact.remark)
    more = (fact.forms, fact.age, fact.longest, fact.most_a_day, fact.grade, fact.group, fact.series)
    return f"W{_fingerprint(*said, *more, str(fact.noticed_on))[:11]}"


def _notice(product_id: int, fact: ProductNoticeFact, day: date, at: datetime) -> ProductNotice:
    return ProductNotice(
        product_id=product_id,
        kind=fact.kind,
        mark=_fingerprint(fact.code, fact.text, fact.remark, fact.group, fact.series),
        code=fact.code[:7],
        name=fact.name[:200],
        text=fact.text,
        remark=fact.remark[:300],
        group=fact.group[:120],
        series=fact.series[:120],
        noticed_on=fact.noticed_on,
        source=DUR_PRODUCTS,
        as_of=fact.as_of or day,
        seen_at=at,
    )


def _fingerprint(*words: str) -> str:
    return hashlib.blake2s("\x1f".join(words).encode(), digest_size=8).hexdigest()
