"""Cells of tables that a spreadsheet shows and never runs, and the way back. Plain Python.

A text that a spreadsheet would compute gets one apostrophe before it (OWASP, CSV injection). So does one that already
has apostrophes before such a beginning: only then can whoever reads the table take away exactly what was added.
"""

from __future__ import annotations

import re

MARK = "'"
# What begins a formula, in plain, wide and small letters; blanks and signs that nobody sees may stand before it. A tab
# or the end of a line at the beginning may be dropped, or begin another cell.
RUNS = re.compile(
    r"'*(?:[\t\r\n]|[\s\x00-\x1f\x7f-\x9f\xad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff]*"
    r"[=+\-@\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b\u2212])"
)


def guarded(text: str) -> str:
    """Write a text so that no spreadsheet computes it."""
    return f"{MARK}{text}" if RUNS.match(text) else text


def told(cell: str) -> str:
    """Read a text that `guarded` wrote."""
    return cell[1:] if cell.startswith(MARK) and RUNS.match(cell) else cell
