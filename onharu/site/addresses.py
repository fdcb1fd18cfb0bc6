"""Addresses as clients send them, before the bridge reads them."""

from __future__ import annotations

import string
from urllib.parse import quote

_KEPT = string.printable


def in_ascii(query: bytes) -> bytes:
    """Write a query in ASCII: letters that a client sent unescaped, as `curl '…?q=밥'` does, are escaped.

    The bridge reads queries as ASCII and would answer 500. What is escaped already stays as it is.
    """
    return query if query.isascii() else quote(query, safe=_KEPT).encode()
