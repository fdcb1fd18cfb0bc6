"""How cards, the rows behind them and achievements are said."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from onharu.insights.queries import words_eating, words_living, words_moving
from onharu.insights.queries.telling import Told
from onharu.insights.rules.achievements import Achievement
from onharu.insights.rules.cards import Card, Evidence
from onharu.kernel.wording import amount

WORDS: Final = {**words_eating.WORDS, **words_moving.WORDS, **words_living.WORDS}
ROWS: Mapping[str, Promise] = {
    "item": gettext_lazy("음식"),
    "meal": gettext_lazy("끼니"),
    "water": gettext_lazy("물"),
    "day": gettext_lazy("식사를 적은 날"),
    "log": gettext_lazy("운동"),
    "set": gettext_lazy("세트"),
    "task": gettext_lazy("계획한 운동"),
    "report": gettext_lazy("하루 기록"),
    "measurement": gettext_lazy("측정"),
    "goal": gettext_lazy("목표"),
    "written": gettext_lazy("기록한 날"),
}
AMOUNTS: Mapping[str, Promise] = {
    "min": gettext_lazy("{amount}분"),
    "h": gettext_lazy("{amount}시간"),
    "reps": gettext_lazy("{amount}회"),
    "s": gettext_lazy("{amount}초"),
    "rpe": gettext_lazy("RPE {amount}"),
    "mood": gettext_lazy("기분 {amount}점"),
}
PAGES: Mapping[str, str] = {
    "meals": "/meals/?date={day}",
    "workouts": "/workouts/?date={day}",
    "journal": "/journal/?date={day}",
    "goals": "/goals/",
    "day": "/today/?date={day}",
}
ACHIEVEMENTS: Mapping[str, tuple[Promise, Promise]] = {
    "meals_1": (gettext_lazy("첫 끼니"), gettext_lazy("식사를 처음 적은 날")),
    "meals_7": (gettext_lazy("일주일의 식탁"), gettext_lazy("식사를 7일 적기")),
    "meals_30": (gettext_lazy("한 달의 식탁"), gettext_lazy("식사를 30일 적기")),
    "meals_100": (gettext_lazy("백 일의 식탁"), gettext_lazy("식사를 100일 적기")),
    "workouts_1": (gettext_lazy("첫 운동"), gettext_lazy("운동을 처음 적은 날")),
    "workouts_10": (gettext_lazy("열 번의 움직임"), gettext_lazy("10일 운동하기")),
    "workouts_50": (gettext_lazy("쉰 번의 움직임"), gettext_lazy("50일 운동하기")),
    "workouts_100": (gettext_lazy("백 번의 움직임"), gettext_lazy("100일 운동하기")),
    "week_150": (gettext_lazy("일주일 150분"), gettext_lazy("이어진 7일 안에 150분 움직이기")),
    "first_record": (gettext_lazy("나를 넘은 날"), gettext_lazy("개인 기록을 처음 새로 쓰기")),
    "reports_1": (gettext_lazy("첫 하루 기록"), gettext_lazy("하루를 처음 돌아본 날")),
    "reports_30": (gettext_lazy("한 달의 하루"), gettext_lazy("하루 기록을 30번 쓰기")),
    "measured_10": (gettext_lazy("열 번 재기"), gettext_lazy("10일 몸을 재기")),
    "goal_reached": (gettext_lazy("이룬 목표"), gettext_lazy("긴 목표 하나 이루기")),
    "streak_7": (gettext_lazy("이어 쓴 일주일"), gettext_lazy("7일 이어 쓰기(7일에 하루는 쉬어도 돼요)")),
    "streak_30": (gettext_lazy("이어 쓴 한 달"), gettext_lazy("30일 이어 쓰기(7일에 하루는 쉬어도 돼요)")),
}


def told(card: Card) -> Told:
    """Say a card in the language of the reader."""
    return WORDS[card.rule](card.params)


def row_words(row: Evidence) -> str:
    """Say a row behind a card: "김치찌개 · 1,980 mg", "하루 기록 · 5.5시간"."""
    what = row.name or str(ROWS[row.row])
    return what if row.amount is None else f"{what} · {_amount(row.amount, row.unit)}"


def row_url(row: Evidence) -> str:
    """Address the page on which a row stands."""
    return PAGES[row.room].format(day=row.day.isoformat())


def source_words(card: Card) -> str:
    """Say where the value comes from that a card compares with; "" where it compares with nothing."""
    if card.source is None:
        return ""
    words = f"{card.source.title} · {card.source.edition}"
    return words + " · " + _("나이를 몰라 성인 기준으로 봤어요") if card.source.assumed else words


def achievement_title(one: Achievement) -> str:
    """Name an achievement."""
    return str(ACHIEVEMENTS[one.code][0])


def achievement_rule(one: Achievement) -> str:
    """Say what earns an achievement."""
    return str(ACHIEVEMENTS[one.code][1])


def _amount(value: Decimal, unit: str) -> str:
    words = AMOUNTS.get(unit)
    return str(words).format(amount=amount(value)) if words else f"{amount(value)} {unit}"
