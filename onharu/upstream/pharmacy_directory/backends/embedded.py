"""Knows nothing and asks nobody: the shelf has what was imported."""

from __future__ import annotations

from collections.abc import Iterator

from onharu.upstream.pharmacy_directory.port import Page


class Backend:
    """The default: no key, no network."""

    source = "embedded"
    leaves_home = False

    def lacks(self) -> str:
        """Name what would let somebody be asked."""
        return "DATA_GO_KR_KEY"

    def pages(self, table: str, *, start: int = 0) -> Iterator[Page]:
        """Have no page."""
        return iter(())
