"""Whether the environment makes sense, and whether the keys are there, closed and not too old."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from django.conf import settings

from onharu.kernel import clock, keyring
from onharu.kernel.backups import keys as backup_keys
from onharu.kernel.fieldkeys import FieldKey, wrong_with_keys
from onharu.kernel.sealing import keys_file
from onharu.site.doctor.findings import Finding, bad, good, warn
from onharu.site.refusals import faults

OLD = timedelta(days=366)


def environment() -> Iterator[Finding]:
    """Say everything that would keep the server from starting."""
    found = list(faults(settings.ONHARU_DATA))
    for sentence in found:
        yield bad("environment", sentence, "고친 뒤 다시 시작하세요.", "Mend it and start again.")
    if settings.DEBUG:
        yield warn(
            "environment", "DEBUG", "다른 사람이 쓰는 서버에서는 끄세요.", "Switch it off where others can reach it."
        )
    elif not found:
        yield good("environment", f"{len(settings.ALLOWED_HOSTS)} hosts · TLS {'✓' if settings.BEHIND_TLS else '—'}")


def files() -> Iterator[Finding]:
    """Look who may read the files of keys in the data folder."""
    here = [path for path in _files() if path.exists()]
    open_ones = [path for path in here if path.stat().st_mode & keyring.OTHERS]
    for path in open_ones:
        yield bad(
            "keys", path.name, f"누구나 읽을 수 있어요: chmod 600 {path}", f"Everybody may read it: chmod 600 {path}"
        )
    if not open_ones:
        yield good("keys", " · ".join(path.name for path in here) or "—")


def _files() -> list[Path]:
    folder = Path(settings.ONHARU_DATA)
    named = keys_file() or folder / "field.keys"
    return [folder / "secret.key", named, folder / "vapid.pem", folder / backup_keys.NAME]


def rotation() -> Iterator[Finding]:
    """Tell with how many keys columns are sealed, and how old the newest is."""
    if sentence := wrong_with_keys():
        yield bad("field_keys", sentence, "백업에서 열쇠를 되돌려 놓으세요.", "Put the keys back from your backup.")
        return
    newest = FieldKey.objects.order_by("-added_at").first()
    if newest is None:
        yield good("field_keys", "—")
        return
    age = clock.now() - newest.added_at
    said = f"{FieldKey.objects.count()} · {age.days} d"
    if age > OLD:
        yield warn("field_keys", said, "한 해가 넘었어요: onharu rotate_keys", "Over a year old: onharu rotate_keys")
    else:
        yield good("field_keys", said)
