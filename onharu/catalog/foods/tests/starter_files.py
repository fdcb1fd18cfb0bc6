"""Reads the starter files and, where they are present, the public files they came from."""

import csv
import os
from decimal import Decimal, InvalidOperation
from pathlib import Path

import pytest

FOODS_ROOM = Path(__file__).resolve().parents[1]
REPOSITORY = FOODS_ROOM.parents[2]
REAL_FOODS = Path(os.environ.get("ONHARU_REAL_DATA") or REPOSITORY.parent / "shared" / "data") / "foods"


def rows_of(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def foods():
    return rows_of(FOODS_ROOM / "starter" / "foods.csv")


def units():
    return rows_of(FOODS_ROOM / "starter" / "units.csv")


def labels(name):
    return rows_of(FOODS_ROOM / "labels" / f"labels_{name}.csv")


def amount(row, column):
    """The cell as a Decimal; None where it is empty."""
    return Decimal(row[column]) if row[column] else None


def public_amount(text):
    """A cell of a public file; `-`, blanks and bracketed estimates (negative) are unknown, `Tr` is a trace."""
    text = (text or "").strip().replace(",", "")
    if text == "Tr":
        return Decimal(0)
    try:
        value = Decimal(text)
    except InvalidOperation:
        return None
    return value if value >= 0 else None


def public_rows(name):
    path = REAL_FOODS / name
    if not path.exists():
        pytest.skip(f"the public file {name} is not on this machine (set ONHARU_REAL_DATA)")
    return rows_of(path)
