"""Kakao and Naver, each as far as its keys were given."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from onharu.upstream.sign_in.backends.kakao import Kakao
from onharu.upstream.sign_in.backends.naver import Naver
from onharu.upstream.sign_in.port import Provider


class Backend:
    """The companies of the settings: `kakao` and `naver` hold the options of each, none leaves it out."""

    source = "kakao, naver"
    leaves_home = True
    sends = "that somebody signs in here, when they choose that company's button,"
    sends_hint = "Only people who press the button are sent there. Leave the keys out for names and passwords alone."

    def __init__(self, kakao: Mapping[str, Any] | None = None, naver: Mapping[str, Any] | None = None) -> None:
        made: tuple[Provider | None, ...] = (Kakao(**kakao) if kakao else None, Naver(**naver) if naver else None)
        self._providers = tuple(one for one in made if one is not None)
        self.source = ", ".join(one.name for one in self._providers)

    def lacks(self) -> str:
        """Name the keys when none was given."""
        return "" if self._providers else "KAKAO_REST_KEY, or NAVER_CLIENT_ID and NAVER_CLIENT_SECRET"

    def providers(self) -> tuple[Provider, ...]:
        """List those whose keys were given."""
        return self._providers
