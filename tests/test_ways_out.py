"""Every way out of this house is known, and each goes by the guard or to an address that the operator wrote down."""

import ast
import socket
from pathlib import Path

import pytest

import onharu
from onharu.kernel import clock
from onharu.records.medication.actions.delivering import deliver
from onharu.records.medication.actions.notifying import send_test
from onharu.records.medication.models import Delivery, PushSubscription
from onharu.upstream import registry
from onharu.upstream.tests.resolving import Canary, resolve
from tests.push_endpoint import BrowserKeys

ONHARU = Path(onharu.__file__).resolve().parent
SUBSCRIPTIONS = "/api/push/subscriptions/"
# What can open a connection or ask a name server; of `urllib` only `request` can.
WAYS = {
    "socket", "ssl", "socketserver", "selectors", "http.client", "http.server", "urllib.request", "ftplib",
    "imaplib", "poplib", "telnetlib", "nntplib", "smtplib", "xmlrpc", "httpx", "httpcore", "requests", "urllib3",
    "aiohttp", "websockets", "paramiko", "redis", "psycopg", "kombu", "pywebpush", "huggingface_hub", "openai",
    "dns", "webbrowser", "multiprocessing.connection", "subprocess", "pycurl", "django.core.mail", "uvicorn", "granian",
    "boto3", "botocore", "storages", "celery", "prometheus_client.exposition",
}  # fmt: skip
KNOWN = {
    "upstream/guard.py": {"socket", "ssl", "httpcore"},  # the guard itself
    "upstream/http.py": {"ssl", "httpx", "httpcore"},  # the one wire, over the guard
    "upstream/mail.py": {"smtplib", "ssl", "django.core.mail"},  # to EMAIL_URL, the operator's own
    "kernel/redis_line.py": {"redis"},  # the one line to REDIS_URL, the operator's own
    "kernel/redis_urls.py": {"redis"},  # reads that address
    "kernel/broker_urls.py": {"ssl"},  # how the broker's certificate is proved
    "kernel/jobs/broker.py": {"celery"},  # to the broker, the operator's own
    "kernel/jobs/worker.py": {"celery"},  # workers of that broker
    "kernel/measures/page.py": {"prometheus_client.exposition"},  # how figures are written, nothing is sent
    "kernel/schedule/scheduler.py": {"celery"},  # when an entry is due; owes a row
    "kernel/bucket.py": {"boto3", "botocore", "storages"},  # to FILES_URL, the operator's own
    "upstream/food_vision/backends/weights.py": {"subprocess"},  # this Python on a model file, see below
    "kernel/walls/postgres/base.py": {"psycopg"},  # to DATABASE_URL, the operator's own
    "kernel/backups/postgres.py": {"psycopg"},  # to DATABASE_URL, the operator's own
    "kernel/backups/programs.py": {"subprocess"},  # pg_dump and pg_restore on DATABASE_URL
    "site/backing.py": {"subprocess"},  # this house's own commands, on a restored database
    "site/refusals.py": {"psycopg"},  # names of its faults
    "site/command.py": {"socket"},  # which port of this machine is free
    "site/serve.py": {"granian"},  # listens
    "site/watched.py": {"http.server"},  # listens, for figures
}
# An event loop opens connections by these.
OF_A_LOOP = {"open_connection", "open_unix_connection", "create_connection", "create_datagram_endpoint", "sock_connect"}


def modules():
    for path in sorted(ONHARU.rglob("*.py")):
        if "tests" not in path.parts and "migrations" not in path.parts and path.name != "conftest.py":
            yield path.relative_to(ONHARU).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


def imported(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")) in DYNAMIC:
            yield from (one.value for one in node.args if isinstance(one, ast.Constant) and isinstance(one.value, str))


DYNAMIC = {"import_module", "__import__", "import_string"}


def ways_of(tree):
    named = set(imported(tree))
    return {way for way in WAYS if any(name == way or name.startswith(f"{way}.") for name in named)}


def test_nobody_but_those_named_here_can_open_a_connection():
    found = {name: ways for name, tree in modules() if (ways := ways_of(tree))}
    assert {name: ways - KNOWN.get(name, set()) for name, ways in found.items() if ways - KNOWN.get(name, set())} == {}
    assert {name for name in KNOWN if name not in found} == set(), "nothing is excused that is not there"


def test_no_event_loop_opens_one_either():
    assert [name for name, tree in modules() if any(True for call in OF_A_LOOP for _ in calls_of(tree, call))] == []


def calls_of(tree, name):
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) == name:
            yield node


def test_every_wire_is_told_at_its_making_which_homes_the_operator_has():
    """What counts as home comes from an option of the backend, so from the settings, and from nobody's request."""
    wires = {name: list(calls_of(tree, "Http")) for name, tree in modules()}
    made = {name: ast.unparse(calls[0]) for name, calls in wires.items() if calls}
    assert set(made) == {
        "upstream/food_vision/backends/hugging_face.py",
        "upstream/maps/backends/kakao.py",
        "upstream/plain_words/backends/openai_compatible.py",
        "upstream/sign_in/backends/kakao.py",
        "upstream/sign_in/backends/naver.py",
        "upstream/vendors/data_go_kr_tables.py",
        "upstream/web_push/backends/embedded.py",
    }
    for name, calls in wires.items():
        for call in calls:
            (homes,) = [ast.unparse(one.value) for one in call.keywords if one.arg == "homes"]
            assert homes in {"[base_url] if base_url else []", "homes", "self.homes"}, name


def test_the_guard_opens_every_socket_of_the_wire():
    (wire,) = [tree for name, tree in modules() if name == "upstream/http.py"]
    (client,) = calls_of(wire, "Client")
    said = {one.arg: ast.unparse(one.value) for one in client.keywords}
    assert said["transport"] == "_GuardedTransport(network)"
    assert (said["trust_env"], said["follow_redirects"]) == ("False", "False")
    (pool,) = calls_of(wire, "ConnectionPool")
    assert {one.arg: ast.unparse(one.value) for one in pool.keywords}["network_backend"] == "network"


def test_the_one_program_that_is_started_is_this_python_and_its_words_are_ours():
    (weights,) = [tree for name, tree in modules() if name == "upstream/food_vision/backends/weights.py"]
    (started,) = calls_of(weights, "run")
    (command,) = [
        one for one in ast.walk(weights) if isinstance(one, ast.Assign) and ast.unparse(one.targets[0]) == "command"
    ]
    assert ast.unparse(started.args[0]) == "command"
    assert ast.unparse(command.value) == "[sys.executable, '-m', BUILDER, str(source), str(target)]"
    assert "shell" not in {one.arg for one in started.keywords}


@pytest.fixture
def canary(monkeypatch):
    found = Canary()
    monkeypatch.setattr(socket, "create_connection", found.refuse)
    yield found
    found.listener.close()


HOUSES = ["127.0.0.1", "[::1]", "2130706433", "0x7f.1", "0177.0.0.1", "127.1", "localhost", "a.localhost", "localhost.",
          "nas.local", "169.254.169.254", "metadata.google.internal", "10.0.0.1", "[fd00::1]", "127.0.0.1.", "host"]  # fmt: skip


@pytest.mark.parametrize("host", HOUSES)
def test_a_browser_of_this_house_is_not_taken(browser, canary, host):
    said = {"endpoint": f"https://{host}/push/1", "keys": BrowserKeys().said}
    answer = browser.post(SUBSCRIPTIONS, said, content_type="application/json")
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
    assert set(answer.json()["messages"]) == {"ko", "en"}
    assert not PushSubscription.objects.exists()
    assert canary.begun == []


@pytest.mark.parametrize("host", ["127.0.0.1", "0x7f.1", "localhost", "127.0.0.1.nip.example", "two-faced.example"])
def test_a_browser_that_turned_out_to_be_in_this_house_is_not_rung_at(owner, canary, settings, tmp_path, host):
    """Its row stands, as one from before may, or one whose name led elsewhere when it was taken."""
    settings.UPSTREAM = {
        "web_push": {
            "BACKEND": "onharu.upstream.web_push.backends.embedded.Backend",
            "OPTIONS": {"folder": tmp_path, "resolve": resolve},
        }
    }
    registry.reset()
    keys = BrowserKeys().said
    PushSubscription.objects.create(
        owner=owner, endpoint=f"https://{host}/1", p256dh=keys["p256dh"], auth=keys["auth"], created_at=clock.now()
    )
    send_test(owner_id=owner.pk, at=clock.now())
    (delivery,) = Delivery.objects.all()
    assert deliver(delivery.pk) is False
    delivery.refresh_from_db()
    assert (delivery.state, delivery.fault) in {("failed", "not_public"), ("failed", "address_refused")}
    assert canary.begun == []
    registry.reset()
