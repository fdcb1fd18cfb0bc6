"""Cells of a CSV table that a spreadsheet shows and never runs."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from onharu.kernel.cells import guarded


def cell(value: Any) -> str:
    """Write a value into a cell: a number stays a number, a text that would be computed is guarded."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float, Decimal)):
        return str(value)
    return guarded(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))
