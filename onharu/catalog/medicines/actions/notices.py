"""Writes DUR notices: each kind whole, with the salts that every code covers."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from onharu.catalog.medicines.actions.storing import Tally
from onharu.catalog.medicines.models import DurRule, DurSalt
from onharu.catalog.medicines.rules.covers import covers
from onharu.catalog.medicines.rules.rows import DurRow
from onharu.catalog.medicines.rules.tables import DUR

BATCH = 500
WORDS = (
    "code", "name", "name_en", "partner_code", "partner_name", "partner_name_en", "text", "remark", "forms", "age",
    "longest", "most_a_day", "grade", "group", "series", "noticed_on",
)  # fmt: skip
SAID = (*WORDS, "combined", "partner_combined", "source")
COLUMNS = (*SAID, "as_of")


def store_notices(rows: Sequence[DurRow], *, day: date | None, tally: Tally) -> None:
    """Write the notices, and take down those of the same kinds that are not among them."""
    kinds = {row.kind for row in rows}
    kept = {(rule.kind, rule.number): rule for rule in DurRule.objects.filter(kind__in=kinds)}
    wanted = {(row.kind, row.number): _rule(row, day) for row in rows}
    fresh = [key for key in wanted if key not in kept]
    changed = [key for key in wanted if key in kept and _differs(kept[key], wanted[key])]
    gone = [kept[key].pk for key in kept if key not in wanted]
    for start in range(0, len(gone), BATCH):
        DurRule.objects.filter(pk__in=gone[start : start + BATCH]).delete()
    DurRule.objects.bulk_create(
        [wanted[key] for key in (*fresh, *changed)],
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["kind", "number"],
        update_fields=list(COLUMNS),
    )
    # What is the same stands by a newer edition now.
    DurRule.objects.filter(kind__in=kinds).exclude(as_of=day).update(as_of=day)
    _replace_salts(kinds, rows)
    tally.new += len(fresh)
    tally.changed += len(changed)
    tally.same += len(wanted) - len(fresh) - len(changed)


def _rule(row: DurRow, day: date | None) -> DurRule:
    words: dict[str, Any] = {column: getattr(row, column) for column in WORDS}
    return DurRule(
        kind=row.kind,
        number=row.number,
        combined="|".join(row.combined),
        partner_combined="|".join(row.partner_combined),
        source=DUR,
        as_of=day,
        **words,
    )


def _differs(kept: DurRule, wanted: DurRule) -> bool:
    return any(getattr(kept, column) != getattr(wanted, column) for column in SAID)


def _replace_salts(kinds: Collection[str], rows: Sequence[DurRow]) -> None:
    """Write what the codes of each kind cover, in place of what its earlier edition said of them."""
    DurSalt.objects.filter(kind__in=kinds).delete()
    DurSalt.objects.bulk_create(
        (
            DurSalt(kind=kind, code=one.code, key=one.key, m_code=one.m_code, name=one.name)
            for kind in sorted(kinds)
            for one in covers(row for row in rows if row.kind == kind)
        ),
        batch_size=BATCH,
        ignore_conflicts=True,
    )
