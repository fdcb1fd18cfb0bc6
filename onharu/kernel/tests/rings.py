"""Rings of keys for tests, in files of their own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from onharu.kernel import keyring, sealing


@pytest.fixture
def keys(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A house whose keys are in a file, just made."""
    path = tmp_path / "field.keys"
    keyring.make_file(path)
    settings.FIELD_KEYS, settings.FIELD_KEYS_FILE = "", path
    monkeypatch.setattr(sealing, "_held", sealing._Held())
    return path


def another_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Become a process that has not read the ring yet."""
    monkeypatch.setattr(sealing, "_held", sealing._Held())
