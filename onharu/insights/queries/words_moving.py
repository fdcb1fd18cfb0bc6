"""Words of the cards about workouts and their plans."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from onharu.insights.queries.telling import Told, count, number, sentences

Params = Mapping[str, str | int]
SKIPPED: dict[str, Promise] = {
    "pain": gettext_lazy("아파서"),
    "no_time": gettext_lazy("시간이 없어서"),
    "tired": gettext_lazy("피곤해서"),
    "no_equipment": gettext_lazy("기구가 없어서"),
}
AFTER_SKIPPING: dict[str, Promise] = {
    "pain": gettext_lazy(
        "아끼고 싶은 부위를 알려 주면 계획이 그 부위를 피해요. 아픔이 이어지면 의료진과 이야기해 보세요."
    ),
    "no_time": gettext_lazy("하루 운동 시간을 줄여 두면 계획이 그 안에 맞춰져요."),
    "tired": gettext_lazy("일주일 횟수나 강도를 한 단계 낮춰 볼 수 있어요."),
    "no_equipment": gettext_lazy("쓸 수 있는 기구를 고쳐 두면 계획이 그것만 써요."),
}


def still_days(params: Params) -> Told:
    """Say how long nothing was written of moving."""
    days = count(params, "days")
    seen = ngettext("{days}일 동안 적은 운동이 없어요.", "{days}일 동안 적은 운동이 없어요.", days)
    return Told(
        title=_("며칠 쉬어 갔어요"),
        seen=seen.format(days=days),
        known="",
        todo=_("10분 걷기처럼 가볍게 다시 시작해 볼 수 있어요. 쉬는 중이라면 그대로도 괜찮아요."),
        action=_("운동 보기"),
    )


def week_minutes(params: Params) -> Told:
    """Say the minutes of seven days."""
    days = count(params, "days")
    seen = ngettext(
        "지난 7일 동안 {days}일, 모두 {minutes}분 움직였어요.",
        "지난 7일 동안 {days}일, 모두 {minutes}분 움직였어요.",
        days,
    ).format(days=days, minutes=number(params, "minutes"))
    untimed = count(params, "untimed")
    more = ngettext(
        "시간을 적지 않은 운동 {untimed}개는 더하지 않았어요.",
        "시간을 적지 않은 운동 {untimed}개는 더하지 않았어요.",
        untimed,
    )
    left = _("{goal}분까지 {left}분 남았어요.").format(goal=number(params, "goal"), left=number(params, "left"))
    there = _("{goal}분을 채웠어요.").format(goal=number(params, "goal"))
    return Told(
        title=_("일주일 움직임"),
        seen=sentences(
            seen, there if count(params, "reached") else left, more.format(untimed=untimed) if untimed else ""
        ),
        known=_("성인은 일주일에 중간 강도로 150~300분 움직이는 것이 좋다고 알려져 있어요."),
        todo=_("이 흐름을 이어 가 볼 수 있어요.") if count(params, "reached") else _("짧게 나눠서 채워도 돼요."),
        action=_("운동 보기"),
    )


def sleep_heavy(params: Params) -> Told:
    """Say that a hard session follows a short night."""
    tasks = count(params, "tasks")
    seen = ngettext(
        "어젯밤 {hours}시간 잤고({short}시간 미만), 오늘 계획에 RPE {rpe} 이상인 운동이 {tasks}개 있어요.",
        "어젯밤 {hours}시간 잤고({short}시간 미만), 오늘 계획에 RPE {rpe} 이상인 운동이 {tasks}개 있어요.",
        tasks,
    )
    numbers = {name: number(params, name) for name in ("hours", "short", "rpe")}
    return Told(
        title=_("짧은 잠 뒤의 무거운 운동"),
        seen=seen.format(tasks=tasks, **numbers),
        known=_("잠이 모자란 날에는 같은 무게도 더 힘들게 느껴질 수 있다고 알려져 있어요."),
        todo=_("무게나 세트를 조금 낮추거나 내일로 옮겨 볼 수 있어요."),
        action=_("오늘 운동 보기"),
    )


def hard_sessions(params: Params) -> Told:
    """Say that the last sessions were hard."""
    sessions = count(params, "sessions")
    seen = ngettext(
        "최근 운동 {sessions}번 가운데 {hard}번이 RPE {rpe} 이상이었어요.",
        "최근 운동 {sessions}번 가운데 {hard}번이 RPE {rpe} 이상이었어요.",
        sessions,
    )
    return Told(
        title=_("힘든 운동이 이어졌어요"),
        seen=seen.format(sessions=sessions, hard=number(params, "hard"), rpe=number(params, "rpe")),
        known="",
        todo=_("다음번은 한두 번 더 할 수 있을 만큼 남기고 마쳐 볼 수 있어요."),
        action=_("운동 보기"),
    )


def record_today(params: Params) -> Told:
    """Say the personal records of a day."""
    told = {
        "heaviest": _("{name}: {value} kg. 그전 기록은 {before} kg이었어요."),
        "one_rep_max": _("{name}: 추정 1RM {value} kg. 그전에는 {before} kg이었어요."),
        "most_reps": _("{name}: {value}회. 그전 기록은 {before}회였어요."),
        "longest": _("{name}: {value}초. 그전 기록은 {before}초였어요."),
    }
    kind = str(params["kind"])
    if kind == "most_reps" and params["weight"]:
        words = _("{name}: {weight} kg으로 {value}회. 그전 기록은 {before}회였어요.")
    else:
        words = told[kind]
    numbers = {name: number(params, name) for name in ("value", "before")}
    weight = number(params, "weight") if params["weight"] else ""
    more = count(params, "count") - 1
    others = ngettext(
        "다른 운동 {more}개에서도 기록을 새로 썼어요.", "다른 운동 {more}개에서도 기록을 새로 썼어요.", more
    )
    return Told(
        title=_("새 개인 기록"),
        seen=sentences(
            words.format(name=params["name"], weight=weight, **numbers), others.format(more=more) if more else ""
        ),
        known=_("추정값은 반복 횟수로 셈한 것이에요(Epley).") if count(params, "estimated") else "",
        todo=_("하루 기록에 오늘의 느낌을 남겨 둘 수 있어요."),
        action=_("운동 보기"),
    )


def skip_reasons(params: Params) -> Told:
    """Say what exercises were skipped for."""
    skipped, reason = count(params, "count"), str(params["reason"])
    seen = ngettext(
        "지난 {days}일 동안 {why} 건너뛴 운동이 {count}개예요.",
        "지난 {days}일 동안 {why} 건너뛴 운동이 {count}개예요.",
        skipped,
    )
    return Told(
        title=_("건너뛴 이유"),
        seen=seen.format(days=params["days"], why=SKIPPED[reason], count=skipped),
        known="",
        todo=str(AFTER_SKIPPING[reason]),
        action=_("운동 설정"),
    )


WORDS = {
    one.__name__: one for one in (still_days, week_minutes, sleep_heavy, hard_sessions, record_today, skip_reasons)
}
