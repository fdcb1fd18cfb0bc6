"""The kernel's tests do what workers do between jobs, within the transaction of a test."""

from __future__ import annotations

import pytest
from django.db.backends.base.base import BaseDatabaseWrapper

let_go = BaseDatabaseWrapper.close_if_unusable_or_obsolete


def let_go_outside_of_transactions(connection: BaseDatabaseWrapper) -> None:
    """Look after a connection as Django does, but never close the one that holds a test's rows."""
    if not connection.in_atomic_block:
        let_go(connection)


@pytest.fixture(autouse=True)
def _transaction_stays_open(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(BaseDatabaseWrapper, "close_if_unusable_or_obsolete", let_go_outside_of_transactions)
