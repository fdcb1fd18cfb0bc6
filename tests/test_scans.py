"""What `make check` asks of the source finds what is planted: a key, a call that runs words, a setting left open."""

import os
import subprocess
from pathlib import Path

import pytest

from scripts import bandit_scan, secrets_scan
from tests.booted import COMMAND, LEFT_OUT

# In pieces, so that this file holds none of them.
PLANTED = {
    "a key of AWS": f'key = "AKIA{"IOSFODNN7EXAMPLQ"}"',
    "a token of GitHub": f'token = "ghp_{"a1B2c3D4e5F6g7H8i9"}{"J0k1L2m3N4o5P6q7R8"}"',
    "a key of OpenAI": f'key = "sk-{"aB3dE5fG7hI9jK1lM3nO"}T3BlbkFJ{"aB3dE5fG7hI9jK1lM3nO"}"',
    "a key in PEM": f"-----BEGIN {'RSA'} PRIVATE KEY-----",
    "a token of a person": f'said = "eyJ{"hbGciOiJIUzI1NiJ9"}.eyJ{"zdWIiOiIxIn0"}.{"c2lnbmF0dXJlLXRoYXQtaXMtbG9uZw"}"',
    "a word in a setting": f"password = '{'correct-horse-stapler'}'",
    "a password in an address": f"url = 'postgresql://onharu:{'correct-horse'}@db.example/onharu'",
    "forty hex digits": f"mark = '{'9f86d081884c7d659a2feaa0c55ad015a3bf4f1b'}'",  # pragma: allowlist secret, planted
    "a text of chance": f"mark = '{'kJ8vQ2xR7mN4pL9sT3wY6zB1cD5fG0hAqEuIo'}'",  # pragma: allowlist secret, planted
}
DANGEROUS = {
    "a shell": ("import subprocess\nsubprocess.run(words, shell=True)\n", "B602"),
    "words that run": ("eval(words)\n", "B307"),
    "a statement of somebody's words": ('cursor.execute(f"SELECT * FROM {words} WHERE 1")\n', "B608"),
    "a pickle of somebody's": ("import pickle\npickle.loads(words)\n", "B301"),
    "an old sum": ("import hashlib\nhashlib.md5(words)\n", "B324"),
    "a call that trusts anybody": ("import httpx\nhttpx.get(words, verify=False)\n", "B501"),
    "chance that can be guessed": ("import random\nrandom.random()\n", "B311"),
}


def planted(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("line", PLANTED.values(), ids=lambda line: line.partition(" ")[0])
def test_a_planted_secret_is_found_and_never_shown(line, tmp_path, capsys):
    path = planted(tmp_path, "settings.py", f"one = 1\n{line}\n")
    assert secrets_scan.main([str(path)]) == 1
    said = capsys.readouterr().out
    assert f"{path}:2: " in said
    assert not any(word in said for word in ("correct-horse", "9f86d081", "kJ8vQ2x", "IOSFODNN", "aB3dE5", "hbGci"))


def test_what_is_known_or_says_why_on_its_line_may_stand(tmp_path, capsys):
    known = max(secrets_scan.known_values())
    lines = [
        f'password = "{known}"',
        f"{PLANTED['a word in a setting']}  # pragma: allowlist secret of a story",
        'password = "short"',
    ]
    assert secrets_scan.main([str(planted(tmp_path, "settings.py", "\n".join(lines)))]) == 0
    assert "secrets: 0 in 1 files" in capsys.readouterr().out


def test_every_file_that_is_text_is_looked_through():
    looked = {path.relative_to(secrets_scan.ROOT).as_posix() for path in secrets_scan.known_files()}
    assert {"onharu/site/settings.py", "Makefile", "docs/privacy.md", "pyproject.toml", "SECURITY.md"} <= looked
    assert not looked & secrets_scan.LEFT_OUT
    assert len(looked) > 1000


@pytest.mark.parametrize(("text", "kind"), DANGEROUS.values(), ids=DANGEROUS)
def test_what_is_dangerous_is_found(text, kind, tmp_path):
    (said,) = bandit_scan.findings([planted(tmp_path, "one.py", text)])
    assert f" {kind} " in said


def test_what_is_dangerous_stands_with_its_reason_on_the_line(tmp_path):
    text = "".join(
        f"eval(words)  # {mark}\n" for mark in ("noqa: S307 our own words", "noqa: F401, S307", "nosec B307 our own")
    )
    assert list(bandit_scan.findings([planted(tmp_path, "one.py", text)])) == []
    other = planted(tmp_path, "two.py", "eval(words)  # noqa: S308 another reason\n")
    assert len(list(bandit_scan.findings([other]))) == 1


def test_a_file_that_cannot_be_read_as_python_is_told(tmp_path):
    (said,) = bandit_scan.findings([planted(tmp_path, "one.py", "def (\n")])
    assert "is skipped" in said


def checked(folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if name not in LEFT_OUT}
    good = {"DEBUG": "0", "BEHIND_TLS": "1", "ALLOWED_HOSTS": "diary.example", "PUBLIC_URL": "https://diary.example"}
    environment |= {**good, "ONHARU_DATA": str(folder), **variables}
    words = [COMMAND, "check", "--deploy", "--fail-level", "WARNING"]
    return subprocess.run(words, env=environment, capture_output=True, text=True, timeout=120, check=False)


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_a_house_behind_tls_passes_djangos_own_check_and_one_with_a_fault_does_not(tmp_path):
    clean = checked(tmp_path)
    assert (clean.returncode, "WARNINGS" in clean.stderr) == (0, False), clean.stderr
    assert checked(tmp_path, SECRET_KEY="x" * 60).returncode != 0
