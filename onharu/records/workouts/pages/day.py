"""A day of workouts: its plan, how the week stands, what was done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, npgettext
from django.views.decorators.http import require_POST, require_safe

from onharu.accounts.public import Visit, signed_in, visit_of
from onharu.catalog.exercises import public as exercises
from onharu.kernel.days import news_of
from onharu.records.workouts.actions.planning import ensure_today
from onharu.records.workouts.actions.writing import PART
from onharu.records.workouts.pages import door, words
from onharu.records.workouts.pages.shown import exercises_in, log_shown, tasks_shown
from onharu.records.workouts.queries.days import day_of
from onharu.records.workouts.queries.entries import LogEntry, PlanEntry, WorkoutDay
from onharu.records.workouts.queries.moving import Movement, movement_of
from onharu.records.workouts.queries.records import sets_with_records
from onharu.records.workouts.queries.weeks import WeekProgress, weekly_progress
from onharu.records.workouts.queries.wording import focus_words, reason_words
from onharu.records.workouts.rules.planning import Reason

SHEETS = {"log": "/workouts/log/", "task": "/workouts/tasks/add/", "copy": "/workouts/copy/"}
NEVER = 2**62


@dataclass(frozen=True, slots=True)
class DayOfStrip:
    """One day of the strip."""

    day: date
    url: str
    selected: bool
    is_today: bool
    marked: bool
    future: bool


@dataclass(frozen=True, slots=True)
class WeekShown:
    """How the week stands, in the shape of a meter."""

    label: str
    value: str
    unit: str
    target: str
    percent: int
    state: str
    sentence: str
    about: str


def part_version(owner_id: int, day: date) -> int:
    """Tell the version of a day's workouts alone; 0 when none were ever written. One statement."""
    return news_of(owner_id, day, NEVER).parts.get(PART, 0)


def day_context(visit: Visit, day: date, version: int) -> dict[str, Any]:
    """Read a day's workouts and their week, whatever their number in seven statements after the version."""
    owner_id = visit.person.id
    found, week, movement = day_of(owner_id, day), weekly_progress(owner_id, day), movement_of(owner_id)
    named = exercises_in(found)
    facts = exercises.facts_of(named)
    records = sets_with_records(owner_id, named)
    hidden = visit.person.hide_numbers
    tasks = tasks_shown(found, facts, records)
    when = "today" if day == visit.today else "past" if day < visit.today else "ahead"
    return {
        "day": day,
        "version": version,
        "is_today": day == visit.today,
        "when": when,
        "week": week_of(visit, day, week),
        "progress": week_shown(week, movement),
        "previous_url": door.day_url(day - timedelta(days=1)),
        "next_url": door.day_url(day + timedelta(days=1)),
        "today_url": "/workouts/",
        "plan": found.plan,
        "plan_words": plan_words(found.plan),
        "plan_about": plan_about(found),
        "reasons": [reason_words(Reason.of(one)) for one in found.plan.reasons] if found.plan else [],
        "tasks": tasks,
        "all_done": bool(tasks) and all(task.state != "planned" for task in tasks) and found.done > 0,
        "done_words": done_words(found),
        "logs": [log_shown(log, facts, records, hide_energy=hidden) for log in beside_plan(found)],
        "asked": movement.said,
        "asked_words": movement_words(movement),
        "sums": sums_of(found, hide_energy=hidden),
        "equation": found.equation,
        "unknown_kcal": 0 if hidden else found.unknown_kcal,
    }


def beside_plan(day: WorkoutDay) -> list[LogEntry]:
    """List what was done and stands under no task of the plan; the task may have been taken out since."""
    tasks = {task.id for task in day.tasks}
    return [log for log in day.logs if log.task_id not in tasks]


def week_of(visit: Visit, day: date, week: WeekProgress) -> list[DayOfStrip]:
    """Lay out the week of a day from this person's first day of the week on; days with a workout have a dot."""
    return [
        DayOfStrip(
            day=one.day,
            url=door.day_url(one.day),
            selected=one.day == day,
            is_today=one.day == visit.today,
            marked=one.logs > 0,
            future=one.day > visit.today,
        )
        for one in week.days
    ]


def week_shown(week: WeekProgress, movement: Movement) -> WeekShown:
    """Show the days that were moved on of those wanted: "이번 주 3/4회 · 95분"."""
    done, wanted = week.active_days, movement.days_a_week
    percent = min(100, done * 100 // wanted)
    minutes = _("{minutes} 움직였어요").format(minutes=words.minutes_words(week.minutes)) if week.minutes else ""
    tasks = (
        _("할 운동 {planned}개 중 {done}개").format(planned=week.tasks.planned, done=week.tasks.done)
        if week.tasks.planned
        else ""
    )
    return WeekShown(
        label=_("이번 주"),
        value=str(done),
        unit="",
        target=npgettext("days a week", "{count}회", "{count}회", wanted).format(count=wanted),
        percent=percent,
        state="within" if done >= wanted else "under" if done else "none",
        sentence=_("이번 주 {done}회 움직였어요, 바라는 {wanted}회의 {percent}퍼센트").format(
            done=done, wanted=wanted, percent=percent
        ),
        about=words.spaced(minutes, tasks) or _("아직 이번 주 기록이 없어요"),
    )


def plan_words(plan: PlanEntry | None) -> str:
    """Name a plan: a person's own title, else what the planner is about."""
    if plan is None:
        return ""
    return plan.title or focus_words(plan.focus) or _("할 운동")


def plan_about(day: WorkoutDay) -> str:
    """Say how long a plan takes and how far it is: "약 35분 · 2/5"."""
    minutes = day.plan.minutes if day.plan else None
    about = _("약 {minutes}").format(minutes=words.minutes_words(minutes)) if minutes else ""
    return words.spaced(about, f"{day.done}/{len(day.tasks)}" if day.tasks else "")


def done_words(day: WorkoutDay) -> str:
    """Say that a plan is through."""
    done = ngettext("{count}가지를 마쳤어요.", "{count}가지를 마쳤어요.", day.done).format(count=day.done)
    return f"{done} {words.minutes_words(day.minutes)}".strip() if day.minutes is not None else done


def movement_words(movement: Movement) -> str:
    """Say what a plan is made for: "일주일에 3일, 30분씩"."""
    return _("일주일에 {days}일, {minutes}분씩").format(days=movement.days_a_week, minutes=movement.minutes)


def sums_of(day: WorkoutDay, *, hide_energy: bool) -> list[tuple[str, str]]:
    """Sum a day up: minutes counted once, energy with and without what rest would have used."""
    if not day.logs:
        return []
    known = [
        (_("움직인 시간"), words.minutes_words(day.minutes)),
        (_("쓴 열량"), words.kcal(day.kcal_gross)),
        (_("쉬는 것보다 더 쓴 열량"), words.kcal(day.kcal_net)),
    ]
    return [(name, value or _("정보 없음")) for name, value in known[: 1 if hide_energy else None]]


@signed_in
@require_safe
def workouts(request: HttpRequest) -> HttpResponse:
    """Show the workouts of a day; `?add=` opens the sheet of that kind over it."""
    visit = visit_of(request)
    day = visit.day(request.GET.get("date"))
    sheet = SHEETS.get(request.GET.get("add", ""), "")
    context = day_context(visit, day, part_version(visit.person.id, day))
    context["sheet_url"] = f"{sheet}?{urlencode({'date': day.isoformat()})}" if sheet else ""
    return door.shown(request, visit, "workouts/day.html", context)


@signed_in
@require_safe
def part(request: HttpRequest) -> HttpResponse:
    """Show the part of the page that changes; 204 when the screen has this version already."""
    visit = visit_of(request)
    day = visit.day(request.GET.get("date"))
    version = part_version(visit.person.id, day)
    if request.GET.get("seen") == str(version):
        return HttpResponse(status=204)
    return door.shown(request, visit, "workouts/day_part.html", day_context(visit, day, version))


@signed_in
@require_POST
def make(request: HttpRequest) -> HttpResponse:
    """Make today's plan, once however often it is asked; another day than today is refused."""
    visit = visit_of(request)
    ensured = ensure_today(owner_id=visit.person.id, day=visit.today, at=visit.at)
    message = _("오늘 운동을 만들었어요.") if ensured.created else ""
    undo = f"/workouts/plan/{ensured.plan_id}/delete/" if ensured.created else ""
    return door.told(request, days=[visit.today], message=message, undo=undo)
