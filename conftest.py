"""Three people, one noon, and a clean memory for every test."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from cachetools import TTLCache
from django.conf import settings as used
from django.core.cache import cache
from django.test import Client
from hypothesis import settings

from onharu.accounts import jwts, principal
from onharu.accounts.models import Profile, User
from onharu.catalog.exercises import public as moves
from onharu.catalog.exercises.models import Exercise
from onharu.catalog.foods import public as foods
from onharu.catalog.foods.models import Food, FoodUnit
from onharu.catalog.medicines import public as medicines
from onharu.catalog.pharmacies import public as pharmacies
from onharu.day.finished import drop_kept
from onharu.insights.queries import standing
from onharu.kernel import clock, kept, rates
from onharu.kernel.walls import building
from onharu.names import public as names
from tests import servers
from tests.flushing import let_tests_empty_tables

pytest_plugins = ("tests.browser", "tests.fuzz_told")
let_tests_empty_tables()
# How long one example takes says how busy the machine is, not whether the code is right.
settings.register_profile("onharu", deadline=None)
settings.load_profile("onharu")
PASSWORD = "a-long-password-9"
AN_HOUR = 3600.0


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """Raise the walls of the test database where a whole run is to stand behind them (ONHARU_ROW_SECURITY=1)."""
    if used.ROW_SECURITY:
        with django_db_blocker.unblock():
            building.build()


@pytest.fixture(autouse=True)
def _clean_memory(request: pytest.FixtureRequest) -> Iterator[None]:
    """Nothing that a test remembered reaches the next one."""
    principal.reset()
    foods.forget_labels()
    medicines.drop_kept()
    pharmacies.drop_kept()
    drop_kept()
    kept.drop_kept()
    standing.drop_kept()
    rates.forget()
    if request.node.get_closest_marker("django_db") or "db" in request.fixturenames:
        cache.clear()
    yield
    principal.reset()


@pytest.fixture(autouse=True)
def _remembered_for_long(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who asks is remembered for an hour, as a busy machine takes longer than a second between two requests of a test.

    How often statements are asked would be another number there. In a browser, and where it is about the forgetting
    (`forgets`), the memory is as short as in the product.
    """
    if request.node.get_closest_marker("forgets") or request.node.get_closest_marker("journey"):
        return
    for name in ("_sessions", "_people"):
        monkeypatch.setattr(principal, name, TTLCache(maxsize=4096, ttl=AN_HOUR))
    monkeypatch.setattr(jwts, "REMEMBERED", AN_HOUR)


def make_person(username: str, **profile: Any) -> User:
    """Register a person the short way."""
    user = User.objects.create_user(username, f"{username}@example.com", PASSWORD)
    Profile.objects.create(user=user, nickname=username, **{"health_data": Profile.HealthData.GIVEN, **profile})
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


def put_on_the_shelf(food: Food, unit: str, grams: int) -> Food:
    """Give a food a unit and a name that the search finds."""
    FoodUnit.objects.create(food=food, name=unit, grams=Decimal(grams), source="시험표")
    names.upsert("foods", [names.Entry(key=food.pk, text=food.name, weight=1.0)])
    return food


@pytest.fixture
def rice(db: None) -> Food:
    """A bowl of it is 210 g; nobody knows its sodium."""
    food = Food.objects.create(
        code="T-1",
        name="쌀밥",
        kcal=Decimal("162.5"),
        carbohydrate_g=Decimal("35.6"),
        protein_g=Decimal(3),
        source="시험표",
        edition="1",
        category="밥",
        representative=True,
    )
    return put_on_the_shelf(food, "공기", 210)


@pytest.fixture
def stew(db: None) -> Food:
    """A salty one."""
    food = Food.objects.create(
        code="T-2",
        name="김치찌개",
        kcal=Decimal(50),
        sodium_mg=Decimal(400),
        protein_g=Decimal(4),
        source="시험표",
        edition="1",
        category="찌개",
    )
    return put_on_the_shelf(food, "그릇", 400)


@pytest.fixture
def exercises(db: None) -> dict[str, moves.ExerciseFacts]:
    """The shipped exercises on their shelf, by code."""
    moves.load_starter()
    return {one.code: one for one in moves.planning_pool()}


@pytest.fixture
def walking(db: None) -> Exercise:
    """3.5 MET: an hour of it takes 3.5 kcal a kilogram."""
    return Exercise.objects.create(
        code="T-walk",
        name="걷기",
        name_en="Walking",
        pattern="cardio",
        measure="minutes",
        level=1,
        met=Decimal("3.5"),
        met_source="시험표",
        source="시험표",
        edition="1",
        planned=True,
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Keep what is about PostgreSQL for PostgreSQL, the whole stack for who names it, and ask some once more.

    A page that is still moving is read too early now and then, and a process that a slow test boots gets no turn in
    time, as tests share two cores. What is broken fails every time; who was asked again is named at the end. Whatever
    stands in one process is asked once.
    """
    if not servers.POSTGRES:
        elsewhere = [item for item in items if item.get_closest_marker("postgres")]
        config.hook.pytest_deselected(items=elsewhere)
        items[:] = [item for item in items if item not in set(elsewhere)]
    if "stack" not in config.option.markexpr:  # make stack-test
        elsewhere = [item for item in items if item.get_closest_marker("stack")]
        config.hook.pytest_deselected(items=elsewhere)
        items[:] = [item for item in items if item not in set(elsewhere)]
    # Playwright leaves its loop running in the process: whoever comes after it stands in an async context. What takes
    # long comes first among those, so that no process waits for another at the end.
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    items.sort(
        key=lambda item: (seen := "chromium" in getattr(item, "fixturenames", ()), seen and item.path not in slow)
    )
    if not config.pluginmanager.hasplugin("rerunfailures"):  # switched off, as where a mutant is to be noticed
        return
    for item in items:
        if again := 2 if item.get_closest_marker("journey") else 1 if item.get_closest_marker("slow") else 0:
            item.add_marker(pytest.mark.flaky(reruns=again))
