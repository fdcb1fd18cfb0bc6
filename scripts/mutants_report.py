"""A pytest plugin: writes to the file that MUTANTS_REPORT names how each test ended, and which package was tested.

Only a failed assertion says that a test noticed something. An error on the way to it, a name that is missing or a test
that took too long may have any reason, so those are told apart here, where the exception still is one.
"""

from __future__ import annotations

import importlib
import json
import os
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest

SHOWN = 200
# Read at once: tests change the environment.
REPORT, PACKAGE = Path(os.environ.get("MUTANTS_REPORT", os.devnull)), os.environ.get("MUTANTS_PACKAGE", "onharu")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[Any]) -> Generator[None, Any, Any]:
    """Note the end of a test, or what went wrong before or after it."""
    report = yield
    if call.excinfo is not None and not report.skipped:
        error = call.excinfo.value
        said = f"{type(error).__name__}: {error}".partition("\n")[0][:SHOWN]
        noticed = call.when == "call" and is_assertion(error)
        _write(test=item.nodeid, ended="noticed" if noticed else "broke", raised=type(error).__name__, said=said)
    elif call.when == "call":
        _write(test=item.nodeid, ended=report.outcome, raised="", said="")
    return report


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Note where the tested package was imported from."""
    _write(imported=str(Path(str(importlib.import_module(PACKAGE).__file__)).resolve().parent))


def is_assertion(error: BaseException) -> bool:
    """Whether an exception is a test's own word: an assertion, an expected error that did not come, or several."""
    if isinstance(error, BaseExceptionGroup):
        return all(is_assertion(one) for one in error.exceptions)
    if isinstance(error, pytest.fail.Exception):
        return not str(error).startswith("Timeout")
    return isinstance(error, AssertionError)


def _write(**said: str) -> None:
    with REPORT.open("a", encoding="utf-8") as file:
        file.write(json.dumps(said, ensure_ascii=False) + "\n")
