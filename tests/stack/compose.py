"""What the compose files say of a service: its words and its environment, with the variables filled in."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import yaml

from tests.deploy.tools import DEPLOY

VARIABLE = re.compile(r"\$\$|\$\{(\w+)(?::([-?])([^}]*))?\}")


@cache
def _services() -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for name in ("compose.yml", "compose.prod.yml"):
        found |= yaml.safe_load((DEPLOY / name).read_text(encoding="utf-8"))["services"]
    return found


def filled(text: str, variables: dict[str, str]) -> str:
    """Fill in `${NAME}`, `${NAME:-default}` and `${NAME:?why}`, as compose does."""

    def value(found: re.Match[str]) -> str:
        if found[0] == "$$":
            return "$"
        said = variables.get(found[1], "")
        assert said or found[2] != "?", f"{found[1]}: {found[3]}"
        return said or (found[3] if found[2] == "-" else "")

    return VARIABLE.sub(value, text)


def environment(service: str, variables: dict[str, str]) -> dict[str, str]:
    """Tell the environment of a service."""
    said = _services()[service].get("environment", {})
    return {name: filled(str(value), variables) for name, value in said.items()}


def command(service: str, variables: dict[str, str]) -> list[str]:
    """Tell the words that a service is started with."""
    return [filled(str(word), variables) for word in _services()[service]["command"]]


def ports(service: str) -> list[str]:
    """Tell the ports that a service shows to the outside, as they are written."""
    return [str(one) for one in _services()[service].get("ports", [])]
