"""Alerts: each fires when it should and is silent when not, is told to somebody, and has a page that says what to do.

A rule that nobody tests is changed by a typing error and sleeps for a year. So every rule is also broken on purpose
here, and its tests must notice.
"""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
import yaml

from tests.deploy.tools import (
    DEPLOY,
    ROOT,
    RULE_TESTS,
    RULES,
    alertmanager_here,
    alerts,
    program,
    ran,
    rule_files,
    rules,
)

RUNBOOKS = ROOT / "docs" / "operations" / "runbooks"
ALERTMANAGER = DEPLOY / "alertmanager" / "alertmanager.yml"
ROUTES = {"page": "page", "ticket": "ticket", "none": "deadman"}


def cases():
    """Every case of every file of tests: the file, what it says above the cases, the case."""
    for path in sorted(RULE_TESTS.glob("*.yml")):
        told = yaml.safe_load(path.read_text(encoding="utf-8"))
        for case in told.pop("tests"):
            yield path, told, case


def checks():
    for _, _, case in cases():
        yield from case.get("alert_rule_test", ())


def test_the_rules_can_be_read():
    code, said = ran("promtool", "check", "rules", *rule_files())
    assert code == 0, said


@pytest.fixture(scope="module")
def manager(tmp_path_factory):
    file = tmp_path_factory.mktemp("alertmanager") / "alertmanager.yml"
    file.write_text(alertmanager_here(), encoding="utf-8")
    return file


def test_the_configuration_can_be_read(manager):
    code, said = ran("promtool", "check", "config", "--syntax-only", DEPLOY / "prometheus" / "prometheus.yml")
    assert code == 0, said
    code, said = ran("amtool", "check-config", manager)
    assert code == 0, said


@pytest.mark.slow
@pytest.mark.parametrize("path", sorted(RULE_TESTS.glob("*.yml")), ids=lambda path: path.stem)
def test_alerts_fire_and_stay_silent(path):
    code, said = ran("promtool", "test", "rules", path)
    assert code == 0, said


def test_every_alert_has_a_case_that_fires_and_one_that_is_silent():
    fires = {check["alertname"] for check in checks() if check["exp_alerts"]}
    silent = {check["alertname"] for check in checks() if not check["exp_alerts"]}
    assert set(alerts()) == fires
    assert set(alerts()) - silent == {"Watchdog"}


def test_every_alert_says_how_bad_it_is_what_is_wrong_and_where_to_read_on():
    for name, alert in alerts().items():
        assert alert["labels"]["severity"] in ROUTES, name
        assert len(alert["annotations"]["summary"].split()) >= 4, name
        assert alert["annotations"]["runbook"] == f"docs/operations/runbooks/{name}.md"


def test_every_alert_has_a_page_and_every_page_an_alert():
    assert {path.stem for path in RUNBOOKS.glob("[A-Z]*.md")} - {"README"} == set(alerts())


def test_no_page_asks_a_container_for_what_is_not_in_it():
    for page in RUNBOOKS.glob("*.md"):
        # The image has no curl, and the house answers to its names alone.
        assert "127.0.0.1:8000" not in page.read_text(encoding="utf-8"), page.name


@pytest.mark.parametrize("name", sorted(alerts()))
def test_a_page_says_what_it_means_where_to_look_what_to_do_and_when_to_worry(name):
    text = (RUNBOOKS / f"{name}.md").read_text(encoding="utf-8")
    assert text.startswith(f"# {name}\n")
    headings = re.findall(r"^\*\*(.+?)\.\*\*", text, flags=re.MULTILINE)
    assert headings == ["What it means", "Look first", "Do", "Worry when"]
    assert len(text.split()) > 50


# --- rules that are broken on purpose -------------------------------------------------------------------------------
NUMBER = re.compile(r"([<>=]=? )(\d+(?:\.\d+)?)(?= |$|\n)")


def scaled(expression, by):
    """Every threshold of an expression `by` times as high; one of nought cannot be scaled."""
    return NUMBER.sub(lambda found: f"{found[1]}{float(found[2]) * by:g}", expression)


def mutants():
    """(alert, what was done to it, its broken rule)."""
    for name, rule in alerts().items():
        said = rule["expr"].strip()
        broken = {
            "ten times as high": scaled(said, 10),
            "a tenth as high": scaled(said, 0.1),
            "turned round": re.sub(r"([<>])(?= [\d-])", lambda found: "<" if found[1] == ">" else ">", said),
            "equal to something else": re.sub(r"== (\d)", lambda found: f"== {int(found[1]) + 1}", said),
            "absent dropped": re.sub(r"\s+or absent\(.*\)$", "", said),
            "never": f"({said}) > bool 0 == 5",
        }
        for what, expression in broken.items():
            if expression != said:
                yield name, what, {**rule, "expr": expression}
        if "for" in rule:
            yield name, "at once", {key: value for key, value in rule.items() if key != "for"}
            yield name, "hours later", {**rule, "for": "30h"}


def survivors(folder, name, broken):
    """What may be done to the rule of an alert without its tests noticing. All at once: each under a name of its own."""
    home = folder / name
    home.mkdir()
    called = {f"Broken{number}": what for number, what in enumerate(broken)}
    rules_of_it = [{**broken[what], "alert": alert} for alert, what in called.items()]
    needed = [rule for _, rule in rules() if rule.get("record", "of nothing") in alerts()[name]["expr"]]
    groups = [{"name": "slo", "rules": needed}, {"name": "promises", "rules": rules_of_it}]
    (home / "rules.yml").write_text(yaml.safe_dump({"groups": [group for group in groups if group["rules"]]}))
    said = ""
    for number, (about, mine) in enumerate(cases_of(name, called)):
        file = home / f"{number}.yml"
        file.write_text(yaml.safe_dump({**about, "rule_files": ["rules.yml"], "tests": mine}))
        said += ran("promtool", "test", "rules", file)[1]
    noticed = set(re.findall(r"alertname: ?(\w+)", said))
    assert noticed <= set(called), said
    return [f"{name}: {what}" for alert, what in called.items() if alert not in noticed]


def cases_of(name, called):
    """The cases of one alert by file, with only its own checks, once under each name it is called here."""
    found = {}
    for path, about, case in cases():
        mine = [
            {**check, "alertname": alert}
            for check in case.get("alert_rule_test", ())
            if check["alertname"] == name
            for alert in called
        ]
        if mine:
            plain = {key: value for key, value in about.items() if key != "group_eval_order"}
            order = {"group_eval_order": ["slo", "promises"]} if "slo:" in alerts()[name]["expr"] else {}
            found.setdefault(path, ({**plain, **order}, []))[1].append({**case, "alert_rule_test": mine})
    return found.values()


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_a_broken_rule_is_noticed(tmp_path):
    program("promtool")
    broken = {}
    for name, what, rule in mutants():
        broken.setdefault(name, {})[what] = rule
    with ThreadPoolExecutor(2) as threads:
        alive = threads.map(lambda one: survivors(tmp_path, *one), broken.items())
        assert [one for found in alive for one in found] == []
    assert set(broken) == set(alerts())
    assert sum(map(len, broken.values())) > 120


# --- who is told ----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("name", sorted(alerts()))
def test_an_alert_goes_to_who_its_severity_names(name, manager):
    severity = alerts()[name]["labels"]["severity"]
    words = ["config", "routes", "test", f"--config.file={manager}", f"--verify.receivers={ROUTES[severity]}"]
    code, said = ran("amtool", *words, f"severity={severity}", f"alertname={name}")
    assert code == 0, said


def test_secrets_stand_in_files_of_their_own():
    text = ALERTMANAGER.read_text(encoding="utf-8")
    assert "hooks.slack.com" not in text
    assert "discord.com" not in text
    assert set(re.findall(r"/run/secrets/\w+", text)) == {
        "/run/secrets/slack_webhook_url",
        "/run/secrets/discord_webhook_url",
        "/run/secrets/deadman_url",
    }
    assert "credentials:" not in (DEPLOY / "prometheus" / "prometheus.yml").read_text(encoding="utf-8")


def test_what_silences_and_what_is_silenced_exists():
    told = yaml.safe_load(ALERTMANAGER.read_text(encoding="utf-8"))
    named = re.findall(r'alertname=~?"([^"]+)"', " ".join(str(rule) for rule in told["inhibit_rules"]))
    names = {name for one in named for name in one.split("|")}
    assert names
    assert names <= set(alerts())
    assert "Watchdog" not in names


def test_every_rule_stands_in_a_file_that_prometheus_reads():
    told = yaml.safe_load((DEPLOY / "prometheus" / "prometheus.yml").read_text(encoding="utf-8"))
    assert told["rule_files"] == ["rules/*.yml"]
    assert {path.parent for path, _ in rules()} == {RULES}
