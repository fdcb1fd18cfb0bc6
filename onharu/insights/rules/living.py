"""Rules over sleep, mood, weight and the writing itself. Plain Python."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from onharu.insights.rules.cards import SLEEP_ADULTS, Card, Evidence, rows, written
from onharu.insights.rules.seen import ADULT_FROM, WINDOW, Seen, SeenDay, mean
from onharu.kernel.streaks import streak

NIGHTS, WEEK, ENOUGH_SLEEP = 4, 7, Decimal(7)
WEIGHINGS, SPAN_DAYS, LOOK_BACK, LEAST_CHANGE = 4, 14, 28, Decimal("0.5")
# Faster than a hundredth of the body a week is worth a word (product guard-rail: 0.5 to 1 % a week).
FAST_SHARE = Decimal("0.01")
DAYS_EACH, MOOD_APART = 5, Decimal("0.7")
STREAK_FROM, REPORTS, SILENT_DAYS = 3, 3, 4


def sleep_week(seen: Seen) -> Card | None:
    """Tell that the nights of the last week came to less than adults are advised."""
    nights = [day for day in seen.last(WEEK) if day.sleep_hours is not None]
    if len(nights) < NIGHTS or (seen.age is not None and seen.age < ADULT_FROM):
        return None
    average = mean(_hours(day) for day in nights)
    if average >= ENOUGH_SLEEP:
        return None
    found = [
        Evidence("journal", "report", day.report_id, day.day, "", day.sleep_hours, "h") for day in reversed(nights)
    ]
    params: dict[str, str | int] = {"nights": len(nights), "mean": written(average), "enough": written(ENOUGH_SLEEP)}
    return Card("sleep_week", params, rows(found), SLEEP_ADULTS, f"/journal/?date={seen.day}")


def mood_moving(seen: Seen) -> Card | None:
    """Tell that mood was higher on days with movement, with both means and how many days they stand on."""
    said = [day for day in seen.finished(LOOK_BACK) if day.mood is not None]
    moved, still = [day for day in said if day.trained], [day for day in said if not day.trained]
    if min(len(moved), len(still)) < DAYS_EACH:
        return None
    with_it, without = mean(Decimal(day.mood or 0) for day in moved), mean(Decimal(day.mood or 0) for day in still)
    if with_it - without < MOOD_APART:
        return None
    found = [
        Evidence("journal", "report", day.report_id, day.day, day.trained[0].name, Decimal(day.mood or 0), "mood")
        for day in reversed(moved)
    ]
    params: dict[str, str | int] = {
        "moved": len(moved),
        "mood": written(with_it),
        "still": len(still),
        "other": written(without),
    }
    return Card("mood_moving", params, rows(found), link="/trends/")


def weight_trend(seen: Seen) -> Card | None:
    """Tell where the weight goes, by a straight line through at least four weighings of four weeks."""
    weighed = [(day.day, day.weights[-1].kg) for day in seen.last(LOOK_BACK) if day.weights]
    if len(weighed) < WEIGHINGS or (weighed[-1][0] - weighed[0][0]).days < SPAN_DAYS:
        return None
    a_day = slope(weighed)
    change = a_day * (weighed[-1][0] - weighed[0][0]).days
    if abs(change) < LEAST_CHANGE:
        return None
    found = [
        Evidence("goals", "measurement", day.weights[-1].id, day.day, "", day.weights[-1].kg, "kg")
        for day in reversed(seen.last(LOOK_BACK))
        if day.weights
    ]
    a_week = a_day * WEEK
    params: dict[str, str | int] = {
        "n": len(weighed),
        "days": (weighed[-1][0] - weighed[0][0]).days,
        "change": written(abs(change)),
        "a_week": written(abs(a_week)),
        "down": int(change < 0),
        "fast": int(abs(a_week) > weighed[-1][1] * FAST_SHARE),
    }
    return Card("weight_trend", params, rows(found), link="/goals/")


def slope(points: list[tuple[date, Decimal]]) -> Decimal:
    """The least-squares line through days and amounts: its change a day; 0 when all lie on one day."""
    first = points[0][0]
    days = [Decimal((day - first).days) for day, _ in points]
    middle, level = mean(days), mean(amount for _, amount in points)
    spread = sum(((day - middle) ** 2 for day in days), Decimal(0))
    if not spread:
        return Decimal(0)
    together = ((day - middle) * (amount - level) for day, (_, amount) in zip(days, points, strict=True))
    return sum(together, Decimal(0)) / spread


def streak_risk(seen: Seen) -> Card | None:
    """Tell that a run of written days would break tonight; only while there is still time to write."""
    written_days = [day.day for day in seen.last(WINDOW) if day.written]
    run = streak(written_days, seen.day)
    if seen.now is None or not run.at_risk or run.days < STREAK_FROM:
        return None
    found = [_of(seen.on(day)) for day in reversed(written_days)]
    whole = run.first is not None and (seen.day - run.first).days < WINDOW - WEEK
    return Card("streak_risk", {"days": run.days, "more": int(not whole)}, rows(found), link="/journal/")


def report_missing(seen: Seen) -> Card | None:
    """Ask gently for a line about the day after some silent ones, only somebody who used to write."""
    reported = [day for day in seen.last(LOOK_BACK) if day.report_id is not None]
    if seen.now is None or len(reported) < REPORTS:
        return None
    silent = (seen.day - reported[-1].day).days - 1
    if silent < SILENT_DAYS:
        return None
    found = [Evidence("journal", "report", reported[-1].report_id, reported[-1].day)]
    return Card("report_missing", {"days": silent}, rows(found), link=f"/journal/?date={seen.day}")


def _hours(day: SeenDay) -> Decimal:
    return day.sleep_hours if day.sleep_hours is not None else Decimal(0)


def _of(day: SeenDay) -> Evidence:
    """One row of a written day."""
    if day.sittings:
        foods = day.sittings[0].foods
        return Evidence("meals", "meal", day.sittings[0].id, day.day, foods[0].name if foods else "")
    if day.trained:
        return Evidence("workouts", "log", day.trained[0].id, day.day, day.trained[0].name)
    if day.report_id is not None:
        return Evidence("journal", "report", day.report_id, day.day)
    return Evidence("goals", "measurement", day.weights[0].id, day.day, "", day.weights[0].kg, "kg")
