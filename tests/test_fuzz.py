"""The OpenAPI document is kept: thousands of made-up askings, and no answer that it does not tell of.

Every operation is asked as its example shows, and then twenty times by a person with rows in every room, with bodies, queries and addresses that the
document allows and that it does not: five thousand askings, the same in every run. Nothing breaks (5xx), every status
is a documented one, every body is of the documented type and shape. `ONHARU_FUZZ_CASES` and `ONHARU_FUZZ_SEED` ask more
or others. What a shape is does not depend on the database, so PostgreSQL is asked a tenth of it.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis import checks

from onharu.kernel import clock
from tests.fuzz_told import FUZZED
from tests.fuzz_world import NOON, Undone, World, forget
from tests.fuzzing import Asking, askings, plain
from tests.isolation import Operation, operations
from tests.servers import POSTGRES

CASES = int(os.environ.get("ONHARU_FUZZ_CASES", "2" if POSTGRES else "20"))
SEED = os.environ.get("ONHARU_FUZZ_SEED")
HELD = [
    checks.not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
]
# Open streams never end by themselves.
STREAMS = ("/events/",)
ASKED = [one for one in operations() if one.path not in STREAMS]
# What cannot be asked well by one request in this world, and what would be wanted. All of it is asked like the others.
REFUSED = {
    "post /api/me/passkeys/": "an answer of an authenticator",
    "post /auth/passkey/": "the same",
    "post /auth/token/second/": "a code of an authenticator",
    "post /api/me/security/second-factor/": "the same",
    "post /api/me/security/recovery-codes/": "a second factor that is on",
    "post /auth/exchange/": "a code that Kakao's or Naver's sign-in ended with",
    "get /auth/kakao/login/": "keys of the company",
    "get /auth/kakao/callback/": "the same",
    "get /auth/naver/login/": "the same",
    "get /auth/naver/callback/": "the same",
    "post /api/pharmacies/live/": "a key of Kakao's",
    "post /api/workoutplans/{id}/generate-ai/": "a language model",
    "post /api/reminders/answer/": "the ticket of a notification",
    "put /api/tasks/{id}/swap/": "a task of the shelf, and another that is alike",
    "put /api/taskitems/{id}/swap/": "the same",
}


def name_of(one: Operation) -> str:
    """Name an operation as the document does."""
    return f"{one.method} {one.path}"


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """One world for all operations, gone afterwards."""
    patch = pytest.MonkeyPatch()
    patch.setattr(clock, "now", lambda: NOON)
    with django_db_blocker.unblock():
        try:
            with transaction.atomic():
                yield World()
                raise Undone
        except Undone:
            forget()
    patch.undo()


@pytest.fixture
def _django_db_helper(world: World) -> None:
    """Stand in for pytest-django's own, which would close the connection that the world's transaction is open on."""


@pytest.mark.django_db
@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.parametrize("one", ASKED, ids=name_of)
def test_an_operation_answers_only_as_the_document_says(
    world: World, one: Operation, record_property: Callable[[str, object], None]
) -> None:
    asked = []

    @settings(
        max_examples=CASES, database=None, deadline=None, derandomize=SEED is None, phases=(Phase.explicit, Phase.generate),
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(asking=askings(one, world))
    def ask(asking: Asking) -> None:
        asked.append(held(world, asking))

    first = held(world, plain(one, world))
    (ask if SEED is None else seed(int(SEED))(ask))()
    assert len(asked) >= CASES
    assert (first < 400) is (name_of(one) not in REFUSED), first
    record_property(FUZZED, [first, *asked])


def held(world: World, asking: Asking) -> int:
    """Ask, hold the answers against the document, and return the first one's status."""
    answers = world.ask(asking)
    for one in answers:
        asking.case.validate_response(one, checks=HELD)
        assert b"Traceback" not in one.content
    return int(answers[0].status_code)


def test_five_thousand_askings_are_made() -> None:
    assert len(ASKED) * CASES >= (500 if POSTGRES else 5000)


def test_nothing_is_excused_that_is_not_there() -> None:
    assert REFUSED.keys() - {name_of(one) for one in ASKED} == set()
