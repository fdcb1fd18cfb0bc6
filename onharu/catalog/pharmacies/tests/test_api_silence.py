"""Where somebody stands is answered and forgotten: no log line has it, no statement writes."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from onharu.catalog.pharmacies.tests import street as built
from tests.booted import Booted

ROOT = Path(__file__).resolve().parents[4]
# Digits that occur nowhere by chance.
LATITUDE, LONGITUDE = "37.4979318642", "127.0276417953"
PLACE = f"lat={LATITUDE}&lon={LONGITUDE}"
READS, WRITES = re.compile("SELECT|WITH"), re.compile(r"\b(INSERT|UPDATE|DELETE|MERGE|NEXTVAL)\b", re.IGNORECASE)
DIGITS = (LATITUDE[-7:], LONGITUDE[-7:], "37.497", "127.027")

# A process of its own, as logging belongs to a whole process; the search fails with the position in its message.
FAILING = f"""
import os
os.environ["DJANGO_SETTINGS_MODULE"] = "onharu.site.settings"
import django
django.setup()
from django.test import Client
from onharu.catalog.pharmacies import public
def breaks(place, **_):
    raise ValueError(f"cannot look around {{place}}")
public.nearby = breaks
client = Client(raise_request_exception=False)
answers = [
    client.get("/api/pharmacies/?{PLACE}"),
    client.post("/api/pharmacies/nearest/", {{"lat": {LATITUDE}, "lon": {LONGITUDE}}}, content_type="application/json"),
    client.get("/pharm?{PLACE}"),
    client.post("/pharm/", {{"lat": "{LATITUDE}", "lon": "{LONGITUDE}"}}),
]
print([answer.status_code for answer in answers])
print([answer.content.decode() for answer in answers])
"""


def ask_in_every_way(ask):
    """Ask every door rightly, wrongly and where there is none."""
    body = {"lat": float(LATITUDE), "lon": float(LONGITUDE)}
    wrong = {"lat": LATITUDE, "lon": f"1{LONGITUDE}9"}
    return [
        ask("GET", f"/api/pharmacies/?{PLACE}&open_at=now"),
        ask("POST", "/api/pharmacies/nearest/", body),
        ask("GET", f"/pharm/?{PLACE}"),
        ask("GET", f"/pharm?{PLACE}"),
        ask("POST", "/pharm", body),
        ask("GET", f"/api/pharmacies/?{PLACE}&radius=0"),
        ask("GET", f"/api/pharmacies/?{PLACE}%C0%AF"),
        ask("POST", "/api/pharmacies/nearest/", wrong),
        ask("POST", "/pharm/", wrong),
        ask("PUT", f"/pharm/?{PLACE}"),
        ask("GET", f"/api/pharmacies/nowhere/?{PLACE}"),
    ]


def test_no_line_of_a_real_server_has_a_position(tmp_path):
    server = Booted(tmp_path)
    try:
        server.wait_ready()
        statuses = [status for status, _ in ask_in_every_way(server.ask)]
    finally:
        server.stop()
    told = server.log.read_text(encoding="utf-8")
    assert statuses == [200, 200, 200, 200, 400, 400, 400, 400, 400, 405, 404]
    assert [digits for digits in DIGITS if digits in told] == []


def test_a_failure_is_logged_without_the_position(tmp_path):
    left_out = {"DEBUG", "DATABASE_URL", "REDIS_URL", "DJANGO_SETTINGS_MODULE"}
    environment = {name: value for name, value in os.environ.items() if name not in left_out}
    done = subprocess.run(
        [sys.executable, "-c", FAILING],
        env={**environment, "ONHARU_DATA": str(tmp_path), "ALLOWED_HOSTS": "testserver"},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout[:20]) == (0, "[500, 500, 500, 500]"), done.stderr
    failures = [json.loads(line) for line in done.stderr.splitlines() if "ValueError" in line]
    assert len(failures) == 4
    assert all(one["request_id"] for one in failures)
    assert [digits for digits in DIGITS if digits in done.stderr + done.stdout] == []


@pytest.mark.django_db
def test_asking_writes_nothing(client, noon):
    rows = built.street()
    with CaptureQueriesContext(
        connection,
    ) as said:
        for address in ("/api/pharmacies/", "/pharm", "/pharm/"):
            assert client.get(address, {**built.ASK, "open_at": "now"}).status_code == 200
        for address in ("/api/pharmacies/nearest/", "/pharm", "/pharm/"):
            assert client.post(address, {"lat": 37.4988, "lon": 127.0276}).status_code == 200
        assert client.get(f"/api/pharmacies/{rows['far'].pk}/").status_code == 200
    assert said.captured_queries
    assert [
        one["sql"] for one in said.captured_queries if not READS.match(one["sql"]) or WRITES.search(one["sql"])
    ] == []
    assert not client.cookies
