"""Three people, one noon, and a clean memory for every test."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from onharu.accounts import principal
from onharu.accounts.models import Profile, User
from onharu.kernel import clock

PASSWORD = "a-long-password-9"


@pytest.fixture(autouse=True)
def _clean_memory(request: pytest.FixtureRequest) -> Iterator[None]:
    """Nothing that a test remembered reaches the next one."""
    principal.reset()
    if request.node.get_closest_marker("django_db") or "db" in request.fixturenames:
        cache.clear()
    yield
    principal.reset()


def make_person(username: str, **profile: Any) -> User:
    """Register a person the short way."""
    user = User.objects.create_user(username, f"{username}@example.com", PASSWORD)
    Profile.objects.create(user=user, nickname=username, **profile)
    return user


@pytest.fixture
def owner(db: None) -> User:
    """The person whose records a test is about."""
    return make_person("owner", birth_year=1986, sex="FEMALE", height_cm=160, weight_kg=55)


@pytest.fixture
def relative(db: None) -> User:
    """Somebody of the same household."""
    return make_person("relative")


@pytest.fixture
def stranger(db: None) -> User:
    """Somebody who must never see anything of the owner's."""
    return make_person("stranger")


@pytest.fixture
def noon(monkeypatch: pytest.MonkeyPatch) -> datetime:
    """Stop the clock at noon in Seoul on Sunday 22 November 2026."""
    at = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
    monkeypatch.setattr(clock, "now", lambda: at)
    return at


def signed_in(user: User) -> Client:
    """A browser of this person (session cookie, no CSRF enforcement: journeys test that)."""
    client = Client()
    client.force_login(user, backend="onharu.accounts.backends.AccountBackend")
    return client


@pytest.fixture
def browser(owner: User) -> Client:
    """The owner's browser."""
    return signed_in(owner)


@pytest.fixture
def stranger_browser(stranger: User) -> Client:
    """The stranger's browser."""
    return signed_in(stranger)
