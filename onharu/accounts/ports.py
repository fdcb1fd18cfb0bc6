"""What this room asks of one above: to have a person erased, with everything in every room."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol


class Erasing(Protocol):
    """Has a person erased in the background, at the word of staff; returns the receipt."""

    def __call__(self, *, user_id: int) -> str: ...  # noqa: D102


_erasing: Erasing | None = None


def use_erasing(erasing: Erasing) -> None:
    """Say who erases."""
    global _erasing  # noqa: PLW0603 set once, at the start
    _erasing = erasing


def erase_person(*, user_id: int) -> str:
    """Have a person erased; returns the receipt."""
    assert _erasing is not None  # noqa: S101 introduced at the start
    return _erasing(user_id=user_id)


class Elsewhere(Protocol):
    """A consent whose effective state stands in another room: shares with family, devices that ring."""

    def standing(self, *, owner_id: int, at: datetime) -> int:
        """Count what stands."""

    def end(self, *, owner_id: int, at: datetime) -> None:
        """End all of it now, and record each end."""


ELSEWHERE: dict[str, Elsewhere] = {}


def use_elsewhere(purpose: str, elsewhere: Elsewhere) -> None:
    """Say where the consents to a purpose stand."""
    ELSEWHERE[purpose] = elsewhere
