"""The rows behind sessions. A family is all that stands on one row: a cookie, or an app's access and refresh tokens."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as RowStore

from onharu.accounts.models import SignIn
from onharu.kernel import clock

SINCE = "signed_in_at"
USED = "used_at"
DEVICE = "device"
BY_TOKEN = "by_token"  # noqa: S105 a name


class Family(RowStore):
    """A session read from its row and written to it, nothing between."""

    @classmethod
    def get_model_class(cls) -> type[SignIn]:
        """Name the table."""
        return SignIn

    @property
    def key_salt(self) -> str:
        """Sign the data alike for every store of these rows."""
        return "onharu.accounts.families"

    def create_model_instance(self, data: dict[str, Any]) -> SignIn:
        """Make the row for the data, with its owner in a column of its own."""
        row: SignIn = super().create_model_instance(data)  # type: ignore[assignment]
        row.user_id = int(data[SESSION_KEY]) if SESSION_KEY in data else None
        return row

    @classmethod
    def locked(cls, session_key: str) -> Family | None:
        """Read a living family and hold its row until the transaction ends, so that two exchanges take turns."""
        row = (
            SignIn.objects.select_for_update()
            .filter(session_key=session_key, expire_date__gt=clock.now())
            .only("session_data")
            .first()
        )
        if row is None:
            return None
        family = cls(session_key)
        family.__dict__["_session_cache"] = family.decode(row.session_data)  # as if load() had read it
        return family
