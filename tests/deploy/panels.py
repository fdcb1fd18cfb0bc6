"""What is asked of Prometheus, by panels and by rules: for tests here and for those of the booted stack."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

from tests.deploy.tools import DEPLOY, ROOT, rules

DASHBOARDS = DEPLOY / "grafana" / "dashboards"
EXPORTERS = ROOT / "tests" / "deploy" / "exporters.txt"
# What Grafana fills in by how often Prometheus reads and how much is shown.
FILLED_IN = {"$__rate_interval": "5m", "$__interval": "1m", "$__range": "6h"}
WORDS = {"and", "or", "unless", "offset", "bool", "by", "without", "on", "ignoring", "group_left", "group_right", "inf"}


@dataclass(frozen=True, slots=True)
class Asked:
    """An expression and who asks it."""

    dashboard: str
    panel: str
    expr: str


def every_panel() -> Iterator[tuple[str, dict]]:
    """Every panel with the name of its dashboard's file."""
    for path in sorted(DASHBOARDS.glob("*.json")):
        for panel in json.loads(path.read_text(encoding="utf-8"))["panels"]:
            yield path.stem, panel


def every_expression() -> list[Asked]:
    """Every expression of every panel as Prometheus is asked it: each returns at least one series on a booted stack."""
    found = []
    for dashboard, panel in every_panel():
        for target in panel["targets"]:
            expr = target["expr"]
            for name, value in FILLED_IN.items():
                expr = expr.replace(name, value)
            found.append(Asked(dashboard, panel["title"], expr))
    return found


def names_in(expr: str) -> set[str]:
    """The names of series in an expression, without functions, labels and numbers."""
    bare = re.sub(r'"(?:\\.|[^"\\])*"', '""', expr)
    bare = re.sub(r"\{[^}]*\}|\[[^\]]*\]", " ", bare)
    bare = re.sub(r"\b(?:by|without|on|ignoring|group_left|group_right)\s*\([^)]*\)", " ", bare)
    found = re.findall(r"(?<![\w.:])([a-zA-Z_:][\w:]*)(?!\w|\s*\()", bare)
    return {name for name in found if name not in WORDS}


def recorded() -> set[str]:
    """The names that rules record."""
    return {rule["record"] for _, rule in rules() if "record" in rule}


def exported() -> set[str]:
    """The names that others export, as far as we ask for them."""
    lines = EXPORTERS.read_text(encoding="utf-8").splitlines()
    return {name for line in lines if not line.startswith("#") for name in line.split()[1:]}
