"""What a doctor is shown of a period: medicines as they are taken, adherence, what was not taken, and notes.

Values and words only; the page is drawn by `paper`. Nothing of it is kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from onharu.accounts.public import Person
from onharu.kernel import clock
from onharu.records.medication.queries.adherence import Adherence, adherence_of
from onharu.records.medication.queries.amounts import amount_words, reason_words
from onharu.records.medication.queries.doses import doses_between
from onharu.records.medication.queries.entries import DoseEntry, RegimenEntry
from onharu.records.medication.queries.regimens import standings_of
from onharu.records.medication.queries.standing import Standing
from onharu.records.medication.rules.adherence import RULE_EN, RULE_KO, Counts
from onharu.records.medication.rules.sentences.saying import say

MOST_MEDICINES, MOST_MISSED, MOST_AS_NEEDED, MOST_NOTES = 14, 16, 8, 6
NOTHING = "—"


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of words; `shares` are the widths of the columns beside each other, `most` how many rows at most."""

    heads: tuple[str, ...]
    shares: tuple[int, ...]
    rows: tuple[tuple[str, ...], ...]
    most: int


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the page."""

    title: str
    lines: tuple[str, ...] = ()
    table: Table | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """A page in words; `more` says how many rows of a table found no room, `left_out` which parts found none."""

    title: str
    head: tuple[str, ...]
    parts: tuple[Part, ...]
    foot: tuple[str, ...]
    more: str
    left_out: str
    language: str
    made_at: datetime


@dataclass(frozen=True, slots=True)
class Period:
    """Whose page it is, of which days, made when; `named` puts the name on it."""

    person: Person
    first: date
    last: date
    at: datetime
    named: bool = False

    @property
    def days(self) -> int:
        """How many days."""
        return (self.last - self.first).days + 1

    def local(self, at: datetime) -> datetime:
        """Tell an instant by the person's clock."""
        return at.astimezone(clock.zone(self.person.zone))


def report_of(period: Period) -> Report:
    """Gather the page; at most eight statements, however much was written."""
    doses = doses_between(period.person, period.first, period.last, at=period.at)
    adherence = adherence_of(period.person, period.first, period.last, at=period.at)
    taken = {dose.regimen_id for dose in doses}
    found = [one for one in standings_of(period.person, at=period.at) if _is_of(one.entry, period, taken)]
    parts = (
        _medicines(period, found, adherence),
        _missed(period, doses),
        _as_needed(period, doses),
        _notes(found),
    )
    return Report(
        title=_("복용 기록 보고서"),
        head=_head(period),
        parts=tuple(part for part in parts if part is not None),
        foot=(
            _("본인이 직접 적은 기록이며 진단이나 처방이 아니에요. 기록이 없으면 먹었는지 알 수 없어요."),
            _("‘—’는 알 수 없거나 해당이 없다는 표시예요. 시각은 {zone} 기준이에요.").format(zone=period.person.zone),
        ),
        more=_("… 자리가 없어 {count}건은 싣지 않았어요. 모두 보려면 CSV를 받으세요."),
        left_out=_("자리가 없어 싣지 않은 것: {titles}. CSV와 화면에는 있어요."),
        language=(get_language() or "ko")[:2],
        made_at=period.local(period.at),
    )  # fmt: skip


def _is_of(entry: RegimenEntry, period: Period, taken: set[int]) -> bool:
    """Whether a medicine was to be taken within the period, or was."""
    stopped = period.person.day_at(entry.stopped_at) if entry.stopped_at is not None else None
    ends = [day for day in (entry.end, stopped) if day is not None]
    within = entry.start <= period.last and (not ends or min(ends) >= period.first)
    return within or entry.id in taken


def _head(period: Period) -> tuple[str, ...]:
    days = ngettext("{count}일", "{count}일", period.days).format(count=period.days)
    lines = [_("기간: {first} ~ {last} ({days})").format(first=period.first, last=period.last, days=days)]
    if period.named and period.person.nickname:
        lines.insert(0, _("이름: {name}").format(name=period.person.nickname))
    lines.append(_("만든 때: {at}").format(at=f"{period.local(period.at):%Y-%m-%d %H:%M}"))
    return tuple(lines)


def _medicines(period: Period, found: Sequence[Standing], adherence: Adherence) -> Part:
    counts = {one.regimen_id: one.counts for one in adherence.regimens}
    rule = RULE_EN if _english() else RULE_KO
    if not found:
        return Part(_("먹은 약과 지킨 정도"), (_("이 기간에 적힌 약이 없어요."),))
    rows = [_medicine(period, one, counts.get(one.id, Counts())) for one in found]
    total = adherence.counts
    rows.append((_("모두"), "", *_counted(total)))
    heads = (pgettext("one medicine", "약"), _("먹는 법"), _("먹음 / 예정"), _("지킨 비율"))
    return Part(
        _("먹은 약과 지킨 정도"),
        (_("세는 법: {rule}").format(rule=rule),),
        Table(heads, (28, 46, 15, 13), tuple(rows), MOST_MEDICINES + 1),
    )


def _medicine(period: Period, one: Standing, counts: Counts) -> tuple[str, ...]:
    entry = one.entry
    name = f"{entry.name} ({entry.why})" if entry.why else entry.name
    marks = []
    since = [period.person.day_at(version.since) for version in one.versions[1:]]
    if any(period.first <= day <= period.last for day in since):
        marks.append(_("기간 중 바뀜"))
    if entry.stopped_at is not None:
        marks.append(_("{day} 그만 먹음").format(day=period.person.day_at(entry.stopped_at)))
    return (name, " · ".join([_sentence(entry), *marks]), *_counted(counts))


def _counted(counts: Counts) -> tuple[str, str]:
    if counts.percent is None:
        return NOTHING, NOTHING
    return f"{counts.taken} / {counts.planned}", f"{counts.percent.normalize():f}%"


def _sentence(entry: RegimenEntry) -> str:
    if not _english() and entry.sentence:
        return entry.sentence
    language = "en" if _english() else "ko"
    return say(entry.schedule, entry.amount, entry.unit, entry.start, entry.end, language=language)  # type: ignore[arg-type]


def _missed(period: Period, doses: Sequence[DoseEntry]) -> Part | None:
    said = {"skipped": _("건너뜀"), "late": _("기록 없음")}
    rows = [
        (_moment(period, dose.planned_at), dose.name, said[dose.state], reason_words(dose.reason) or NOTHING)
        for dose in _newest_first(doses)
        if dose.state in said
    ]
    if not rows:
        return Part(_("먹지 않았거나 기록이 없는 것"), (_("이 기간에는 없어요."),)) if doses else None
    heads = (_("예정 시각"), pgettext("one medicine", "약"), _("상태"), _("까닭"))
    return Part(_("먹지 않았거나 기록이 없는 것"), (), Table(heads, (24, 34, 14, 30), tuple(rows), MOST_MISSED))


def _as_needed(period: Period, doses: Sequence[DoseEntry]) -> Part | None:
    rows = [
        (
            _moment(period, dose.taken_at),
            dose.name,
            amount_words(dose.taken_amount or dose.amount, dose.unit),
            _("한도를 넘겨 먹음") if dose.over_limit else NOTHING,
        )
        for dose in _newest_first(doses)
        if dose.planned_at is None and dose.state == "taken"
    ]
    if not rows:
        return None
    heads = (_("먹은 시각"), pgettext("one medicine", "약"), _("양"), _("적어 둘 것"))
    table = Table(heads, (24, 34, 14, 30), tuple(rows), MOST_AS_NEEDED)
    title = ngettext("필요할 때 먹은 것 ({count}번)", "필요할 때 먹은 것 ({count}번)", len(rows))
    return Part(title.format(count=len(rows)), (), table)


def _notes(found: Iterable[Standing]) -> Part | None:
    rows = [(one.entry.name, one.entry.note) for one in found if one.entry.note]
    if not rows:
        return None
    return Part(
        _("약마다 적어 둔 것"),
        (),
        Table((pgettext("one medicine", "약"), _("메모")), (28, 74), tuple(rows), MOST_NOTES),
    )


def _newest_first(doses: Iterable[DoseEntry]) -> list[DoseEntry]:
    return sorted((dose for dose in doses if dose.at is not None), key=_when, reverse=True)


def _when(dose: DoseEntry) -> tuple[float, str]:
    return (dose.at.timestamp() if dose.at else 0.0), dose.id


def _moment(period: Period, at: datetime | None) -> str:
    return NOTHING if at is None else f"{period.local(at):%Y-%m-%d %H:%M}"


def _english() -> bool:
    return (get_language() or "ko").startswith("en")
