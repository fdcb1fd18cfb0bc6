"""Every address that a browser can open, filled with the rows of a person: taken from the resolver, so none is left out."""

from __future__ import annotations

import re
from typing import Any

from tests.isolation import every_route
from tests.test_strangers import about, address

# What no browser opens as a page, and why.
NO_PAGES = {
    "api/": "answers JSON",
    "auth/": "answers JSON",
    "events/": "a stream that does not end",
    "admin/": "staff's, opened as staff",
    "pharm": "an old spelling of the API",
    "search/": "an old spelling of the API",
    "static/": "files",
}
# Pages that are not there for this person today, and why.
ABSENT = {
    "me/connections/kakao/": "needs a key of Kakao's",
    "me/connections/naver/": "needs a key of Naver's",
}
# Pages of a share are for whom it was given to.
THE_VIEWERS = ("medicines/family/<int:pk>/", "medicines/family/<int:pk>/part/")
# Addresses of nobody's row: what fills them. Names of `rows` where it is made.
SHARED = {
    "goals/targets/<slug:key>/": "protein_g",
    "insights/<slug:rule>/": "sodium",
    "me/consents/<slug:purpose>/": "photos",
    "meals/foods/recipes/find/<slug:row>/": "a",
    "medicines/<item_seq:item_seq>/": "@tablet",
    "pharmacies/<int:pk>/": "@pharmacy",
    "calendar/<slug:secret>.ics": "@secret",
    "erased/<slug:receipt>/": "@receipt",
}
_PART = re.compile(r"<[^>]+>")


def page_routes() -> list[str]:
    """Every route that may be a page."""
    return sorted({one for one in every_route() if not one.startswith(tuple(NO_PAGES)) and "$" not in one})


def filled(route: str, rows: dict[str, Any]) -> str:
    """A route with somebody's rows in it; fails by name where there is none."""
    if "<" not in route:
        return "/" + route
    for begins, value in SHARED.items():
        if route.startswith(begins):
            return "/" + _PART.sub(str(rows[value[1:]] if value.startswith("@") else value), route, count=1)
    row = about(route)
    if row is None:
        raise LookupError(f"no row for {route}: name one in SHARED or in tests.test_strangers.ROWS")
    return address(route, rows[row])
