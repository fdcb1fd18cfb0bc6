"""A real Alertmanager with our configuration: an alert reaches Slack's and Discord's address, and the switch outside."""

import json
import subprocess
import time
import urllib.request

import pytest

from tests.deploy.tools import alertmanager_here, program
from tests.engines import free_port

pytestmark = [pytest.mark.slow, pytest.mark.timeout(120)]
SECRETS = {"slack_webhook_url": "/slack", "discord_webhook_url": "/discord/slack", "deadman_url": "/deadman"}


@pytest.fixture
def manager(tmp_path, httpserver):
    """Alertmanager on loopback, its secrets in files of their own, as containers mount them."""
    for name, path in SECRETS.items():
        (tmp_path / name).write_text(httpserver.url_for(path), encoding="utf-8")
        # Whom the switch belongs to answers what it likes; Slack and Discord say "ok".
        httpserver.expect_request(path, method="POST").respond_with_data("OK, heard" if path == "/deadman" else "ok")
    file = tmp_path / "alertmanager.yml"
    text = alertmanager_here(tmp_path, httpserver.url_for(SECRETS["deadman_url"]))
    file.write_text(text, encoding="utf-8")
    port = free_port()
    words = [f"--config.file={file}", f"--storage.path={tmp_path}/data", f"--web.listen-address=127.0.0.1:{port}"]
    with (tmp_path / "log").open("wb") as log:
        command = [program("prometheus-alertmanager"), *words, "--cluster.listen-address="]
        process = subprocess.Popen(command, stdout=log, stderr=log)
    base = f"http://127.0.0.1:{port}"
    until = time.monotonic() + 20
    while not answers(base):
        assert time.monotonic() < until, (tmp_path / "log").read_text(encoding="utf-8")
        time.sleep(0.05)
    yield base
    process.terminate()
    process.wait(10)


def answers(base):
    try:
        return urllib.request.urlopen(f"{base}/-/ready", timeout=1).status == 200
    except OSError:
        return False


def tell(base, **labels):
    alert = {"labels": labels, "annotations": {"summary": "It is broken", "runbook": "docs/operations/runbooks/X.md"}}
    request = urllib.request.Request(
        f"{base}/api/v2/alerts", json.dumps([alert]).encode(), {"Content-Type": "application/json"}
    )
    assert urllib.request.urlopen(request, timeout=5).status == 200


def heard(httpserver):
    return {request.path: json.loads(request.data) for request, _ in httpserver.log}


def test_a_page_reaches_both_ways_and_the_watchdog_its_switch_and_what_follows_is_silent(manager, httpserver):
    tell(manager, alertname="Watchdog", severity="none")
    tell(manager, alertname="DatabaseDown", severity="page", instance="db")
    tell(manager, alertname="BeatMissing", severity="page")
    until = time.monotonic() + 30
    while set(heard(httpserver)) != set(SECRETS.values()):
        assert time.monotonic() < until, heard(httpserver)
        time.sleep(0.1)
    time.sleep(2)
    said = heard(httpserver)
    for path in ("/slack", "/discord/slack"):
        letter = said[path]["attachments"][0]
        assert letter["title"] == "FIRING DatabaseDown"
        assert "It is broken (docs/operations/runbooks/X.md)" in letter["text"]
    assert [one["labels"]["alertname"] for one in said["/deadman"]["alerts"]] == ["Watchdog"]
    letters = [json.loads(request.data) for request, _ in httpserver.log if request.path != "/deadman"]
    titles = [letter["attachments"][0]["title"] for letter in letters]
    assert not any("BeatMissing" in title for title in titles), "what follows from a database that is down is not said"
