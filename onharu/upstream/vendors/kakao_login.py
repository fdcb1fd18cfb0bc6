"""Kakao's dialect of signing in: OpenID over OAuth 2 with PKCE, its key set, its account, its error codes.

An error of the token address is a 400 or 401 with `error` and `error_code` (KOE…). The account's id is a 64-bit
number; its e-mail address is worth something only when Kakao calls it valid and verified.
https://developers.kakao.com/docs/latest/ko/kakaologin/rest-api
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from onharu.upstream.faults import Refused, Unavailable
from onharu.upstream.http import Answer, Http, Limits

AUTH_URL = "https://kauth.kakao.com"
API_URL = "https://kapi.kakao.com"
ISSUER = "https://kauth.kakao.com"
AUTHORISE, TOKEN, KEYS, ME = "/oauth/authorize", "/oauth/token", "/.well-known/jwks.json", "/v2/user/me"
FORM = {"Content-Type": "application/x-www-form-urlencoded;charset=utf-8", "Accept": "application/json"}
# The reason of a fault that is the browser's and not the operator's: a code that is used, expired or another app's.
CODE_REFUSED = "code_refused"
LARGEST_ID = 2**63 - 1

OPAQUE = re.compile(r"\A[!-~]{1,4000}\Z")


@dataclass(frozen=True, slots=True)
class Tokens:
    """What a code was exchanged for."""

    access: str
    id_token: str


@dataclass(frozen=True, slots=True)
class Account:
    """Who somebody is at Kakao; `email` is "" unless Kakao calls it valid and verified."""

    id: str
    email: str
    nickname: str


def authorise_url(auth_url: str, params: Mapping[str, str]) -> str:
    """Spell the address of the consent page."""
    return f"{auth_url}{AUTHORISE}?{urlencode(params)}"


def tokens(http: Http, auth_url: str, form: Mapping[str, str], limits: Limits) -> Tokens:
    """Exchange a code. Raises Unavailable or Refused, with `CODE_REFUSED` when the code itself is no good."""
    answer = http.request(
        "POST", f"{auth_url}{TOKEN}", headers=FORM, content=urlencode(form).encode("ascii"), limits=limits
    )
    said = _object(answer)
    access, id_token, kind = said.get("access_token"), said.get("id_token"), said.get("token_type")
    if "error" in said or not isinstance(kind, str) or kind.lower() != "bearer":
        raise Refused(answer.upstream, CODE_REFUSED)
    if not (isinstance(access, str) and OPAQUE.match(access)):
        raise Unavailable(answer.upstream, "garbled")
    if not isinstance(id_token, str):
        # OpenID Connect was not switched on in Kakao's console.
        raise Refused(answer.upstream, "openid_switched_off")
    return Tokens(access, id_token)


def key_set(http: Http, auth_url: str, limits: Limits) -> Any:
    """Fetch the keys that sign id_tokens, as they are said."""
    return http.request("GET", f"{auth_url}{KEYS}", headers={"Accept": "application/json"}, limits=limits).json()


def account(http: Http, api_url: str, access: str, limits: Limits) -> Account:
    """Ask whom an access token stands for. Raises Unavailable or Refused."""
    answer = http.request("GET", f"{api_url}{ME}", headers={"Authorization": f"Bearer {access}"}, limits=limits)
    said = _object(answer)
    number = said.get("id")
    if not isinstance(number, int) or isinstance(number, bool) or not 0 < number <= LARGEST_ID:
        raise Unavailable(answer.upstream, "garbled")
    known = said.get("kakao_account")
    known = known if isinstance(known, dict) else {}
    profile = known.get("profile")
    return Account(
        id=str(number),
        email=_email(known),
        nickname=_text(profile.get("nickname")) if isinstance(profile, dict) else "",
    )


def verdict(answer: Answer) -> None:
    """Raise the fault that Kakao names in its body, where the status alone says less."""
    if answer.status not in {400, 401}:
        return
    try:
        said = answer.json()
    except Unavailable:
        said = None
    error = said.get("error") if isinstance(said, dict) else None
    if error in {"invalid_grant", "invalid_request"}:
        raise Refused(answer.upstream, CODE_REFUSED)
    raise Refused(answer.upstream, "unauthorised" if answer.status == 401 else "not_understood")


def _object(answer: Answer) -> dict[str, Any]:
    said = answer.json()
    if not isinstance(said, dict):
        raise Unavailable(answer.upstream, "garbled")
    return said


def _email(known: dict[str, Any]) -> str:
    trusted = known.get("is_email_valid") is True and known.get("is_email_verified") is True
    return _text(known.get("email")) if trusted else ""


def _text(value: object) -> str:
    """Read a text without what cannot be seen or stored; "" for anything else."""
    return "".join(letter for letter in value[:254] if letter.isprintable()) if isinstance(value, str) else ""
