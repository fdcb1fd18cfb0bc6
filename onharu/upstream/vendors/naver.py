"""Naver's dialect of signing in: OAuth 2 with a state and without PKCE, errors with status 200, ids as text.

The token address answers errors with HTTP 200 and `error`; the account's answer counts only with `resultcode` "00",
as refusals come with 200 too. Naver does not say whether an e-mail address was verified, so it never is.
https://developers.naver.com/docs/login/api/api.md
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from onharu.upstream.faults import Refused, Unavailable
from onharu.upstream.http import Answer, Http, Limits

AUTH_URL = "https://nid.naver.com"
API_URL = "https://openapi.naver.com"
AUTHORISE, TOKEN, ME = "/oauth2.0/authorize", "/oauth2.0/token", "/v1/nid/me"
FORM = {"Content-Type": "application/x-www-form-urlencoded;charset=utf-8", "Accept": "application/json"}
# The reason of a fault that is the browser's and not the operator's: a code that is used, expired or another app's.
CODE_REFUSED = "code_refused"
FINE = "00"
# Errors of the token address that only the operator can mend.
OURS = frozenset({"unauthorized_client", "invalid_client", "client_id", "client_secret"})

OPAQUE = re.compile(r"\A[!-~]{1,4000}\Z")
ID = re.compile(r"\A[!-~]{1,64}\Z")


@dataclass(frozen=True, slots=True)
class Account:
    """Who somebody is at Naver. `email` may be any address that they once wrote there."""

    id: str
    email: str
    nickname: str


def authorise_url(auth_url: str, params: Mapping[str, str]) -> str:
    """Spell the address of the consent page."""
    return f"{auth_url}{AUTHORISE}?{urlencode(params)}"


def access_token(http: Http, auth_url: str, form: Mapping[str, str], limits: Limits) -> str:
    """Exchange a code. Raises Unavailable or Refused, with `CODE_REFUSED` when the code itself is no good."""
    answer = http.request(
        "POST", f"{auth_url}{TOKEN}", headers=FORM, content=urlencode(form).encode("ascii"), limits=limits
    )
    said = _object(answer)
    if "error" in said:
        raise Refused(answer.upstream, "unauthorised" if said["error"] in OURS else CODE_REFUSED)
    access, kind = said.get("access_token"), said.get("token_type")
    if not isinstance(kind, str) or kind.lower() != "bearer":
        raise Refused(answer.upstream, CODE_REFUSED)
    if not (isinstance(access, str) and OPAQUE.match(access)):
        raise Unavailable(answer.upstream, "garbled")
    return access


def account(http: Http, api_url: str, access: str, limits: Limits) -> Account:
    """Ask whom an access token stands for. Raises Unavailable or Refused."""
    answer = http.request("GET", f"{api_url}{ME}", headers={"Authorization": f"Bearer {access}"}, limits=limits)
    said = _object(answer)
    if said.get("resultcode") != FINE:
        raise Refused(answer.upstream, CODE_REFUSED)
    known = said.get("response")
    subject = known.get("id") if isinstance(known, dict) else None
    if not isinstance(known, dict) or not isinstance(subject, str) or not ID.match(subject):
        raise Unavailable(answer.upstream, "garbled")
    return Account(id=subject, email=_text(known.get("email")), nickname=_text(known.get("nickname")))


def verdict(answer: Answer) -> None:
    """Raise the fault for a refusal, which Naver says with 400 or 401 now and then."""
    if answer.status in {400, 401}:
        raise Refused(answer.upstream, CODE_REFUSED)


def _object(answer: Answer) -> dict[str, Any]:
    said = answer.json()
    if not isinstance(said, dict):
        raise Unavailable(answer.upstream, "garbled")
    return said


def _text(value: object) -> str:
    """Read a text without what cannot be seen or stored; "" for anything else."""
    return "".join(letter for letter in value[:254] if letter.isprintable()) if isinstance(value, str) else ""
