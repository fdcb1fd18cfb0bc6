"""Which addresses and keys may be a browser's. Plain Python; names are looked up only when something is sent."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Collection
from ipaddress import ip_address
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric import ec

LONGEST_ENDPOINT = 1000
HTTPS_PORT = 443
SECRET_BYTES = 16


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
    try:
        ip_address(host)
    except ValueError:
        return "" if "." in host.strip(".") else "not_public"
    return "not_public"  # a browser's server has a name


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
