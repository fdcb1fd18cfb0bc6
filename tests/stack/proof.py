"""Figures that the tests of the stack measured, as the rows of docs/operations/proof.md."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

# Where the rows are written besides, for who wants to keep them.
FILE = "ONHARU_PROOF"
HEAD = "| what | measured | asked | how |\n|---|---|---|---|\n"


@dataclass
class Proof:
    """Rows in the order in which they were measured."""

    rows: list[tuple[str, str, str, str]] = field(default_factory=list)

    def note(self, what: str, measured: str, asked: str, how: str) -> None:
        """Keep a figure."""
        self.rows.append((what, measured, asked, how))

    def table(self) -> str:
        """Write the table."""
        return HEAD + "".join(f"| {' | '.join(row)} |\n" for row in self.rows)

    def kept(self) -> None:
        """Keep the table where ONHARU_PROOF says."""
        if name := os.environ.get(FILE):
            Path(name).write_text(self.table(), encoding="utf-8")
