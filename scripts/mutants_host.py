"""Runs pytest again and again, each time in a fork of a process that has the libraries loaded, and nothing of ours.

Loading them is most of what a short run costs. One JSON line on standard input asks for a run: its words, folder,
environment and log; one line answers with the number of the process, a second one when it has ended.
"""

from __future__ import annotations

import json
import os
import sys
from contextlib import suppress
from importlib import import_module
from typing import Any, NoReturn

import pytest

# What tests and product load anyway, and what starts no threads and asks for no settings when it is loaded.
LIBRARIES = (
    "hypothesis", "hypothesis.strategies", "hypothesis.internal.conjecture.engine", "_hypothesis_pytestplugin",
    "playwright.sync_api", "pytest_django.plugin", "pytest_httpserver", "xdist.plugin", "asyncio",
    "django.db.models", "django.test", "django.forms", "django.template.response", "django.core.management",
    "django.views.generic", "django.urls", "django.db.backends.sqlite3.base", "django.core.mail",
    "redis", "valkey", "psycopg", "psycopg_pool", "openpyxl", "icalendar", "httpx", "httpcore", "requests", "jinja2",
    "yaml", "structlog", "PIL.Image", "PIL.ImageCms", "PIL.ImageOps", "cryptography.x509", "orjson", "jsonschema",
    "cryptography.hazmat.primitives.asymmetric.ec", "inflection", "uritemplate", "sqlparse", "stamina", "a2wsgi",
)  # fmt: skip


def main() -> None:
    """Load the libraries, then fork for each line."""
    for name in LIBRARIES:
        with suppress(ImportError):
            import_module(name)
    for line in sys.stdin:
        asked = json.loads(line)
        number = os.fork()
        if number == 0:
            _run(asked)
        print(number, flush=True)
        os.waitpid(number, 0)
        print("ended", flush=True)


def _run(asked: dict[str, Any]) -> NoReturn:
    """Become the run: a group of processes, an environment and a folder of its own."""
    os.setsid()
    os.environ.clear()
    os.environ.update(asked["env"])
    os.chdir(asked["cwd"])
    log = os.open(asked["log"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    for stream in (1, 2):
        os.dup2(log, stream)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    sys.path.insert(0, asked["cwd"])
    code = pytest.main(asked["words"])
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(int(code))  # what tests left running must not keep it


if __name__ == "__main__":
    main()
