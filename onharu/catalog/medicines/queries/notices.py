"""The official notices on substances, held in memory as they stand on the shelf; and those on products themselves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from threading import Lock

from django.db import connection

from onharu.catalog.medicines.models import DurRule, DurSalt, Loaded, ProductNotice
from onharu.catalog.medicines.queries.remembered import STAMP
from onharu.catalog.medicines.rules.facts import ProductNoticeFacts
from onharu.catalog.medicines.rules.interactions import PAIR, Notice
from onharu.catalog.medicines.rules.questions import numbers

NO_CODES: frozenset[str] = frozenset()
_COLUMNS = (
    "id", "kind", "code", "partner_code", "combined", "partner_combined", "text", "remark", "forms", "age", "longest",
    "most_a_day", "grade", "group", "series", "noticed_on", "source",
)  # fmt: skip
_ON_PRODUCTS = ("kind", "code", "name", "text", "remark", "group", "series", "noticed_on", "source", "as_of")
# What the notices are held under: the shelf's stamp, and the last row of either table for whoever writes past it.
_MARK = (
    f'SELECT (SELECT edition FROM "{Loaded._meta.db_table}" WHERE "table" = %s), '  # noqa: S608, SLF001 our own names
    f'(SELECT MAX(id) FROM "{DurRule._meta.db_table}"), (SELECT MAX(id) FROM "{DurSalt._meta.db_table}")'  # noqa: SLF001
)
Mark = tuple[str | None, int | None, int | None]


@dataclass(frozen=True, slots=True)
class Notices:
    """Every notice on substances by code, pairs by both codes, and the codes that cover a name or an M-code."""

    alone: Mapping[str, tuple[Notice, ...]]
    pairs: Mapping[str, Mapping[str, tuple[Notice, ...]]]
    covering: Mapping[str, frozenset[str]]

    def codes_of(self, key: str, m_code: str) -> frozenset[str]:
        """Tell which DUR codes cover a substance, by its name made plain and its M-code where it has one."""
        by_name = self.covering.get(key, NO_CODES)
        return by_name | self.covering.get(m_code, NO_CODES) if m_code else by_name

    def on(self, codes: Collection[str]) -> Iterable[Notice]:
        """Yield what is said of these codes: a pair only where its partner is among them as well."""
        for code in sorted(codes):
            yield from self.alone.get(code, ())
            partners = self.pairs.get(code, {})
            for partner in sorted(partners.keys() & codes):
                yield from partners[partner]

    def kinds_on(self, codes: Iterable[str]) -> frozenset[str]:
        """Tell which kinds of notices there are on one of these codes alone."""
        return frozenset(notice.kind for code in codes for notice in self.alone.get(code, ()))


_lock = Lock()
_held: tuple[Mark, Notices] | None = None


def notices() -> Notices:
    """Read the notices on substances, again only after they changed. One statement when nothing did, else three."""
    global _held  # noqa: PLW0603 replaced as a whole, never changed
    mark = _mark()
    held = _held
    if held is not None and held[0] == mark:
        return held[1]
    with _lock:
        if _held is None or _held[0] != mark:
            _held = (mark, _read())
        return _held[1]


def forget_notices() -> None:
    """Drop the notices this process holds. For tests."""
    global _held  # noqa: PLW0603 see above
    _held = None


def notices_on(item_seqs: Iterable[str]) -> dict[str, tuple[ProductNoticeFacts, ...]]:
    """Look up the official notices on products themselves, by item_seq; one without any is absent. One statement."""
    rows = ProductNotice.objects.filter(product__item_seq__in=numbers(item_seqs)).order_by("product_id", "kind", "id")
    found: defaultdict[str, list[ProductNoticeFacts]] = defaultdict(list)
    for item_seq, *said in rows.values_list("product__item_seq", *_ON_PRODUCTS):
        found[item_seq].append(ProductNoticeFacts(*said))
    return {item_seq: tuple(of_one) for item_seq, of_one in found.items()}


def _mark() -> Mark:
    with connection.cursor() as cursor:
        cursor.execute(_MARK, [STAMP])
        edition, rule, salt = cursor.fetchone()
        return edition, rule, salt


def _read() -> Notices:
    alone: defaultdict[str, list[Notice]] = defaultdict(list)
    pairs: defaultdict[str, defaultdict[str, list[Notice]]] = defaultdict(lambda: defaultdict(list))
    for row in DurRule.objects.order_by("id").values_list(*_COLUMNS):
        notice = _notice(row)
        if notice.kind == PAIR:
            pairs[notice.code][notice.partner_code].append(notice)
        else:
            alone[notice.code].append(notice)
    covering: defaultdict[str, set[str]] = defaultdict(set)
    for code, key, m_code in DurSalt.objects.values_list("code", "key", "m_code"):
        covering[key].add(code)
        if m_code:
            covering[m_code].add(code)
    return Notices(
        alone={code: tuple(of_one) for code, of_one in alone.items()},
        pairs={code: {other: tuple(both) for other, both in of_one.items()} for code, of_one in pairs.items()},
        covering={said: frozenset(codes) for said, codes in covering.items()},
    )


def _notice(row: tuple[object, ...]) -> Notice:
    values = dict(zip(_COLUMNS, row, strict=True))
    for side in ("combined", "partner_combined"):
        values[side] = frozenset(str(values[side]).split("|")) - {""}
    return Notice(**values)  # type: ignore[arg-type]
