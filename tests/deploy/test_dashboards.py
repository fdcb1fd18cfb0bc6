"""Dashboards without Grafana: drawn from one list, readable, in Prometheus' language, and about figures that exist."""

import json
import re
import subprocess
import sys

import pytest
import yaml

from onharu.kernel.measures.names import BY_NAME, HISTOGRAM
from tests.deploy.panels import DASHBOARDS, every_expression, every_panel, exported, names_in, recorded
from tests.deploy.tools import DEPLOY, ROOT, ran, rules

# Units that Grafana knows and that our figures are in.
UNITS = {"short", "s", "bytes", "reqps", "ops", "percent", "percentunit", "Bps", "bool_yes_no"}


def ours():
    """Every name that our page tells, with what a histogram is made of."""
    found = set()
    for spec in BY_NAME.values():
        found |= (
            {f"{spec.name}_{part}" for part in ("bucket", "sum", "count")} if spec.kind == HISTOGRAM else {spec.name}
        )
    return found


def asked():
    return {name for one in every_expression() for name in names_in(one.expr)} | {
        name for _, rule in rules() for name in names_in(rule["expr"])
    }


def test_the_dashboards_are_as_they_are_drawn():
    words = [sys.executable, "scripts/draw_dashboards.py", "--check"]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_there_is_a_dashboard_for_each_part_of_the_house():
    names = {"overview", "caches", "upstreams", "jobs", "stores", "security", "hosts"}
    assert {path.stem for path in DASHBOARDS.glob("*.json")} == names
    uids = [json.loads(path.read_text(encoding="utf-8"))["uid"] for path in DASHBOARDS.glob("*.json")]
    assert len(set(uids)) == len(names)


def test_every_panel_says_what_it_shows_in_which_unit_and_from_where():
    seen = set()
    for dashboard, panel in every_panel():
        place = (dashboard, panel["title"])
        assert panel["title"] and place not in seen
        seen.add(place)
        assert panel["description"].endswith("."), place
        assert panel["fieldConfig"]["defaults"]["unit"] in UNITS, place
        assert panel["targets"], place
        for part in (panel, *panel["targets"]):
            assert part["datasource"] == {"type": "prometheus", "uid": "${datasource}"}, place
    assert len(seen) > 60


def test_panels_lie_beside_each_other():
    for path in DASHBOARDS.glob("*.json"):
        taken = set()
        for panel in json.loads(path.read_text(encoding="utf-8"))["panels"]:
            spot = panel["gridPos"]
            cells = {(spot["x"] + x, spot["y"] + y) for x in range(spot["w"]) for y in range(spot["h"])}
            assert not cells & taken
            assert spot["x"] + spot["w"] <= 24
            taken |= cells


def test_the_data_source_is_a_choice_of_the_reader():
    for path in DASHBOARDS.glob("*.json"):
        told = json.loads(path.read_text(encoding="utf-8"))
        assert [one["name"] for one in told["templating"]["list"] if one["type"] == "datasource"] == ["datasource"]


def test_prometheus_understands_every_expression(tmp_path):
    """Each as a rule that records it, so that its own reader judges."""
    listed = [{"record": f"panel:number:{number}", "expr": one.expr} for number, one in enumerate(every_expression())]
    file = tmp_path / "panels.yml"
    file.write_text(yaml.safe_dump({"groups": [{"name": "panels", "rules": listed}]}), encoding="utf-8")
    code, said = ran("promtool", "check", "rules", file)
    assert code == 0, said
    assert len(listed) > 70


@pytest.mark.parametrize(
    ("expr", "names"),
    [
        ('sum by (a, b) (rate(x_total{a="y_total",c=~"z|w"}[5m])) or vector(0)', {"x_total"}),
        ("time() - max(a_seconds) > 180 or absent(a_seconds)", {"a_seconds"}),
        ("a / on (instance) max by (instance) (b:c:rate5m offset 5h) > bool 1e3", {"a", "b:c:rate5m"}),
    ],
)
def test_names_are_found_in_an_expression(expr, names):
    assert names_in(expr) == names


def test_every_name_that_is_asked_for_exists():
    assert asked() - ours() - recorded() - exported() == set()


def test_every_figure_of_ours_is_looked_at():
    """What nobody looks at need not be counted."""
    unseen = {
        spec.name
        for spec in BY_NAME.values()
        if not {name for name in asked() if name == spec.name or re.fullmatch(rf"{spec.name}_(bucket|sum|count)", name)}
    }
    assert unseen == set()


def test_every_name_of_others_is_asked_for():
    assert exported() - asked() == set()


def test_every_rule_that_is_recorded_is_asked_for_or_was_the_predecessors():
    kept_by_name = {
        "api_response_time_seconds",
        "cache_hit_rate_percent",
        "external_api_calls_total",
        "api_errors_total",
    }
    assert kept_by_name <= recorded()
    assert recorded() - asked() == set()


def test_what_grafana_is_given_reads_these_folders():
    home = DEPLOY / "grafana" / "provisioning"
    source = yaml.safe_load((home / "datasources" / "prometheus.yml").read_text(encoding="utf-8"))["datasources"][0]
    assert (source["type"], source["isDefault"]) == ("prometheus", True)
    provider = yaml.safe_load((home / "dashboards" / "onharu.yml").read_text(encoding="utf-8"))["providers"][0]
    compose = (DEPLOY / "compose.prod.yml").read_text(encoding="utf-8")
    assert f"./grafana/dashboards:{provider['options']['path']}:ro" in compose
    assert "./grafana/provisioning:/etc/grafana/provisioning:ro" in compose
