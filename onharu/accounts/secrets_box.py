"""Small secrets in rows that are not ours: sealed with a key that is drawn from the field keys and does not rotate.

The rotation of field keys walks over sealed columns (docs/decisions/0095); allauth.mfa keeps secrets inside of JSON.
"""

from __future__ import annotations

import os
from base64 import urlsafe_b64decode, urlsafe_b64encode

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from onharu.kernel.sealing import Unreadable, keyed

ABOUT = b"onharu.accounts.secrets_box"
NONCE = 12


def shut(text: str) -> str:
    """Seal a text."""
    nonce = os.urandom(NONCE)
    return urlsafe_b64encode(nonce + _box().encrypt(nonce, text.encode(), ABOUT)).decode()


def opened(sealed: str) -> str:
    """Open a text. Raises Unreadable, which says nothing of what it was."""
    try:
        whole = urlsafe_b64decode(sealed)
        return _box().decrypt(whole[:NONCE], whole[NONCE:], ABOUT).decode()
    except (InvalidTag, ValueError):
        raise Unreadable("A secret of a second factor does not open: the field keys are others.") from None


def _box() -> AESGCM:
    return AESGCM(bytes.fromhex(keyed(ABOUT)))
