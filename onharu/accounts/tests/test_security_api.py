"""How a person signs in, over the API: each change wants the password or a sign-in of the last ten minutes."""

from datetime import timedelta

import pytest

from conftest import PASSWORD
from onharu.accounts.models import SignIn
from onharu.accounts.tests.conftest import Script
from onharu.accounts.tests.test_second_steps import AT, KNOWN, begun, code_at, ended
from onharu.kernel import clock

pytestmark = pytest.mark.usefixtures("noon")
PROOF = {"password": PASSWORD}
NEW = "another-long-one-3"
HERE = "/api/me/security/"


def begin(me, **said):
    return me.post(f"{HERE}second-factor/begin/", said or PROOF)


def switch_on(me):
    """Switch on: the secret and the recovery codes."""
    said = begin(me).json()
    answer = me.post(f"{HERE}second-factor/", {"ticket": said["ticket"], "code": code_at(said["secret"], steps=-1)})
    assert answer.status_code == 200, answer.content
    assert answer["Cache-Control"] == "no-store"
    return said["secret"], answer.json()["recovery_codes"]


def test_it_tells_how_a_person_signs_in(me):
    assert me.get(HERE).json() == {
        "has_password": True,
        "second_factor": False,
        "recovery_codes_left": 0,
        "passkeys": 0,
        "alert_mail": True,
        "mail_offered": False,
    }
    switch_on(me)
    assert {"second_factor": True, "recovery_codes_left": 10}.items() <= me.get(HERE).json().items()


def test_a_second_factor_is_switched_on_by_an_app_and_signing_in_asks_for_it(me):
    secret, codes = switch_on(me)
    assert len(set(codes)) == 10
    assert ended(begun(), code_at(secret)).status_code == 200
    assert ended(begun(), codes[0]).status_code == 200


def test_a_secret_is_for_who_asked_for_half_an_hour(me, stranger, monkeypatch):
    said = begin(me).json()
    assert said["uri"].startswith("otpauth://totp/") and said["secret"] in said["uri"]
    assert said["secret"] not in said["ticket"]
    body = {"ticket": said["ticket"], "code": code_at(said["secret"])}
    theirs = Script(Script().post("/auth/token/", {**KNOWN, "username": "stranger"}).json()["access"])
    assert theirs.post(f"{HERE}second-factor/", body).json()["code"] == "second_factor_ticket_invalid"
    for false in ("", "x", "a" * 80, "한"):
        assert me.post(f"{HERE}second-factor/", {**body, "ticket": false}).status_code in (400, 401)
    assert me.post(f"{HERE}second-factor/", {**body, "code": "000000"}).json()["code"] == "second_factor_code_wrong"
    at = AT + timedelta(minutes=30)
    monkeypatch.setattr(clock, "now", lambda: at)
    later = Script(Script().post("/auth/token/", KNOWN).json()["access"])
    answer = later.post(f"{HERE}second-factor/", {**body, "code": code_at(said["secret"], at)})
    assert (answer.status_code, answer.json()["code"]) == (401, "second_factor_ticket_invalid")


def test_it_is_switched_on_once(me):
    switch_on(me)
    assert begin(me).json()["code"] == "second_factor_on"


def test_new_recovery_codes_end_the_old_ones(me):
    _, old = switch_on(me)
    fresh = me.post(f"{HERE}recovery-codes/", PROOF).json()["recovery_codes"]
    assert not set(old) & set(fresh)
    assert ended(begun(), old[0]).status_code == 400
    assert ended(begun(), fresh[0]).status_code == 200


def test_without_a_second_factor_there_are_no_recovery_codes(me):
    answer = me.post(f"{HERE}recovery-codes/", PROOF)
    assert (answer.status_code, answer.json()["code"]) == (409, "second_factor_off")


def test_it_is_switched_off_and_saying_it_twice_changes_nothing(me):
    switch_on(me)
    for _ in range(2):
        assert me.delete(f"{HERE}second-factor/", PROOF).status_code == 204
    assert me.get(HERE).json()["second_factor"] is False
    assert Script().post("/auth/token/", KNOWN).status_code == 200


def test_another_password_ends_every_other_session_and_not_this_one(me, owner, tokens):
    other = Script().post("/auth/token/", KNOWN).json()
    assert me.post(f"{HERE}password/", {**PROOF, "new_password": NEW}).status_code == 204
    assert me.get("/api/users/me/").status_code == 200
    assert Script().post("/auth/token/refresh/", {"refresh": tokens["refresh"]}).status_code == 200
    assert Script(other["access"]).get("/api/users/me/").status_code == 401
    assert SignIn.objects.filter(user=owner).count() == 1
    assert Script().post("/auth/token/", KNOWN).status_code == 401
    assert Script().post("/auth/token/", {**KNOWN, "password": NEW}).status_code == 200


@pytest.mark.parametrize("weak", ["short", "password", "owner", "x" * 129])
def test_a_weak_password_changes_nothing(me, weak):
    answer = me.post(f"{HERE}password/", {**PROOF, "new_password": weak})
    assert (answer.status_code, set(answer.json()["errors"])) == (400, {"new_password"})
    assert Script().post("/auth/token/", KNOWN).status_code == 200


CHANGES = [
    ("post", "password/", {"new_password": NEW}),
    ("post", "second-factor/begin/", {}),
    ("delete", "second-factor/", {}),
    ("post", "recovery-codes/", {}),
]


@pytest.mark.parametrize(("method", "path", "said"), CHANGES)
def test_every_change_wants_a_proof_that_is_fresh(me, monkeypatch, method, path, said):
    """An open session is not enough: what it may do for ten minutes it may do afterwards with the password only."""
    ask = getattr(me, method)
    wrong = ask(f"{HERE}{path}", {**said, "password": "no-such-9"})
    assert (wrong.status_code, wrong.json()["code"]) == (403, "proof_wanted")
    monkeypatch.setattr(clock, "now", lambda: AT + timedelta(minutes=10, seconds=1))
    late = ask(f"{HERE}{path}", said)
    assert (late.status_code, late.json()["code"]) == (403, "proof_wanted")
    assert ask(f"{HERE}{path}", {**said, **PROOF}).status_code != 403


def test_nobody_guesses_the_password_from_an_open_session(me):
    answers = [me.post(f"{HERE}recovery-codes/", {"password": f"guess-{turn}"}).status_code for turn in range(7)]
    assert answers == [403] * 5 + [429] * 2
    assert me.post(f"{HERE}recovery-codes/", PROOF).status_code == 429
