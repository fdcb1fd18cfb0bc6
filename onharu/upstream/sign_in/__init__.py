"""Signing in with another company: the door. Without keys nobody is offered.

It knows no account: whom an identity belongs to here is decided by who asks. The tokens of the company are used for
the moment of the sign-in and forgotten; nothing of them is kept.
"""

from __future__ import annotations

from onharu.upstream import registry
from onharu.upstream.sign_in.port import Asking, Backend, Identity, NotProven, Provider, Refused, Returning, Unavailable

__all__ = [
    "Asking",
    "Identity",
    "NotProven",
    "Refused",
    "Returning",
    "Unavailable",
    "authorise_url",
    "identity_of",
    "offered",
]

CAPABILITY = "sign_in"


def offered() -> tuple[str, ...]:
    """Name the companies with which somebody can sign in here; none without keys."""
    return tuple(provider.name for provider in _chosen().providers())


def authorise_url(provider: str, asking: Asking) -> str:
    """Spell the address where a browser is sent to. Raises Refused for a company that is not offered."""
    return _of(provider).authorise_url(asking)


def identity_of(provider: str, returning: Returning) -> Identity:
    """Find out whom a code stands for. Raises NotProven, Unavailable (later) or Refused (the operator's keys)."""
    return _of(provider).identity_of(returning)


def _of(name: str) -> Provider:
    for provider in _chosen().providers():
        if provider.name == name:
            return provider
    raise Refused(name, "not_offered")


def _chosen() -> Backend:
    chosen: Backend = registry.backend_of(CAPABILITY)
    return chosen
