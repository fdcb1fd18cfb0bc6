"""A link that hands one place over to the map of the phone. Nothing is sent anywhere until somebody taps it."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote, urlencode

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from onharu.catalog.pharmacies.public import Place

APPLE = ("iphone", "ipad", "ipod")


@dataclass(frozen=True, slots=True)
class MapLink:
    """Where the link leads, and what it says."""

    href: str
    words: str | Promise


def map_links(name: str, place: Place, user_agent: str) -> MapLink:
    """Spell the link for whoever looks: Apple's map, whatever map Android has, else KakaoMap's page.

    An iPad that says to be a Macintosh gets KakaoMap, which it opens as well. Only the pharmacy's own name and place
    are in it, never where somebody stands.
    """
    device = user_agent.lower()
    spot = f"{place.latitude:.6f},{place.longitude:.6f}"
    if any(one in device for one in APPLE):
        query = urlencode({"q": name, "ll": spot}, quote_via=quote, safe=",")
        return MapLink(f"https://maps.apple.com/?{query}", _("지도 앱에서 열기"))
    if "android" in device:
        # Brackets around the label belong to the scheme, so those of the name are written otherwise.
        return MapLink(f"geo:{spot}?q={spot}({quote(name, safe='')})", _("지도 앱에서 열기"))
    # KakaoMap takes its address apart at commas, after decoding it.
    return MapLink(
        f"https://map.kakao.com/link/map/{quote(name.replace(',', ' '), safe='')},{spot}", _("카카오맵에서 열기")
    )
