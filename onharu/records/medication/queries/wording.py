"""How a comparison is said in both languages. It says what was looked at and what to do; it never says "safe"."""

from __future__ import annotations

from dataclasses import dataclass

from onharu.records.medication.queries.comparing import Compared


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence in Korean and English."""

    ko: str
    en: str

    def words(self, language: str) -> str:
        """Say it in a language."""
        return self.en if language.startswith("en") else self.ko


ADVICE = Said("확인해 보세요 · 약사와 상의", "Check this · Ask your pharmacist")


def said_of(compared: Compared) -> Said:
    """Say what a comparison came to: what the notices name, or that they name none, and what could not be compared."""
    sentences = [_found(compared)]
    parts = len(compared.uncompared)
    if parts:
        sentences.append(
            Said(
                f"고시와 견주지 못한 성분이나 약이 {parts}개 있어요.",
                f"{parts} {'substance or medicine' if parts == 1 else 'substances or medicines'} could not be compared.",
            )
        )
    if compared.unknown:
        number = len(compared.unknown)
        sentences.append(
            Said(
                f"목록에 없는 품목번호가 {number}개 있어요.",
                f"{number} {'number is' if number == 1 else 'numbers are'} not on the shelf.",
            )
        )
    if compared.mine_left_out:
        number = compared.mine_left_out
        sentences.append(
            Said(
                f"내 약 {number}개는 너무 많아 견주지 않았어요.", f"{number} of my medicines were too many to compare."
            )
        )
    return Said(" ".join(one.ko for one in sentences), " ".join(one.en for one in sentences))


def _found(compared: Compared) -> Said:
    if not compared.names:
        return Said("견줄 수 있는 약이 없어요.", "There is no medicine that could be compared.")
    number, official = len(compared.findings), compared.official
    if official:
        return Said(
            f"공식 고시(DUR)에 이른 것이 {official}건 있어요.",
            f"Official notices (DUR) name {official} {'point' if official == 1 else 'points'}.",
        )
    if number:
        return Said(
            "공식 고시(DUR)에는 이른 것이 없지만 같은 성분이 든 약이 있어요.",
            "Official notices (DUR) name none, but some of these medicines hold the same substance.",
        )
    return Said(
        "공식 고시(DUR)에서 이른 것을 찾지 못했어요. 함께 먹어도 된다는 뜻은 아니에요.",
        "Official notices (DUR) name none. That does not mean they go together.",
    )
