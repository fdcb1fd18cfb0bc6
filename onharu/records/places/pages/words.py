"""How hours, ways and sources of pharmacies are said on the pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from onharu.catalog.pharmacies.public import Hours, PharmacyFacts, Week

SEOUL = ZoneInfo("Asia/Seoul")
HOUR, DAY = 60, 24 * 60
SOON = 60
FAR_M, VERY_FAR_M = 1000, 10_000
THIS_WEEK = 6
WEEKDAYS: tuple[Promise, ...] = (
    gettext_lazy("월요일"),
    gettext_lazy("화요일"),
    gettext_lazy("수요일"),
    gettext_lazy("목요일"),
    gettext_lazy("금요일"),
    gettext_lazy("토요일"),
    gettext_lazy("일요일"),
    gettext_lazy("공휴일"),
)
HOLIDAY = len(WEEKDAYS) - 1


def state_words(hours: Hours) -> str:
    """Say how it stands in a word: "열려 있음", "닫힘", "시간 정보 없음", of today where other days are known."""
    if hours.state == "open":
        return _("열려 있음")
    if hours.state == "closed":
        return _("닫힘")
    return _("오늘 시간 정보 없음") if hours.opens_next is not None else pgettext("a pharmacy", "시간 정보 없음")


def until_words(hours: Hours, at: datetime) -> str:
    """Say until when that holds: "19:00까지", "내일 09:00에 열어요", "24시간"; nothing where nothing is known."""
    if hours.state == "open":
        if hours.always:
            return _("24시간")
        if hours.closes_at is None:
            return _("닫는 시간 정보 없음")
        return _("{at}까지").format(at=moment_words(hours.closes_at, at))
    if hours.opens_next is not None:
        return _("{at}에 열어요").format(at=moment_words(hours.opens_next, at, name_today=True))
    return _("여는 시간 정보 없음") if hours.state == "closed" else ""


def moment_words(moment: datetime, at: datetime, *, name_today: bool = False) -> str:
    """Say a moment to come by the clock of Seoul: "19:00", "내일 09:00", "월요일 09:00", "12월 1일 09:00"."""
    moment, at = moment.astimezone(SEOUL), at.astimezone(SEOUL)
    time = f"{moment:%H:%M}"
    days = (moment.date() - at.date()).days
    if days == 0:
        return _("오늘 {time}").format(time=time) if name_today else time
    if days == 1:
        return _("내일 {time}").format(time=time)
    if 0 < days <= THIS_WEEK:
        return f"{WEEKDAYS[moment.weekday()]} {time}"
    return f"{day_words(moment.date())} {time}"


def day_words(day: date) -> str:
    """Say a day: "12월 1일"."""
    return pgettext("a day", "{month}월 {day}일").format(month=day.month, day=day.day, name=f"{day:%b}")


def soon_words(hours: Hours, at: datetime, walk_minutes: int | None) -> str:
    """Say that an open one closes soon, or before somebody who walks there now arrives; else nothing."""
    if hours.state != "open" or hours.closes_at is None:
        return ""
    left = int((hours.closes_at - at) / timedelta(minutes=1))
    if walk_minutes is not None and left <= walk_minutes:
        return _("걸어서 닿기 전에 닫을 수 있어요")
    if left > SOON:
        return ""
    return ngettext("{n}분 뒤에 닫아요", "{n}분 뒤에 닫아요", left).format(n=left)


def distance_words(metres: int | None) -> str:
    """Say how far: "320 m", "1.2 km", "14 km"; nothing where it is not known."""
    if metres is None:
        return ""
    if metres < FAR_M:
        return f"{max(10, round(metres, -1))} m" if round(metres, -1) < FAR_M else "1.0 km"
    return f"{metres / FAR_M:.1f} km" if metres < VERY_FAR_M else f"{metres / FAR_M:,.0f} km"


def walk_words(minutes: int | None) -> str:
    """Say how long the way takes on foot: "걸어서 약 7분"; nothing where that is no walk any more."""
    if minutes is None or minutes >= 2 * HOUR:
        return ""
    if minutes < HOUR:
        return ngettext("걸어서 약 {n}분", "걸어서 약 {n}분", minutes).format(n=minutes)
    hours, rest = divmod(minutes, HOUR)
    if not rest:
        return ngettext("걸어서 약 {n}시간", "걸어서 약 {n}시간", hours).format(n=hours)
    return _("걸어서 약 {hours}시간 {minutes}분").format(hours=hours, minutes=rest)


def radius_words(metres: int) -> str:
    """Say a radius: "2 km"."""
    return f"{metres / FAR_M:g} km"


def interval_words(opens: int, closes: int) -> str:
    """Say an interval of a day by its minutes: "09:00–19:00", "22:00–다음 날 02:00", "24시간"."""
    if (opens, closes) == (0, DAY):
        return _("24시간")
    if closes < DAY:
        return f"{_clock(opens)}–{_clock(closes)}"
    return f"{_clock(opens)}–24:00" if closes == DAY else f"{_clock(opens)}–{_next_day(closes - DAY)}"


def _clock(minutes: int) -> str:
    return f"{minutes // HOUR:02}:{minutes % HOUR:02}"


def _next_day(minutes: int) -> str:
    return _("다음 날 {time}").format(time=_clock(minutes))


def day_hours_words(week: Week | None, kind: int) -> str:
    """Say the hours of one kind of day: "09:00–19:00", "쉬어요", or that nobody reported them."""
    if week is None:
        return _("정보 없음")
    day = week[kind]
    if day is None:
        return _("신고되지 않음")
    return ", ".join(interval_words(*one) for one in day) if day else _("쉬어요")


def sources_of(found: Iterable[PharmacyFacts]) -> list[str]:
    """Name where names, places and hours come from, each source once, with its days."""
    days: dict[str, set[date]] = {}
    for source, day in (said for facts in found for said in _said_by(facts)):
        days.setdefault(source, set()).update([day] if day else [])
    return [source_words(source, sorted(said)) for source, said in days.items()]


def _said_by(facts: PharmacyFacts) -> Iterator[tuple[str, date | None]]:
    yield facts.source, facts.as_of
    if facts.week is not None and facts.hours_source:
        yield facts.hours_source, facts.hours_as_of


def source_words(source: str, days: Sequence[date]) -> str:
    """Name a source with its days: "국립중앙의료원 (2026-11-20 기준)", "(2024-12-20–2026-11-20 기준)"."""
    if not days:
        return source
    span = days[0].isoformat() if days[0] == days[-1] else f"{days[0].isoformat()}–{days[-1].isoformat()}"
    return _("{source} ({day} 기준)").format(source=source, day=span)


def count_words(count: int) -> str:
    """Say how many were found."""
    return ngettext("약국 {n}곳을 찾았어요.", "약국 {n}곳을 찾았어요.", count).format(n=count)


def areas_words(count: int) -> str:
    """Say how many 동 were found."""
    return ngettext("동 {n}곳을 찾았어요.", "동 {n}곳을 찾았어요.", count).format(n=count)


def pharmacies_words(count: int) -> str:
    """Say how many pharmacies a 동 has."""
    return ngettext("약국 {n}곳", "약국 {n}곳", count).format(n=count)


def shut_words(count: int) -> str:
    """Say how many were left out because they are not known to be open."""
    return ngettext("지금 연 곳이 아니라서 {n}곳은 뺐어요.", "지금 연 곳이 아니라서 {n}곳은 뺐어요.", count).format(
        n=count
    )


def hidden_words(count: int) -> str:
    """Say how many were left out because nobody knows their hours."""
    return ngettext("시간을 모르는 약국 {n}곳은 뺐어요.", "시간을 모르는 약국 {n}곳은 뺐어요.", count).format(n=count)


def kept_words(name: str) -> str:
    """Say that a pharmacy is kept."""
    return _("{name} — 내 약국에 담았어요.").format(name=name)


def let_go_words(name: str) -> str:
    """Say that a pharmacy is kept no longer."""
    return _("{name} — 내 약국에서 뺐어요.").format(name=name)
