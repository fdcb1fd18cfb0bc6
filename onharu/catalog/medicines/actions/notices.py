"""Writes DUR notices: each kind whole, with the salts that every code covers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from onharu.catalog.medicines.actions.storing import Tally
from onharu.catalog.medicines.models import DurRule, DurSalt
from onharu.catalog.medicines.rules.rows import DurRow
from onharu.catalog.medicines.rules.salts import plain
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
    _store_salts(rows)
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


def _store_salts(rows: Iterable[DurRow]) -> None:
    """Write which substances each code covers: its salts, and the substance itself by its own name."""
    salts: dict[tuple[str, str], DurSalt] = {}
    for row in rows:
        sides = (
            (row.code, row.name, row.salts),
            (row.partner_code, row.partner_name, row.partner_salts),
        )
        for code, name, covered in sides:
            for m_code, salt in (*covered, ("", name)):
                if code and plain(salt):
                    salts.setdefault(
                        (code, plain(salt)), DurSalt(code=code, key=plain(salt), m_code=m_code, name=salt[:200])
                    )
    DurSalt.objects.bulk_create(
        salts.values(),
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["code", "key"],
        update_fields=["m_code", "name"],
    )
