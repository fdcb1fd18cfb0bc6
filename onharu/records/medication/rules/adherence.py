"""How much of what was to be taken was taken, and the rule by which that is counted. Plain Python."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from onharu.records.medication.rules.ledger import State

TENTH = Decimal("0.1")
RULE_KO = (
    "복용한 횟수 ÷ 복용하기로 한 횟수. 필요시 약과 아직 오지 않은 시각(답하지 않은 것은 한 시간까지)은 빼고, "
    "건너뛴 것은 복용하지 않은 것으로 세요. 늦게 먹은 것도 복용한 것으로 세요."
)
RULE_EN = (
    "Doses taken ÷ doses that were to be taken. Medicines taken when needed and times that have not come yet (up to an "
    "hour after, while there is no answer) are left out; a skipped dose counts as not taken, one taken late as taken."
)


@dataclass(frozen=True, slots=True)
class Counts:
    """How many doses were taken, skipped, and not answered."""

    taken: int = 0
    skipped: int = 0
    unanswered: int = 0

    @property
    def planned(self) -> int:
        """How many there were."""
        return self.taken + self.skipped + self.unanswered

    @property
    def percent(self) -> Decimal | None:
        """How many of a hundred were taken, to a tenth; None where nothing was planned."""
        return None if not self.planned else (Decimal(100) * self.taken / self.planned).quantize(TENTH, ROUND_HALF_UP)

    def __add__(self, other: Counts) -> Counts:
        """Count both."""
        return Counts(self.taken + other.taken, self.skipped + other.skipped, self.unanswered + other.unanswered)


def counted(state: State, number: int = 1) -> Counts:
    """Count doses of a state; those that are planned, just due or without a plan count for nothing."""
    return Counts(
        taken=number if state == "taken" else 0,
        skipped=number if state == "skipped" else 0,
        unanswered=number if state == "late" else 0,
    )


def total(parts: Iterable[Counts]) -> Counts:
    """Add counts up."""
    return sum(parts, Counts())
