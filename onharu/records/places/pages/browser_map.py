"""What the module `places/kakao.js` needs to draw another company's map: its script, and what stands on it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from onharu.accounts.public import Person
from onharu.catalog.pharmacies.public import Near, Place
from onharu.records.places.pages.policy import browser_map_for

# As the wire sends it: about 10 m.
DECIMALS = 4


def map_context(person: Person | None, middle: Place, near: Sequence[Near]) -> dict[str, Any]:
    """Tell the template what to hand the module; nothing for who may not be shown it.

    Numbers count from 1 over those that have a place, in their order, as in the drawn map.
    The middle is rounded, as it may be where somebody stands; pharmacies lie where everybody can read it.
    """
    shown = browser_map_for(person)
    if shown is None:
        return {}
    placed = [(one.pharmacy.name, one.pharmacy.place) for one in near if one.pharmacy.place is not None]
    points = [
        {"number": number, "name": name, "latitude": place.latitude, "longitude": place.longitude}
        for number, (name, place) in enumerate(placed, 1)
    ]
    start = {"latitude": round(middle.latitude, DECIMALS), "longitude": round(middle.longitude, DECIMALS)}
    said = json.dumps({"middle": start, "points": points}, ensure_ascii=False, separators=(",", ":"))
    return {"browser_map": shown, "map_points": said}
