"""The one reader of `settings.UPSTREAM`: which backend answers for a capability. An absent entry means `embedded`.

    UPSTREAM = {"food_vision": {"BACKEND": "onharu.upstream.food_vision.backends.onnx_file.Backend",
                                "OPTIONS": {"path": "/models/food.onnx"}}}

A backend is imported and made at its first use, once in a process: an unused model costs no memory.
"""

from __future__ import annotations

from dataclasses import dataclass
from threading import RLock
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

EMBEDDED = "onharu.upstream.{capability}.backends.embedded.Backend"

_lock = RLock()
_made: dict[tuple[str, str], Any] = {}


@dataclass(frozen=True, slots=True)
class Entry:
    """What the settings say about one capability."""

    capability: str
    backend: str
    options: dict[str, Any]


def entry_of(capability: str) -> Entry:
    """Read the settings of a capability; none means the embedded backend without options."""
    said = settings.UPSTREAM.get(capability)
    if said is None:
        return _embedded_entry(capability)
    return Entry(capability, said["BACKEND"], dict(said.get("OPTIONS", {})))


def entries() -> list[Entry]:
    """List what the settings say, without the capabilities that are left to their embedded backends."""
    return [entry_of(capability) for capability in settings.UPSTREAM]


def backend_of(capability: str) -> Any:
    """Return the chosen backend of a capability, the same object at every call."""
    return _the(entry_of(capability))


def embedded_of(capability: str) -> Any:
    """Return the backend that needs no network and no key."""
    return _the(_embedded_entry(capability))


def reset() -> None:
    """Forget every backend, so that changed settings are read again. For tests."""
    with _lock:
        _made.clear()


def _embedded_entry(capability: str) -> Entry:
    return Entry(capability, EMBEDDED.format(capability=capability), {})


def _the(entry: Entry) -> Any:
    key = (entry.capability, entry.backend)
    with _lock:
        if key not in _made:
            _made[key] = import_string(entry.backend)(**entry.options)
        return _made[key]
