"""Who may read the figures, what the page tells of rows and files, and how a server's processes share a folder."""

import os
import re
import subprocess
import sys
import urllib.error
import urllib.request
from types import SimpleNamespace

import pytest
from django.test import Client

from onharu.accounts import principal
from onharu.kernel import jobs, measures, milestones, threads
from onharu.kernel.jobs import queue
from onharu.site import metrics
from onharu.site.figures import FOLDER, PREFIX, shared_figures
from onharu.site.watched import watched
from tests.engines import free_port

HOST = {b"host": b"127.0.0.1:8000"}
CANARY = "zqkanari"


@pytest.fixture
def counting(monkeypatch):
    monkeypatch.setattr("onharu.kernel.jobs.watching._hooks", [])
    metrics.begin()
    yield
    measures.switch_off()


def amount(text, line_begins):
    return next(float(line.rpartition(" ")[2]) for line in text.splitlines() if line.startswith(line_begins))


@pytest.mark.parametrize(
    ("client", "headers", "may"),
    [
        ("127.0.0.1", HOST, True),
        ("::1", {b"host": b"[::1]:8000"}, True),
        ("127.0.0.1", {b"host": b"localhost"}, True),
        ("10.0.0.5", HOST, False),
        ("", HOST, False),
        ("127.0.0.1", {**HOST, b"x-forwarded-for": b"203.0.113.9"}, False),
        ("127.0.0.1", {**HOST, b"forwarded": b"for=203.0.113.9"}, False),
        ("127.0.0.1", {b"host": b"rebound.example:8000"}, False),
        ("127.0.0.1", {}, False),
        ("10.0.0.5", {**HOST, b"authorization": b"Bearer a-long-token"}, True),
        ("10.0.0.5", {**HOST, b"authorization": b"Bearer a-long-toke"}, False),
        ("10.0.0.5", {**HOST, b"authorization": b"a-long-token"}, False),
    ],
)
def test_only_this_machine_and_who_has_the_token_may_read(settings, client, headers, may):
    settings.METRICS_TOKEN = "a-long-token"
    assert metrics.may_read(client, headers) is may


def test_without_a_token_an_empty_one_opens_nothing(settings):
    settings.METRICS_TOKEN = ""
    assert not metrics.may_read("10.0.0.5", {**HOST, b"authorization": b"Bearer "})


async def answered(method="GET", client="127.0.0.1"):
    said = []

    async def send(message):
        said.append(message)

    scope = {"method": method, "headers": [*HOST.items()], "client": (client, 5)}
    await metrics.answer(scope, send)
    return said[0]["status"], said[1]["body"]


async def test_to_anybody_else_and_while_it_is_off_the_address_does_not_exist(counting):
    assert await answered(client="203.0.113.9") == (404, b"")
    assert await answered(method="POST") == (404, b"")
    measures.switch_off()
    assert await answered() == (404, b"")


def test_what_is_owed_and_what_was_reached_is_told(transactional_db, counting, settings, tmp_path, noon):
    settings.ONHARU_DATA = tmp_path
    jobs.enqueue("kernel.forget_jobs", run_at=noon.replace(hour=2))
    milestones.reached("backup.database", at=noon, bytes=4096)
    milestones.reached("restore.database", at=noon)
    milestones.reached("access", at=noon)
    text = metrics.written().decode()
    assert amount(text, "outbox_pending") == 1
    assert amount(text, "outbox_oldest_pending_seconds") == 3600
    assert amount(text, 'backup_size_bytes{target="database"}') == 4096
    for name in ("backup_last_success", "backup_last_verified_restore"):
        assert amount(text, f'{name}_timestamp_seconds{{target="database"}}') == noon.timestamp()
    assert amount(text, "audit_chain_verified_timestamp_seconds") == noon.timestamp()
    assert amount(text, 'measures_part_failed{part="jobs"}') == 0


def test_a_job_that_ran_is_timed(transactional_db, counting):
    queue.run(queue.claim("me", jobs.enqueue("kernel.forget_allowances")))
    text = metrics.written().decode()
    assert amount(text, 'celery_task_duration_seconds_count{state="done",task="kernel.forget_allowances"}') >= 1


def test_answers_are_counted_by_template_and_nothing_personal_is_told(
    transactional_db, counting, owner, stranger, rice
):
    browser = Client()
    browser.force_login(owner, backend="onharu.accounts.backends.AccountBackend")
    principal.reset()
    browser.get("/api/meals/4711/")
    browser.get(f"/{CANARY}/{owner.email}/")
    browser.get("/api/foods/", {"q": CANARY}, headers={"X-Request-ID": f"{CANARY}-1234"})
    Client().get("/api/meals/")
    Client().post("/auth/token/", {"username": CANARY, "password": CANARY}, content_type="application/json")
    text = metrics.written().decode()
    assert amount(text, 'http_requests_total{code="404",method="GET",route="/api/meals/<int:pk>/"}') == 1
    assert amount(text, 'http_requests_total{code="404",method="GET",route="other"}') == 1
    assert amount(text, 'http_requests_total{code="200",method="GET",route="/api/foods/"}') == 1
    assert amount(text, 'authz_denied_total{reason="object_owner"}') == 1
    assert amount(text, 'authz_denied_total{reason="unsigned"}') >= 1
    assert amount(text, 'auth_login_failures_total{reason="password"}') == 1
    assert amount(text, 'db_query_duration_seconds_count{operation="select"}') > 3
    assert amount(text, "http_requests_in_progress") == 0
    for canary in (CANARY, "4711", owner.email, f'"{owner.username}"', stranger.username, "쌀밥"):
        assert canary not in text


def test_health_data_written_without_a_consent_is_counted(transactional_db, counting, owner, monkeypatch, caplog):
    """As where a view is forgotten by the door that refuses."""
    browser = Client()
    browser.force_login(owner, backend="onharu.accounts.backends.AccountBackend")
    assert browser.put("/api/water/2026-11-22/", {"ml": 300}, content_type="application/json").status_code == 200
    assert amount(metrics.written().decode(), "consent_missing_writes_total") == 0
    owner.profile.health_data = "refused"
    owner.profile.save()
    principal.reset()
    refused = browser.put("/api/water/2026-11-22/", {"ml": 400}, content_type="application/json")
    assert refused.status_code == 403
    assert amount(metrics.written().decode(), "consent_missing_writes_total") == 0
    monkeypatch.setattr("onharu.accounts.health.ROOMS", ("nowhere.",))
    written = browser.put("/api/water/2026-11-22/", {"ml": 500}, content_type="application/json")
    assert written.status_code == 200
    assert amount(metrics.written().decode(), "consent_missing_writes_total") == 1


def test_processes_of_a_worker_add_up_and_who_is_gone_has_nothing_under_way(tmp_path):
    """In a process that loads the library anew, as it reads its folder when it is loaded."""
    code = """
import multiprocessing, os, sys
os.environ["PROMETHEUS_MULTIPROC_DIR"] = sys.argv[1]
from onharu.site.figures import shared_figures
from onharu.kernel import measures
def work(number):
    measures.count("singleflight_shared_total", number)
    measures.standing().of("http_requests_in_progress", {}).inc()
with shared_figures(4):
    measures.switch_on()
    from onharu.kernel.measures.page import page
    fork = multiprocessing.get_context("fork")
    hands = [fork.Process(target=work, args=[number]) for number in (1, 20, 300)]
    [hand.start() for hand in hands]
    [hand.join() for hand in hands]
    measures.count("singleflight_shared_total", 4000)
    print(page({}).decode())
print("left", os.listdir(sys.argv[1]))
"""
    words = [sys.executable, "-c", code, str(tmp_path)]
    said = subprocess.run(words, capture_output=True, text=True, check=True).stdout
    assert amount(said, "singleflight_shared_total") == 4321
    assert amount(said, "http_requests_in_progress") == 0
    assert said.strip().endswith("left []")


def test_children_that_follow_each_other_keep_their_figures_in_the_files_of_their_place(tmp_path):
    code = """
import multiprocessing, os, sys
os.environ["PROMETHEUS_MULTIPROC_DIR"] = sys.argv[1]
from onharu.kernel import measures
def work(place, number):
    measures.standing().take_place(place)
    measures.count("singleflight_shared_total", number)
    measures.observe("celery_task_duration_seconds", 1.0, task="toy", state="done")
    measures.standing().of("http_requests_in_progress", {}).inc()
measures.switch_on()
from onharu.kernel.measures.page import page
fork = multiprocessing.get_context("fork")
for place, number in ((0, 1), (1, 20), (0, 300), (0, 4000)):
    hand = fork.Process(target=work, args=[place, number])
    hand.start()
    hand.join()
    if number == 1:
        files = set(os.listdir(sys.argv[1]))
print(page({}).decode())
print("more", sorted(set(os.listdir(sys.argv[1])) - files))
"""
    words = [sys.executable, "-c", code, str(tmp_path)]
    said = subprocess.run(words, capture_output=True, text=True, check=True).stdout
    assert amount(said, "singleflight_shared_total") == 4321
    assert amount(said, "celery_task_duration_seconds_count") == 4
    assert amount(said, "http_requests_in_progress") == 2  # of the two that have the places now
    more = said.strip().rpartition("more ")[2]
    assert more
    assert all("place1" in name for name in re.findall(r"'([^']+)'", more)), more


def test_what_a_killed_server_left_is_taken_away(tmp_path, monkeypatch):
    monkeypatch.setenv(FOLDER, str(tmp_path))
    (tmp_path / f"{PREFIX}4194999").mkdir()
    (tmp_path / f"{PREFIX}{os.getpid()}").mkdir()
    (tmp_path / f"{PREFIX}1").mkdir()
    (tmp_path / "of somebody else").mkdir()
    with shared_figures(2) as folder:
        assert os.environ[FOLDER] == str(folder)
        assert {one.name for one in tmp_path.iterdir()} == {folder.name, f"{PREFIX}1", "of somebody else"}
    assert not folder.exists()


def test_one_process_alone_shares_nothing(tmp_path, monkeypatch):
    monkeypatch.setenv(FOLDER, str(tmp_path))
    with shared_figures(1) as folder:
        assert folder is None
        assert FOLDER not in os.environ


def test_a_worker_tells_its_figures_and_that_it_lives(transactional_db, monkeypatch):
    port = free_port()
    monkeypatch.setenv("METRICS_PORT", str(port))
    with watched():
        measures.count("singleflight_shared_total", 7)
        page = urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=5)
        assert amount(page.read().decode(), "singleflight_shared_total") == 7
        assert urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5).status == 200
        with monkeypatch.context() as late:
            late.setattr(threads, "_watched", [SimpleNamespace(is_alive=lambda: False)])
            with pytest.raises(urllib.error.HTTPError, match="503"):
                urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5)
        asked = urllib.request.Request(f"http://127.0.0.1:{port}/metrics", headers={"X-Forwarded-For": "203.0.113.9"})
        with pytest.raises(urllib.error.HTTPError, match="404"):
            urllib.request.urlopen(asked, timeout=5)
        with watched():  # a second one finds the port taken, and works all the same
            pass
    measures.switch_off()
