"""Prometheus of the booted house, asked as Grafana and an operator ask it."""

from __future__ import annotations

import json
import time
import urllib.parse
import urllib.request
from typing import Any


class Watcher:
    """What it read, what it computed and what it says is wrong."""

    def __init__(self, at: str) -> None:
        self.base = f"http://{at}/api/v1"

    def _ask(self, path: str, **words: str) -> Any:
        address = f"{self.base}/{path}?{urllib.parse.urlencode(words)}"
        with urllib.request.urlopen(address, timeout=20) as answer:
            return json.loads(answer.read())["data"]

    def series(self, expr: str) -> list[dict[str, Any]]:
        """List what an expression gives now."""
        found: list[dict[str, Any]] = self._ask("query", query=expr)["result"]
        return found

    def value(self, expr: str) -> float:
        """Tell the one number that an expression gives; nought where it gives none."""
        found = self.series(expr)
        return float(found[0]["value"][1]) if found else 0.0

    def targets(self) -> dict[str, list[str]]:
        """Tell how each process of each job was last read."""
        found: dict[str, list[str]] = {}
        for one in self._ask("targets", state="active")["activeTargets"]:
            found.setdefault(one["labels"]["job"], []).append(one["health"])
        return found

    def rules(self) -> dict[str, str]:
        """Tell of each rule whether it can be computed."""
        groups = self._ask("rules")["groups"]
        return {rule["name"]: rule["health"] for group in groups for rule in group["rules"]}

    def names(self) -> set[str]:
        """List every name of a series that was read."""
        return set(self._ask("label/__name__/values"))

    def firing(self) -> set[str]:
        """List the alerts that fire."""
        return {one["labels"]["alertname"] for one in self._ask("alerts")["alerts"] if one["state"] == "firing"}

    def never_fires(self, names: set[str], seconds: float) -> set[str]:
        """Watch for a while; tells what fired of these."""
        fired, until = set(), time.monotonic() + seconds
        while time.monotonic() < until:
            fired |= self.firing() & names
            time.sleep(0.5)
        return fired
