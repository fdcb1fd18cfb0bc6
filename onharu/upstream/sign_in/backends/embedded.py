"""Offers nobody: people sign in with a name and a password, without a network."""

from __future__ import annotations

from onharu.upstream.sign_in.port import Provider


class Backend:
    """The default: no key, no network."""

    source = "embedded"
    leaves_home = False

    def lacks(self) -> str:
        """Name what would let somebody be offered."""
        return "KAKAO_REST_KEY, or NAVER_CLIENT_ID and NAVER_CLIENT_SECRET"

    def providers(self) -> tuple[Provider, ...]:
        """Offer nobody."""
        return ()
