"""Which addresses and keys may be a browser's. Plain Python; names are looked up only when something is sent."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Collection
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric import ec

LONGEST_ENDPOINT = 1000
HTTPS_PORT = 443
SECRET_BYTES = 16
# A name of at least two parts whose last one begins with a letter. What has a number there is an address to somebody,
# in one of many spellings (2130706433, 0x7f.1, 0177.0.0.1); no server of a browser's maker is called so.
NAME = re.compile(r"(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)+([a-z](?:[a-z0-9-]{0,61}[a-z0-9]))")
# Last parts of names that are only known within a house (RFC 6761, 6762, 8375 and habit).
OF_A_HOUSE = frozenset(
    {"localhost", "localdomain", "local", "internal", "intranet", "lan", "home", "corp", "private", "arpa"}
)


def endpoint_fault(endpoint: str, homes: Collection[str] = ()) -> str:
    """Say what is wrong with an endpoint in one stable word, "" when nothing is. `homes` are the operator's origins."""
    if len(endpoint) > LONGEST_ENDPOINT or not endpoint.isascii() or any(sign <= " " for sign in endpoint):
        return "unreadable"
    try:
        parts = urlsplit(endpoint)
        port = parts.port
    except ValueError:
        return "unreadable"
    if f"{parts.scheme}://{parts.netloc}" in homes:
        return ""
    if parts.scheme != "https":
        return "not_https"
    if parts.username is not None or parts.password is not None or parts.fragment:
        return "unreadable"
    return _host_fault(parts.hostname or "", port)


def _host_fault(host: str, port: int | None) -> str:
    if port not in {None, HTTPS_PORT}:
        return "strange_port"
    named = NAME.fullmatch(host)
    return "not_public" if named is None or named[1] in OF_A_HOUSE else ""


def raw(text: str) -> bytes:
    """Read base64url with or without its padding; raises ValueError."""
    if not text.isascii() or any(not (sign.isalnum() or sign in "-_=") for sign in text):
        raise ValueError("not base64url")
    try:
        return base64.urlsafe_b64decode(text.rstrip("=") + "=" * (-len(text.rstrip("=")) % 4))
    except binascii.Error:
        raise ValueError("not base64url") from None


def is_key_pair(p256dh: str, auth: str) -> bool:
    """Whether these can be a browser's keys: a point that lies on the curve, and 16 bytes."""
    try:
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), raw(p256dh))
        return len(raw(auth)) == SECRET_BYTES
    except ValueError:
        return False
