"""The real files where they are, and small tables written by hand."""

from __future__ import annotations

import csv
import os
from pathlib import Path

import pytest

from onharu.catalog.exercises.actions.starter import FILE, load_starter

REPOSITORY = Path(__file__).resolve().parents[4]
KHEPI = "운동명,단위체중당에너지소비량"
COMPENDIUM = "code,met,category,description"


def real_exercises() -> Path:
    """The folder of the official exercise files."""
    return Path(os.environ.get("ONHARU_REAL_DATA") or REPOSITORY.parent / "shared" / "data") / "exercises"


def shipped():
    """The rows of the starter file, as they are written."""
    with FILE.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.fixture
def real():
    folder = real_exercises()
    if not folder.is_dir():
        pytest.skip("the official files are not here: set ONHARU_REAL_DATA to the folder that holds exercises/")
    return folder


@pytest.fixture
def table(tmp_path):
    """Write a table of lines below a header and return its path."""

    def write(*lines, header=KHEPI, name="khepi_20240919.csv", encoding="utf-8"):
        path = tmp_path / name
        path.write_bytes("\n".join([header, *lines, ""]).encode(encoding))
        return path

    return write


@pytest.fixture
def starter(db):
    """The shelf with the shipped exercises."""
    return load_starter()
