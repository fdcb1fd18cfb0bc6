"""Repeatable creation: the same Idempotency-Key answers with the first reply and does nothing again.

The key's row, the effect and the saved reply are one transaction: a killed worker leaves none of them, a
second request with the same key waits for the first (unique index) and is then answered from its row.
Problems (4xx) roll back and are not saved. Replies are kept for `KEPT`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db import IntegrityError, models, transaction

from onharu.kernel import clock, measures
from onharu.kernel.jobs import periodic
from onharu.kernel.problems import Conflict, Invalid
from onharu.kernel.sealed import SealedBytesField
from onharu.kernel.sealing import keyed

KEPT = timedelta(hours=48)
LONGEST_KEY = 255


class KeyReused(Conflict):
    """The key was used for a different request."""

    status = 422
    code = "idempotency_key_reused"
    ko = "같은 Idempotency-Key가 다른 요청에 쓰였어요."
    en = "This Idempotency-Key was already used for a different request."


class SavedReply(models.Model):
    """The first reply to a key, exactly as it was sent."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=LONGEST_KEY)
    fingerprint = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(default=0)
    body = SealedBytesField(default=b"")
    created_at = models.DateTimeField(db_index=True)

    class Meta:
        app_label = "kernel"
        constraints = [models.UniqueConstraint(fields=["owner", "key"], name="one_reply_a_key")]


@dataclass(frozen=True, slots=True)
class Reply:
    """What is sent back: an HTTP status, the body's bytes, and whether it is a repetition."""

    status: int
    body: bytes
    replayed: bool = False


def fingerprint(*parts: str | bytes) -> str:
    """Digest what makes two requests the same request: method, path and body. Nobody without the keys can guess it."""
    digest = hashlib.sha256()
    for part in parts:
        raw = part.encode() if isinstance(part, str) else part
        digest.update(len(raw).to_bytes(8, "big") + raw)
    return keyed(digest.hexdigest().encode())


def once(*, owner_id: int, key: str, mark: str, run: Callable[[], Reply]) -> Reply:
    """Run an effect once for a key of this person; a repetition gets the first reply, byte for byte.

    `mark` is the request's fingerprint; the same key with another mark raises KeyReused.
    """
    if not key or len(key) > LONGEST_KEY:
        raise Invalid(
            "idempotency_key_invalid",
            f"Idempotency-Key는 1~{LONGEST_KEY}자여야 해요.",
            f"An Idempotency-Key has 1 to {LONGEST_KEY} characters.",
        )
    if saved := _saved(owner_id, key, mark):
        return saved
    try:
        return _first(owner_id, key, mark, run)
    except _AlreadyTaken:
        saved = _saved(owner_id, key, mark)
        if saved is None:
            measures.count("idempotency_replays_total", result="conflict")
            raise Conflict from None
        return saved


class _AlreadyTaken(Exception):
    """Another request took the key first."""


def _first(owner_id: int, key: str, mark: str, run: Callable[[], Reply]) -> Reply:
    with transaction.atomic():
        try:
            with transaction.atomic():
                row = SavedReply.objects.create(owner_id=owner_id, key=key, fingerprint=mark, created_at=clock.now())
        except IntegrityError as error:
            raise _AlreadyTaken from error
        reply = run()
        row.status, row.body = reply.status, reply.body
        row.save(update_fields=["status", "body"])
    return reply


def _saved(owner_id: int, key: str, mark: str) -> Reply | None:
    row = SavedReply.objects.filter(owner_id=owner_id, key=key).first()
    if row is None:
        return None
    if row.fingerprint != mark:
        measures.count("idempotency_replays_total", result="mismatch")
        raise KeyReused
    measures.count("idempotency_replays_total", result="replay")
    return Reply(status=row.status, body=row.body, replayed=True)


@periodic("kernel.forget_replies", timedelta(hours=6))
def forget_old() -> int:
    """Drop saved replies older than `KEPT`; returns how many."""
    return SavedReply.objects.filter(created_at__lt=clock.now() - KEPT).delete()[0]
