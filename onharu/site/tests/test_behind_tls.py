"""What a house behind a proxy that speaks TLS asks of browsers: read from the settings as a new process makes them."""

import json
import os
import subprocess
import sys

import pytest

ASK = """
import json
from onharu.site import settings
print(json.dumps({name: getattr(settings, name) for name in dir(settings) if name.isupper()}, default=str))
"""


def settings_with(**variables):
    environment = {name: value for name, value in os.environ.items() if name not in {"DEBUG", "BEHIND_TLS"}}
    said = subprocess.run(
        [sys.executable, "-c", ASK], env=environment | variables, capture_output=True, text=True, check=True
    )
    return json.loads(said.stdout)


@pytest.fixture(scope="module")
def behind_tls():
    return settings_with(BEHIND_TLS="1")


def test_behind_tls_nothing_goes_without_it(behind_tls):
    assert behind_tls["SECURE_SSL_REDIRECT"] is True
    assert behind_tls["SECURE_HSTS_SECONDS"] == 365 * 24 * 3600
    assert behind_tls["SECURE_HSTS_INCLUDE_SUBDOMAINS"] is True
    assert behind_tls["SESSION_COOKIE_SECURE"] is True and behind_tls["CSRF_COOKIE_SECURE"] is True


def test_only_the_proxys_word_counts_and_only_there(behind_tls):
    assert behind_tls["SECURE_PROXY_SSL_HEADER"] == ["HTTP_X_FORWARDED_PROTO", "https"]
    plain = settings_with()
    assert "SECURE_PROXY_SSL_HEADER" not in plain
    assert plain["SESSION_COOKIE_SECURE"] is False
