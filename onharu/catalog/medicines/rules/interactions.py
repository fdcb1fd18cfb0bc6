"""Lays official notices beside the medicines somebody has: which apply, to whom, and what could not be compared.

It quotes and never judges: a notice is found by the substances a product holds; that none was found is not "safe".
Plain Python.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import combinations

from onharu.catalog.medicines.rules.forms import of_form

PAIR, DUPLICATE, SAME = "pair", "duplicate", "same_substance"
AGE, ELDERLY, PREGNANCY = "age", "elderly", "pregnancy"
DOSE, DURATION, ADDITIVE = "dose", "duration", "additive"
ORDER = (PAIR, AGE, PREGNANCY, DUPLICATE, SAME, ELDERLY, DURATION, DOSE, ADDITIVE)
FORBIDDEN = frozenset({PAIR, AGE, PREGNANCY})
ELDERLY_FROM = 65
OTHER_SERIES = "기타"  # two medicines of "others" are not of one series
_AGE = re.compile(r"^(?P<number>\d{1,3})(?P<unit>세|개월|주)(?P<word>미만|이하|이상|초과)$")
_IN_YEARS = {"세": 1.0, "개월": 1 / 12, "주": 7 / 365.25}


@dataclass(frozen=True, slots=True)
class Substance:
    """One substance of a product with the DUR codes that cover it; none means that it could not be compared."""

    name: str
    key: str
    codes: frozenset[str]


@dataclass(frozen=True, slots=True)
class Medicine:
    """One product as far as a comparison needs it; without substances nothing of it could be compared."""

    item_seq: str
    name: str
    substances: tuple[Substance, ...]
    form: str = ""
    codes: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        """Gather every DUR code that covers a substance of it, once."""
        codes = frozenset(code for substance in self.substances for code in substance.codes)
        object.__setattr__(self, "codes", codes)


@dataclass(frozen=True, slots=True)
class Notice:
    """One official notice, as the shelf keeps it."""

    id: int
    kind: str
    code: str
    partner_code: str
    combined: frozenset[str]
    partner_combined: frozenset[str]
    text: str
    remark: str
    forms: str
    age: str
    longest: str
    most_a_day: str
    grade: str
    group: str
    series: str
    noticed_on: date | None
    source: str


@dataclass(frozen=True, slots=True)
class About:
    """Who would take them; anything unknown is None, and then a notice says for whom it holds."""

    age: int | None = None
    sex: str = ""
    pregnant: bool | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """Notices of one kind between the same products, each official text with its latest day.

    `severity` is the source's own word: `금기` or `주의`. `applies` is None where a fact of the person is unknown.
    `form_unknown`: the notices are about `forms` only, and whether a product is of one of those could not be told.
    """

    kind: str
    severity: str
    products: tuple[str, ...]
    substances: tuple[str, ...]
    applies: bool | None
    source: str
    texts: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    forms: str = ""
    limit: str = ""
    grade: str = ""
    group: str = ""
    noticed_on: date | None = None
    form_unknown: bool = False


@dataclass(frozen=True, slots=True)
class Uncompared:
    """A substance of a product that no DUR code covers, or a product without known substances (`substance` empty)."""

    item_seq: str
    substance: str


def findings(
    medicines: Sequence[Medicine], notices: Iterable[Notice], about: About, own_source: str
) -> tuple[Finding, ...]:
    """List what the notices say of these medicines, forbidden ones first. The same question has the same answer."""
    by_code: dict[str, list[Notice]] = {}
    for notice in notices:
        by_code.setdefault(notice.code, []).append(notice)
    found: list[Finding] = []
    for one, other in combinations(medicines, 2):
        found += _pairs(one, other, by_code)
        found += _pairs(other, one, by_code)
        found += _duplicates(one, other, by_code)
        found += _same(one, other, own_source)
    for medicine in medicines:
        found += _alone(medicine, by_code, about)
    return tuple(sorted(_joined(found), key=lambda one: (ORDER.index(one.kind), one.products, one.substances)))


def uncompared(medicines: Sequence[Medicine]) -> tuple[Uncompared, ...]:
    """List what could not be compared, so that it is said and never passed over."""
    found = []
    for medicine in medicines:
        if not medicine.substances:
            found.append(Uncompared(medicine.item_seq, ""))
        found += [Uncompared(medicine.item_seq, one.name) for one in medicine.substances if not one.codes]
    return tuple(found)


def _pairs(left: Medicine, right: Medicine, by_code: Mapping[str, list[Notice]]) -> Iterable[Finding]:
    for notice in _notices_on(left, by_code, PAIR):
        there = notice.partner_code in right.codes
        # A notice on a compound wants all of its parts.
        if there and notice.combined <= left.codes and notice.partner_combined <= right.codes:
            yield _finding(notice, (left, right), {notice.code, notice.partner_code}, applies=True)


def _duplicates(one: Medicine, other: Medicine, by_code: Mapping[str, list[Notice]]) -> Iterable[Finding]:
    ours, theirs = _series(one, by_code), _series(other, by_code)
    for series in sorted(ours.keys() & theirs.keys()):
        notices = (*ours[series], *theirs[series])
        codes = {notice.code for notice in notices}
        for notice in notices:
            yield _finding(notice, (one, other), codes, applies=True)


def _series(medicine: Medicine, by_code: Mapping[str, list[Notice]]) -> dict[tuple[str, str], list[Notice]]:
    """Gather the notices of each effect group and series that a medicine is of; a compound wants all of its parts."""
    found: dict[tuple[str, str], list[Notice]] = {}
    for notice in _notices_on(medicine, by_code, DUPLICATE):
        if notice.series not in {"", OTHER_SERIES} and notice.combined <= medicine.codes:
            found.setdefault((notice.group, notice.series), []).append(notice)
    return found


def _same(one: Medicine, other: Medicine, own_source: str) -> Iterable[Finding]:
    """Find the same substance in two products: no official notice, but the commonest mistake."""
    shared = {*_shared(one, other), *_shared(other, one)}
    if shared:
        products = tuple(sorted((one.item_seq, other.item_seq)))
        yield Finding(SAME, "주의", products, tuple(sorted(shared)), applies=True, source=own_source)


def _shared(one: Medicine, other: Medicine) -> Iterable[str]:
    keys, codes = {substance.key for substance in other.substances}, other.codes
    return (mine.name for mine in one.substances if mine.key in keys or mine.codes & codes)


def _alone(medicine: Medicine, by_code: Mapping[str, list[Notice]], about: About) -> Iterable[Finding]:
    for notice in _notices_on(medicine, by_code):
        if notice.kind in {PAIR, DUPLICATE} or not notice.combined <= medicine.codes:
            continue
        applies = applies_to(notice, about)
        if applies is not False:
            yield _finding(notice, (medicine,), {notice.code}, applies=applies)


def _notices_on(medicine: Medicine, by_code: Mapping[str, list[Notice]], kind: str = "") -> Iterable[Notice]:
    """Yield the notices on what a medicine holds; not those that are about other dosage forms only."""
    for code in sorted(medicine.codes):
        for notice in by_code.get(code, ()):
            if kind in {"", notice.kind} and of_form(notice.forms, medicine.form) is not False:
                yield notice


def applies_to(notice: Notice, about: About) -> bool | None:
    """Whether a notice holds for this person; None when a fact that it depends on is unknown."""
    if notice.kind == AGE:
        return within_age(notice.age, about.age)
    if notice.kind == ELDERLY:
        return None if about.age is None else about.age >= ELDERLY_FROM
    if notice.kind == PREGNANCY:
        return False if about.sex == "MALE" else about.pregnant
    return True


def within_age(said: str, age: int | None) -> bool | None:
    """Whether an age in full years lies within "12세미만" and the like; None when that cannot be told.

    Who is 0 full years old may be above or below two months, so months and weeks are told only from outside.
    """
    found = _AGE.match("".join(said.split()))
    if found is None or age is None:
        return None
    bound = int(found["number"]) * _IN_YEARS[found["unit"]]
    if found["unit"] != "세" and age < bound < age + 1:
        return None
    answers = {"미만": age < bound, "이하": age <= bound, "이상": age >= bound, "초과": age > bound}
    return answers[found["word"]]


def _finding(notice: Notice, held: Sequence[Medicine], codes: set[str], *, applies: bool | None) -> Finding:
    named = {one.name for medicine in held for one in medicine.substances if one.codes & codes}
    return Finding(
        kind=notice.kind,
        severity="금기" if notice.kind in FORBIDDEN else "주의",
        products=tuple(sorted(medicine.item_seq for medicine in held)),
        substances=tuple(sorted(named)),
        applies=applies,
        source=notice.source,
        texts=(notice.text,) if notice.text else (),
        remarks=(notice.remark,) if notice.remark else (),
        forms=notice.forms,
        limit=notice.age or notice.longest or notice.most_a_day,
        grade=notice.grade,
        group=" · ".join(part for part in (notice.group, notice.series) if part),
        noticed_on=notice.noticed_on,
        form_unknown=any(of_form(notice.forms, medicine.form) is None for medicine in held),
    )


def _joined(found: Iterable[Finding]) -> list[Finding]:
    """Make one finding of those that say the same of the same products, and keep every reason."""
    joined: dict[Finding, Finding] = {}
    for one in found:
        key = replace(one, texts=(), remarks=(), noticed_on=None)
        before = joined.get(key)
        joined[key] = one if before is None else _with_reasons(before, one)
    return list(joined.values())


def _with_reasons(one: Finding, more: Finding) -> Finding:
    days = [day for day in (one.noticed_on, more.noticed_on) if day]
    return replace(
        one,
        texts=tuple(dict.fromkeys((*one.texts, *more.texts))),
        remarks=tuple(dict.fromkeys((*one.remarks, *more.remarks))),
        noticed_on=max(days, default=None),
    )
