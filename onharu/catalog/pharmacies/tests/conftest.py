"""The real public files, where this machine has them."""

import os
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[4]


@pytest.fixture(scope="session")
def real_files():
    folder = Path(os.environ.get("ONHARU_REAL_DATA") or REPOSITORY.parent / "shared" / "data")
    if not (folder / "pharmacies").is_dir():
        pytest.skip("the official files are not here: set ONHARU_REAL_DATA to the folder that holds pharmacies/")
    return folder
