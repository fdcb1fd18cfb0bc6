"""Where a form goes on when it is done: on this host, by a path."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme


def own_path(request: HttpRequest, wish: str, otherwise: str) -> str:
    """Believe a wished address only when it is a path of this host; anything else is `otherwise`.

    A word that begins with no slash is no path: `redirect` would look for a view of that name.
    """
    hosts, safely = {request.get_host()}, request.is_secure()
    own = wish.startswith("/") and url_has_allowed_host_and_scheme(wish, allowed_hosts=hosts, require_https=safely)
    return wish if own else otherwise
