"""Warns whoever runs the server about backends that send data out, or that lack what they need."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error, Info
from django.core.checks import Warning as Caution

from onharu.upstream import registry

# What is said of a backend that leaves home and does not say it better itself (`sends`, `sends_hint`).
SENDS = "people's data"
# Capabilities that speak to another company without any setting, once a person asks for it.
OUTGOING = ("web_push",)
SENDS_HINT = "Only for people who switched that on in their profile. Leave the entry out to keep data at home."


def chosen_backends(app_configs: Sequence[AppConfig] | None, **_: Any) -> Iterable[CheckMessage]:
    """Look at every backend that the settings choose."""
    return [message for entry in registry.entries() for message in _about(entry)]


def speaking_unasked(app_configs: Sequence[AppConfig] | None, **_: Any) -> Iterable[CheckMessage]:
    """Say which capabilities speak to other companies although no setting names them."""
    chosen = {entry.capability for entry in registry.entries()}
    return [message for one in OUTGOING if one not in chosen for message in _about_unsaid(one)]


def _about(entry: registry.Entry) -> Iterator[CheckMessage]:
    try:
        backend = registry.backend_of(entry.capability)
    except (ImportError, TypeError, ValueError) as fault:
        yield Error(
            f"The backend of {entry.capability} cannot be made: {type(fault).__name__} in {entry.backend}.",
            hint="Check BACKEND and OPTIONS in UPSTREAM; leave the entry out for the embedded backend.",
            id="onharu.E101",
        )
        return
    if entry.capability in OUTGOING and backend.leaves_home:
        yield _through_others(entry.capability, backend)
    elif backend.leaves_home:
        yield Caution(
            f"{entry.capability} sends {getattr(backend, 'sends', SENDS)} to another company ({backend.source}).",
            hint=getattr(backend, "sends_hint", SENDS_HINT),
            id="onharu.W101",
        )
    if lacking := backend.lacks():
        yield Caution(
            f"{entry.capability} cannot use {backend.source}: it lacks {lacking}.",
            hint="Until then the embedded backend answers in its place.",
            id="onharu.W102",
        )


def _about_unsaid(capability: str) -> Iterator[CheckMessage]:
    backend = registry.embedded_of(capability)
    yield _through_others(capability, backend)
    if lacking := backend.lacks():
        yield Info(f"{capability} works best with {lacking}.", hint="See docs/operations.md.", id="onharu.I102")


def _through_others(capability: str, backend: Any) -> Info:
    return Info(
        f"{capability} sends {getattr(backend, 'sends', SENDS)} through other companies' servers.",
        hint=getattr(backend, "sends_hint", SENDS_HINT),
        id="onharu.I101",
    )
