"""The real files where they are, and small tables written by hand."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from onharu.catalog.foods.actions.imports import import_foods
from onharu.catalog.foods.actions.starter import load_starter

REPOSITORY = Path(__file__).resolve().parents[4]
PER_100 = "식품코드,식품명,영양성분함량기준량,에너지(kcal),단백질(g),지방(g),탄수화물(g),당류(g),나트륨(mg)"
STEW = "D306-266000000-0001,김치찌개,100g,61,4.7,2.52,5.05,1.9,300"
RICE = "D301-022000000-0001,쌀밥,100g,166,3.36,0.32,37.33,0.02,0"
LATTE = "D220-748000000-0315,커피_카페 라떼 핫(HOT),100ml,48,2.5,,,3.4,37"


def real_foods() -> Path:
    """The folder of the official food files."""
    return Path(os.environ.get("ONHARU_REAL_DATA") or REPOSITORY.parent / "shared" / "data") / "foods"


@pytest.fixture
def real():
    folder = real_foods()
    if not folder.is_dir():
        pytest.skip("the official files are not here: set ONHARU_REAL_DATA to the folder that holds foods/")
    return folder


@pytest.fixture
def table(tmp_path):
    """Write a table of lines below the official header (or another) and return its path."""

    def write(*lines, header=PER_100, name="table_20250408.csv", encoding="utf-8"):
        path = tmp_path / name
        path.write_bytes("\n".join([header, *lines, ""]).encode(encoding))
        return path

    return write


@pytest.fixture
def stew(db, table):
    """The shelf with three foods."""
    return import_foods(path=table(STEW, RICE, LATTE))


@pytest.fixture
def starter(db):
    """The shelf with the shipped foods."""
    return load_starter()
