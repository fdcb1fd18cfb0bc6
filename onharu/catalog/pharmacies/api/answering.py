"""Makes answers of what was found: one envelope for every list, with what a person should know about an empty one."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from onharu.catalog.pharmacies.api.asking import Question
from onharu.catalog.pharmacies.public import Area, Nearby, shown_pharmacy
from onharu.kernel import clock

SAID = {
    "ko": "신고된 시간이에요. 가기 전에 전화로 확인해 보세요.",
    "en": "These hours are self-declared. Please phone before you go.",
}
OUTSIDE = {
    "code": "outside_korea",
    "ko": "한국 밖이라 알려 드릴 약국이 없어요. lat(위도)과 lon(경도)이 바뀌지 않았는지 확인해 보세요.",
    "en": "This lies outside Korea, so there is no pharmacy to tell. Check that lat and lon are not swapped.",
}
EMPTY_SHELF = {
    "code": "nothing_imported",
    "ko": "약국 목록이 아직 비어 있어요. 운영자가 onharu import pharmacies 파일로 채워요.",
    "en": "No pharmacies were imported yet. The operator runs: onharu import pharmacies FILE.",
}
NOWHERE = {
    "code": "no_such_name",
    "ko": "그런 이름의 동이나 약국을 찾지 못했어요.",
    "en": "There is no 동 and no pharmacy of such a name.",
}
NONE_NEAR = {
    "code": "none_near",
    "ko": "이 반경 안에 약국이 없어요. radius를 넓혀 보세요.",
    "en": "There is no pharmacy within this radius. Try a larger one.",
}
NONE_OPEN = {
    "code": "none_known_open",
    "ko": "이때 열려 있다고 알려진 약국이 없어요. 더 넓게 찾거나, unknown=include로 시간을 모르는 약국까지 보세요.",
    "en": "No pharmacy is known to be open then. Look farther, or with unknown=include at those of unknown hours too.",
}


def listed(found: Nearby, question: Question, *, area: Area | None = None, nowhere: bool = False) -> dict[str, Any]:
    """Put what was found into the envelope; instants are Seoul's."""
    return {
        "at": in_seoul(found.at),
        "count": len(found.found),
        "results": [shown_pharmacy(one) for one in found.found],
        "hidden_unknown": found.hidden_unknown,
        "area": area and shown_area(area),
        "hint": None if found.found else hint_of(found, question, nowhere=nowhere),
        "said": SAID,
    }


def hint_of(found: Nearby, question: Question, *, nowhere: bool) -> dict[str, str]:
    """Say why nothing was found, and what to do about it."""
    if found.outside:
        return OUTSIDE
    if found.empty_shelf:
        return EMPTY_SHELF
    if nowhere:
        return NOWHERE
    return NONE_OPEN if question.open_only else NONE_NEAR


def shown_area(area: Area) -> dict[str, Any]:
    """Lay out the 동 whose pharmacies are told; distances are from its middle."""
    return {
        "name": area.name,
        "province": area.province,
        "district": area.district,
        "neighbourhood": area.neighbourhood,
        "lat": area.place.latitude,
        "lon": area.place.longitude,
        "pharmacies": area.pharmacies,
    }


def in_seoul(at: datetime) -> datetime:
    """Write an instant as Seoul's clocks show it, to the second."""
    return at.astimezone(clock.zone(clock.DEFAULT_ZONE)).replace(microsecond=0)
