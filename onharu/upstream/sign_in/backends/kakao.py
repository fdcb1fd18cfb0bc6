"""Signs somebody in with Kakao: PKCE, state, nonce, and an id_token that is verified here."""

from __future__ import annotations

from collections.abc import Sequence

from onharu.upstream.faults import Refused
from onharu.upstream.http import Http, Limits
from onharu.upstream.sign_in.backends.budget import CALL, TOTAL, Budget
from onharu.upstream.sign_in.id_tokens import Expected, KeyRing, Keys, Untrue, public_keys, subject_of
from onharu.upstream.sign_in.port import Asking, Identity, NotProven, Returning
from onharu.upstream.vendors import kakao_login as dialect


class Kakao:
    """Kakao's OpenID Connect; it has to be switched on in Kakao's console."""

    name = "kakao"

    def __init__(
        self,
        client_id: str,
        client_secret: str = "",
        scopes: Sequence[str] = ("openid",),
        auth_url: str = "",
        api_url: str = "",
        limits: Limits = CALL,
        seconds: float = TOTAL,
    ) -> None:
        self._client_id, self._client_secret = client_id, client_secret
        self._scopes = tuple(dict.fromkeys(("openid", *scopes)))
        self._auth_url = (auth_url or dialect.AUTH_URL).rstrip("/")
        self._api_url = (api_url or dialect.API_URL).rstrip("/")
        self._limits, self._seconds = limits, seconds
        homes = [said for said in (auth_url, api_url) if said]
        self._http = Http("kakao_sign_in", homes=homes, limits=limits, verdict=dialect.verdict)
        self._ring = KeyRing(self._keys)

    def authorise_url(self, asking: Asking) -> str:
        """Spell the address of Kakao's consent page."""
        return dialect.authorise_url(
            self._auth_url,
            {
                "response_type": "code",
                "client_id": self._client_id,
                "redirect_uri": asking.redirect_uri,
                "scope": ",".join(self._scopes),
                "state": asking.state,
                "nonce": asking.nonce,
                "code_challenge": asking.challenge,
                "code_challenge_method": "S256",
            },
        )

    def identity_of(self, returning: Returning) -> Identity:
        """Exchange the code, verify the id_token and ask who that is; both must name the same person."""
        budget = Budget(self._http.upstream, self._limits, self._seconds)
        try:
            tokens = dialect.tokens(self._http, self._auth_url, self._form(returning), budget.limits())
            expected = Expected(dialect.ISSUER, self._client_id, returning.nonce)
            subject = subject_of(tokens.id_token, self._ring, expected)
            account = dialect.account(self._http, self._api_url, tokens.access, budget.limits())
        except Untrue as fault:
            raise NotProven(self.name, fault.reason) from None
        except Refused as fault:
            if fault.reason == dialect.CODE_REFUSED:
                raise NotProven(self.name, fault.reason) from None
            raise
        if subject != account.id:
            raise NotProven(self.name, "two_people")
        return Identity(
            provider=self.name,
            subject=subject,
            email=account.email,
            email_verified=bool(account.email),
            nickname=account.nickname,
        )

    def _form(self, returning: Returning) -> dict[str, str]:
        form = {
            "grant_type": "authorization_code",
            "client_id": self._client_id,
            "redirect_uri": returning.redirect_uri,
            "code": returning.code,
            "code_verifier": returning.verifier,
        }
        return form | ({"client_secret": self._client_secret} if self._client_secret else {})

    def _keys(self) -> Keys:
        return public_keys(dialect.key_set(self._http, self._auth_url, self._limits))
