"""When somebody is told of a dose: first, again, and after a silence. Plain Python; times of the clock are local.

Nothing here sends. A telling is folded, never repeated for what was missed long ago: whoever comes back to a server
that was down for a day finds one message.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from onharu.kernel import clock

SNOOZE = timedelta(minutes=10)
# A dose this much later than planned is spoken of as missed, whatever held its telling back, and is told once.
MISSED_AFTER = timedelta(hours=3)
FIRST_PAUSE = timedelta(seconds=5)
LONGEST_PAUSE = timedelta(hours=1)
MOST_ATTEMPTS = 7


@dataclass(frozen=True, slots=True)
class Rule:
    """How one person wants to be reminded; these are the usual values."""

    quiet_from: time | None = None
    quiet_to: time | None = None
    rings_in_quiet: bool = True
    repeat_minutes: int = 10
    repeats: int = 3
    group_minutes: int = 15
    names_shown: bool = False
    by_push: bool = True
    by_email: bool = False
    escalate_minutes: int | None = None

    @property
    def repeat(self) -> timedelta:
        """The pause between two tellings of the same doses."""
        return timedelta(minutes=self.repeat_minutes)

    @property
    def group(self) -> timedelta:
        """How far apart doses may be to be told together."""
        return timedelta(minutes=self.group_minutes)


@dataclass(frozen=True, slots=True)
class Due:
    """A telling that is due: when its doses were, when it was to be sent, how many doses are unanswered."""

    id: int
    due_at: datetime
    send_at: datetime
    step: int
    newest_at: datetime
    doses: int


@dataclass(frozen=True, slots=True)
class Folded:
    """What becomes of all that is due for one person: `leader` is sent and speaks for all, the `others` are not."""

    leader: Due
    others: tuple[Due, ...]
    missed: int


def is_quiet(at: datetime, rule: Rule, zone: str) -> bool:
    """Whether an instant lies in the person's quiet hours, from their first minute up to and without their last."""
    if rule.quiet_from is None or rule.quiet_to is None or rule.quiet_from == rule.quiet_to:
        return False
    now = at.astimezone(clock.zone(zone)).time()
    if rule.quiet_from < rule.quiet_to:
        return rule.quiet_from <= now < rule.quiet_to
    return now >= rule.quiet_from or now < rule.quiet_to


def after_quiet(at: datetime, rule: Rule, zone: str) -> datetime:
    """Move an instant within quiet hours to their end; any other stays."""
    if rule.quiet_to is None or not is_quiet(at, rule, zone):
        return at
    local = at.astimezone(clock.zone(zone))
    day = local.date() if local.time() < rule.quiet_to else local.date() + timedelta(days=1)
    return max(at, datetime.combine(day, rule.quiet_to, tzinfo=clock.zone(zone)).astimezone(UTC))


def first_at(planned_at: datetime, rule: Rule, zone: str) -> datetime:
    """Tell when a dose is told of first: at its time, or at the end of quiet hours where it may not ring in them."""
    return planned_at if rule.rings_in_quiet else after_quiet(planned_at, rule, zone)


def again_at(at: datetime, step: int, newest_at: datetime, rule: Rule, zone: str) -> datetime | None:
    """Tell when doses that were told at `at` are told again while unanswered; None when they are left alone."""
    if step >= rule.repeats or at - newest_at > MISSED_AFTER:
        return None
    return after_quiet(at + rule.repeat, rule, zone)


def escalated_at(planned_at: datetime, rule: Rule) -> datetime | None:
    """Tell when whoever looks after this person hears of an unanswered dose; None for never."""
    return None if rule.escalate_minutes is None else planned_at + timedelta(minutes=rule.escalate_minutes)


def go_together(first: datetime, second: datetime, rule: Rule) -> bool:
    """Whether a dose planned at `second` is told with those of `first`."""
    return first == second or first < second < first + rule.group


def is_missed(due: Due, at: datetime, rule: Rule) -> bool:
    """Whether a telling is overdue by more than one repeat, or its doses are older than can still be "now"."""
    return at - due.send_at > rule.repeat or at - due.newest_at > MISSED_AFTER


def fold(due: Sequence[Due], at: datetime, rule: Rule) -> Folded | None:
    """Make one telling of everything that is due for a person; None when nothing is.

    The leader is the newest of what is still "now", else the newest of all.
    """
    if not due:
        return None
    present = [one for one in due if not is_missed(one, at, rule)]
    leader = max(present or due, key=lambda one: (one.due_at, one.step, one.id))
    missed = sum(one.doses for one in due if is_missed(one, at, rule))
    return Folded(leader, tuple(one for one in due if one is not leader), missed)


def kept_for(step: int, rule: Rule) -> timedelta:
    """Tell how long a message may wait for a phone that is away: until it is told again, or as long as it is true."""
    return rule.repeat if step < rule.repeats else MISSED_AFTER


def pause(attempts: int, retry_after: int | None) -> timedelta | None:
    """Tell how long to wait after a failed attempt, at least what the server asked for; None to give up."""
    if attempts >= MOST_ATTEMPTS:
        return None
    grown: timedelta = FIRST_PAUSE * 4 ** min(attempts - 1, 6)
    return min(max(grown, timedelta(seconds=retry_after or 0)), LONGEST_PAUSE)
