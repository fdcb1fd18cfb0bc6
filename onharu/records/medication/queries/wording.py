"""How a comparison is said in both languages. It says what was looked at and what to do; it never says "safe"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from onharu.catalog.medicines.public import Finding, Uncompared
from onharu.records.medication.queries.comparing import Compared

SAME = "same_substance"
TOGETHER = frozenset({"pair", "duplicate", SAME})
PERSONAL = frozenset({"age", "elderly", "pregnancy"})


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence in Korean and English."""

    ko: str
    en: str

    def words(self, language: str) -> str:
        """Say it in a language."""
        return self.en if language.startswith("en") else self.ko


ADVICE = Said("확인해 보세요 · 약사와 상의", "Check this · Ask your pharmacist")


def said_of(
    compared: Compared, findings: Sequence[Finding] | None = None, gaps: Sequence[Uncompared] | None = None
) -> Said:
    """Say what a comparison came to: what the notices name, or that they name none, and what could not be compared.

    `findings` and `gaps` are those that are shown, when not all of them are.
    """
    sentences = [_found(compared, compared.findings if findings is None else findings)]
    if parts := len(compared.uncompared if gaps is None else gaps):
        what = "substance or medicine" if parts == 1 else "substances or medicines"
        ko = f"고시와 견주지 못한 성분이나 약이 {parts}개 있어요."
        sentences.append(Said(ko, f"{parts} {what} could not be compared."))
    if number := len(compared.unknown):
        ko = f"목록에 없는 품목번호가 {number}개 있어요."
        sentences.append(Said(ko, f"{number} {'number is' if number == 1 else 'numbers are'} not on the shelf."))
    if number := compared.mine_left_out:
        ko = f"내 약 {number}개는 너무 많아 견주지 않았어요."
        sentences.append(Said(ko, f"{number} of my medicines were too many to compare."))
    return Said(" ".join(one.ko for one in sentences), " ".join(one.en for one in sentences))


def holds_here(finding: Finding) -> bool:
    """Whether a finding is of these medicines together or of this person, and not of a way to take one."""
    surely = finding.applies is True and not finding.form_unknown
    return finding.kind in TOGETHER or (finding.kind in PERSONAL and surely)


def _found(compared: Compared, findings: Sequence[Finding]) -> Said:
    if not compared.names:
        return Said("견줄 수 있는 약이 없어요.", "There is no medicine that could be compared.")
    if not findings:
        return Said(
            "공식 고시(DUR)에서 찾은 것이 없어요. 써도 괜찮다는 뜻은 아니에요.",
            "Official notices (DUR) name none. That does not mean that it is all right.",
        )
    now, others = _now(findings), sum(not holds_here(one) for one in findings)
    if not others:
        return now
    more = "point that depends" if others == 1 else "points that depend"
    return Said(
        f"{now.ko} 경우에 따라 해당되는 주의가 {others}건 있어요.",
        f"{now.en} They name {others} {more} on circumstances.",
    )


def _now(findings: Sequence[Finding]) -> Said:
    holding = [one for one in findings if holds_here(one)]
    official = sum(one.kind != SAME for one in holding)
    if official:
        what = "point that applies" if official == 1 else "points that apply"
        ko = f"공식 고시(DUR)에서 지금 해당되는 것이 {official}건 있어요."
        return Said(ko, f"Official notices (DUR) name {official} {what} now.")
    if holding:
        return Said(
            "공식 고시(DUR)에서 지금 해당되는 것은 찾지 못했지만 같은 성분이 든 약이 있어요.",
            "Official notices (DUR) name none that surely applies now, but some medicines hold the same substance.",
        )
    return Said(
        "공식 고시(DUR)에서 지금 꼭 해당되는 것은 찾지 못했어요.",
        "Official notices (DUR) name none that surely applies now.",
    )
