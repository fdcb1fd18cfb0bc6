"""A pytest plugin: chooses the engine and starts real servers for it.

ONHARU_TEST_ENGINE=sqlite (default) or postgres. For `postgres` a PostgreSQL and a Redis-protocol server are
started from wheels, unless TEST_DATABASE_URL / TEST_REDIS_URL name running ones. Tests that touch no
database are left out of the second run: they would only say the same again. ONHARU_TEST_FOLDER names a folder that
outlives the run, with the database of SQLite in it (scripts/mutants.py).
"""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

import pytest

from onharu.kernel import keyring
from tests.engines import Engines

POSTGRES = os.environ.get("ONHARU_TEST_ENGINE") == "postgres"
DATABASE_FIXTURES = {"db", "transactional_db", "django_db_setup", "live_server", "client", "admin_client"}
_engines: Engines | None = None
_folder: str | None = None


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> None:
    """Prepare the environment before Django's settings are read; workers of xdist inherit it."""
    global _engines, _folder  # noqa: PLW0603 one run, one set of servers
    if "ONHARU_TEST_READY" not in os.environ:
        if "ONHARU_TEST_FOLDER" not in os.environ:
            os.environ["ONHARU_TEST_FOLDER"] = _folder = tempfile.mkdtemp(prefix="onharu-test-")
        folder = os.environ["ONHARU_TEST_FOLDER"]
        os.environ["ONHARU_TEST_READY"] = "1"
        os.environ["SECRET_KEY"] = "a-key-for-tests-that-is-long-enough-to-sign-with-0123456789"
        os.environ["ONHARU_FIELD_KEYS"] = keyring.fresh_ring().as_text()
        if POSTGRES:
            _engines = Engines(Path(folder))
            os.environ["DATABASE_URL"] = os.environ.get("TEST_DATABASE_URL") or _engines.start_postgres()
            os.environ["REDIS_URL"] = os.environ.get("TEST_REDIS_URL") or _engines.start_redis()
        else:
            os.environ.pop("DATABASE_URL", None)
            os.environ.pop("REDIS_URL", None)
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    if POSTGRES and worker.startswith("gw"):
        os.environ["REDIS_URL"] = os.environ["REDIS_URL"].rpartition("/")[0] + f"/{int(worker[2:]) + 1}"
    data = Path(os.environ["ONHARU_TEST_FOLDER"]) / worker
    data.mkdir(exist_ok=True)
    os.environ["ONHARU_DATA"] = str(data)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop what was started, in the process that started it."""
    if _engines is not None:
        _engines.stop()
    if _folder is not None:
        shutil.rmtree(_folder, ignore_errors=True)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL keep the tests that touch a store."""
    if not POSTGRES:
        return
    kept = [item for item in items if touches_store(item)]
    left_out = [item for item in items if item not in set(kept)]
    config.hook.pytest_deselected(items=left_out)
    items[:] = kept


def touches_store(item: pytest.Item) -> bool:
    """Whether a test uses the database."""
    if item.get_closest_marker("django_db"):
        return True
    return bool(DATABASE_FIXTURES & set(getattr(item, "fixturenames", ())))


def pytest_report_header(config: pytest.Config) -> str:
    """Say which engine is under test."""
    return f"onharu engine: {'PostgreSQL + Redis protocol' if POSTGRES else 'SQLite'}"
