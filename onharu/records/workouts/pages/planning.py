"""How one wants to move, a plan taken back, and last week once more."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from onharu.accounts.public import Visit, signed_in, visit_of
from onharu.catalog.exercises.public import CAUTION_WORDS, EQUIPMENT_WORDS, LEVEL_WORDS, LOAD_WORDS, PLACE_WORDS
from onharu.kernel.problems import Invalid
from onharu.records.workouts.actions import copying, planning, plans
from onharu.records.workouts.models import WorkoutPlan
from onharu.records.workouts.pages import door, words
from onharu.records.workouts.queries.days import days_of
from onharu.records.workouts.queries.moving import Movement, movement_of
from onharu.records.workouts.queries.rows import plan_day
from onharu.records.workouts.rules.weeks import week_of

GOAL_WORDS: dict[str, Promise] = {
    "health": gettext_lazy("건강하게"),
    "strength": gettext_lazy("힘을 기르려고"),
    "muscle": gettext_lazy("근육을 늘리려고"),
    "weight": gettext_lazy("체중을 관리하려고"),
    "stamina": gettext_lazy("지구력을 기르려고"),
}
WEEK_WORDS = {"0": pgettext_lazy("a week begins on", "월요일"), "6": pgettext_lazy("a week begins on", "일요일")}
DAYS, MINUTES = range(1, 8), (15, 20, 30, 45, 60, 90)
HAVABLE = {code: word for code, word in EQUIPMENT_WORDS.items() if code not in {"none", "other"}}
OF_A_GYM = ("dumbbell", "barbell", "machine", "cable", "bench", "mat", "treadmill", "bike")
MOST_PLANS = 14


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer."""

    value: str
    words: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Question:
    """One question with its answers; `several` may be chosen at once."""

    name: str
    label: str
    hint: str
    several: bool
    choices: tuple[Choice, ...]


def questions(movement: Movement, *, first: bool) -> list[Question]:
    """Ask how one wants to move, with what is known chosen; at first nothing is, and the fewest are asked."""
    days = {str(day): _("{days}일").format(days=day) for day in DAYS}
    minutes = {str(one): words.minutes_words(one) for one in sorted({*MINUTES, movement.minutes})}
    asked = [
        _one("goal", _("무엇을 위해 움직이세요?"), GOAL_WORDS, movement.goal),
        _one("days_a_week", _("일주일에 며칠?"), days, str(movement.days_a_week)),
        _one("minutes", _("한 번에 몇 분?"), minutes, str(movement.minutes)),
        _several("places", _("어디서 하세요?"), PLACE_WORDS, movement.places),
        _several(
            "equipment",
            _("무엇이 있나요?"),
            HAVABLE,
            movement.equipment,
            _("고르지 않으면 맨몸으로 해요. 헬스장이라면 늘 있는 기구로 해요.")
            if first
            else _("고르지 않으면 맨몸으로 해요."),
        ),
        _several(
            "spare", _("아껴야 하는 곳이 있나요?"), LOAD_WORDS, movement.spare, _("고른 곳에 힘이 실리는 운동은 빼요.")
        ),
    ]
    if not first:
        levels = {str(code): word for code, word in LEVEL_WORDS.items() if code}
        asked += [
            _several("avoid", _("피하고 싶은 것"), CAUTION_WORDS, movement.avoid),
            _one("level", _("운동에 익숙한 정도"), levels, str(movement.level)),
            _one("week_start", _("한 주의 시작"), WEEK_WORDS, str(movement.week_start)),
        ]
    return [_blank(one) for one in asked] if first and not movement.said else asked


def _one(name: str, label: str, listed: Mapping[str, object], chosen: str, hint: str = "") -> Question:
    return Question(name, label, hint, several=False, choices=_choices(listed, (chosen,)))


def _several(name: str, label: str, listed: Mapping[str, object], chosen: Iterable[str], hint: str = "") -> Question:
    return Question(name, label, hint, several=True, choices=_choices(listed, tuple(chosen)))


def _choices(listed: Mapping[str, object], chosen: tuple[str, ...]) -> tuple[Choice, ...]:
    return tuple(Choice(code, str(word), code in chosen) for code, word in listed.items())


def _blank(question: Question) -> Question:
    choices = tuple(Choice(one.value, one.words, chosen=False) for one in question.choices)
    return Question(question.name, question.label, question.hint, question.several, choices)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    """Ask how one wants to move, or save it; the first time the day's plan is made with it."""
    visit, said = visit_of(request), door.said_in(request)
    first, movement = bool(said.get("first")), movement_of(visit.person.id)
    context = {"day": visit.day(said.get("date")), "first": first, "questions": questions(movement, first=first)}
    if request.method != "POST":
        return door.shown(request, visit, "workouts/profile.html", context)
    try:
        answers = movement_said(said, movement)
    except Invalid as problem:
        context["problems"] = [door.problem_words(problem)]
        return door.shown(request, visit, "workouts/profile.html", context, status=422)
    plans.set_movement(owner_id=visit.person.id, today=visit.today, said=answers)
    if not first:
        return door.told(request, days=[visit.today], message=_("운동 설정을 저장했어요."))
    planning.ensure_today(owner_id=visit.person.id, day=visit.today, at=visit.at)
    return door.told(request, days=[visit.today], message=_("오늘 운동을 만들었어요."))


def movement_said(said: QueryDict, movement: Movement) -> dict[str, Any]:
    """Read the answers; a question that was not answered keeps what was known. Raises Invalid for an unknown code."""
    one_of = {
        "goal": (set(GOAL_WORDS), str),
        "days_a_week": ({str(day) for day in DAYS}, int),
        "minutes": ({str(one) for one in range(10, 121)}, int),
        "level": ({"1", "2", "3"}, int),
        "week_start": ({str(one) for one in range(7)}, int),
    }
    some_of = {"places": PLACE_WORDS, "equipment": HAVABLE, "spare": LOAD_WORDS, "avoid": CAUTION_WORDS}
    answers: dict[str, Any] = {}
    for name, (allowed, kind) in one_of.items():
        value = said.get(name)
        if value is not None and value not in allowed:
            raise Invalid
        answers[name] = getattr(movement, name) if value is None else kind(value)
    for name, listed in some_of.items():
        chosen = said.getlist(name)
        if not set(chosen) <= set(listed):
            raise Invalid
        asked = not said.get("first") or name != "avoid"
        answers[name] = list(dict.fromkeys(chosen)) if asked else list(getattr(movement, name))
    if said.get("first"):
        answers["places"] = answers["places"] or list(movement.places)
        if "gym" in answers["places"]:
            answers["equipment"] = answers["equipment"] or list(OF_A_GYM)
    return answers


@dataclass(frozen=True, slots=True)
class CopyDay:
    """One day of last week's plans, and where it would go."""

    to_words: str
    tasks: str
    taken: bool


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def copy(request: HttpRequest) -> HttpResponse:
    """Show what last week's plans were, or take them over: into free days, or over what is planned."""
    visit, said = visit_of(request), door.said_in(request)
    day = visit.day(said.get("date"))
    if request.method != "POST":
        return door.sheet_or_page(request, visit, "copy", _copy_context(visit, day))
    copied = copying.copy_week(
        owner_id=visit.person.id, from_day=day - timedelta(days=7), to_day=day, overwrite=said.get("overwrite") == "1"
    )
    if not copied.copied:
        return door.told(request, days=[day], message=_("빈 날이 없어서 그대로 두었어요."), close=True)
    made = ",".join(str(one.plan_id) for one in copied.copied)
    replaced = ",".join(str(one.replaced) for one in copied.copied if one.replaced)
    count = len(copied.copied)
    message = ngettext("{count}일 계획을 가져왔어요.", "{count}일 계획을 가져왔어요.", count).format(count=count)
    undo = f"/workouts/copy/undo/?{urlencode({'made': made, 'replaced': replaced})}"
    return door.told(request, days=[day, *(one.day for one in copied.copied)], message=message, undo=undo, close=True)


def _copy_context(visit: Visit, day: Any) -> dict[str, Any]:
    starts_on = movement_of(visit.person.id).week_start
    source, week = week_of(day - timedelta(days=7), starts_on), timedelta(days=7)
    found = days_of(visit.person.id, source.first, source.last + week)
    planned = [one for one in source.days() if one in found and found[one].plan]
    taken = {one for one in found if found[one].plan}
    preview = [
        CopyDay(
            to_words=words.day_words(one + week, visit.today),
            tasks=", ".join(task.name for task in found[one].tasks) or _("쉬는 날"),
            taken=one + week in taken,
        )
        for one in planned
    ]
    return {"day": day, "key": uuid.uuid4().hex, "preview": preview, "taken": any(one.taken for one in preview)}


@signed_in
@require_POST
def copy_undo(request: HttpRequest) -> HttpResponse:
    """Take copied plans away again and bring those back that stood there."""
    visit, said = visit_of(request), door.said_in(request)
    made, replaced = (_numbers(said.get(name, "")) for name in ("made", "replaced"))
    days = [one for pk in made if (one := plan_day(visit.person.id, pk))]
    for pk in made:
        plans.delete_plan(owner_id=visit.person.id, plan_id=pk)
    for pk in replaced:
        plans.restore_plan(owner_id=visit.person.id, plan_id=pk)
    return door.told(request, days=days or [visit.today], message=_("되돌렸어요."))


def _numbers(said: str) -> list[int]:
    return [door.number_said(one) for one in said.split(",") if one][:MOST_PLANS]


@signed_in
@require_POST
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a plan away; what was done of it stays written down."""
    visit = visit_of(request)
    day = _day_of_plan(visit, pk)
    plans.delete_plan(owner_id=visit.person.id, plan_id=pk)
    return door.told(request, days=[day], message=_("계획을 지웠어요."), undo=f"/workouts/plan/{pk}/restore/")


@signed_in
@require_POST
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Bring a plan back."""
    visit = visit_of(request)
    plans.restore_plan(owner_id=visit.person.id, plan_id=pk)
    return door.told(request, days=[_day_of_plan(visit, pk)], message=_("되돌렸어요."))


@signed_in
@require_POST
def anyway(request: HttpRequest, pk: int) -> HttpResponse:
    """Plan training on a day of rest."""
    visit = visit_of(request)
    planning.train_anyway(owner_id=visit.person.id, plan_id=pk, at=visit.at)
    return door.told(request, days=[_day_of_plan(visit, pk)], message=_("오늘 할 운동을 만들었어요."))


def _day_of_plan(visit: Visit, pk: int) -> Any:
    plan: WorkoutPlan = WorkoutPlan.objects.one_of(visit.person.id, pk)
    return plan.day
