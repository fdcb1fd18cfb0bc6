"""Who may be shown another company's map, and what a page with it allows. Every other page stays as closed as ever.

Kakao's script writes `style` attributes into its own markup, so that page allows inline styles; no inline script and
no `eval` (docs/decisions/0083-a-map-without-a-key.md).
"""

from __future__ import annotations

from csp.constants import UNSAFE_INLINE
from csp.decorators import csp_update
from django.http import HttpRequest, HttpResponse

from onharu.accounts.public import Person
from onharu.upstream import maps
from onharu.upstream.maps import BrowserMap


def browser_map_for(person: Person | None) -> BrowserMap | None:
    """Tell how this person's browser loads a map; None unless the operator has one and the person agreed."""
    return maps.browser_map() if person is not None and person.place_may_leave else None


def allow_map(response: HttpResponse, person: Person | None) -> HttpResponse:
    """Open the policy of one page for the map's hosts, when this person may be shown it; else leave it closed."""
    if browser_map_for(person) is None:
        return response
    allowed = {directive: list(hosts) for directive, hosts in maps.hosts().items()}
    csp_update({**allowed, "style-src": [UNSAFE_INLINE]})(lambda _: response)(HttpRequest())
    return response
