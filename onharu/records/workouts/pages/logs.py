"""What was done: written down with one press or with its numbers, corrected, gone and back."""

from __future__ import annotations

import uuid
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST

from onharu.accounts.public import Visit, signed_in, visit_of
from onharu.catalog.exercises import public as exercises
from onharu.catalog.exercises.public import ExerciseFacts
from onharu.kernel.problems import Invalid
from onharu.records.workouts.actions import logs
from onharu.records.workouts.actions.writing import SetValues, facts_or_refuse
from onharu.records.workouts.models import MOST_SETS, WorkoutLog
from onharu.records.workouts.pages import door, words
from onharu.records.workouts.pages.finding import USUAL_MINUTES, panel_context
from onharu.records.workouts.pages.shown import SetShown, amounts_of
from onharu.records.workouts.queries.entries import LogEntry
from onharu.records.workouts.queries.recent import Recent, last_of, recent_workouts
from onharu.records.workouts.queries.rows import log_by_id

EMPTY_SETS = 3


def started(visit: Visit, day: date, minutes: Decimal | None, at: time | None = None) -> datetime:
    """Place a workout in time: at the time that was said, else so that it ends now, or at this hour of another day."""
    if at is not None:
        return visit.person.instant_of(day, at)
    if day != visit.today:
        return visit.person.instant_of(day, visit.clock_time)
    began = visit.at - timedelta(minutes=float(minutes or 0))
    return began if visit.person.day_at(began) == day else visit.at


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def log(request: HttpRequest) -> HttpResponse:
    """Show what one may have done, or write the pressed one down with the amounts of the last time."""
    visit = visit_of(request)
    if request.method != "POST":
        return door.sheet_or_page(
            request, visit, "panel", panel_context(request, visit, "log") | {"title": _title(visit, request)}
        )
    said = request.POST
    day, minutes = visit.day(said.get("date")), door.amount_said(said.get("minutes"), "minutes")
    exercise = door.number_said(said.get("exercise")) if said.get("exercise") else None
    name = door.line_said(said.get("name"), door.LONGEST_NAME)
    last = _last(visit, exercise, name) if said.get("again") else None
    draft = logs.Draft(
        day=day,
        started_at=started(visit, day, minutes),
        exercise=exercise,
        name=name,
        minutes=minutes,
        sets=_values(last),
    )
    return _written(request, visit, draft)


def _title(visit: Visit, request: HttpRequest) -> str:
    day = visit.day(request.GET.get("date"))
    if day == visit.today:
        return _("어떤 운동을 했나요?")
    return _("{day}에 어떤 운동을 했나요?").format(day=words.day_words(day, visit.today))


def _last(visit: Visit, exercise: int | None, name: str) -> Recent | None:
    if exercise is not None:
        return last_of(visit.person.id, exercise)
    return next((one for one in recent_workouts(visit.person.id) if one.exercise is None and one.name == name), None)


def _values(recent: Recent | None) -> tuple[SetValues, ...]:
    sets = recent.sets if recent else ()
    return tuple(SetValues(one.reps, one.weight_kg, one.seconds, one.rpe) for one in sets)


def _written(request: HttpRequest, visit: Visit, draft: logs.Draft) -> HttpResponse:
    pk = door.done_once(request, visit, lambda: logs.log_workout(owner_id=visit.person.id, draft=draft))
    entry = log_by_id(visit.person.id, pk)
    facts = exercises.facts_of([entry.exercise]) if entry.exercise else {}
    name = words.name_of(entry.name, facts.get(entry.exercise or 0))
    said = f"{name} {words.minutes_words(entry.minutes)}".strip()
    message = _("{said_eul} 적었어요.").format(said=said, said_eul=words.with_object(said))
    return door.told(request, days=[draft.day], message=message, undo=f"/workouts/logs/{pk}/delete/", close=True)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Show the form of a workout to write down with its numbers, or write it down."""
    visit, said = visit_of(request), door.said_in(request)
    exercise = door.number_said(said.get("exercise")) if said.get("exercise") else None
    name = door.line_said(said.get("name"), door.LONGEST_NAME)
    facts = facts_or_refuse(exercise) if exercise is not None else None
    if request.method == "POST":
        try:
            return _written(request, visit, _draft(visit, said, exercise, name))
        except Invalid as problem:
            context = _new_context(visit, said, facts, name) | {"problem": door.problem_words(problem)}
            return _refused(request, visit, context)
    return door.sheet_or_page(request, visit, "log", _new_context(visit, said, facts, name))


def _draft(visit: Visit, said: QueryDict, exercise: int | None, name: str) -> logs.Draft:
    day, minutes = visit.day(said.get("date")), door.amount_said(said.get("minutes"), "minutes")
    return logs.Draft(
        day=day,
        started_at=started(visit, day, minutes, door.time_said(said.get("time"))),
        exercise=exercise,
        name=name,
        minutes=minutes,
        rpe=door.amount_said(said.get("rpe"), "rpe"),
        note=door.line_said(said.get("note"), door.LONGEST_NOTE),
        sets=_sets_said(said),
    )


def _sets_said(said: QueryDict) -> tuple[SetValues, ...]:
    """Read the sets of a form, as many as it has; one with nothing written in it is none."""
    orders = [order for order in range(1, MOST_SETS + 1) if f"reps-{order}" in said or f"seconds-{order}" in said]
    values = [door.set_said(said, f"-{order}") for order in orders]
    return tuple(one for one in values if one != SetValues())


def _new_context(visit: Visit, said: QueryDict, facts: ExerciseFacts | None, name: str) -> dict[str, Any]:
    day = visit.day(said.get("date"))
    last = _last(visit, facts.id if facts else None, name)
    measure = facts.measure if facts else last.measure if last else ""
    by_sets = measure in {"reps", "seconds"}
    minutes = last.minutes if last else None if by_sets else USUAL_MINUTES
    return {
        "action": "/workouts/log/new/",
        "key": said.get("key") or uuid.uuid4().hex,
        "exercise": facts.id if facts else None,
        "name": words.name_of(facts.name, facts) if facts else name,
        "day": day,
        "minutes": said.get("minutes", words.plain(minutes)),
        "minutes_label": _("시간 (분)"),
        "minutes_note": _("비워 두면 세트로 어림해요.") if by_sets else "",
        "efforts": words.efforts(None),
        "rpe": said.get("rpe", ""),
        "sets": form_sets(_values(last) or (SetValues(),) * EMPTY_SETS, measure, facts) if by_sets else (),
        "time": said.get("time", ""),
        "note": said.get("note", ""),
    }


def form_sets(values: tuple[SetValues, ...], measure: str, facts: ExerciseFacts | None) -> list[SetShown]:
    """Lay sets out as rows of a form."""
    return [
        SetShown(
            order=order,
            done=False,
            now=False,
            words="",
            amounts=amounts_of(f"log-{order}", measure, facts, one, suffix=f"-{order}"),
            efforts=(),
            rpe="",
            record=False,
        )
        for order, one in enumerate(values, start=1)
    ]


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what was done in a sheet, or save what was corrected."""
    visit = visit_of(request)
    entry = log_by_id(visit.person.id, pk)
    if request.method != "POST":
        return door.sheet_or_page(request, visit, "log", log_context(visit, entry))
    said = request.POST
    try:
        change = _change(visit, entry, said)
        logs.edit_log(owner_id=visit.person.id, log_id=pk, change=change)
    except Invalid as problem:
        context = log_context(visit, entry) | {"problem": door.problem_words(problem)}
        return _refused(request, visit, context)
    days = list(dict.fromkeys((entry.day, change.day or entry.day)))
    return door.told(request, days=days, message=_("고쳤어요."), close=True)


def _refused(request: HttpRequest, visit: Visit, context: dict[str, Any]) -> HttpResponse:
    template = "workouts/log_edit.html" if door.is_fragment(request) else "workouts/log_page.html"
    return door.shown(request, visit, template, context, status=422)


def _change(visit: Visit, entry: LogEntry, said: QueryDict) -> logs.Change:
    """Read what of a log was changed; what stands as it was shown stays as it is."""
    day = visit.day(said.get("date") or entry.day.isoformat())
    known = door.local(visit, entry.started_at).time().replace(second=0, microsecond=0)
    at = door.time_said(said.get("time")) or known
    minutes = door.amount_said(said.get("minutes"), "minutes")
    sets = _sets_said(said)
    kept = tuple(SetValues(one.reps, one.weight_kg, one.seconds) for one in entry.sets)
    effort = {place: one.rpe for place, one in enumerate(entry.sets)}
    return logs.Change(
        day=day if day != entry.day else None,
        started_at=visit.person.instant_of(day, at) if (day, at) != (entry.day, known) else None,
        minutes=None if minutes == entry.minutes else minutes,
        rpe=door.amount_said(said.get("rpe"), "rpe"),
        note=door.line_said(said.get("note"), door.LONGEST_NOTE),
        sets=None if sets == kept else [_with_effort(one, effort.get(place)) for place, one in enumerate(sets)],
    )


def _with_effort(values: SetValues, rpe: Decimal | None) -> SetValues:
    """Keep the effort of a set, which this form does not ask for."""
    return SetValues(values.reps, values.weight_kg, values.seconds, rpe)


def log_context(visit: Visit, entry: LogEntry) -> dict[str, Any]:
    """Show what was done with its numbers, and where its energy comes from."""
    facts = exercises.facts_of([entry.exercise]).get(entry.exercise) if entry.exercise else None
    by_sets = bool(entry.sets) or entry.measure in {"reps", "seconds"}
    sets = (*(SetValues(one.reps, one.weight_kg, one.seconds) for one in entry.sets), SetValues())
    guessed = entry.minutes_source == WorkoutLog.MinutesSource.ESTIMATED
    return {
        "log": entry,
        "action": f"/workouts/logs/{entry.id}/",
        "name": words.name_of(entry.name, facts),
        "day": entry.day,
        "minutes": words.plain(entry.minutes),
        "minutes_label": _("시간 (분)"),
        "minutes_note": _("세트와 쉬는 시간으로 어림한 시간이에요. 고치면 적은 대로 남아요.") if guessed else "",
        "efforts": words.efforts(entry.rpe),
        "rpe": words.plain(entry.rpe),
        "sets": form_sets(sets[:MOST_SETS], entry.measure, facts) if by_sets else (),
        "time": door.local(visit, entry.started_at).strftime("%H:%M"),
        "note": entry.note,
        "energy": () if visit.person.hide_numbers else energy_rows(entry),
        "source": entry.met_source,
    }


def energy_rows(entry: LogEntry) -> list[tuple[str, str]]:
    """Tell what an energy is made of; what is not known says so."""
    weighed = words.kg(entry.body_kg)
    if entry.body_kg_source == WorkoutLog.BodySource.MEASURED and entry.body_kg_day:
        weighed = words.spaced(weighed, entry.body_kg_day.isoformat())
    elif weighed:
        weighed = words.spaced(weighed, _("프로필"))
    known = [
        ("MET", words.plain(entry.met)),
        (_("몸무게"), weighed),
        (pgettext("how long", "시간"), words.minutes_words(entry.minutes)),
        (_("모두 쓴 열량"), words.kcal(entry.kcal_gross)),
        (_("더 쓴 열량"), words.kcal(entry.kcal_net)),
    ]
    return [(name, value or _("정보 없음")) for name, value in known]


@signed_in
@require_POST
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete what was done; 되돌리기 brings it back for a day."""
    visit = visit_of(request)
    entry = log_by_id(visit.person.id, pk)
    logs.delete_log(owner_id=visit.person.id, log_id=pk)
    message = _("{name_eul} 지웠어요.").format(name=entry.name, name_eul=words.with_object(entry.name))
    return door.told(request, days=[entry.day], message=message, undo=f"/workouts/logs/{pk}/restore/", close=True)


@signed_in
@require_POST
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a deletion back."""
    visit = visit_of(request)
    logs.restore_log(owner_id=visit.person.id, log_id=pk)
    return door.told(request, days=[log_by_id(visit.person.id, pk).day], message=_("되돌렸어요."))
