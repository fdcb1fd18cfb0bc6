"""Work that may take long: a job in a server's process is not held to the limits of a page. Plain Python.

A server's connections begin with the limits of a page (`site.stores`). Who does long work says so, and our PostgreSQL
engine tells the connection; on SQLite this costs and does nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_long: ContextVar[bool] = ContextVar("patience_long", default=False)


def is_long() -> bool:
    """Whether the work that is done now may take long."""
    return _long.get()


@contextmanager
def long_work() -> Iterator[None]:
    """Do work that may take long: jobs, ticks, imports. Connections opened within have the limits of a job."""
    token = _long.set(True)
    try:
        yield
    finally:
        _long.reset(token)
