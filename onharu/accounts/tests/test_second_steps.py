"""A second step of signing in, by scripts."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.db import connection

from conftest import PASSWORD
from onharu.accounts import second
from onharu.accounts.models import SignIn, User
from onharu.accounts.tests.conftest import Script
from onharu.accounts.ways_in import SecondStep
from onharu.kernel import clock

KNOWN = {"username": "owner", "password": PASSWORD}
AT = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)


def code_at(secret, at=AT, steps=0):
    return format_hotp_value(hotp_value(secret, int(at.timestamp()) // 30 + steps))


@pytest.fixture
def secret(owner, noon):
    """The owner's authenticator app, and their recovery codes beside it."""
    made = generate_totp_secret()
    TOTP.activate(owner, made)
    RecoveryCodes.activate(owner)
    return made


@pytest.fixture
def recovery(secret, owner):
    return RecoveryCodes(Authenticator.objects.get(user=owner, type="recovery_codes")).generate_codes()


def begun(script=None):
    answer = (script or Script()).post("/auth/token/", KNOWN)
    assert (answer.status_code, answer.json().get("code")) == (401, "second_factor"), answer.content
    return answer.json()["ticket"]


def ended(ticket, code, script=None):
    return (script or Script()).post("/auth/token/second/", {"ticket": ticket, "code": code})


def test_a_password_alone_opens_nothing_and_gives_a_ticket(secret, script):
    answer = script.post("/auth/token/", KNOWN)
    said = answer.json()
    assert (answer.status_code, said.get("code"), answer["Content-Type"]) == (
        401,
        "second_factor",
        "application/problem+json",
    )
    assert "access" not in said
    assert not SignIn.objects.exists()
    assert not SecondStep.objects.filter(digest=said["ticket"]).exists()  # only its hash is kept
    assert answer["Cache-Control"] == "no-store"


def test_a_wrong_password_gives_no_ticket(secret, script):
    answer = script.post("/auth/token/", {**KNOWN, "password": "not-it-9999"})
    assert (answer.json().get("code"), SecondStep.objects.count()) == ("credentials_wrong", 0)


def test_the_code_and_the_ticket_give_the_tokens(secret):
    answer = ended(begun(), code_at(secret))
    assert answer.status_code == 200, answer.content
    assert answer.json()["user"]["username"] == "owner"
    assert Script(answer.json()["access"]).get("/api/users/me/").status_code == 200


@pytest.mark.parametrize(("typed", "right"), [("{} {}", True), ("{}-{}", True), (" {}{} ", True), ("{}{}0", False)])
def test_a_code_may_be_typed_in_groups(secret, typed, right):
    code = code_at(secret)
    assert (ended(begun(), typed.format(code[:3], code[3:])).status_code == 200) is right


@pytest.mark.parametrize(("steps", "right"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_a_clock_may_be_half_a_minute_off_and_no_more(secret, steps, right):
    assert (ended(begun(), code_at(secret, steps=steps)).status_code == 200) is right


def test_a_code_is_good_once_even_with_another_ticket(secret):
    first, other = begun(), begun()
    code = code_at(secret)
    assert ended(first, code).status_code == 200
    answer = ended(other, code)
    assert (answer.status_code, answer.json().get("code")) == (400, "second_factor_code_wrong")
    assert ended(other, code_at(secret, steps=-1)).status_code == 400  # nor one from before it
    assert ended(other, code_at(secret, steps=1)).status_code == 200


def test_a_ticket_is_good_once(secret):
    ticket = begun()
    assert ended(ticket, code_at(secret)).status_code == 200
    answer = ended(ticket, code_at(secret, steps=1))
    assert (answer.status_code, answer.json().get("code")) == (401, "second_factor_ticket_invalid")


def test_a_ticket_lives_five_minutes(secret, monkeypatch):
    ticket = begun()
    monkeypatch.setattr(clock, "now", lambda: AT + timedelta(minutes=5))
    assert (
        ended(ticket, code_at(secret, AT + timedelta(minutes=5))).json().get("code") == "second_factor_ticket_invalid"
    )


@pytest.mark.parametrize("false", ["", "x", "a" * 43, "null"])
def test_a_false_ticket_is_refused(secret, false):
    assert ended(false, code_at(secret)).status_code in {400, 401}


def test_each_recovery_code_is_good_once(secret, recovery):
    assert len(set(recovery)) == 10
    for code in recovery:
        assert ended(begun(), f"{code[:5]} {code[5:]}").status_code == 200
    assert ended(begun(), recovery[0]).status_code == 400


def test_ten_wrong_codes_close_the_second_step_for_a_quarter_of_an_hour_whatever_the_ticket(secret, monkeypatch):
    for _ in range(2):
        ticket = begun()
        for _ in range(5):
            assert ended(ticket, "000000").status_code == 400
    closed = ended(begun(), code_at(secret))
    assert (closed.status_code, closed.json().get("code")) == (429, "too_many_tries")
    assert 0 < int(closed["Retry-After"]) <= 15 * 60 + 1
    later = AT + timedelta(minutes=15, seconds=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert ended(begun(), code_at(secret, later)).status_code == 200


def test_the_wrong_codes_of_one_close_nothing_for_another(secret, stranger):
    made = generate_totp_secret()
    TOTP.activate(stranger, made)
    ticket = begun()
    for _ in range(10):
        ended(ticket, "000000")
    answer = Script().post("/auth/token/", {**KNOWN, "username": "stranger"})
    assert ended(answer.json()["ticket"], code_at(made)).status_code == 200


def test_a_code_of_somebody_else_is_wrong(secret, stranger):
    made = generate_totp_secret()
    TOTP.activate(stranger, made)
    assert ended(begun(), code_at(made)).status_code == 400


def test_somebody_kept_out_meanwhile_stays_out(secret, owner):
    ticket = begun()
    User.objects.filter(pk=owner.pk).update(is_active=False)
    second.principal.reset()
    assert ended(ticket, code_at(secret)).status_code == 401


def test_what_a_phone_shares_is_sealed_in_the_database(secret, recovery, owner):
    stored = str(list(Authenticator.objects.filter(user=owner).values_list("data", flat=True)))
    assert secret not in stored
    assert all(code not in stored for code in recovery)


def test_without_a_second_factor_nothing_changes(owner, script):
    assert script.post("/auth/token/", KNOWN).status_code == 200
    assert not SecondStep.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_of_many_who_show_one_code_at_once_one_comes_in(secret):
    crowd = 6
    tickets = [begun() for _ in range(crowd)]
    start, answers = threading.Barrier(crowd), []

    def show(ticket):
        start.wait()
        try:
            answers.append(ended(ticket, code_at(secret)).status_code)
        finally:
            connection.close()

    threads = [threading.Thread(target=show, args=[ticket]) for ticket in tickets]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [200] + [400] * (crowd - 1)
