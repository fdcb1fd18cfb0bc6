from datetime import timedelta

import pytest
from drf_spectacular.generators import SchemaGenerator

from onharu.accounts import public
from onharu.accounts.jobs import clear_expired_sessions
from onharu.accounts.models import SignIn
from onharu.kernel import clock
from scripts import compile_messages


def test_the_door_exports_exactly_what_it_says():
    assert public.__all__ == sorted(public.__all__)
    assert {"Person", "User", "forget", "person_of", "today_of"} <= set(public.__all__)
    assert {name for name in vars(public) if not name.startswith("_")} == set(public.__all__)


def test_expired_sessions_are_cleared_and_living_ones_stay(owner):
    at = clock.now()
    for key, days in (("gone", -1), ("here", 1)):
        SignIn.objects.create(session_key=key, session_data="", expire_date=at + timedelta(days=days), user=owner)
    clear_expired_sessions()
    assert list(SignIn.objects.values_list("session_key", flat=True)) == ["here"]


def test_every_word_of_this_room_has_its_english():
    lacking = [key for key, path in compile_messages.missing().items() if "accounts" in path.parts]
    assert lacking == []


def operations():
    paths = SchemaGenerator().get_schema(request=None, public=True)["paths"]
    for path, methods in paths.items():
        if path.startswith(("/auth/", "/api/users/", "/api/me/sessions/")):
            for method, operation in methods.items():
                yield f"{method} {path}", operation


def test_every_operation_is_documented_with_an_example():
    found = dict(operations())
    assert len(found) == 23
    for name, operation in found.items():
        bodies = [operation.get("requestBody"), *(answer for answer in operation["responses"].values())]
        contents = [media for body in bodies if body for media in body.get("content", {}).values()]
        assert operation["summary"], name
        assert not contents or any("examples" in media for media in contents), name


@pytest.mark.django_db
def test_every_operation_but_the_public_ones_refuses_a_stranger_with_a_problem(client):
    for name in dict(operations()):
        method, path = name.split(" ")
        if path.startswith("/auth/"):
            continue
        answer = getattr(client, method)(path.replace("{user_id}", "1").replace("{place}", "abc"))
        assert (answer.status_code, answer["Content-Type"]) == (401, "application/problem+json"), name
