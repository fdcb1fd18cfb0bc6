"""What the compose files say, held to what Docker does with it: who may read a secret, whose port is shown, who builds."""

import re
import subprocess

import pytest
import yaml

from tests.deploy.tools import DEPLOY, rules

# Made by make-secrets, and by an operator where it is a certificate.
CHOWN = '#!/bin/sh\necho "$1 $2" >>"$NOTED"\n'


def told(name):
    return yaml.safe_load((DEPLOY / name).read_text(encoding="utf-8"))


def services():
    return told("compose.yml")["services"] | told("compose.prod.yml")["services"]


@pytest.fixture(scope="module")
def owners(tmp_path_factory):
    """Who owns each secret, by the words of make-secrets itself."""
    home = tmp_path_factory.mktemp("secrets")
    for name, text in (("deploy/make-secrets", (DEPLOY / "make-secrets").read_text("utf-8")), ("bin/chown", CHOWN)):
        (home / name).parent.mkdir()
        (home / name).write_text(text, encoding="utf-8")
        (home / name).chmod(0o755)
    environment = {"PATH": f"{home / 'bin'}:/usr/bin:/bin", "NOTED": str(home / "noted")}
    words = ["sh", "deploy/make-secrets", "--self-signed", "diary.example"]
    subprocess.run(words, cwd=home, env=environment, check=True, capture_output=True)
    lines = (home / "noted").read_text(encoding="utf-8").splitlines()
    return {line.split("secrets/")[1]: line.split(" ")[0] for line in lines}


def read_by(service):
    for one in service.get("secrets", ()):
        yield one if isinstance(one, str) else one["source"]


def test_every_secret_belongs_to_the_one_user_who_reads_it(owners):
    found = {(name, service["user"]) for service in services().values() for name in read_by(service)}
    assert found == set(owners.items())
    files = told("compose.yml")["secrets"] | told("compose.prod.yml")["secrets"]
    assert {name: one["file"] for name, one in files.items()} == {name: f"./secrets/{name}" for name in owners}


@pytest.mark.parametrize("name", sorted(services()))
def test_a_service_is_nobody_on_what_it_cannot_write_and_within_bounds(name):
    service = services()[name]
    assert (service["read_only"], service["cap_drop"]) == (True, ["ALL"])
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["logging"]["options"] == {"max-size": "10m", "max-file": "5"}
    assert set(service["deploy"]["resources"]["limits"]) == {"cpus", "memory"}
    # Who reads the kernel's accounts must be root, and may read the kernel's log besides.
    assert (service["user"] == "0:0", service.get("cap_add")) == (
        (True, ["SYSLOG"]) if name == "cadvisor" else (False, None)
    )


def test_a_port_is_shown_by_who_is_on_a_network_that_leads_out():
    assert told("compose.yml")["networks"]["inside"] == {"internal": True}
    showing = {name: one for name, one in services().items() if "ports" in one}
    assert set(showing) == {"front", "grafana", "prometheus"}
    for name, one in showing.items():
        assert "outside" in one["networks"], name
        assert name == "front" or all(port.startswith("127.0.0.1:") for port in one["ports"]), name


def test_an_image_is_built_by_one_service_and_asked_for_only_where_it_is_missing():
    built = [one["image"] for one in services().values() if "build" in one]
    ours = {one["image"] for one in services().values() if "ONHARU_VERSION" in one["image"]}
    assert sorted(built) == sorted(ours)
    assert len(built) == 2
    assert {one.get("pull_policy") for one in services().values() if one["image"] in ours} == {"missing"}


def test_who_was_ended_for_want_of_memory_can_be_read_where_it_stands():
    assert any("container_oom_events_total" in rule["expr"] for _, rule in rules())
    assert services()["cadvisor"]["devices"] == ["/dev/kmsg:/dev/kmsg:r"]


def test_where_workers_are_asked_is_where_they_answer():
    house = services()["worker"]
    asked = re.search(r"127\.0\.0\.1:(\d+)/healthz", house["healthcheck"]["test"][-1])
    assert asked[1] == house["environment"]["METRICS_PORT"]
    read = told("prometheus/prometheus.yml")["scrape_configs"]
    ports = {one["job_name"]: str(one["dns_sd_configs"][0]["port"]) for one in read if "dns_sd_configs" in one}
    assert (ports["worker"], ports["beat"]) == (asked[1], asked[1])
