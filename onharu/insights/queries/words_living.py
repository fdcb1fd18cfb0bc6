"""Words of the cards about sleep, mood, weight and the writing itself."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from onharu.insights.queries.telling import Told, count, number, sentences

Params = Mapping[str, str | int]


def sleep_week(params: Params) -> Told:
    """Say the sleep of a week."""
    nights = count(params, "nights")
    seen = ngettext(
        "지난 7일 가운데 적은 {nights}일의 평균이 {mean}시간이에요.",
        "지난 7일 가운데 적은 {nights}일의 평균이 {mean}시간이에요.",
        nights,
    )
    return Told(
        title=_("지난 한 주의 잠"),
        seen=seen.format(nights=nights, mean=number(params, "mean")),
        known=_("성인은 하루 {enough}시간 이상 자는 것이 좋다고 알려져 있어요.").format(
            enough=number(params, "enough")
        ),
        todo=_("잠자리에 드는 시각을 15분씩 앞당겨 볼 수 있어요."),
        action=_("하루 기록 보기"),
    )


def mood_moving(params: Params) -> Told:
    """Say mood on days with and without movement."""
    moved, still = count(params, "moved"), count(params, "still")
    first = ngettext(
        "움직인 {moved}일의 기분은 평균 {mood}점이에요.", "움직인 {moved}일의 기분은 평균 {mood}점이에요.", moved
    )
    second = ngettext("그렇지 않은 {still}일은 {other}점이에요.", "그렇지 않은 {still}일은 {other}점이에요.", still)
    return Told(
        title=_("움직인 날의 기분"),
        seen=sentences(
            first.format(moved=moved, mood=number(params, "mood")),
            second.format(still=still, other=number(params, "other")),
        ),
        known=_("함께 나타난 것일 뿐, 어느 쪽이 원인인지는 알 수 없어요."),
        todo=_("기분이 낮은 날 10분만 걸어 보고 견주어 볼 수 있어요."),
        action=_("흐름 보기"),
    )


def weight_trend(params: Params) -> Told:
    """Say where the weight goes."""
    n, down = count(params, "n"), count(params, "down")
    more = ngettext(
        "{days}일 동안 {n}번 쟀고, 추세로는 {change} kg 늘었어요(일주일에 {a_week} kg).",
        "{days}일 동안 {n}번 쟀고, 추세로는 {change} kg 늘었어요(일주일에 {a_week} kg).",
        n,
    )
    less = ngettext(
        "{days}일 동안 {n}번 쟀고, 추세로는 {change} kg 줄었어요(일주일에 {a_week} kg).",
        "{days}일 동안 {n}번 쟀고, 추세로는 {change} kg 줄었어요(일주일에 {a_week} kg).",
        n,
    )
    numbers = {name: number(params, name) for name in ("days", "change", "a_week")}
    fast = _("일주일에 몸무게의 1 %보다 빠른 변화예요. 뜻한 변화가 아니라면 의료진과 이야기해 보세요.")
    return Told(
        title=_("체중의 흐름"),
        seen=(less if down else more).format(n=n, **numbers),
        known=_("하루하루의 체중은 물과 식사만으로도 1~2 kg 오르내려요."),
        todo=fast if count(params, "fast") else _("같은 시각, 같은 조건에서 재면 흐름이 더 또렷해져요."),
        action=_("목표 보기"),
    )


def streak_risk(params: Params) -> Told:
    """Say that a run of days may end."""
    days = count(params, "days")
    if count(params, "more"):
        seen = _("기록이 {days}일 넘게 이어지고 있고, 쉬어 가는 날은 이번 7일 안에 이미 썼어요.")
    else:
        seen = ngettext(
            "기록이 {days}일 이어지고 있고, 쉬어 가는 날은 이번 7일 안에 이미 썼어요.",
            "기록이 {days}일 이어지고 있고, 쉬어 가는 날은 이번 7일 안에 이미 썼어요.",
            days,
        )
    return Told(
        title=_("오늘 한 줄이면 이어져요"),
        seen=seen.format(days=days),
        known=_("7일에 하루는 적지 않아도 이어져요."),
        todo=_("무엇이든 한 가지만 적으면 돼요."),
        action=_("한 줄 적기"),
    )


def report_missing(params: Params) -> Told:
    """Ask for a line about the day."""
    days = count(params, "days")
    seen = ngettext("하루 기록을 {days}일 쉬었어요.", "하루 기록을 {days}일 쉬었어요.", days)
    return Told(
        title=_("오늘은 어땠나요?"),
        seen=seen.format(days=days),
        known="",
        todo=_("기분 하나만 골라 두어도 나중에 견주어 볼 수 있어요."),
        action=_("하루 기록하기"),
    )


WORDS = {one.__name__: one for one in (sleep_week, mood_moving, weight_trend, streak_risk, report_missing)}
