"""What a live list of another company knows that the shelf does not. Shown once, never stored, never kept."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from onharu.accounts.public import Person, place_may_leave
from onharu.catalog.pharmacies import public as pharmacies
from onharu.catalog.pharmacies.public import Near, Place
from onharu.kernel import clock
from onharu.kernel.leaving import leaving
from onharu.upstream import maps
from onharu.upstream.maps import PlaceFact

# The same name within so many metres is the same pharmacy: two sources put one door apart by a building.
SAME_M = 80
# Another list holds 45 at the most; around the farthest of them the shelf may have more.
SHELF_LIMIT = 300
NOT_OFFERED, NOT_AGREED, OUTSIDE, UNAVAILABLE, REFUSED = (
    "not_offered",
    "not_agreed",
    "outside",
    "unavailable",
    "refused",
)
REASON_WORDS: dict[str, str | Promise] = {
    NOT_OFFERED: _("이 서버에는 카카오맵이 연결되어 있지 않아요."),
    NOT_AGREED: _("내 위치를 카카오에 보내도 된다고 '나' 화면에서 켜야 물어볼 수 있어요."),
    OUTSIDE: _("한국 밖에서는 물어볼 수 없어요."),
    UNAVAILABLE: _("카카오가 지금 답하지 않아요. 아래 목록은 그대로예요."),
    REFUSED: _("카카오가 요청을 거절했어요. 서버를 운영하는 사람이 설정을 확인해야 해요."),
}
ONLY_THERE = _("카카오맵에만 있어요 · 시간 정보 없음")


@dataclass(frozen=True, slots=True)
class Live:
    """Places that only the other company lists, nearest first; `reason` says why nobody was asked, "" when asked.

    `upstream_reason` is the operator's word for an answer that did not come. Metres are from the place asked for.
    """

    found: tuple[PlaceFact, ...]
    source: str
    reason: str = ""
    upstream_reason: str = ""

    @property
    def words(self) -> str | Promise:
        """Say why there is nothing, "" where there was an answer."""
        return REASON_WORDS.get(self.reason, "")


def live_near(person: Person | None, place: Place, radius: int = 2000) -> Live:
    """Ask whom the operator chose which pharmacies are near, for a person whose switch is on, and list the unknown.

    The switch is read anew from the database: a cached yes must not send anybody's position.
    """
    source = maps.source()
    if reason := _closed(person, place):
        return Live((), source, reason)
    try:
        with leaving(person.id if person else None, "places"):
            listed = maps.pharmacies_near(place.latitude, place.longitude, radius=radius)
    except maps.Unavailable as fault:
        return Live((), source, UNAVAILABLE, fault.reason)
    except maps.Refused as fault:
        return Live((), source, REFUSED, fault.reason)
    measured = [replace(one, distance_m=_metres(place, one)) for one in listed]
    return Live(only_there(measured, _shelf_around(place, measured)), source)


def only_there(listed: Iterable[PlaceFact], shelf: Sequence[Near]) -> tuple[PlaceFact, ...]:
    """Keep those which the shelf lacks, nearest first."""
    doors = [(one.pharmacy.place, _plain(one.pharmacy.name)) for one in shelf if one.pharmacy.place is not None]
    lacking = [one for one in listed if not any(_is_same(one, spot, name) for spot, name in doors)]
    return tuple(sorted(lacking, key=lambda one: (one.distance_m or 0, one.name)))


def _shelf_around(place: Place, measured: Sequence[PlaceFact]) -> tuple[Near, ...]:
    """List what the shelf has as far as the farthest of another list, and a building further."""
    if not measured:
        return ()
    radius = max(one.distance_m or 0 for one in measured) + SAME_M + 1
    return pharmacies.nearby(place, at=clock.now(), radius=radius, limit=SHELF_LIMIT).found


def _closed(person: Person | None, place: Place) -> str:
    """Tell why nobody may be asked, "" when somebody may."""
    if not maps.may_be_asked():
        return NOT_OFFERED
    if person is None or not place_may_leave(person.id):
        return NOT_AGREED
    return "" if pharmacies.in_korea(place) else OUTSIDE


def _is_same(listed: PlaceFact, spot: Place, name: str) -> bool:
    return _plain(listed.name) == name and _metres(spot, listed) <= SAME_M


def _metres(here: Place, there: PlaceFact) -> int:
    return round(pharmacies.haversine_m(here, Place(there.latitude, there.longitude)))


def _plain(name: str) -> str:
    return "".join(name.split()).casefold()
