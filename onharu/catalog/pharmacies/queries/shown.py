"""Lays pharmacies out as the API tells them; null where nothing is known."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import orjson

from onharu.catalog.pharmacies.rules.facts import Near, PharmacyFacts, State
from onharu.catalog.pharmacies.rules.week import Day, Week

KINDS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun", "holiday")
OPEN: Mapping[State, bool | None] = {"open": True, "closed": False, "unknown": None}
HOUR = 60


def shown_pharmacy(one: Near) -> dict[str, Any]:
    """Lay out one pharmacy as somebody stands to it; `hours` is finished JSON, for `kernel.web.dumps` or orjson."""
    pharmacy, hours = one.pharmacy, one.hours
    return {
        "id": pharmacy.id,
        "hpid": pharmacy.hpid or None,
        "name": pharmacy.name,
        "address": pharmacy.address or None,
        "phone": pharmacy.phone or None,
        "lat": pharmacy.place and pharmacy.place.latitude,
        "lon": pharmacy.place and pharmacy.place.longitude,
        "distance_m": one.distance_m,
        "walk_minutes": one.walk_minutes,
        "open_now": OPEN[hours.state],
        "closes_at": hours.closes_at,
        "opens_next": hours.opens_next,
        "always_open": hours.always,
        "holiday": hours.holiday or None,
        "hours": _UNKNOWN if pharmacy.week is None else week_json(pharmacy.week),
        "note": pharmacy.note or None,
        "source": pharmacy.source,
        "as_of": pharmacy.as_of,
        "hours_source": pharmacy.hours_source or None,
        "hours_as_of": pharmacy.hours_as_of,
        "gone_on": pharmacy.gone_on,
        "sample": pharmacy.sample,
    }


def shown_as_before(pharmacy: PharmacyFacts) -> dict[str, Any]:
    """Lay out one pharmacy as a predecessor told it; an unknown day is "정보 없음", which "Closed" would not be."""
    week = pharmacy.week or (None,) * 8
    times = {f"time{kind.capitalize()}": _before(day) for kind, day in zip(KINDS[:7], week, strict=False)}
    place = pharmacy.place
    return {
        "id": pharmacy.id,
        "addr": pharmacy.address,
        "name": pharmacy.name,
        **times,
        "lat": place and place.latitude,
        "lon": place and place.longitude,
    }


# A week never changes, and a few thousand are kept by all pharmacies together.
@lru_cache(maxsize=8192)
def week_json(week: Week) -> orjson.Fragment:
    """Write a week: by kind of day its times, [] where it is closed, null where nobody knows."""
    return orjson.Fragment(orjson.dumps({kind: _times(day) for kind, day in zip(KINDS, week, strict=True)}))


def _times(day: Day) -> list[tuple[str, str]] | None:
    return None if day is None else [(_clock(opens), _clock(closes)) for opens, closes in day]


def _before(day: Day) -> str:
    if day is None:
        return "정보 없음"
    return ", ".join(f"{_clock(opens)} - {_clock(closes)}" for opens, closes in day) or "Closed"


def _clock(minute: int) -> str:
    """Write minutes after midnight; what lies past the next midnight counts on, as the source itself does: 26:00."""
    return f"{minute // HOUR:02}:{minute % HOUR:02}"


_UNKNOWN = week_json((None,) * 8)
