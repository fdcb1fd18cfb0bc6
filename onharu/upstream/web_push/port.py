"""What every way of reaching a browser promises. Plain Python."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol

from onharu.upstream.faults import Refused, Unavailable

__all__ = ["Backend", "Gone", "Message", "Refused", "Sent", "Subscription", "Unavailable", "Urgency"]

Urgency = Literal["very-low", "low", "normal", "high"]
# What a message may hold: a record of 4,096 bytes less what encryption takes (RFC 8291, section 4).
LONGEST = 3993


@dataclass(frozen=True, slots=True)
class Subscription:
    """A browser: its server's address for it, and its keys as base64url (a point of P-256, 16 secret bytes)."""

    endpoint: str
    p256dh: str
    auth: str


@dataclass(frozen=True, slots=True)
class Message:
    """What is sent: at most `LONGEST` bytes that only the browser can read.

    The server keeps it `ttl` seconds for a browser that is away; a newer message of the same `topic` (at most 32 signs
    of base64url) takes its place there.
    """

    payload: bytes
    ttl: int
    topic: str
    urgency: Urgency = "high"


@dataclass(frozen=True, slots=True)
class Sent:
    """The browser's server took the message."""

    status: int


@dataclass(frozen=True, slots=True)
class Gone:
    """The browser does not take messages any more; forget the subscription."""

    status: int


class Backend(Protocol):
    """Somebody who hands messages to browsers."""

    source: str
    leaves_home: bool
    offered: bool
    homes: tuple[str, ...]

    def send(self, subscription: Subscription, message: Message) -> Sent | Gone:
        """Hand over one message, once. Raises Unavailable or Refused."""

    def public_key(self) -> str:
        """Tell the key that browsers subscribe with, "" for none."""

    def lacks(self) -> str:
        """Name what the operator has to supply, "" for nothing."""
