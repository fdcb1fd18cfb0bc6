"""How much of a medicine is left, and how long that lasts by its schedule."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from onharu.accounts.public import Visit
from onharu.records.medication.pages import dose_shown as shown
from onharu.records.medication.pages import dose_words as words
from onharu.records.medication.queries.amounts import amount_words, left_words
from onharu.records.medication.queries.entries import RegimenEntry
from onharu.records.medication.queries.stock import StockEntry, stocks_of


@dataclass(frozen=True, slots=True)
class StockShown:
    """How much is left ("24정"), how long ("12일치 남음 · 11/29 소진"), and from which count that is known.

    `low`: it is time to fetch more.
    """

    left: str
    lasts: str
    counted: str
    low: bool = False


@dataclass(frozen=True, slots=True)
class LowShown:
    """A medicine that runs out: how long it lasts."""

    regimen_id: int
    name: str
    lasts: str


def stock_shown(visit: Visit, entry: StockEntry | None) -> StockShown:
    """Show a stock; what nobody counted is not known and never zero."""
    if entry is None or entry.left is None:
        return StockShown(_("아직 세지 않았어요"), "", "")
    return StockShown(
        left=amount_words(entry.left, entry.unit) if entry.left else _("남은 것이 없어요"),
        lasts=left_words(entry.days_left, entry.lasts_until) if entry.days_left is not None else "",
        counted=_counted(visit, entry),
        low=entry.is_low,
    )


def low_of(visit: Visit, taking: Sequence[RegimenEntry]) -> list[LowShown]:
    """Name the medicines of which it is time to fetch more; costs nothing for who lets no stock be counted."""
    if not any(one.tracks_stock and not one.ended for one in taking):
        return []
    return [
        LowShown(
            one.regimen_id,
            one.name,
            left_words(one.days_left, one.lasts_until)
            if one.left and one.days_left is not None
            else _("남은 것이 없어요"),
        )
        for one in stocks_of(visit.person, at=visit.at, only=[one.id for one in taking if not one.ended])
        if one.is_low
    ]


def _counted(visit: Visit, entry: StockEntry) -> str:
    """Say how that is known: "오늘 09:10에 30정, 그 뒤 6정 먹음"; more taken than there was asks to count anew."""
    if entry.counted_at is None or entry.counted is None:
        return ""
    at = words.moment_words(shown.local(visit, entry.counted_at), visit.today)
    parts = [_("{at}에 {amount}").format(at=at, amount=amount_words(entry.counted, entry.unit))]
    if entry.added_since:
        parts.append(_("그 뒤 {amount} 더함").format(amount=amount_words(entry.added_since, entry.unit)))
    if entry.taken_since:
        parts.append(_("그 뒤 {amount} 먹음").format(amount=amount_words(entry.taken_since, entry.unit)))
    if entry.short:
        parts.append(_("센 것보다 더 먹었어요. 다시 세어 주세요"))
    return words.joined(*parts)
