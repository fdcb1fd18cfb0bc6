"""The data folder, the disk under it, the pictures, the last backup, and the clock."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings

from onharu.kernel import clock
from onharu.kernel.backups import notes, swapping
from onharu.site.doctor.findings import Finding, bad, good, warn

GB = 1_000_000_000
LITTLE, HARDLY = 2 * GB, GB // 4
LATE = timedelta(hours=26)
BUILT = datetime.fromisoformat("2026-01-01T00:00:00+09:00")  # no clock of this edition can be before


def folder() -> Iterator[Finding]:
    """Look whether the data folder is there and can be written, and what a restore left in it."""
    place = Path(settings.ONHARU_DATA)
    if not place.is_dir():
        yield bad("folder", str(place), "없어요. ONHARU_DATA를 확인해 주세요.", "It is not there: check ONHARU_DATA.")
        return
    if not os.access(place, os.W_OK | os.X_OK):
        yield bad(
            "folder", str(place), "쓸 수 없어요. 주인과 권한을 확인해 주세요.", "Not writable: check owner and mode."
        )
        return
    if swapping.under_way(place):
        ko, en = "되살리기가 도중에 끊겼어요: onharu up이 마저 해요.", "A restore was cut off: onharu up finishes it."
        yield bad("folder", str(place), ko, en)
    left = sorted(path.name for path in place.glob(".before-restore-*"))
    if left:
        ko, en = (
            "되살리기 전의 기록이에요. 필요 없으면 지우세요.",
            "What was there before a restore: delete it when unneeded.",
        )
        yield warn("folder", f"{place} · {left[0]} ({len(left)})", ko, en)
    else:
        yield good("folder", str(place))


def disk() -> Iterator[Finding]:
    """Look how much room is left."""
    place = Path(settings.ONHARU_DATA)
    if not place.is_dir():
        return
    free = shutil.disk_usage(place).free
    said = f"{free / GB:,.1f} GB"
    if free < HARDLY:
        yield bad("disk", said, "곧 아무것도 쓸 수 없어요. 자리를 만드세요.", "Soon nothing can be written: make room.")
    elif free < LITTLE:
        yield warn("disk", said, "자리가 얼마 남지 않았어요.", "There is little room left.")
    else:
        yield good("disk", said)


def media() -> Iterator[Finding]:
    """Look whether pictures can be kept."""
    place = Path(settings.MEDIA_ROOT)
    if place.exists() and not os.access(place, os.W_OK | os.X_OK):
        yield bad(
            "media",
            str(place),
            "사진을 쓸 수 없어요. 권한을 확인해 주세요.",
            "Pictures cannot be written: check its mode.",
        )
    else:
        yield good("media", str(place) if place.exists() else "—")


def backup() -> Iterator[Finding]:
    """Tell how old the last backup is that was read back, and whether a later one failed."""
    note = notes.read(Path(settings.ONHARU_DATA))
    if note.failed_at > note.finished_at:
        ko, en = (
            "마지막 백업이 실패했어요: onharu backup으로 까닭을 보세요.",
            "The last one failed: run onharu backup to see why.",
        )
        yield bad("backup", f"{note.failed_at} {note.fault}", ko, en)
        return
    if not note.finished_at:
        ko = "백업이 없어요. ONHARU_BACKUPS에 폴더를 적거나 onharu backup을 하세요."
        yield warn("backup", "—", ko, "There is none: set ONHARU_BACKUPS, or run onharu backup.")
        return
    age = clock.now() - datetime.fromisoformat(note.finished_at)
    said = f"{age.total_seconds() / 3600:,.0f} h · {note.size / 1e6:,.1f} MB · verified"
    if not Path(note.file).exists():
        yield warn("backup", said, f"{note.file}이 이제 없어요.", f"{note.file} is not there any more.")
    elif age > LATE:
        yield warn("backup", said, "하루가 넘었어요: onharu backup", "Over a day old: onharu backup")
    else:
        yield good("backup", said)


def time() -> Iterator[Finding]:
    """Look whether the clock can be right, and whether the rules of time zones are there."""
    at = clock.now()
    try:
        here = at.astimezone(ZoneInfo(clock.DEFAULT_ZONE))
    except ZoneInfoNotFoundError:
        yield bad(
            "clock",
            clock.DEFAULT_ZONE,
            "시간대 자료가 없어요: tzdata를 설치하세요.",
            "No time zone data: install tzdata.",
        )
        return
    said = f"{here:%Y-%m-%d %H:%M} {clock.DEFAULT_ZONE}"
    if at < BUILT or here.utcoffset() != timedelta(hours=9):
        yield bad("clock", said, "시계가 틀려요. NTP를 켜세요.", "The clock is wrong: switch NTP on.")
    else:
        yield good("clock", said)
