"""Progression without weights: repetitions of the body alone, seconds held, minutes moved. Plain Python."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Final

from onharu.records.workouts.rules.loads import AWAY_DAYS, TOO_HARD
from onharu.records.workouts.rules.past import Past, effort
from onharu.records.workouts.rules.scheme import Dose, is_older
from onharu.records.workouts.rules.shapes import Done, Move, Mover, Reason
from onharu.records.workouts.rules.told import Work, ago, plain, told, work_of

MOST_REPS, MORE_REPS = 30, 2
MOST_SECONDS, MORE_SECONDS, LEAST_SECONDS = 90, 5, 10
FIRST_SECONDS: Final = {1: 20, 2: 30, 3: 30}
FIRST_MINUTES: Final = {1: 15, 2: 20, 3: 25}
OLDER_MINUTES, MOST_MINUTES, LEAST_MINUTES, OTHER_MINUTES = 15, 60, 5, 5
GROWTH: Final = Decimal("1.1")
_WEEK, _THREE_WEEKS, _FIVE_WEEKS = 7, 21, 35
HARD_MINUTES_RPE: Final = Decimal(9)
LIGHT_MINUTES: Final = 12
_SHORTER, _DELOAD_SHARE = Decimal("0.8"), Decimal("0.7")


@dataclass(frozen=True, slots=True)
class Count:
    """The repetitions, seconds or minutes of the next time, and why."""

    low: int
    high: int
    reason: Reason


def last_work(move: Move, past: Past) -> tuple[Work | None, Work | None]:
    """Find the last time and the one before it, of those with sets."""
    works = [work for done in past.before(move.id) if (work := work_of(done))]
    return (works[-1] if works else None), (works[-2] if len(works) > 1 else None)


def reps_of(move: Move, dose: Dose, past: Past, *, deload: bool) -> Count:
    """Decide the range of repetitions of the body alone; up by at most two beyond what all sets reached."""
    last, before = last_work(move, past)
    least = last.least_reps() if last else None
    if last is None or least is None:
        return Count(dose.low, dose.high, told("first_reps", move, past.day))
    # Who cannot reach the range yet is met where they are.
    low = min(dose.low, max(1, least))
    high = dose.high if least >= dose.low else max(dose.low, least + MORE_REPS)
    if deload:
        return Count(low, high, told("deload_sets", move, past.day, last))
    if last.rpe is not None and last.rpe >= TOO_HARD:
        fewer = max(1, min(least, dose.high) - MORE_REPS)
        return Count(fewer, fewer + MORE_REPS, told("reps_down", move, past.day, last))
    if (past.day - last.day).days > AWAY_DAYS:
        return Count(low, max(low, min(high, least)), told("again", move, past.day, last))
    if least < dose.low:
        aim = least if last.rpe is not None and last.rpe >= dose.rpe else least + 1
        return Count(aim, high, told("reps_short", move, past.day, last, low=aim, high=high))
    reached = _past_the_top if least >= dose.high else _within
    return reached(move, dose, past, last, before)


def _within(move: Move, dose: Dose, past: Past, last: Work, before: Work | None) -> Count:
    """Aim for one repetition more than the weakest set had, or for as many where that was too hard."""
    least = min(last.reps)
    if last.rpe is not None and last.rpe > dose.rpe:
        return Count(least, dose.high, told("hold_hard", move, past.day, last, target=plain(dose.rpe)))
    return Count(least + 1, dose.high, told("reps_more", move, past.day, last, high=dose.high))


def _past_the_top(move: Move, dose: Dose, past: Past, last: Work, before: Work | None) -> Count:
    least = min(last.reps)
    if least >= MOST_REPS:
        return Count(MOST_REPS, MOST_REPS, told("reps_full", move, past.day, last, top=MOST_REPS))
    if last.rpe is None and (before is None or (before.least_reps() or 0) < dose.high):
        return Count(least, least, told("hold_unsaid", move, past.day, last))
    if last.rpe is not None and last.rpe > dose.rpe:
        return Count(least, least, told("hold_hard", move, past.day, last, target=plain(dose.rpe)))
    high = min(MOST_REPS, least + MORE_REPS)
    return Count(least + 1, high, told("reps_up", move, past.day, last, low=least + 1, high=high))


def seconds_of(move: Move, dose: Dose, mover: Mover, past: Past, *, deload: bool) -> Count:
    """Decide how long a position is held: five seconds more after a time that went well, up to 90."""
    last, before = last_work(move, past)
    least = last.least_seconds() if last else None
    if last is None or least is None:
        first = LEAST_SECONDS * 2 if is_older(mover) else FIRST_SECONDS[mover.level]
        return Count(first, first, told("first_seconds", move, past.day))
    held = max(LEAST_SECONDS, min(least, MOST_SECONDS))
    if not deload and last.rpe is not None and last.rpe >= TOO_HARD:
        less = max(LEAST_SECONDS, held - MORE_SECONDS)
        return Count(less, less, told("seconds_down", move, past.day, last, to=less))
    is_away = (past.day - last.day).days > AWAY_DAYS
    steady = Reason("deload_sets") if deload else Reason("again") if is_away else _steady(dose, last, before, held)
    if steady is not None:
        return Count(held, held, told(steady.code, move, past.day, last, **steady.params))
    more = min(MOST_SECONDS, held + MORE_SECONDS)
    return Count(more, more, told("seconds_up", move, past.day, last, more=more - held))


def _steady(dose: Dose, last: Work, before: Work | None, held: int) -> Reason | None:
    """Say why a position is held no longer than before; None when it may grow."""
    if held >= MOST_SECONDS:
        return Reason("seconds_full", {"top": MOST_SECONDS})
    if last.rpe is not None:
        return Reason("hold_hard", {"target": plain(dose.rpe)}) if last.rpe > dose.rpe else None
    twice = before is not None and (before.least_seconds() or 0) >= held
    return None if twice else Reason("hold_unsaid")


def minutes_of(move: Move, mover: Mover, past: Past, *, deload: bool) -> Count:
    """Decide the minutes of cardio: at most a tenth more than a week ago, fewer after a time that was too hard."""
    timed = [done for done in past.before(move.id) if done.minutes]
    if not timed:
        first = _first_minutes(move, mover)
        return Count(first, first, told("first_minutes", move, past.day))
    base = _longest_lately(timed, past)
    minutes = max(LEAST_MINUTES, min(int(base.minutes or 0), MOST_MINUTES))
    if deload or (past.day - base.day).days > _FIVE_WEEKS:
        less = max(min(minutes, LIGHT_MINUTES), int(minutes * _DELOAD_SHARE))
        code = "deload_minutes" if less < minutes else "deload_easy"
        return _minutes(move, past, base, less, code if deload else "long_ago_minutes")
    said = effort(timed[-1])
    if said is not None and said >= HARD_MINUTES_RPE:
        fewer = int(min(timed[-1].minutes or 0, MOST_MINUTES) * _SHORTER)
        fewest = min(int(timed[-1].minutes or 0), LIGHT_MINUTES)
        return _minutes(move, past, timed[-1], max(fewest, fewer, LEAST_MINUTES), "minutes_down")
    if minutes < (usual := _first_minutes(move, mover)):
        return _minutes(move, past, base, usual, "minutes_start")
    if minutes >= MOST_MINUTES:
        return _minutes(move, past, base, minutes, "minutes_full")
    more = _grown(timed, past, minutes)
    return _minutes(move, past, base, more, "minutes_up" if more > minutes else "minutes_hold")


def _longest_lately(timed: list[Done], past: Past) -> Done:
    """Find the longest time of the last three weeks, the latest of equals; else the last time."""
    lately = [done for done in timed if (past.day - done.day).days <= _THREE_WEEKS]
    return max(lately, key=lambda done: (done.minutes or Decimal(0), done.day)) if lately else timed[-1]


def _grown(timed: list[Done], past: Past, minutes: int) -> int:
    """Add a tenth to the longest of the weeks before this one; what grew this week already stays."""
    week_ago, weeks_ago = past.day - timedelta(days=_WEEK), past.day - timedelta(days=_FIVE_WEEKS)
    before = [int(done.minutes or 0) for done in timed if weeks_ago <= done.day <= week_ago]
    longest = max(before, default=0)
    return max(minutes, min(MOST_MINUTES, int(longest * GROWTH)))


def _minutes(move: Move, past: Past, last: Done, minutes: int, code: str) -> Count:
    more: dict[str, str | int] = {"was": plain(last.minutes or Decimal(0)), "minutes": minutes}
    if (said := effort(last)) is not None:
        more["rpe"] = plain(said)
    return Count(minutes, minutes, told(code, move, past.day, None, **ago(last.day, past.day), **more))


def _first_minutes(move: Move, mover: Mover) -> int:
    if move.pattern != "cardio":
        return OTHER_MINUTES
    return OLDER_MINUTES if is_older(mover) else FIRST_MINUTES[mover.level]
