"""The operators' programs that these tests ask: Prometheus' and Alertmanager's own checkers, from Debian's packages."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
RULES = DEPLOY / "prometheus" / "rules"
RULE_TESTS = DEPLOY / "prometheus" / "tests"
PACKAGES = {
    "promtool": "prometheus",
    "amtool": "prometheus-alertmanager",
    "prometheus-alertmanager": "prometheus-alertmanager",
}


def program(name):
    """Find a program; where its package is not installed the test is left out, but never where changes are judged."""
    found = shutil.which(name)
    if found is None and os.environ.get("CI"):
        pytest.fail(f"{name} is missing: .ci/run installs Debian's {PACKAGES[name]}")
    if found is None:
        pytest.skip(f"{name} is not installed (Debian's package {PACKAGES[name]})")
    return found


def ran(name, *words, **more):
    """Run a program and return how it ended, with everything that it said."""
    done = subprocess.run([program(name), *map(str, words)], capture_output=True, text=True, check=False, **more)
    return done.returncode, done.stdout + done.stderr


def alertmanager_here(secrets="/run/secrets", deadman="http://localhost:9/deadman_url"):
    """Alertmanager's configuration with secrets elsewhere, as Debian 12's 0.25 reads it: it knows no `url_file`."""
    text = (DEPLOY / "alertmanager" / "alertmanager.yml").read_text(encoding="utf-8")
    text, found = re.subn(r"- url_file: /run/secrets/deadman_url$", f"- url: {deadman}", text, flags=re.MULTILINE)
    assert found == 1
    return text.replace("/run/secrets", str(secrets))


def rule_files():
    return sorted(RULES.glob("*.yml"))


def rules():
    """Every rule of every file, as it is written."""
    return [
        (path, rule)
        for path in rule_files()
        for group in yaml.safe_load(path.read_text(encoding="utf-8"))["groups"]
        for rule in group["rules"]
    ]


def alerts():
    return {rule["alert"]: rule for _, rule in rules() if "alert" in rule}
