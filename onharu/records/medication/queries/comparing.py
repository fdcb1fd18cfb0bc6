"""Lays official notices beside medicines for one person: theirs included, their age and sex where known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from onharu.accounts.public import Visit
from onharu.catalog.medicines import public as medicines
from onharu.catalog.medicines.public import About, Finding, ProductNoticeFacts, Uncompared
from onharu.records.medication import rules
from onharu.records.medication.queries.mine import mine_of

AGE, ELDERLY = "age", "elderly"
ELDERLY_SAID = "65세이상"
PREGNANT = "PREGNANT"


@dataclass(frozen=True, slots=True)
class Compared:
    """What the notices say of some medicines for one person.

    `mine` are those of `names` that were added as the person's own; `mine_left_out` counts own medicines that were too
    many to compare. `on_products` are notices on a product itself that no substance of it has told of, and `withdrawn`
    tells since when a product may not be sold any more, both by number.
    """

    names: dict[str, str]
    mine: tuple[str, ...]
    mine_left_out: int
    findings: tuple[Finding, ...]
    uncompared: tuple[Uncompared, ...]
    unknown: tuple[str, ...]
    on_products: Mapping[str, tuple[ProductNoticeFacts, ...]]
    withdrawn: dict[str, date]


@dataclass(frozen=True, slots=True)
class Asker:
    """The facts of a person that notices depend on; an unknown one is None or empty."""

    ages: tuple[int, int] | None
    sex: str
    pregnant: bool | None


def asker_of(visit: Visit) -> Asker:
    """Tell what of a person notices depend on. Nothing said about a pregnancy is unknown, not "no"."""
    person = visit.person
    pregnant = True if person.maternity == PREGNANT else None
    return Asker(rules.ages_of(person.age_on(visit.today)), person.sex or "", pregnant)


def compare(*, owner_id: int, item_seqs: Sequence[str], with_mine: bool, asker: Asker) -> Compared:
    """Compare medicines with official notices and each other; four statements, two more with the person's own."""
    asked = tuple(dict.fromkeys(item_seqs))
    own = tuple(number for number in mine_of(owner_id) if number not in asked) if with_mine else ()
    room = max(0, rules.MOST_COMPARED - len(asked))
    about = About(sex=asker.sex, pregnant=asker.pregnant)
    found = medicines.interactions((*asked, *own[:room]), about)
    known = medicines.brief_of([medicine.item_seq for medicine in found.medicines])
    return Compared(
        names={medicine.item_seq: medicine.name for medicine in found.medicines},
        mine=own[:room],
        mine_left_out=len(own[room:]),
        findings=tuple(_for_ages(found.findings, asker.ages)),
        uncompared=found.uncompared,
        unknown=found.unknown,
        on_products=found.on_products,
        withdrawn={number: one.withdrawn_on for number, one in known.items() if one.withdrawn_on is not None},
    )


def _for_ages(findings: Iterable[Finding], ages: tuple[int, int] | None) -> Iterable[Finding]:
    """Leave out what holds at neither age that somebody may have; where only one of them is within, it is unknown."""
    for finding in findings:
        if finding.kind not in {AGE, ELDERLY} or ages is None:
            yield finding
            continue
        said = finding.limit if finding.kind == AGE else ELDERLY_SAID
        answers = {medicines.within_age(said, age) for age in ages}
        if answers != {False}:
            yield replace(finding, applies=True if answers == {True} else None)
