"""What the doctor looks at: each look tells what it found and what to do about it, and changes nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from onharu.site.doctor import files, keys, outside, stores, work
from onharu.site.doctor.findings import Finding, bad

# In the order of the screen. Those of the second group ask the database, and are left out where it does not answer.
ALONE: tuple[tuple[str, Callable[[], Iterator[Finding]]], ...] = (
    ("environment", keys.environment),
    ("keys", keys.files),
    ("folder", files.folder),
    ("disk", files.disk),
    ("media", files.media),
    ("backup", files.backup),
    ("clock", files.time),
    ("cache", outside.cached),
    ("outside", outside.upstreams),
    ("push", outside.push),
    ("mail", outside.mail),
    ("database", stores.database),
)
ASKING: tuple[tuple[str, Callable[[], Iterator[Finding]]], ...] = (
    ("integrity", stores.integrity),
    ("migrations", stores.migrations),
    ("field_keys", keys.rotation),
    ("jobs", work.owed),
    ("record", work.record),
    ("catalogues", work.catalogues),
)


def examine() -> list[Finding]:
    """Take every look. One that breaks is a finding of its own, by the kind of its error."""
    found = [finding for name, look in ALONE for finding in _seen(name, look)]
    if any(finding.name == "database" and finding.state == "bad" for finding in found):
        return found
    return found + [finding for name, look in ASKING for finding in _seen(name, look)]


def _seen(name: str, look: Callable[[], Iterator[Finding]]) -> list[Finding]:
    try:
        return list(look())
    except Exception as error:  # noqa: BLE001 what breaks a look is what the operator wants to know
        return [bad(name, type(error).__name__, "살펴보지 못했어요. 로그를 확인해 주세요.", "Could not be looked at.")]
