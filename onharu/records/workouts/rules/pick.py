"""Which exercises a person may do, and which of them fill the places of a session. Plain Python."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from onharu.records.workouts.rules.past import Past
from onharu.records.workouts.rules.scheme import (
    LOADED,
    NEEDS,
    REGION_OF,
    REGIONS_OF,
    STRENGTH_PATTERNS,
    Need,
    is_older,
    loading,
)
from onharu.records.workouts.rules.shapes import History, Move, Mover, Reason
from onharu.records.workouts.rules.tasks import is_balance

# For how many days an exercise stays away after it was skipped for this reason; tiredness keeps nothing away.
AWAY_DAYS: Final[Mapping[str, int]] = {"pain": 14, "equipment": 28, "dislike": 42}
OFTEN, OFTEN_WITHIN_DAYS = 3, 28
MESOCYCLE_WEEKS: Final = 6
_OLDER_LEVEL, _LONG_ENOUGH = 2, 45
_COMPOUND: Final = 2
# The prime movers without which a session is none of its region.
_PRIME: Final[Mapping[str, frozenset[str]]] = {
    "push": frozenset({"chest", "shoulders", "triceps"}),
    "pull": frozenset({"back"}),
    "legs": frozenset({"quads", "glutes", "hamstrings", "back"}),
}
_USUAL: Final[Mapping[str, frozenset[str]]] = {
    "gym": frozenset(
        {"dumbbell", "barbell", "kettlebell", "machine", "cable", "bench", "pullup_bar", "mat", "treadmill", "bike",
         "rower", "elliptical", "step", "ball"}
    ),
    "home": frozenset({"mat"}),
}  # fmt: skip
_WEIGHTS_FIRST: Final = frozenset({"strength", "muscle"})


@dataclass(frozen=True, slots=True)
class Pick:
    """An exercise for a place of a session; a main one leads it and stays for a mesocycle."""

    move: Move
    main: bool


def may_do(mover: Mover, move: Move) -> bool:
    """Whether level, place, equipment, spared regions, cautions and age allow an exercise at all."""
    return not barred(mover, move)


def barred(mover: Mover, move: Move) -> Reason | None:
    """Say what speaks against an exercise for this person; None when nothing does."""
    cautions = mover.avoid | ({"jump"} if is_older(mover) else frozenset())
    if spared := sorted(mover.spare & set(move.loads)):
        return Reason("barred_spared", {"name": move.name, "region": spared[0]})
    if avoided := sorted(cautions & set(move.cautions)):
        return Reason("barred_caution", {"name": move.name, "caution": avoided[0]})
    if missing := sorted(set(move.equipment) - mover.equipment - {"none"}):
        return Reason("barred_equipment", {"name": move.name, "equipment": missing[0]})
    if mover.places and not mover.places & set(move.places):
        return Reason("barred_place", {"name": move.name})
    highest = min(mover.level, _OLDER_LEVEL) if is_older(mover) else mover.level
    if not 1 <= move.level <= highest:
        return Reason("barred_level", {"name": move.name, "level": move.level})
    return None


def away(history: History, day: date) -> dict[int, tuple[str, date]]:
    """Tell which exercises were skipped so that they stay away: why, and the last day that they do."""
    found: dict[int, tuple[str, date]] = {}
    counts: dict[int, list[date]] = {}
    for one in history.skipped:
        if one.day > day:
            continue
        if one.day >= day - timedelta(days=OFTEN_WITHIN_DAYS):
            counts.setdefault(one.exercise_id, []).append(one.day)
        if days := AWAY_DAYS.get(one.reason):
            _keep_longest(found, one.exercise_id, one.reason, one.day + timedelta(days=days))
    for exercise, days_skipped in counts.items():
        if len(days_skipped) >= OFTEN:
            _keep_longest(found, exercise, "often", max(days_skipped) + timedelta(days=OFTEN_WITHIN_DAYS))
    return {exercise: said for exercise, said in found.items() if said[1] >= day}


def _keep_longest(found: dict[int, tuple[str, date]], exercise: int, why: str, until: date) -> None:
    if exercise not in found or found[exercise][1] < until:
        found[exercise] = (why, until)


def week_number(day: date) -> int:
    """Number the ISO weeks one after the other, across years."""
    return (day.toordinal() - 1) // 7


def mesocycle_start(day: date) -> date:
    """Find the Monday on which the six weeks began that keep their main exercises."""
    number = week_number(day)
    return date.fromordinal((number - number % MESOCYCLE_WEEKS) * 7 + 1)


def equivalents(*, mover: Mover, move: Move, pool: Iterable[Move]) -> tuple[Move, ...]:
    """List what may stand in for an exercise: allowed, of its pattern, sharing a target; the likest first.

    The same prime mover comes first, then the nearest level, then the same way of counting.
    """
    targets = set(move.targets)
    fitting = [
        other
        for other in pool
        if other.id != move.id
        and other.pattern == move.pattern
        and targets & set(other.targets)
        and may_do(mover, other)
    ]

    def distance(other: Move) -> tuple[bool, int, bool, int, int]:
        mover_differs = other.targets[:1] != move.targets[:1]
        shared = len(targets & set(other.targets))
        return mover_differs, abs(other.level - move.level), other.measure != move.measure, -shared, other.id

    return tuple(sorted(fitting, key=distance))


def usual_equipment(places: Iterable[str]) -> frozenset[str]:
    """Suggest the equipment that a place usually has, for filling in a profile: a gym everything, a home a mat."""
    return frozenset().union(*(_USUAL.get(place, frozenset()) for place in places))


def picks_of(focus: str, mover: Mover, allowed: Sequence[Move], past: Past) -> list[Pick]:
    """Fill the places of a session, the leading ones first; a muscle trained hard yesterday is left alone."""
    fresh = [move for move in allowed if not _is_tired(move, past)]
    found = [Pick(move, main=False) for move in balance_of(mover, allowed, past)]
    for need in _needs(focus, past):
        fitting = [move for move in fresh if move.pattern in need.patterns and move.measure]
        found += _chosen(fitting, need, mover, past, found)
    return found


def cardio_of(mover: Mover, allowed: Sequence[Move], past: Past) -> list[Move]:
    """List the cardio that is counted in minutes, the one to take first."""
    moves = [move for move in allowed if move.pattern == "cardio" and move.measure == "minutes"]
    return _ordered(moves, Need(("cardio",), main=True), mover, past)


def intervals_of(mover: Mover, allowed: Sequence[Move], past: Past) -> list[Move]:
    """List the cardio that is counted in seconds or repetitions, for where there is no other."""
    moves = [move for move in allowed if move.pattern == "cardio" and move.measure != "minutes"]
    return _ordered(moves, Need(("cardio",)), mover, past)


def balance_of(mover: Mover, allowed: Sequence[Move], past: Past) -> list[Move]:
    """Choose the one balance exercise of an older person's session; a short one where the day is short."""
    if not is_older(mover):
        return []
    short = mover.minutes < _LONG_ENOUGH
    fitting = [move for move in allowed if is_balance(move) and not (short and move.measure == "minutes")]
    return _ordered(fitting, Need(("mobility",)), mover, past)[:1]


def core_of(mover: Mover, allowed: Sequence[Move], past: Past) -> list[Move]:
    """List exercises of the core, another first each week."""
    return _ordered([move for move in allowed if move.pattern == "core"], Need(("core",)), mover, past)


def gentle_cardio(allowed: Iterable[Move]) -> list[Move]:
    """List the mildest cardio first: walks, then the easiest level, then the lowest MET, an unknown one last."""
    moves = [move for move in allowed if move.pattern == "cardio" and move.measure == "minutes"]
    return sorted(
        moves, key=lambda move: ("walk" not in move.code, move.level, move.met is None, move.met or 0, move.id)
    )


def mobility_of(mover: Mover, allowed: Sequence[Move], past: Past) -> list[Move]:
    """List stretching, another first each week; for older people balance leads."""
    moves = [move for move in allowed if move.pattern == "mobility"]
    ordered = _ordered(moves, Need(("mobility",)), mover, past)
    return sorted(ordered, key=lambda move: not is_balance(move)) if is_older(mover) else ordered


def covers(focus: str, allowed: Iterable[Move], past: Past, *, somehow: bool = False) -> bool:
    """Whether there is a fresh exercise for a focus: for its prime movers, or somehow for its regions.

    Of the full body, two of three regions are enough.
    """
    fresh = [move for move in allowed if not _is_tired(move, past)]
    regions = {_region(move) for move in fresh if somehow or _is_prime(move)}
    wanted = REGIONS_OF[focus]
    return sum(region in regions for region in wanted) * 2 > len(wanted)


def _region(move: Move) -> str:
    return REGION_OF.get(move.pattern, "")


def _is_prime(move: Move) -> bool:
    wanted = _PRIME.get(_region(move), frozenset())
    return not wanted or (bool(move.targets) and move.targets[0] in wanted)


def _is_tired(move: Move, past: Past) -> bool:
    return move.pattern in STRENGTH_PATTERNS and bool(move.targets) and move.targets[0] in past.tired


def _needs(focus: str, past: Past) -> list[Need]:
    """List the places of a session; squat and hinge take turns in leading it."""
    needs = list(NEEDS[focus])
    squat, hinge = (next((i for i, need in enumerate(needs) if need.patterns == (one,) and need.main), None)
                    for one in ("squat", "hinge"))  # fmt: skip
    if squat is not None and hinge is not None and _last(past, "squat") > _last(past, "hinge"):
        needs[squat], needs[hinge] = needs[hinge], needs[squat]
    return needs


def _last(past: Past, pattern: str) -> date:
    days = [one.day for one in past.done if one.exercise_id in past.moves
            and past.moves[one.exercise_id].pattern == pattern and one.day < past.day]  # fmt: skip
    return max(days, default=date.min)


def _chosen(moves: Sequence[Move], need: Need, mover: Mover, past: Past, found: Sequence[Pick]) -> list[Pick]:
    taken = {pick.move.id for pick in found}
    ordered = [move for move in _ordered(moves, need, mover, past) if move.id not in taken]
    return [Pick(ordered[0], need.main)] if ordered else []


def _ordered(moves: Sequence[Move], need: Need, mover: Mover, past: Past) -> list[Move]:
    """Order what fits a place: what this mesocycle has led with stays, others take turns among equals by week."""
    ranked = sorted(moves, key=lambda move: (_rank(move, need, mover), move.id))
    if not ranked:
        return []
    best = _rank(ranked[0], need, mover)
    equals = [move for move in ranked if _rank(move, need, mover) == best]
    turn = week_number(past.day) // (MESOCYCLE_WEEKS if need.main else 1) % len(equals)
    ordered = equals[turn:] + equals[:turn] + ranked[len(equals) :]
    if not need.main:
        return ordered
    since = date.min if mover.goal == "strength" else mesocycle_start(past.day)
    return sorted(ordered, key=lambda move: (_rank(move, need, mover)[0], -_done_since(move, past, since)))


def _done_since(move: Move, past: Past, since: date) -> int:
    """Tell when an exercise was last done since a day, as a number that grows with the date; zero when it was not."""
    days = [done.day.toordinal() for done in past.before(move.id) if since <= done.day]
    return max(days, default=0)


def _rank(move: Move, need: Need, mover: Mover) -> tuple[int, ...]:
    """Rank an exercise for a place; smaller is better. What leads moves several joints, counted in repetitions."""
    other = bool(need.targets) and move.targets[:1] != () and move.targets[0] not in need.targets
    if not need.main:
        wanted = 1 if is_older(mover) else max(1, mover.level - 1)
        return int(other), abs(move.level - wanted), _weight_rank(move, mover)
    wanted = 1 if is_older(mover) else mover.level
    single = len(move.targets) < _COMPOUND
    away_from = abs(move.level - wanted)
    joints = -min(len(move.targets), _COMPOUND + 1)
    return int(other), int(move.measure == "seconds"), int(single), _weight_rank(move, mover), away_from, joints


def _weight_rank(move: Move, mover: Mover) -> int:
    """Prefer weights where they are the goal; the order is that of the equipment table."""
    if mover.goal not in _WEIGHTS_FIRST or is_older(mover):
        return 0
    return list(LOADED).index(loading(move)) if loading(move) else len(LOADED)
