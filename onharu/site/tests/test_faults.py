"""The faults of an environment, asked for without a process; that they end a start is in tests/test_refusals.py."""

import os

import pytest

from onharu.kernel import keyring
from onharu.site.refusals import faults, first_fault
from tests.test_refusals import GOOD, SECRET, WRONG

SILENT = "database does not answer"  # asked of the database, not of the environment
SAID = [(variables, sentence) for variables, sentence in WRONG if sentence != SILENT]


@pytest.fixture
def environment(monkeypatch, tmp_path):
    """Nothing but what is needed to be served."""
    for name in os.environ:
        if name not in {"PATH", "HOME", "ONHARU_TEST_FOLDER"}:
            monkeypatch.delenv(name)
    monkeypatch.setenv("SECRET_KEY", GOOD)
    monkeypatch.setenv("ONHARU_DATA", str(tmp_path))
    return monkeypatch


@pytest.mark.parametrize(("variables", "sentence"), SAID, ids=[f"{next(iter(one))}-{two}" for one, two in SAID])
def test_a_fault_of_the_environment_is_one_sentence(environment, tmp_path, variables, sentence):
    for name, value in variables.items():
        environment.setenv(name, value)
    said = next((one for one in faults(tmp_path) if sentence in one), "")
    assert said and "\n" not in said and SECRET not in said


def test_nothing_is_wrong_with_what_is_needed(environment, tmp_path):
    environment.setenv("ONHARU_FIELD_KEYS", keyring.fresh_ring().as_text())
    assert first_fault(tmp_path) is None
