"""A browser and its maker's server on loopback: it reads what is sent with the browser's own keys, by the RFCs' letters.

The decryption is written here from RFC 8188 and RFC 8291 with `cryptography` alone, so that the library which encrypts
is not what says that it did.
"""

from __future__ import annotations

import base64
import json
import struct
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

POINT = (serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)


def text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def raw_of(said: str) -> bytes:
    return base64.urlsafe_b64decode(said + "=" * (-len(said) % 4))


def derived(secret: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(hashes.SHA256(), length, salt, info).derive(secret)


class BrowserKeys:
    """The keys that a browser makes for one subscription."""

    def __init__(self, secret: bytes = b"sixteen secret b") -> None:
        self.private = ec.generate_private_key(ec.SECP256R1())
        self.auth = secret
        self.public = self.private.public_key().public_bytes(*POINT)

    @property
    def said(self) -> dict[str, str]:
        return {"p256dh": text(self.public), "auth": text(self.auth)}

    def read(self, body: bytes) -> bytes:
        """Decrypt one record of aes128gcm."""
        salt, size, length = body[:16], struct.unpack(">I", body[16:20])[0], body[20]
        server = body[21 : 21 + length]
        record = body[21 + length :]
        assert len(body) <= 4096
        assert len(record) <= size
        shared = self.private.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), server))
        key = derived(shared, self.auth, b"WebPush: info\0" + self.public + server, 32)
        content = derived(key, salt, b"Content-Encoding: aes128gcm\0", 16)
        nonce = derived(key, salt, b"Content-Encoding: nonce\0", 12)
        plain = AESGCM(content).decrypt(nonce, record, None)
        padded = plain.rstrip(b"\0")
        assert padded[-1:] == b"\2"  # the last record ends so
        return padded[:-1]


def claims_of(authorization: str) -> dict[str, Any]:
    """Read a VAPID header (RFC 8292) and verify its signature with the key that it names."""
    scheme, _, parts = authorization.partition(" ")
    assert scheme.lower() == "vapid"
    said = dict(part.strip().split("=", 1) for part in parts.split(","))
    head, body, signature = said["t"].split(".")
    assert json.loads(raw_of(head)) == {"typ": "JWT", "alg": "ES256"}
    numbers = raw_of(signature)
    assert len(numbers) == 64
    public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), raw_of(said["k"]))
    der = encode_dss_signature(int.from_bytes(numbers[:32], "big"), int.from_bytes(numbers[32:], "big"))
    public.verify(der, f"{head}.{body}".encode(), ec.ECDSA(hashes.SHA256()))
    return {**json.loads(raw_of(body)), "key": said["k"]}


@dataclass(slots=True)
class Came:
    """One request that arrived."""

    path: str
    headers: dict[str, str]
    body: bytes

    def header(self, name: str) -> str:
        return next((value for key, value in self.headers.items() if key.lower() == name.lower()), "")


@dataclass(slots=True)
class Answering:
    """How the server answers: a status, headers, and something to do before."""

    status: int = 201
    headers: dict[str, str] = field(default_factory=dict)
    before: Callable[[Came], None] = lambda _came: None
    after: Callable[[Came], None] = lambda _came: None


class _Quiet(ThreadingHTTPServer):
    """A server that says nothing of callers who hang up, as killed ones do."""

    def handle_error(self, *_: Any) -> None:
        """Be silent."""


class PushServer:
    """A browser maker's server; `came` is what arrived, in order. Subscriptions of any number of browsers lead to it."""

    def __init__(self, port: int = 0) -> None:
        self.came: list[Came] = []
        self.answering = Answering()
        self.browsers: dict[str, BrowserKeys] = {}
        self._server = _Quiet(("127.0.0.1", port), self._handler())
        self._server.daemon_threads = True
        self.base = f"http://127.0.0.1:{self._server.server_address[1]}"
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    def subscribe(self, name: str = "one") -> dict[str, Any]:
        """Make a browser, and say what it would say of its subscription."""
        self.browsers[name] = keys = BrowserKeys()
        return {"endpoint": f"{self.base}/push/{name}", "keys": keys.said}

    def read(self, came: Came) -> dict[str, Any]:
        """Decrypt what arrived, as the browser it was for."""
        said: dict[str, Any] = json.loads(self.browsers[came.path.rpartition("/")[2]].read(came.body))
        return said

    def messages(self) -> list[dict[str, Any]]:
        """Everything that arrived, read."""
        return [self.read(came) for came in self.came]

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                length = int(self.headers.get("Content-Length", 0))
                body = self.rfile.read(length)
                if len(body) < length:
                    return  # the caller hung up, or was killed, while it spoke
                came = Came(self.path, dict(self.headers.items()), body)
                outer.answering.before(came)
                outer.came.append(came)
                self.send_response(outer.answering.status)
                for name, value in outer.answering.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", "0")
                self.end_headers()
                outer.answering.after(came)

            def log_message(self, *_: Any) -> None:
                """Be silent."""

        return Handler
