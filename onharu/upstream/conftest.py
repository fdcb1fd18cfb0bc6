"""Upstream tests start without backends and counters, and never wait between attempts."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pytest
import stamina
from PIL import Image, ImageDraw

from onharu.upstream import registry, tally


@pytest.fixture(autouse=True)
def _no_memory() -> Iterator[None]:
    registry.reset()
    tally.reset()
    yield
    registry.reset()


@pytest.fixture
def no_waiting() -> Iterator[None]:
    """Let retries follow each other at once."""
    with stamina.set_testing(testing=True, attempts=3, cap=True):
        yield


@pytest.fixture
def jpeg() -> bytes:
    """A small drawn picture."""
    image = Image.new("RGB", (400, 300), "peru")
    ImageDraw.Draw(image).ellipse((60, 40, 340, 260), fill="firebrick", outline="white", width=8)
    out = io.BytesIO()
    image.save(out, "JPEG")
    return out.getvalue()
