"""Messages to a person's own browser while no page is open: the door.

The browser's maker runs the server in between (RFC 8030). It sees when a message of one size goes to which browser, and
cannot read it: the body is encrypted to that browser's keys (RFC 8291). The address comes from the browser, that is,
from whoever says to be one, so it is never trusted: https, public addresses, the usual port.
"""

from __future__ import annotations

from onharu.upstream import registry
from onharu.upstream.web_push.addresses import endpoint_fault, is_key_pair
from onharu.upstream.web_push.port import Backend, Gone, Message, Refused, Sent, Subscription, Unavailable, Urgency

__all__ = [
    "Gone",
    "Message",
    "Refused",
    "Sent",
    "Subscription",
    "Unavailable",
    "Urgency",
    "endpoint_fault",
    "homes",
    "is_key_pair",
    "is_offered",
    "public_key",
    "send",
]

CAPABILITY = "web_push"


def send(subscription: Subscription, message: Message) -> Sent | Gone:
    """Hand a message to a browser's server, once; Gone means that the browser wants none any more.

    Raises Unavailable (try later; `retry_after` where the server said it) or Refused (this message never goes).
    """
    return _chosen().send(subscription, message)


def public_key() -> str:
    """Tell the key that browsers subscribe with, as base64url; "" where no messages are offered."""
    return _chosen().public_key()


def is_offered() -> bool:
    """Whether this house sends messages to browsers at all."""
    return bool(_chosen().offered)


def homes() -> tuple[str, ...]:
    """List the origins of push servers that the operator runs; they need be neither public nor https."""
    return _chosen().homes


def _chosen() -> Backend:
    chosen: Backend = registry.backend_of(CAPABILITY)
    return chosen
