"""A schedule said in one sentence, Korean or English. What is said in Korean is read back as the same schedule."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Literal

from onharu.records.medication.rules.schedules.shapes import Schedule
from onharu.records.medication.rules.sentences import saying_english, saying_korean
from onharu.records.medication.rules.sentences.normal import normal
from onharu.records.medication.rules.sentences.spoken import period_en, period_ko

Language = Literal["ko", "en"]


def say(
    schedule: Schedule,
    amount: Decimal | None,
    unit: str | None,
    start: date | None,
    end: date | None,
    *,
    language: Language = "ko",
    today: date | None = None,
    names: Mapping[int, str] | None = None,
) -> str:
    """Say a schedule in one sentence: "11월 22일부터 7일간, 매일 아침·저녁 식후 30분에 1정씩".

    Dates have a year where they would be read as another year on `today` (the start where it is not given). `names`
    are those of regimens that others follow.
    """
    plain, own = normal(schedule, amount)
    if language == "en":
        return saying_english.sentence(plain, own, unit, period_en(start, end, today), names or {})
    return saying_korean.sentence(plain, own, unit, period_ko(start, end, today), names or {})
