"""Pictures for tests: drawn ones, and the labelled photographs where they lie beside the checkout."""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest
from PIL import Image

from onharu.kernel.images import sanitise

BESIDE = Path(__file__).resolve().parents[5] / "shared" / "data"


def photo(name: str) -> bytes:
    """Return a labelled photograph as the intake hands it on; skips where the real data is not there."""
    path = Path(os.environ.get("ONHARU_REAL_DATA", BESIDE)) / "photos" / name
    if not path.is_file():
        pytest.skip(f"{path} is not there: say where the real data lies with ONHARU_REAL_DATA")
    return sanitise(path.read_bytes()).jpeg


def plain(colour: str = "gray", size: tuple[int, int] = (320, 240), mode: str = "RGB") -> bytes:
    """Draw a picture of nothing."""
    out = io.BytesIO()
    Image.new(mode, size, colour).save(out, "JPEG")
    return out.getvalue()
