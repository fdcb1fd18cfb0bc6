"""Views that are sent a body and store nothing: they need no consent to keep health data, and nothing is recorded."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.http import HttpRequest

V = TypeVar("V", bound=Callable[..., Any])
MARK = "computes_only"


def computes_only(view: V) -> V:
    """Say of a view, a function or a class, that it stores nothing whatever method it is asked with."""
    setattr(view, MARK, True)
    return view


def stores_nothing(request: HttpRequest) -> bool:
    """Whether the view that a request leads to says so of itself."""
    match = request.resolver_match
    if match is None:
        return False
    made_of = getattr(match.func, "cls", None) or getattr(match.func, "view_class", None) or match.func
    return bool(vars(made_of).get(MARK, False))
