"""Weeks of hours by id, kept in this process: a row of them is written once and never changed, so none gets stale."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from onharu.catalog.pharmacies.models import WeekHours
from onharu.catalog.pharmacies.rules.hours import parse
from onharu.catalog.pharmacies.rules.week import Week

_kept: dict[int, Week] = {}


def weeks_of(ids: Iterable[int | None]) -> Mapping[int, Week]:
    """Look up weeks by id. No statement when all were met before, one otherwise."""
    missing = {week for week in ids if week is not None} - _kept.keys()
    if missing:
        for week, text in WeekHours.objects.filter(pk__in=missing).values_list("pk", "text"):
            _kept[week] = parse(text)
    return _kept


def drop_kept_weeks() -> None:
    """Forget every kept week, as a new process would."""
    _kept.clear()
