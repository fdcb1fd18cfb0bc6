"""Which keys the database is sealed with, so that a start without one of them is refused before anything is read."""

from __future__ import annotations

from django.db import models

from onharu.kernel import clock
from onharu.kernel.keyring import KeysRefused
from onharu.kernel.sealing import Unreadable, keys_file, ring_now, seal_with, unseal

ABOUT = b"kernel_fieldkey.proof"
_WORDS = b"These are the keys of this house."


class FieldKey(models.Model):
    """A key that values of this database are, or may be, sealed with. `proof` opens with it and no other."""

    name = models.CharField(max_length=16, primary_key=True)
    proof = models.TextField()
    added_at = models.DateTimeField()

    class Meta:
        app_label = "kernel"

    def __str__(self) -> str:
        return self.name


def wrong_with_keys() -> str | None:
    """Say in one sentence why the database would not open with the ring there is, or None. One statement."""
    place = keys_file() or "ONHARU_FIELD_KEYS"
    try:
        held = {key.name for key in ring_now().opening}
    except KeysRefused as error:
        return str(error)
    for row in FieldKey.objects.order_by("added_at"):
        if row.name not in held:
            return f"The database is sealed with the field key {row.name}, which is not in {place}: put it back."
        try:
            unseal(row.proof, ABOUT)
        except Unreadable:
            return f"The field key {row.name} in {place} is another one than the database is sealed with: put it back."
    return None


def vouch() -> None:
    """Note every key of the ring that the database does not know yet. One statement when all are known."""
    known = set(FieldKey.objects.values_list("name", flat=True))
    for key in ring_now().opening:
        if key.name not in known:
            FieldKey.objects.get_or_create(
                name=key.name, defaults={"proof": seal_with(key, _WORDS, ABOUT), "added_at": clock.now()}
            )


def let_go(*names: str) -> None:
    """Forget keys that nothing is sealed with any more."""
    FieldKey.objects.filter(name__in=names).delete()
