"""What every company that vouches for people promises. Plain Python, in the words of the field."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from onharu.kernel import problems
from onharu.upstream.faults import Refused, Unavailable

__all__ = ["Asking", "Backend", "Identity", "NotProven", "Provider", "Refused", "Returning", "Unavailable"]


class NotProven(problems.Invalid):
    """What came back proves nobody: a code, a token or an answer that does not hold. `reason` is for logs alone."""

    code = "sign_in_not_proven"
    ko = "로그인을 확인하지 못했어요. 처음부터 다시 해 주세요."
    en = "The sign-in could not be confirmed. Please start again."

    def __init__(self, provider: str, reason: str) -> None:
        super().__init__()
        self.provider = provider
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Asking:
    """What goes along when a browser is sent out: `challenge` is S256 of the verifier (RFC 7636)."""

    state: str
    nonce: str
    challenge: str
    redirect_uri: str


@dataclass(frozen=True, slots=True)
class Returning:
    """What a browser came back with, and what was kept for that moment."""

    code: str
    state: str
    nonce: str
    verifier: str
    redirect_uri: str


@dataclass(frozen=True, slots=True)
class Identity:
    """Who somebody is at a company. Provider and `subject` are the identity; an e-mail address is only told."""

    provider: str
    subject: str
    email: str
    email_verified: bool
    nickname: str


class Provider(Protocol):
    """One company that vouches for people."""

    name: str

    def authorise_url(self, asking: Asking) -> str:
        """Spell the address where a browser is sent to."""

    def identity_of(self, returning: Returning) -> Identity:
        """Exchange a code for who it stands for. Raises NotProven, Unavailable or Refused."""


class Backend(Protocol):
    """Which companies may vouch."""

    source: str
    leaves_home: bool

    def lacks(self) -> str:
        """Name what the operator has to supply before anybody can be asked, "" for nothing."""

    def providers(self) -> tuple[Provider, ...]:
        """List the companies whose keys were given, in the order they are shown."""
