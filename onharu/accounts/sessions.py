"""Django's session engine: rows, with what was read in the last moment remembered (`principal`).

Django's own `cached_db` keeps a copy for as long as the session lives; a reader that is overtaken by a sign-out
can put an ended session back into it. Here the copy is gone in under a second, whatever happens.
"""

from __future__ import annotations

from typing import Any

from onharu.accounts import principal
from onharu.accounts.families import Family


class SessionStore(Family):
    """A session that costs no statement when it was read a moment ago."""

    def load(self) -> dict[str, Any]:
        """Read the session; one that is missing, expired or ended is empty and loses its key."""
        found = principal.session_of(self.session_key) if self.session_key else None
        if found is None:
            self._session_key = None
            return {}
        return self.decode(found.text)

    def save(self, must_create: bool = False) -> None:  # noqa: FBT001, FBT002 Django's signature
        """Write the row."""
        super().save(must_create)
        principal.forget_session(self.session_key)

    def delete(self, session_key: str | None = None) -> None:
        """End the session in the database, then here."""
        key = session_key or self.session_key
        super().delete(session_key)
        principal.forget_session(key)
