"""Asks the shelf what official notices say of several products together. Three statements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q

from onharu.catalog.medicines.models import DurRule, DurSalt, Product
from onharu.catalog.medicines.rules.interactions import (
    About,
    Finding,
    Medicine,
    Notice,
    Substance,
    Uncompared,
    findings,
    uncompared,
)

OWN_SOURCE = "제품의 성분을 서로 견주어 봄"
NOBODY = About()
PAIRS_AND_GROUPS = ("pair", "duplicate")
_COLUMNS = (
    "id", "kind", "code", "partner_code", "combined", "partner_combined", "text", "remark", "forms", "age", "longest",
    "most_a_day", "grade", "group", "series", "noticed_on", "source",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Comparison:
    """What was found, what could not be compared, and which numbers are not on the shelf."""

    medicines: tuple[Medicine, ...]
    findings: tuple[Finding, ...]
    uncompared: tuple[Uncompared, ...]
    unknown: tuple[str, ...]


def interactions(item_seqs: Sequence[str], about: About = NOBODY) -> Comparison:
    """Compare products with the official notices and with each other; each number counts once."""
    wanted = list(dict.fromkeys(item_seqs))
    medicines = _medicines(wanted)
    known = {medicine.item_seq for medicine in medicines}
    codes = frozenset(code for medicine in medicines for code in medicine.codes)
    notices = _notices(codes, alone=len(medicines) == 1)
    return Comparison(
        medicines=tuple(medicines),
        findings=findings(medicines, notices, about, OWN_SOURCE),
        uncompared=uncompared(medicines),
        unknown=tuple(number for number in wanted if number not in known),
    )


def _medicines(item_seqs: Sequence[str]) -> list[Medicine]:
    columns = ("item_seq", "name", "holds__ingredient__key", "holds__ingredient__name", "holds__ingredient__code")
    rows = list(Product.objects.filter(item_seq__in=item_seqs).order_by("id", "holds__place").values_list(*columns))
    codes = _codes_of({key for *_, key, _, _ in rows if key}, {code for *_, code in rows if code})
    held: dict[tuple[str, str], list[Substance]] = defaultdict(list)
    for item_seq, name, key, substance, code in rows:
        of_one = held[item_seq, name]
        if key:
            of_one.append(Substance(substance, key, frozenset(codes[key] | codes[code] if code else codes[key])))
    places = {number: place for place, number in enumerate(item_seqs)}
    found = [Medicine(number, name, tuple(substances)) for (number, name), substances in held.items()]
    return sorted(found, key=lambda one: places[one.item_seq])


def _codes_of(keys: Iterable[str], m_codes: Iterable[str]) -> defaultdict[str, set[str]]:
    """Find the DUR codes of names made plain and of M-codes."""
    codes: defaultdict[str, set[str]] = defaultdict(set)
    asked = DurSalt.objects.filter(Q(key__in=list(keys)) | Q(m_code__in=list(m_codes)))
    for code, key, m_code in asked.values_list("code", "key", "m_code"):
        codes[key].add(code)
        if m_code:
            codes[m_code].add(code)
    return codes


def _notices(codes: frozenset[str], *, alone: bool) -> list[Notice]:
    if not codes:
        return []
    asked = DurRule.objects.filter(code__in=codes)
    # A pair needs its partner here as well: most pairs of a substance are with something nobody takes.
    asked = (
        asked.exclude(kind__in=PAIRS_AND_GROUPS) if alone else asked.filter(~Q(kind="pair") | Q(partner_code__in=codes))
    )
    return [_notice(row) for row in asked.order_by("id").values_list(*_COLUMNS)]


def _notice(row: tuple[object, ...]) -> Notice:
    values = dict(zip(_COLUMNS, row, strict=True))
    for side in ("combined", "partner_combined"):
        values[side] = frozenset(str(values[side]).split("|")) - {""}
    return Notice(**values)  # type: ignore[arg-type]
