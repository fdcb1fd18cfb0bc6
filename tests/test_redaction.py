"""What people write, who they are and what opens their account is in no line of a log and in no problem answered.

Every operation is asked twice: as it is meant, and while the database fails with a message that repeats what it was
given. What is looked for stands in the body, the query, the headers and the address.
"""

from __future__ import annotations

import contextlib
import copy
import io
import logging
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

import pytest
import structlog
from django.db import connection, transaction

from conftest import PASSWORD, signed_in
from onharu.kernel import jobs
from onharu.kernel.web import PROBLEM_TYPE
from tests.fuzz_world import forget
from tests.isolation import Operation, address_of, operations
from tests.test_strangers import CANARY as ROW
from tests.test_strangers import rows_of

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.timeout(300)]
CANARY, KOREAN = "zqkanari", "카나리아"
TOKEN = "zqkanari.token.of-somebody"
SECRETS = (CANARY, KOREAN, quote(KOREAN), ROW, TOKEN, PASSWORD, "owner@example.com")
# Tables that are read to find out who asks: failing there is another test's.
ASKING = ("accounts_signin", "accounts_user", "accounts_profile", "SAVEPOINT", "kernel_allowance")


@dataclass
class World:
    """The owner's browser, rows and session, and the problems that were answered."""

    browser: Any
    rows: dict[str, Any]
    session: str
    problems: list[str] = field(default_factory=list)


class Failure(Exception):
    """What a database driver raises, with the values of the statement in its message."""


class Undone(Exception):
    """Raised to take back whatever an asking did."""


def failing(execute: Any, sql: str, params: Any, many: Any, context: Any) -> Any:
    """Fail at any statement that is not about who asks, and repeat what it was about."""
    if any(name in sql for name in ASKING):
        return execute(sql, params, many, context)
    raise Failure(f"{CANARY} {KOREAN}: {sql} {params!r}")


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """The log as it is written in production: a second handler with the same formatter."""
    root, written = logging.getLogger(), io.StringIO()
    (formatter,) = {
        one.formatter for one in root.handlers if isinstance(one.formatter, structlog.stdlib.ProcessorFormatter)
    }
    handler = logging.StreamHandler(written)
    handler.setFormatter(formatter)
    root.addHandler(handler)
    yield written
    root.removeHandler(handler)


def sung(body: Any) -> Any:
    """Put a canary behind every text of a body, however deep."""
    if isinstance(body, dict):
        return {name: sung(value) for name, value in body.items()}
    if isinstance(body, list):
        return [sung(value) for value in body]
    return f"{body} {CANARY} {KOREAN}" if isinstance(body, str) else body


def bodies(one: Operation) -> Iterator[Any]:
    """The example of a body with canaries in every text, and then in one after the other, which more doors let in."""
    yield sung(copy.deepcopy(one.body))
    if isinstance(one.body, dict):
        for name, value in one.body.items():
            if isinstance(value, (str, list)):
                yield {**copy.deepcopy(one.body), name: sung(value)}


def ask(world: World, one: Operation, path: str, body: Any) -> int:
    """Ask with a canary everywhere, as somebody who is signed in, and take it back."""
    browser, found = world.browser, []
    browser.cookies.clear()
    browser.cookies["sessionid"] = world.session
    forget()
    headers = {"Idempotency-Key": CANARY, "User-Agent": CANARY, "Referer": f"https://x.example/{CANARY}"}
    try:
        with transaction.atomic():
            words = {"content_type": "application/json"} if one.method != "get" else {}
            said = (body if body is not None else {}) if words else {}
            query = f"?q={CANARY}&date={CANARY}&search={quote(KOREAN)}&token={TOKEN}"
            answer = getattr(browser, one.method)(path + query, said, headers=headers, **words)
            if answer.streaming:
                with contextlib.suppress(Failure):  # after the first bytes there is no answer left to refuse with
                    b"".join(answer.streaming_content)
            found.append(answer.status_code)
            if answer.headers.get("Content-Type") == PROBLEM_TYPE:
                world.problems.append(f"{one.method} {path}: {answer.content.decode()}")
            raise Undone
    except Undone:
        return found[0]


def asked(world: World, *, all_bodies: bool) -> list[int]:
    """Ask every operation about one's own rows, and about names that only a canary has."""
    statuses = []
    for one in operations():
        path = address_of(one.path, world.rows)
        for body in bodies(one) if all_bodies else [sung(copy.deepcopy(one.body))]:
            statuses.append(ask(world, one, path, body))
        if "{" in one.path:
            statuses.append(ask(world, one, f"/{CANARY}".join(one.path.split("{")[0].rsplit("/", 1)) + "/", one.body))
    return statuses


def sings(lines: io.StringIO, *more: str) -> list[str]:
    """The lines that tell something."""
    return [line for line in lines.getvalue().splitlines() if any(secret in line for secret in (*SECRETS, *more))]


def told(world: World) -> list[str]:
    """The problems that repeat what was asked, what is kept or what opens the account."""
    bodies = [(one, one.partition(": ")[2]) for one in world.problems]
    return [one for one, body in bodies if any(secret in body for secret in (*SECRETS, world.session))]


@pytest.fixture
def world(owner: Any, relative: Any, rice: Any, noon: Any) -> World:
    """The owner's browser and rows; what fails is answered, not raised."""
    browser = signed_in(owner)
    rows = rows_of(browser, relative, rice)
    browser.raise_request_exception = False
    return World(browser, rows, browser.cookies["sessionid"].value)


def test_no_operation_logs_what_it_was_told(world: World, lines: io.StringIO) -> None:
    statuses = asked(world, all_bodies=True)
    jobs.run_due()
    assert len(statuses) > len(operations())
    assert sum(status < 400 for status in statuses) > 100
    assert sings(lines, world.session) == []
    assert len(world.problems) > len(operations()) / 4
    assert told(world) == []


def test_no_operation_that_fails_logs_what_it_was_told(world: World, lines: io.StringIO) -> None:
    with connection.execute_wrapper(failing):
        statuses = asked(world, all_bodies=False)
    failed = [line for line in lines.getvalue().splitlines() if "Failure" in line]
    assert sum(status >= 500 for status in statuses) > len(operations()) / 2
    assert len(failed) > len(operations()) / 2
    assert sings(lines, world.session) == []
    assert len(world.problems) > len(operations()) / 4
    assert told(world) == []


def test_a_wrong_password_and_a_stolen_token_are_in_no_line(world: World, lines: io.StringIO, client: Any) -> None:
    said = {"username": "owner@example.com", "password": f"{CANARY}-password"}
    for path in ("/auth/token/", "/auth/token/verify/", "/auth/token/refresh/", "/auth/register/", "/auth/exchange/"):
        body = {**said, "token": TOKEN, "refresh": TOKEN, "code": TOKEN, "nickname": KOREAN}
        assert client.post(path, body, content_type="application/json").status_code >= 400
    client.post("/login/", said)
    client.get("/api/meals/", headers={"Authorization": f"Bearer {TOKEN}"})
    assert sings(lines) == []


def test_a_choice_that_is_none_is_not_said_back(world: World) -> None:
    said = {"kind": CANARY, "value": 70}
    answer = world.browser.post("/api/measurements/", said, content_type="application/json")
    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["kind"])
    assert CANARY not in answer.content.decode()


def test_a_log_that_told_something_would_be_noticed(world: World, lines: io.StringIO) -> None:
    logging.getLogger("onharu.records").warning("ate %s", KOREAN)
    assert len(sings(lines)) == 1
