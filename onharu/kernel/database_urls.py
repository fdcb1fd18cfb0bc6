"""A DATABASE_URL in libpq's words, for who asks the server without Django. Plain Python."""

from __future__ import annotations

from typing import Any

import dj_database_url

# Options that are Django's own, not the server's.
DJANGOS = frozenset({"pool", "isolation_level", "assume_role", "server_side_binding"})


def in_libpqs_words(url: str) -> dict[str, Any]:
    """Read host, port, user, password, dbname and options; what is not said is left out."""
    said: Any = dj_database_url.parse(url)
    options = {name: value for name, value in said.get("OPTIONS", {}).items() if name not in DJANGOS}
    shared = {word: said[word.upper()] for word in ("host", "port", "user", "password")}
    words = {**options, **shared, "dbname": said["NAME"]}
    return {name: value for name, value in words.items() if value}
