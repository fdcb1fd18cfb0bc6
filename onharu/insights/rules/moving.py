"""Rules over workouts and their plans. Plain Python."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

from onharu.insights.rules.cards import SLEEP_STRENGTH, WHO_MOVING, Card, Evidence, rows, written
from onharu.insights.rules.seen import ADULT_FROM, Planned, Seen, SeenDay

# Three whole days without movement, and only for somebody who usually moves.
STILL_DAYS, USUAL_WORKOUTS, USUAL_WEEKS = 3, 3, 28
WEEK, WEEK_MINUTES, SAID_FROM = 7, Decimal(150), Decimal(60)
# The house's own marks, said on the card: a short night, and a set that is planned to be hard.
SHORT_NIGHT, HEAVY_RPE = Decimal(6), Decimal(8)
HARD_RPE, HARD_SESSIONS, LATEST_SESSIONS = Decimal(9), 3, 4
SKIP_DAYS, SKIPS = 14, {"pain": 2, "no_time": 3, "tired": 3, "no_equipment": 2}


def still_days(seen: Seen) -> Card | None:
    """Tell that a person who usually moves has not for three days; not on a day that is planned for rest."""
    moved = [day for day in seen.last(USUAL_WEEKS) if day.trained]
    if sum(len(day.trained) for day in moved) < USUAL_WORKOUTS or seen.today.rest_day:
        return None
    latest = moved[-1]
    still = (seen.day - latest.day).days - (1 if seen.now is not None else 0)
    if still < STILL_DAYS:
        return None
    found = [_log(latest)]
    return Card("still_days", {"days": still}, rows(found), link=f"/workouts/?date={seen.day}")


def week_minutes(seen: Seen) -> Card | None:
    """Tell how the last seven days stand against the 150 minutes advised to adults; from an hour on."""
    days = [day for day in seen.last(WEEK) if day.trained]
    minutes = sum((day.minutes for day in days if day.minutes is not None), Decimal(0))
    if minutes < SAID_FROM or (seen.age is not None and seen.age < ADULT_FROM):
        return None
    found = [Evidence("workouts", "log", one.id, day.day, one.name, one.minutes, "min") for day in reversed(days)
             for one in day.trained]  # fmt: skip
    params: dict[str, str | int] = {
        "minutes": written(minutes, 0),
        "goal": written(WEEK_MINUTES),
        "left": written(max(WEEK_MINUTES - minutes, Decimal(0)), 0),
        "days": len(days),
        "untimed": sum(one.minutes is None for day in days for one in day.trained),
        "reached": int(minutes >= WEEK_MINUTES),
    }
    return Card("week_minutes", params, rows(found), WHO_MOVING, "/workouts/")


def sleep_heavy(seen: Seen) -> Card | None:
    """Tell of a short night before a session that is planned to be hard and is not done yet."""
    hours, heavy = seen.today.sleep_hours, [task for task in seen.today.planned if _heavy(task)]
    if seen.now is None or hours is None or hours >= SHORT_NIGHT or not heavy:
        return None
    found = [
        Evidence("journal", "report", seen.today.report_id, seen.day, "", hours, "h"),
        *(Evidence("workouts", "task", task.id, seen.day, task.name, task.rpe_target, "rpe") for task in heavy),
    ]
    params: dict[str, str | int] = {
        "hours": written(hours),
        "short": written(SHORT_NIGHT),
        "tasks": len(heavy),
        "rpe": written(HEAVY_RPE),
    }
    return Card("sleep_heavy", params, rows(found), SLEEP_STRENGTH, f"/workouts/?date={seen.day}")


def hard_sessions(seen: Seen) -> Card | None:
    """Tell that most of the last sessions were said to be nearly all somebody had."""
    sessions = [day for day in seen.last(USUAL_WEEKS) if _effort(day) is not None][-LATEST_SESSIONS:]
    hard = [day for day in sessions if (_effort(day) or Decimal(0)) >= HARD_RPE]
    if len(hard) < HARD_SESSIONS or (seen.day - sessions[-1].day).days >= WEEK:
        return None
    found = [Evidence("workouts", "log", one.id, day.day, one.name, one.rpe, "rpe") for day in reversed(hard)
             for one in day.trained if one.rpe == _effort(day)]  # fmt: skip
    params: dict[str, str | int] = {"hard": len(hard), "sessions": len(sessions), "rpe": written(HARD_RPE)}
    return Card("hard_sessions", params, rows(found), link="/workouts/")


def record_today(seen: Seen) -> Card | None:
    """Tell the personal records of the day, the first of which is named."""
    if not seen.beaten:
        return None
    first = seen.beaten[0]
    found = [Evidence("workouts", "log", one.log_id, seen.day, one.name, one.value, _unit(one.kind))
             for one in seen.beaten]  # fmt: skip
    params: dict[str, str | int] = {
        "name": first.name,
        "kind": first.kind,
        "value": written(first.value),
        "before": written(first.before),
        "weight": "" if first.weight_kg is None else written(first.weight_kg, 2),
        "estimated": int(first.estimated),
        "count": len(seen.beaten),
    }
    return Card("record_today", params, rows(found), link=f"/workouts/?date={seen.day}")


def skip_reasons(seen: Seen) -> Card | None:
    """Tell which reason exercises were mostly skipped for, once it came up often enough. Pain goes first."""
    skipped = [(day, task) for day in seen.last(SKIP_DAYS) for task in day.planned if task.state == "skipped"]
    counts = Counter(task.skip_reason for _, task in skipped)
    reason = next((reason for reason, least in SKIPS.items() if counts[reason] >= least), None)
    if reason is None:
        return None
    found = [Evidence("workouts", "task", task.id, day.day, task.name)
             for day, task in reversed(skipped) if task.skip_reason == reason]  # fmt: skip
    params: dict[str, str | int] = {"reason": reason, "count": counts[reason], "days": SKIP_DAYS}
    return Card("skip_reasons", params, rows(found), link="/workouts/profile/")


def _heavy(task: Planned) -> bool:
    return task.state == "planned" and task.rpe_target is not None and task.rpe_target >= HEAVY_RPE


def _effort(day: SeenDay) -> Decimal | None:
    return max((one.rpe for one in day.trained if one.rpe is not None), default=None)


def _log(day: SeenDay) -> Evidence:
    one = day.trained[-1]
    return Evidence("workouts", "log", one.id, day.day, one.name, one.minutes, "min")


def _unit(kind: str) -> str:
    return {"most_reps": "reps", "longest": "s"}.get(kind, "kg")
