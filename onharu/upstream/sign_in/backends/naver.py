"""Signs somebody in with Naver.

Naver knows neither PKCE nor a nonce: the state, used once and bound to the browser that began, stands for both, and
the code is worth nothing without our secret.
"""

from __future__ import annotations

from onharu.upstream.faults import Refused
from onharu.upstream.http import Http, Limits
from onharu.upstream.sign_in.backends.budget import CALL, TOTAL, Budget
from onharu.upstream.sign_in.port import Asking, Identity, NotProven, Returning
from onharu.upstream.vendors import naver as dialect


class Naver:
    """Naver's OAuth 2; which facts it tells is set in Naver's console."""

    name = "naver"

    def __init__(
        self,
        client_id: str,
        client_secret: str,
        auth_url: str = "",
        api_url: str = "",
        limits: Limits = CALL,
        seconds: float = TOTAL,
    ) -> None:
        self._client_id, self._client_secret = client_id, client_secret
        self._auth_url = (auth_url or dialect.AUTH_URL).rstrip("/")
        self._api_url = (api_url or dialect.API_URL).rstrip("/")
        self._limits, self._seconds = limits, seconds
        homes = [said for said in (auth_url, api_url) if said]
        self._http = Http("naver_sign_in", homes=homes, limits=limits, verdict=dialect.verdict)

    def authorise_url(self, asking: Asking) -> str:
        """Spell the address of Naver's consent page."""
        return dialect.authorise_url(
            self._auth_url,
            {
                "response_type": "code",
                "client_id": self._client_id,
                "redirect_uri": asking.redirect_uri,
                "state": asking.state,
            },
        )

    def identity_of(self, returning: Returning) -> Identity:
        """Exchange the code and ask who that is. What Naver says of an e-mail address is never taken as verified."""
        budget = Budget(self._http.upstream, self._limits, self._seconds)
        form = {
            "grant_type": "authorization_code",
            "client_id": self._client_id,
            "client_secret": self._client_secret,
            "code": returning.code,
            "state": returning.state,
            "redirect_uri": returning.redirect_uri,
        }
        try:
            access = dialect.access_token(self._http, self._auth_url, form, budget.limits())
            account = dialect.account(self._http, self._api_url, access, budget.limits())
        except Refused as fault:
            if fault.reason == dialect.CODE_REFUSED:
                raise NotProven(self.name, fault.reason) from None
            raise
        return Identity(
            provider=self.name, subject=account.id, email=account.email, email_verified=False, nickname=account.nickname
        )
