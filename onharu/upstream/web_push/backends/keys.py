"""The key that this house signs its messages with (VAPID): given by the operator, else made once and kept."""

from __future__ import annotations

import base64
import os
import secrets
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from py_vapid import Vapid02

PRIVATE_BYTES = 32


def key_of(said: str, kept: Path) -> Vapid02:
    """Read the operator's key (PEM, or 32 bytes as base64url), else the kept one, which is made at the first use.

    Raises ValueError when the operator's words are no key of P-256.
    """
    if said:
        return Vapid02(_read(said))
    if not kept.exists():
        _make(kept)
    return Vapid02(_read(kept.read_text(encoding="ascii")))


def public_of(key: Vapid02) -> str:
    """Write the public half the way browsers want it."""
    point = key.public_key.public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)
    return base64.urlsafe_b64encode(point).rstrip(b"=").decode()


def _read(said: str) -> ec.EllipticCurvePrivateKey:
    if "BEGIN" in said:
        found = serialization.load_pem_private_key(said.replace("\\n", "\n").encode(), password=None)
    else:
        number = base64.urlsafe_b64decode(said.strip().rstrip("=") + "=" * (-len(said.strip().rstrip("=")) % 4))
        if len(number) != PRIVATE_BYTES:
            raise ValueError("a private key of P-256 has 32 bytes")
        found = ec.derive_private_key(int.from_bytes(number, "big"), ec.SECP256R1())
    if not isinstance(found, ec.EllipticCurvePrivateKey) or found.curve.name != "secp256r1":
        raise ValueError("not a private key of P-256")
    return found


def _make(kept: Path) -> None:
    """Make a key that only we may read; of two processes at once the first one's stands, whole."""
    kept.parent.mkdir(parents=True, exist_ok=True)
    pem = ec.generate_private_key(ec.SECP256R1()).private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    draft = kept.with_name(f"{kept.name}.{secrets.token_hex(6)}")
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(pem)
            file.flush()
            os.fsync(file.fileno())
        os.link(draft, kept)
    except FileExistsError:
        pass
    finally:
        draft.unlink(missing_ok=True)
