"""From where a request comes, as far as those who stand before us can be believed."""

from __future__ import annotations

from functools import lru_cache
from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest

# One subscriber has a whole such network and may change addresses within it at will.
SUBSCRIBER_BITS = 64


def address_of(request: HttpRequest) -> str:
    """Tell the address a request comes from, of IPv6 its /64 network; "" where there is none, as on a Unix socket.

    `TRUSTED_PROXIES` says how many proxies of ours append to `X-Forwarded-For`. What stands there before theirs was
    written by the caller and is not believed.
    """
    proxies = settings.ALLAUTH_TRUSTED_PROXY_COUNT
    chain = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if proxies else []
    behind = chain[-proxies] if len(chain) >= proxies > 0 else ""
    return _spelled(behind.strip()) or _spelled(request.META.get("REMOTE_ADDR", ""))


@lru_cache(maxsize=4096)
def _spelled(address: str) -> str:
    try:
        known = ip_address(address)
    except ValueError:
        return ""
    if not isinstance(known, IPv6Address):
        return str(known)
    if known.ipv4_mapped:
        return str(known.ipv4_mapped)
    return str(ip_network((int(known), SUBSCRIBER_BITS), strict=False))
