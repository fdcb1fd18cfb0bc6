"""From where somebody signs in, told coarsely: the kind of device and the neighbourhood of the address."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address

from django.conf import settings
from django.http import HttpRequest

from onharu.accounts import principal, rules
from onharu.accounts.alerted import SeenDevice
from onharu.accounts.families import Family
from onharu.kernel import clock, walls
from onharu.kernel.callers import address_of
from onharu.kernel.sealing import keyed

MARK = "device_mark"
KNOWN = timedelta(days=60)
# A phone changes its address within such a network all day long.
V4_BITS, V6_BITS = 16, 32


@dataclass(frozen=True, slots=True)
class Where:
    """A kind of device, the beginning of its address, and a mark that knows both again and tells neither."""

    device: str = ""
    address: str = ""
    mark: str = ""


def where_of(request: HttpRequest, user_id: int) -> Where:
    """Tell from where a request comes; the whole address is not kept."""
    device, network = rules.device_of(request.headers.get("User-Agent", "")), network_of(address_of(request))
    mark = keyed(f"onharu.accounts.devices:{user_id}:{device}:{network}".encode())
    return Where(device=device, address=network, mark=mark)


def network_of(address: str) -> str:
    """Shorten an address to its network: 203.0.*.*, 2001:0db8:*; "" where there is none."""
    try:
        known = ip_address(address.partition("/")[0])
    except ValueError:
        return ""
    if isinstance(known, IPv6Address):
        return ":".join(known.exploded.split(":")[: V6_BITS // 16]) + ":*"
    return ".".join([*str(known).split(".")[: V4_BITS // 8], "*", "*"])


def meet(user_id: int, where: Where, *, until: datetime) -> bool:
    """Note that somebody signed in from here, with a session that lasts until then; tell whether it was known."""
    known = SeenDevice.objects.of(user_id).filter(mark=where.mark, known_until__gt=clock.now()).exists()
    SeenDevice.objects.bulk_create(
        [SeenDevice(owner_id=user_id, mark=where.mark, known_until=until + KNOWN)],
        update_conflicts=True,
        unique_fields=["owner", "mark"],
        update_fields=["known_until"],
    )
    return known


def leave(user_id: int, session_key: str) -> None:
    """Note that a session ends now, so that its device is known for two months from today and no longer."""
    mark = mark_of(session_key)
    if mark:
        with walls.as_person(user_id):  # who signs out by a refresh token alone is nobody yet
            SeenDevice.objects.of(user_id).filter(mark=mark).update(known_until=clock.now() + KNOWN)


def forget_mark(user_id: int, mark: str) -> None:
    """Know a device no more: who signs in from it next is told of."""
    SeenDevice.objects.of(user_id).filter(mark=mark).delete()


def mark_of(session_key: str) -> str:
    """Tell the mark of the device on which a living session was opened; "" where it does not say."""
    session = principal.session_of(session_key) if session_key else None
    return str(Family().decode(session.text).get(MARK, "")) if session else ""


def lasts_until() -> datetime:
    """Tell until when a session that opens now can be used."""
    return clock.now() + timedelta(seconds=settings.SESSION_COOKIE_AGE)
