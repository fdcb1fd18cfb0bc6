"""Sixty a minute are sixty, whichever of four processes is asked, and one person's sixty are nobody else's."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from onharu.kernel import rates
from tests import servers

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
ROOT = Path(__file__).resolve().parents[1]
PROCESSES, REQUESTS = 4, 200
# A server process: told to begin, it asks fifty times for one person and once for another, and says what it was given.
WORKER = """
import sys
import django
django.setup()
from django.conf import settings
from django.db import connection
from onharu.kernel import rates
from onharu.kernel.problems import TooMany
connection.settings_dict["NAME"] = sys.argv[1]
settings.RATES_STORE = sys.argv[2]

def given(person):
    try:
        rates.spend_costly(person)
    except TooMany as refused:
        assert 0 < refused.retry_after <= 60
        return 0
    return 1

connection.ensure_connection()
print("ready", flush=True)
sys.stdin.readline()
print(sum(given(1) for _ in range(int(sys.argv[3]))), given(int(sys.argv[4])), flush=True)
"""


def asked(store, **variables):
    """Ask 200 times in four processes at once; tells how often the one and how often the others were let through."""
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings", "PYTHONPATH": str(ROOT), **variables}
    name = str(connection.settings_dict["NAME"])
    work = [
        subprocess.Popen(
            [sys.executable, "-c", WORKER, name, store, str(REQUESTS // PROCESSES), str(number + 2)],
            env=environment, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )
        for number in range(PROCESSES)
    ]  # fmt: skip
    for one in work:
        assert next(line for line in one.stdout if line == "ready\n")
    for one in work:
        one.stdin.write("go\n")
        one.stdin.flush()
    said = [one.communicate(timeout=60)[0].split() for one in work]
    return sum(int(mine) for mine, _ in said), sum(int(theirs) for _, theirs in said)


def test_four_processes_share_sixty_in_the_database(transactional_db):
    assert asked(rates.IN_DATABASE) == (60, PROCESSES)


def test_four_processes_share_sixty_in_redis(transactional_db, tmp_path):
    engines = servers.Engines(tmp_path)
    try:
        assert asked(rates.IN_REDIS, REDIS_URL=engines.start_redis()) == (60, PROCESSES)
    finally:
        engines.stop()
