"""What today is about: which slot of the week's split is due by what was done, or a day of rest. Plain Python.

A slot is due by how long its regions were not trained, measured by how often they come round in the split. What a
person does out of turn is simply counted; a missed day moves everything on and is never made up for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from onharu.records.workouts.rules.past import Past
from onharu.records.workouts.rules.pick import covers
from onharu.records.workouts.rules.scheme import REGIONS_OF, interval_days, split_of
from onharu.records.workouts.rules.shapes import Move, Mover, Reason
from onharu.records.workouts.rules.told import ago

REST: Final = "rest"
WINDOW_DAYS, MOST_IN_A_ROW = 6, 6
_NEVER: Final = Decimal(3)
_OTHERWISE: Final = ("full", "upper", "lower", "cardio", "push", "pull", "legs")


@dataclass(frozen=True, slots=True)
class Slot:
    """What a day is about and why; `focus` is "rest" on a day of rest."""

    focus: str
    reasons: tuple[Reason, ...]


def slot_of(mover: Mover, allowed: Sequence[Move], past: Past, *, anyway: bool) -> Slot:
    """Choose the day's slot: rest when the week's days are done or nothing has recovered, else what is most due.

    `anyway` is a person who wants to train although the days are done; recovery is kept to all the same.
    """
    if not anyway and (rest := _rest(mover, past)):
        return Slot(REST, (rest,))
    due = sorted(dict.fromkeys(split_of(mover)), key=lambda focus: -_due(focus, mover, past))
    open_now = [focus for focus in due if not _is_blocked(focus, past) and covers(focus, allowed, past)]
    if open_now:
        return _slot(open_now[0], due, past)
    return _otherwise(due, allowed, past, anyway=anyway)


def _rest(mover: Mover, past: Past) -> Reason | None:
    if past.trained_today():
        return Reason("rest_done_today")
    trained = len(past.trained_within(WINDOW_DAYS))
    if trained >= MOST_IN_A_ROW:
        return Reason("rest_six", {"days": trained})
    if trained >= mover.days_a_week:
        return Reason("rest_enough", {"days": trained, "aim": mover.days_a_week})
    if (run := past.days_in_a_row()) >= most_in_a_row(mover.days_a_week):
        return Reason("rest_spread" if run > 1 else "rest_between", {"days": run, "aim": mover.days_a_week})
    return None


def most_in_a_row(days_a_week: int) -> int:
    """Tell after how many days in a row one rests: after 1 with up to three days a week, 2 with four, 3 with five."""
    off = 7 - days_a_week
    return MOST_IN_A_ROW if off <= 1 else -(-days_a_week // off)


def _slot(focus: str, due: Sequence[str], past: Past) -> Slot:
    before = [one for one in due[: due.index(focus)] if _is_blocked(one, past)]
    recovers = [Reason("focus_recovers", {"focus": before[0]})] if before else []
    return Slot(focus, (*recovers, _why(focus, past)))


def _why(focus: str, past: Past) -> Reason:
    if not past.trained_on:
        return Reason("focus_first", {"focus": focus})
    days = [past.last_by_region[region] for region in REGIONS_OF[focus] if region in past.last_by_region]
    if not days:
        return Reason("focus_never", {"focus": focus})
    return Reason("focus_due", {"focus": focus} | ago(max(days), past.day))


def _otherwise(due: Sequence[str], allowed: Sequence[Move], past: Past, *, anyway: bool) -> Slot:
    """Choose when no slot of the split is open: recover, or do what place, equipment and spared regions leave."""
    rested = [focus for focus in due if _is_blocked(focus, past)]
    unblocked = [focus for focus in _OTHERWISE if not _is_blocked(focus, past)]
    left = [focus for focus in unblocked if covers(focus, allowed, past, somehow=True)]
    if rested and not anyway:
        return Slot(REST, (Reason("rest_recover", {"focus": rested[0]}),))
    if left:
        return Slot(left[0], (Reason("focus_instead", {"focus": left[0], "wanted": due[0]}),))
    return Slot(REST, (Reason("rest_recover", {"focus": rested[0]}) if rested else Reason("only_gentle"),))


def _is_blocked(focus: str, past: Past) -> bool:
    regions = REGIONS_OF[focus]
    return sum(region in past.tired_regions for region in regions) * 2 >= len(regions)


def _due(focus: str, mover: Mover, past: Past) -> Decimal:
    """Measure how due a slot is: 1 is on time; what was never done (or not for long) is 3, and no more."""
    regions = REGIONS_OF[focus]
    return sum((_stale(region, mover, past) for region in regions), Decimal(0)) / len(regions)


def _stale(region: str, mover: Mover, past: Past) -> Decimal:
    last = past.last_by_region.get(region)
    interval = interval_days(mover, region)
    if last is None or not interval:
        return _NEVER
    return min(_NEVER, (past.day - last).days / interval)
