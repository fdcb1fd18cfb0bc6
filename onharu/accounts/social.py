"""The small secrets of a sign-in with another company: what is drawn, what is derived, what is kept as a hash.

A browser keeps one secret in a cookie. With the state it yields the PKCE verifier and the nonce, so neither is stored:
only somebody who has both the cookie and the address of the return can finish what was begun.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import secrets
from urllib.parse import unquote

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

HOME = "/today/"
LONGEST_PATH = 500
# RFC 7636: a verifier has 43 to 128 letters; S256 of one has 43.
VERIFIER = re.compile(r"\A[A-Za-z0-9._~-]{43,128}\Z")
CHALLENGE = re.compile(r"\A[A-Za-z0-9_-]{43}\Z")
SECRET = re.compile(r"\A[A-Za-z0-9_-]{43}\Z")


def drawn() -> str:
    """Draw a secret of 256 bits."""
    return secrets.token_urlsafe(32)


def digest(secret: str) -> str:
    """Hash a secret of 256 bits; one that long needs no salt."""
    return hashlib.sha256(secret.encode()).hexdigest()


def derived(browser: str, state: str, purpose: str) -> str:
    """Derive the verifier or the nonce of one sign-in from the browser's secret and the state."""
    mark = hmac.new(browser.encode(), f"{purpose}:{state}".encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(mark).rstrip(b"=").decode()


def challenge_of(verifier: str) -> str:
    """Spell S256 of a verifier."""
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()


def own_path(wish: str) -> str:
    """Read where to go on: a path of this house, in whichever way it is spelled; for anything else, home."""
    spellings = {wish, unquote(wish), unquote(unquote(wish))}
    return wish if len(wish) <= LONGEST_PATH and all(_is_own(one) for one in spellings) else HOME


def session_mark(request: HttpRequest) -> str:
    """Name the session of a request without giving it away; "" for somebody without one."""
    key = request.session.session_key
    return digest(f"onharu.accounts.link:{key}") if key else ""


def _is_own(path: str) -> bool:
    return (
        path.startswith("/")
        and "\\" not in path
        and path.isprintable()
        and url_has_allowed_host_and_scheme(path, allowed_hosts=None)
    )
