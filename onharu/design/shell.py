"""What a phone keeps of Onharu: the names of the public files, and one fingerprint over them."""

import functools
import hashlib
from pathlib import Path

from django.templatetags.static import static

ROOM = Path(__file__).resolve().parent
STATIC = ROOM / "static"
KEPT = (".css", ".js", ".svg")
HTMX = "django_htmx/htmx-2.min.js"


@functools.cache
def shell_files() -> tuple[str, ...]:
    """List the static files that every page needs, as names within the static folder."""
    own = (path for path in STATIC.rglob("*") if path.suffix in KEPT)
    return (*sorted(path.relative_to(STATIC).as_posix() for path in own), HTMX)


def shell_urls() -> list[str]:
    """List the same files as the addresses that pages link to."""
    return [static(name) for name in shell_files()]


@functools.cache
def build_hash() -> str:
    """Fingerprint the look: it changes when any kept file or any template of this room does."""
    digest = hashlib.sha256()
    templates = sorted((ROOM / "templates").rglob("*.*"))
    for path in (*(STATIC / name for name in shell_files() if name != HTMX), *templates):
        digest.update(path.relative_to(ROOM).as_posix().encode())
        digest.update(path.read_bytes())
    digest.update("".join(shell_urls()).encode())
    return digest.hexdigest()[:16]
