"""The house as `deploy/` describes it is well: everybody is watched, every rule computes, every panel shows something."""

import pytest

from tests.deploy.panels import every_expression, exported, names_in
from tests.deploy.tools import alerts, rules
from tests.stack.person import Person
from tests.stack.programs import wait_for

pytestmark = [pytest.mark.stack, pytest.mark.slow, pytest.mark.timeout(400)]
# What a house of a few seconds has not: a backup, a drill, a look through the record of accesses. Their alerts are
# right. A machine in a machine may have nobody who sets its clock, and one that boots all of this is slow for a while.
OF_A_NEW_HOUSE = {"Watchdog", "BackupStale", "RestoreDrillStale", "AuditChainNotVerified", "ClockSkew", "ApiSlow"}
# Nobody packs cadvisor, and how far a replica is behind is told by later editions of its exporter than Debian's.
OF_NO_PACKAGE = {name for name in exported() if name.startswith("container_") or "replication_lag" in name}

MEALS = 'sum(http_requests_total{route=~".*meals/",method="POST"})'


@pytest.fixture(scope="module")
def someone(house):
    found = Person(house)
    yield found
    found.close()


@pytest.fixture(scope="module")
def used(house, watcher, someone):
    """A house that somebody used, and that was read a few times since."""
    food = someone.food()
    before = None
    # Twice: what is counted for the first time is no increase yet.
    for _ in range(2):
        for _ in range(5):
            assert someone.write(food).status_code == 201
            assert someone.read().status_code == 200
        wait_for(lambda before=before: watcher.value(MEALS) != (before or 0), 60, "figures")
        before = watcher.value(MEALS)
    # Made by a worker, kept in the bucket.
    wait_for(lambda: someone.client.get("/api/me/export/").status_code in {200, 302}, 60, "an archive")
    house.owe("goals.clean")
    wait_for(lambda: watcher.value("count(celery_task_duration_seconds_count)") > 0, 60, "jobs")
    return watcher


def test_every_process_is_read(house, watcher):
    wanted = {
        "api": 2, "events": 1, "worker": 1, "beat": 1, "probe": 1, "postgres": 1, "redis": 1, "node": 1,
        "prometheus": 1, "alertmanager": 1,
    }  # fmt: skip
    wait_for(lambda: watcher.targets() == {job: ["up"] * number for job, number in wanted.items()}, 60,
             lambda: f"every target up: {watcher.targets()}")  # fmt: skip
    assert watcher.value("probe_success") == 1


def test_every_rule_computes(used):
    written = {rule.get("alert") or rule["record"] for _, rule in rules()}
    wait_for(lambda: set(used.rules().values()) == {"ok"}, 30, "rules")
    assert set(used.rules()) == written


def test_every_panel_shows_something(used, someone):
    asked = [one for one in every_expression() if not OF_NO_PACKAGE & names_in(one.expr)]
    assert len(asked) > 70

    def shown():
        # Somebody goes on: who of the two processes looks into its cache for the second time is chance.
        assert someone.food()
        assert someone.read().status_code == 200
        return all(used.series(one.expr) for one in asked)

    wait_for(shown, 60, lambda: f"panels without anything: {[one for one in asked if not used.series(one.expr)]}")


def test_every_figure_of_others_is_there(used):
    assert len(exported() - OF_NO_PACKAGE) > 20
    assert exported() - OF_NO_PACKAGE - used.names() == set()


def test_no_alert_fires_that_should_not(used):
    assert used.never_fires(set(alerts()) - OF_A_NEW_HOUSE, 6) == set()
