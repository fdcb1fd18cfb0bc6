"""The lines of the day in words: how much may still be eaten and why, and the days in a row."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from onharu.day.rules import EATEN, TARGET_HIGH, Room
from onharu.kernel.streaks import Streak
from onharu.kernel.wording import amount


@dataclass(frozen=True, slots=True)
class RoomShown:
    """How much there is still room for, the sum behind it, and what is in the way of knowing it."""

    words: str
    equation: str
    caution: str


def room_shown(room: Room) -> RoomShown | None:
    """Say how much may still be eaten; None where no target tells where the end is."""
    if TARGET_HIGH in room.unknown:
        return None
    if room.kcal is None:
        caution = (
            _("열량을 모르는 음식이 있어 셈하지 않아요")
            if EATEN in room.unknown
            else _("열량을 모르는 운동이 있어 셈하지 않아요")
        )
        return RoomShown(words="", equation="", caution=caution)
    words = (
        _("{kcal} kcal 더 먹어도 기준 안이에요").format(kcal=amount(room.kcal))
        if room.kcal >= 0
        else _("기준의 위 끝보다 {kcal} kcal 많아요").format(kcal=amount(-room.kcal))
    )
    equation = _("기준 위 끝 {high} − 먹은 양 {eaten} + 운동 {net} = {kcal} kcal").format(
        high=amount(room.target_high), eaten=amount(room.eaten), net=amount(room.workout_net), kcal=amount(room.kcal)
    )
    return RoomShown(words=words, equation=equation, caution="")


def streak_words(run: Streak | None) -> str:
    """Say how many days in a row: "연속 12일째"; nothing when there are none or nobody knows."""
    if run is None or not run.days:
        return ""
    return ngettext("연속 {count}일 기록", "연속 {count}일 기록", run.days).format(count=run.days)


def free_words(run: Streak | None) -> str:
    """Say how many free days were forgiven on the way; nothing when none was."""
    if run is None or not run.free_days:
        return ""
    count = len(run.free_days)
    return ngettext("쉬어 간 날 {count}일", "쉬어 간 날 {count}일", count).format(count=count)
