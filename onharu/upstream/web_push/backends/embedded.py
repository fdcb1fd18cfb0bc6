"""Speaks to browsers' servers ourselves: RFC 8030, 8188, 8291 and 8292. No account with anybody is needed."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from threading import RLock
from urllib.parse import urlsplit

import http_ece
from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings
from py_vapid import Vapid02

from onharu.kernel import clock
from onharu.upstream import guard
from onharu.upstream.breaker import Breaker
from onharu.upstream.faults import Refused
from onharu.upstream.http import Http, Limits
from onharu.upstream.web_push.addresses import endpoint_fault, raw
from onharu.upstream.web_push.backends import keys
from onharu.upstream.web_push.port import LONGEST, Gone, Message, Sent, Subscription

SOURCE = "web_push"
LIMITS = Limits(deadline=8.0, connect=3.0, max_bytes=64_000, attempts=1)
GONE = {"not_found": 404, "gone": 410}
SIGNED_SECONDS = 12 * 3600  # RFC 8292 allows 24 hours at most
SERVERS_KEPT = 32
NO_SUBJECT = "https://onharu.invalid"
KEY_FILE = "vapid.pem"


class Backend:
    """Encrypts, signs and posts. `homes` are origins of push servers that the operator runs themselves."""

    source = SOURCE
    leaves_home = True
    offered = True
    sends = "reminders that only the person's own browser can read"
    sends_hint = "Only to browsers whose owner switched that on. WEB_PUSH=off keeps every message at home."

    def __init__(
        self,
        *,
        key: str = "",
        subject: str = "",
        homes: Sequence[str] = (),
        folder: str | Path | None = None,
        resolve: guard.Resolve = guard.resolved,
    ) -> None:
        self.homes = tuple(home.rstrip("/") for home in homes)
        self._said, self._subject, self._resolve = key, subject, resolve
        self._folder = None if folder is None else Path(folder)
        self._lock = RLock()
        self._key: Vapid02 | None = None
        self._wires = lru_cache(maxsize=SERVERS_KEPT)(self._wire)

    def send(self, subscription: Subscription, message: Message) -> Sent | Gone:
        """Post one message, once: whether it is tried again is for whoever keeps the count."""
        if word := endpoint_fault(subscription.endpoint, self.homes):
            raise Refused(SOURCE, word)
        if len(message.payload) > LONGEST:
            raise Refused(SOURCE, "too_long")
        origin = "{0.scheme}://{0.netloc}".format(urlsplit(subscription.endpoint))
        headers = {
            "Content-Encoding": "aes128gcm",
            "Content-Type": "application/octet-stream",
            "TTL": str(message.ttl),
            "Topic": message.topic,
            "Urgency": message.urgency,
            **self._signed(origin),
        }
        try:
            answer = self._wires(origin).request(
                "POST", subscription.endpoint, headers=headers, content=_encrypted(subscription, message.payload)
            )
        except Refused as fault:
            if fault.reason in GONE:
                return Gone(GONE[fault.reason])
            raise
        return Sent(answer.status)

    def public_key(self) -> str:
        """Tell the key that browsers subscribe with; made and kept at the first use."""
        return keys.public_of(self._vapid())

    def lacks(self) -> str:
        """A way for push servers' operators to reach this house's; Apple's server insists on it."""
        return "" if self._subject else "VAPID_SUBJECT (mailto: or https:)"

    def _vapid(self) -> Vapid02:
        with self._lock:
            if self._key is None:
                self._key = keys.key_of(self._said, (self._folder or Path(settings.ONHARU_DATA)) / KEY_FILE)
            return self._key

    def _signed(self, origin: str) -> dict[str, str]:
        expires = int(clock.now().timestamp()) + SIGNED_SECONDS
        claims = {"aud": origin, "exp": expires, "sub": self._subject or NO_SUBJECT}
        signed: dict[str, str] = self._vapid().sign(claims)
        return signed

    def _wire(self, origin: str) -> Http:
        """Make the way to one server, with a circuit of its own: a server that one person named stops nobody else."""
        name = f"{SOURCE}_{hashlib.sha256(origin.encode()).hexdigest()[:8]}"
        return Http(SOURCE, homes=self.homes, limits=LIMITS, breaker=Breaker(name), resolve=self._resolve)


def _encrypted(subscription: Subscription, payload: bytes) -> bytes:
    try:
        body: bytes = http_ece.encrypt(
            payload,
            private_key=ec.generate_private_key(ec.SECP256R1()),
            dh=raw(subscription.p256dh),
            auth_secret=raw(subscription.auth),
            version="aes128gcm",
        )
    except (ValueError, http_ece.ECEException):
        raise Refused(SOURCE, "bad_keys") from None
    return body
