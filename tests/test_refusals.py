"""What makes serving unsafe or impossible ends `onharu up` at once: one sentence, a code other than 0, nothing served."""

from __future__ import annotations

import os
import resource
import subprocess
from pathlib import Path
from typing import Any

import pytest

from onharu.kernel import keyring
from tests.booted import COMMAND, LEFT_OUT

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]
SECONDS = 2.0
GOOD = "a-key-that-nobody-guesses-0123456789-ABCDEFGHIJKLMNOPQR"
SECRET = "not-to-be-repeated"
# What is wrong, and what the sentence must say of it.
WRONG: list[tuple[dict[str, str], str]] = [
    ({"SECRET_KEY": "only-for-development-never-serve-with-this-key"}, "SECRET_KEY is the development default"),
    ({"SECRET_KEY": SECRET}, "SECRET_KEY can be guessed"),
    ({"SECRET_KEY": "ab" * 40}, "SECRET_KEY can be guessed"),
    ({"SECRET_KEY_FILE": "/nowhere/secret.key"}, "SECRET_KEY_FILE cannot be read from /nowhere/secret.key"),
    ({"DATABASE_URL_FILE": "/nowhere/url"}, "DATABASE_URL_FILE cannot be read from /nowhere/url"),
    ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS is a wildcard"),
    ({"ALLOWED_HOSTS": ","}, "ALLOWED_HOSTS names no host"),
    ({"ALLOWED_HOSTS": "https://diary.example"}, "ALLOWED_HOSTS must list names"),
    ({"ONHARU_FIELD_KEYS": f"seals k1 {SECRET}"}, "field key k1 is damaged"),
    ({"ONHARU_FIELD_KEYS_FILE": "/nowhere/field.keys"}, "field keys are missing"),
    ({"DEBUG": "ture"}, "DEBUG must be yes or no"),
    ({"BEHIND_TLS": "https"}, "BEHIND_TLS must be yes or no"),
    ({"WEB_THREADS": "abc"}, "WEB_THREADS must be a whole number, not 'abc'"),
    ({"WEB_WORKERS": "0"}, "WEB_WORKERS must be a whole number from 1 to 64, not 0"),
    ({"TRUSTED_PROXIES": "-1"}, "TRUSTED_PROXIES must be a whole number from 0 to 16, not -1"),
    ({"PORT": "eight"}, "PORT must be a whole number"),
    ({"DATABASE_URL": f"mysql://u:{SECRET}@h/x"}, "DATABASE_URL must look like postgresql://"),
    ({"DATABASE_URL": f"postgresql://u:{SECRET}@h:port/x"}, "DATABASE_URL must look like postgresql://"),
    ({"DATABASE_URL": f"postgresql://u:{SECRET}@127.0.0.1:1/none"}, "database does not answer"),
    ({"REDIS_URL": f"http://:{SECRET}@h:6379"}, "REDIS_URL must begin with one of"),
    ({"CORS_ORIGINS": "https://app.example.com/path"}, "CORS_ORIGINS must list origins"),
    ({"CORS_ORIGINS": "*"}, "CORS_ORIGINS must list origins"),
    ({"CORS_ORIGINS": "https://*.example.com"}, "CORS_ORIGINS must name every origin in full"),
    ({"CSRF_TRUSTED_ORIGINS": "diary.example"}, "CSRF_TRUSTED_ORIGINS must list origins"),
    ({"PUBLIC_URL": "diary.example"}, "PUBLIC_URL must be an address"),
    ({"EMAIL_URL": f"mail:{SECRET}@example.com"}, "EMAIL_URL must look like smtp+tls://"),
    ({"EMAIL_URL": f"smtp://u:{SECRET}@mail.example.com:port"}, "EMAIL_URL must look like smtp+tls://"),
    ({"LLM_BASE_URL": "http://127.0.0.1:1/v1"}, "LLM_BASE_URL is set but LLM_MODEL is not"),
    ({"LLM_BASE_URL": "127.0.0.1:1", "LLM_MODEL": "m"}, "LLM_BASE_URL must be an address"),
    ({"NAVER_CLIENT_ID": "n"}, "NAVER_CLIENT_ID is set but NAVER_CLIENT_SECRET is not"),
    ({"NAVER_CLIENT_SECRET": SECRET}, "NAVER_CLIENT_SECRET is set but NAVER_CLIENT_ID is not"),
    ({"KAKAO_CLIENT_SECRET": SECRET}, "KAKAO_CLIENT_SECRET is set but KAKAO_REST_KEY is not"),
    ({"FOOD_VISION_CLOUD": "1"}, "FOOD_VISION_CLOUD is on but HF_TOKEN is not set"),
]


def ended(*words: str, **variables: str) -> tuple[str, float]:
    """Run `onharu` with these words until it ends by itself; returns what it said and the seconds of processor it took."""
    environment = {name: value for name, value in os.environ.items() if name not in LEFT_OUT}
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(
        [COMMAND, *words], env={**environment, **variables}, capture_output=True, text=True, timeout=120, check=False
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert done.returncode != 0
    assert "Traceback" not in done.stderr
    assert SECRET not in done.stderr + done.stdout
    return done.stderr.strip(), after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def refused(folder: Path, **variables: str) -> str:
    """What `onharu up` said, in one line and within two seconds of the processor's time: other tests run beside it."""
    said, seconds = ended("up", "--port", "0", "--data", str(folder), **variables)
    assert seconds < SECONDS, seconds
    assert said.startswith("onharu: ")
    assert len(said.splitlines()) == 1
    assert not (folder / "onharu.sqlite3").exists()
    return said


@pytest.mark.parametrize(("variables", "sentence"), WRONG, ids=[f"{next(iter(one))}-{two}" for one, two in WRONG])
def test_what_is_wrong_with_the_environment_ends_the_start(
    tmp_path: Path, variables: dict[str, str], sentence: str
) -> None:
    assert sentence in refused(tmp_path, **variables)


@pytest.mark.parametrize("name", ["field.keys", "secret.key"])
def test_keys_that_everybody_reads_end_the_start(tmp_path: Path, name: str) -> None:
    keyring.make_file(tmp_path / "field.keys")
    (tmp_path / "secret.key").write_text(GOOD)
    for one in ("field.keys", "secret.key"):
        (tmp_path / one).chmod(0o644 if one == name else 0o600)
    assert f"chmod 600 {tmp_path / name}" in refused(tmp_path)


def test_a_mounted_secret_that_everybody_reads_ends_the_start(tmp_path: Path) -> None:
    (tmp_path / "mounted").write_text(GOOD)
    (tmp_path / "mounted").chmod(0o644)
    said = refused(tmp_path / "data", SECRET_KEY_FILE=str(tmp_path / "mounted"))
    assert "Everybody may read the secret key" in said
    assert GOOD not in said


def test_a_damaged_file_of_keys_ends_the_start(tmp_path: Path) -> None:
    keyring.make_file(tmp_path / "field.keys")
    (tmp_path / "field.keys").write_bytes((tmp_path / "field.keys").read_bytes()[:-30])
    assert "is damaged" in refused(tmp_path)


def test_a_data_folder_that_cannot_be_written_ends_the_start(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert "cannot be written: NotADirectoryError" in refused(tmp_path / "file" / "data")


def test_every_fault_is_said_at_once_by_the_check(tmp_path: Path) -> None:
    wrong: dict[str, Any] = {"SECRET_KEY": "short", "ALLOWED_HOSTS": "*", "NAVER_CLIENT_ID": "n"}
    said, _ = ended("check", "--deploy", ONHARU_DATA=str(tmp_path), **wrong)
    for sentence in ("SECRET_KEY can be guessed", "ALLOWED_HOSTS is a wildcard", "NAVER_CLIENT_SECRET is not"):
        assert sentence in said


def test_what_no_setting_can_be_made_of_ends_every_command_in_one_sentence(tmp_path: Path) -> None:
    said, _ = ended("check", ONHARU_DATA=str(tmp_path), WEB_THREADS="abc")
    assert said == "onharu: WEB_THREADS must be a whole number, not 'abc'."
