"""Scripts that sign in with tokens."""

from typing import Any

import pytest
from django.test import Client

from conftest import PASSWORD
from onharu.upstream import registry
from onharu.upstream.sign_in.tests.companies import Companies


class Script:
    """A client that sends JSON and a bearer token, and follows nothing."""

    def __init__(self, access: str = "", **headers: str) -> None:
        self.client = Client(headers={"User-Agent": "onharu-test/1"})
        self.headers = {"Authorization": f"Bearer {access}", **headers} if access else headers

    def __getattr__(self, method: str) -> Any:
        call = getattr(self.client, method)

        def send(path: str, body: Any = None) -> Any:
            if method == "get":
                return call(path, body, headers=self.headers)
            return call(path, body, content_type="application/json", headers=self.headers)

        return send


@pytest.fixture
def script(db):
    """Somebody who is not signed in."""
    return Script()


@pytest.fixture
def tokens(script, owner):
    """The owner's first pair."""
    return script.post("/auth/token/", {"username": "owner", "password": PASSWORD}).json()


@pytest.fixture
def me(tokens):
    """The owner's script."""
    return Script(tokens["access"])


@pytest.fixture
def staff(db, django_user_model):
    """A signed-in member of staff."""
    django_user_model.objects.create_superuser("boss", None, PASSWORD)
    answer = Script().post("/auth/token/", {"username": "boss", "password": PASSWORD})
    return Script(answer.json()["access"])


@pytest.fixture
def companies(db, httpserver, settings):
    """Kakao and Naver on this machine, chosen by the settings, with one app on the list."""
    made = Companies(httpserver)
    settings.UPSTREAM = made.settings()
    settings.SIGN_IN_APP_REDIRECTS = ["onharu://signed-in"]
    registry.reset()
    yield made
    registry.reset()
