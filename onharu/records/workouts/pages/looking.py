"""Looking back: what was done day by day, and the best of each exercise."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.http import require_safe

from onharu.accounts.public import Visit, signed_in, visit_of
from onharu.catalog.exercises import public as exercises
from onharu.records.workouts.pages import door, words
from onharu.records.workouts.pages.shown import LogShown, log_shown
from onharu.records.workouts.queries.days import days_of
from onharu.records.workouts.queries.entries import WorkoutDay
from onharu.records.workouts.queries.records import ExerciseRecords, records_of
from onharu.records.workouts.queries.rows import logs_of
from onharu.records.workouts.rules.records import Record

DAYS_A_PAGE, EXERCISES_A_PAGE = 14, 20
MOST_REPS_SHOWN = 1
KIND_WORDS: dict[str, Promise] = {
    "heaviest": gettext_lazy("가장 무겁게"),
    "one_rep_max": gettext_lazy("1RM (한 번에 드는 무게)"),
    "most_reps": gettext_lazy("가장 많이"),
    "longest": gettext_lazy("가장 오래"),
}


@dataclass(frozen=True, slots=True)
class DayShown:
    """One day of the list."""

    day: date
    words: str
    sums: str
    logs: tuple[LogShown, ...]


@dataclass(frozen=True, slots=True)
class BestShown:
    """One best with the set behind it; `url` leads to its day."""

    kind: str
    value: str
    behind: str
    estimated: bool
    url: str


@dataclass(frozen=True, slots=True)
class BestsShown:
    """The bests of one exercise."""

    id: int
    name: str
    bests: tuple[BestShown, ...]


@signed_in
@require_safe
def history(request: HttpRequest) -> HttpResponse:
    """List what was done, the latest day first, a page of days at a time."""
    visit = visit_of(request)
    days = logs_of(visit.person.id).order_by("-day").values_list("day", flat=True).distinct()
    page = Paginator(days, DAYS_A_PAGE).get_page(request.GET.get("page"))
    listed = list(page.object_list)
    found = days_of(visit.person.id, listed[-1], listed[0]) if listed else {}
    ids = {log.exercise for day in listed if day in found for log in found[day].logs if log.exercise is not None}
    facts = exercises.facts_of(ids) if ids else {}
    hidden = visit.person.hide_numbers
    shown = [
        DayShown(
            day=day,
            words=words.day_words(day, visit.today),
            sums=_sums(found[day], hide_energy=hidden),
            logs=tuple(log_shown(log, facts, hide_energy=hidden) for log in found[day].logs),
        )
        for day in listed
        if day in found
    ]
    return door.shown(request, visit, "workouts/history.html", {"days": shown, "page": page})


def _sums(day: WorkoutDay, *, hide_energy: bool) -> str:
    return words.spaced(words.minutes_words(day.minutes), "" if hide_energy else words.kcal(day.kcal_gross))


@signed_in
@require_safe
def records(request: HttpRequest) -> HttpResponse:
    """List the best of each exercise with its day and the set behind it."""
    visit = visit_of(request)
    page = Paginator(records_of(visit.person.id), EXERCISES_A_PAGE).get_page(request.GET.get("page"))
    facts = exercises.facts_of(one.exercise for one in page.object_list) if words.english() else {}
    shown = [
        BestsShown(one.exercise, words.name_of(one.name, facts.get(one.exercise)), tuple(_bests(visit, one)))
        for one in page.object_list
    ]
    return door.shown(request, visit, "workouts/records.html", {"exercises": shown, "page": page})


def _bests(visit: Visit, one: ExerciseRecords) -> list[BestShown]:
    """Show the bests of an exercise; of the repetitions only those at the heaviest weight, the others are many."""
    reps = [record for record in one.records if record.kind == "most_reps"]
    kept = [record for record in one.records if record not in reps[MOST_REPS_SHOWN:]]
    return [
        BestShown(
            kind=str(KIND_WORDS[record.kind]),
            value=_value(record),
            behind=words.spaced(words.day_words(record.day, visit.today), _behind(record)),
            estimated=record.estimated,
            url=door.day_url(record.day),
        )
        for record in kept
    ]


def _value(record: Record) -> str:
    if record.kind in {"heaviest", "one_rep_max"}:
        return words.kg(record.value)
    whole = int(record.value)
    return words.seconds_words(whole) if record.kind == "longest" else words.reps_words(whole, None)


def _behind(record: Record) -> str:
    """Say the set that a best stands on."""
    weight: Decimal | None = record.weight_kg
    return words.spaced(words.kg(weight) or pgettext("weight of a set", "맨몸"), words.reps_words(record.reps, None))
