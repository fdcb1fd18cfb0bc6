"""Passkeys by scripts: adding one, signing in with it, and everything that is not one."""

import random
from datetime import timedelta

import pytest

from conftest import PASSWORD, make_person
from onharu.accounts import principal
from onharu.accounts.actions import passkeys as acting
from onharu.accounts.models import SignIn, User
from onharu.accounts.tests.authenticator import (
    PRESENT,
    VERIFIED,
    Authenticator,
    broken_point,
    other_algorithm,
    raw,
    text,
)
from onharu.accounts.tests.conftest import Script
from onharu.accounts.tests.test_second_steps import AT, KNOWN, begun, secret  # noqa: F401 a fixture
from onharu.accounts.ways_in import Passkey, PasskeyStart, SecondStep
from onharu.kernel import clock
from onharu.kernel.access.tables import AccessRow

pytestmark = pytest.mark.usefixtures("noon")
PROOF = {"password": PASSWORD}


def asked_new(script):
    answer = script.post("/api/me/passkeys/begin/", PROOF)
    assert answer.status_code == 200, answer.content
    return answer.json()


def added(script, device, name="내 휴대폰"):
    question = asked_new(script)
    body = {"ticket": question["ticket"], "name": name, "credential": device.make(question["options"])}
    return script.post("/api/me/passkeys/", body)


def asked(script=None, **said):
    answer = (script or Script()).post("/auth/passkey/begin/", said)
    assert answer.status_code == 200, answer.content
    return answer.json()


def shown(ticket, credential, script=None):
    return (script or Script()).post("/auth/passkey/", {"ticket": ticket, "credential": credential})


def enter(device, *, lies=None, **more):
    question = asked()
    return shown(question["ticket"], device.show(question["options"], **(lies or {})), **more)


@pytest.fixture
def device(me):
    """The owner's phone, with a passkey for this house."""
    made = Authenticator()
    assert added(me, made).status_code == 201
    return made


def refused(answer):
    assert (answer.status_code, answer.json()["code"]) == (401, "passkey_refused"), answer.content
    assert not SignIn.objects.filter(user__isnull=False).exclude(session_data="").count() > 1  # the owner's own
    return True


# --- adding -------------------------------------------------------------------------------------------------


def test_a_passkey_is_added_named_and_listed_without_the_key(me, owner):
    answer = added(me, Authenticator(), "엄마  폰")
    assert answer.status_code == 201, answer.content
    assert answer.json() == {**answer.json(), "name": "엄마 폰", "used_at": None}
    listed = me.get("/api/me/passkeys/").json()["results"]
    assert listed == [answer.json()]
    row = Passkey.objects.get()
    assert (row.user_id, row.counter) == (owner.pk, 1)
    assert PasskeyStart.objects.count() == 0


def test_the_question_names_the_house_and_nothing_of_the_person(me, owner):
    options = asked_new(me)["options"]
    assert options["rp"] == {"id": "testserver", "name": "온하루"}
    assert options["user"]["name"] == "owner"
    assert str(owner.pk).encode() != raw(options["user"]["id"])
    assert len(raw(options["user"]["id"])) == len(raw(options["challenge"])) == 32
    assert options["authenticatorSelection"]["userVerification"] == "required"
    assert options["authenticatorSelection"]["residentKey"] == "required"
    assert "example.com" not in str(options)


def test_a_device_that_holds_one_is_not_asked_for_another(me, device):
    listed = asked_new(me)["options"]["excludeCredentials"]
    assert listed == [{"type": "public-key", "id": text(device.credential)}]


@pytest.mark.parametrize("password", ["no-such-9", "x" * 900])
def test_adding_wants_the_password(me, password):
    answer = me.post("/api/me/passkeys/begin/", {"password": password})
    assert (answer.status_code, answer.json()["code"]) == (403, "proof_wanted")
    assert not PasskeyStart.objects.exists()


def test_within_ten_minutes_of_signing_in_the_password_may_be_left_out(me, monkeypatch):
    assert me.post("/api/me/passkeys/begin/", {}).status_code == 200
    monkeypatch.setattr(clock, "now", lambda: AT + timedelta(minutes=11))
    assert me.post("/api/me/passkeys/begin/", {}).status_code == 403


WRONG_MAKING = {
    "another origin": {"origin": "https://evil.example"},
    "the same host without its scheme": {"origin": "https://testserver"},
    "another host": {"rp_id": "evil.example"},
    "another question": {"challenge": "c" * 43},
    "the kind of a sign-in": {"kind": "webauthn.get"},
    "from within another page": {"cross_origin": True},
    "nobody was there": {"flags": VERIFIED},
    "nobody was verified": {"flags": PRESENT},
    "no point of its curve": {"cose": broken_point()},
    "an algorithm that we do not take": {"cose": other_algorithm()},
}


@pytest.mark.parametrize("lies", WRONG_MAKING.values(), ids=WRONG_MAKING)
def test_a_key_that_was_made_wrongly_is_not_kept(me, lies):
    question = asked_new(me)
    body = {"ticket": question["ticket"], "credential": Authenticator().make(question["options"], **lies)}
    answer = me.post("/api/me/passkeys/", body)
    assert (answer.status_code, answer.json()["code"]) == (400, "passkey_invalid")
    assert not Passkey.objects.exists()


def test_a_question_for_a_new_key_is_good_once_even_when_it_was_answered_wrongly(me):
    question, made = asked_new(me), Authenticator()
    wrong = {"ticket": question["ticket"], "credential": made.make(question["options"], flags=PRESENT)}
    assert me.post("/api/me/passkeys/", wrong).status_code == 400
    right = {"ticket": question["ticket"], "credential": made.make(question["options"])}
    assert me.post("/api/me/passkeys/", right).status_code == 400


def test_a_question_for_a_new_key_lives_five_minutes(me, monkeypatch):
    question = asked_new(me)
    monkeypatch.setattr(clock, "now", lambda: AT + timedelta(minutes=5))
    body = {"ticket": question["ticket"], "credential": Authenticator().make(question["options"])}
    assert me.post("/api/me/passkeys/", body).status_code == 400


def test_a_key_is_added_in_the_session_that_asked_and_by_who_asked(me, stranger):
    for other in ("owner", "stranger"):
        tokens = Script().post("/auth/token/", {"username": other, "password": PASSWORD}).json()
        question = asked_new(me)
        body = {"ticket": question["ticket"], "credential": Authenticator().make(question["options"])}
        assert Script(tokens["access"]).post("/api/me/passkeys/", body).status_code == 400
    assert not Passkey.objects.exists()


def test_the_question_of_a_sign_in_adds_no_key(me):
    question = asked()
    options = {**asked_new(me)["options"], "challenge": question["options"]["challenge"]}
    body = {"ticket": question["ticket"], "credential": Authenticator().make(options)}
    assert me.post("/api/me/passkeys/", body).status_code == 400


def test_a_key_that_somebody_has_is_nobody_elses(device, stranger):
    tokens = Script().post("/auth/token/", {"username": "stranger", "password": PASSWORD}).json()
    assert added(Script(tokens["access"]), device.copy()).json()["code"] == "passkey_invalid"
    assert Passkey.objects.count() == 1


def test_there_is_room_for_twenty(me, owner, monkeypatch):
    monkeypatch.setattr(acting, "MOST", 1)
    first, second_one = asked_new(me), asked_new(me)
    for question, status in ((first, 201), (second_one, 409)):
        body = {"ticket": question["ticket"], "credential": Authenticator().make(question["options"])}
        assert me.post("/api/me/passkeys/", body).status_code == status
    assert me.post("/api/me/passkeys/begin/", PROOF).json()["code"] == "passkeys_full"


def test_it_is_renamed_and_its_name_is_sealed(me, device):
    row = Passkey.objects.get()
    answer = me.patch(f"/api/me/passkeys/{row.pk}/", {"name": " 집\u202e 컴퓨터 "})
    assert (answer.status_code, answer.json()["name"]) == (200, "집 컴퓨터")
    assert me.patch(f"/api/me/passkeys/{row.pk}/", {"name": "\u202e"}).json()["code"] == "passkey_name_missing"


def test_a_strangers_passkey_is_a_missing_one(device, stranger):
    tokens = Script().post("/auth/token/", {"username": "stranger", "password": PASSWORD}).json()
    number = Passkey.objects.get().pk
    for method in ("patch", "delete"):
        answers = [
            getattr(Script(tokens["access"]), method)(f"/api/me/passkeys/{one}/", {"name": "a", **PROOF})
            for one in (number, 987654321)
        ]
        assert [one.status_code for one in answers] == [404, 404]
    assert Passkey.objects.filter(name="").count() == 0
    assert Passkey.objects.count() == 1


# --- signing in ---------------------------------------------------------------------------------------------


def test_it_signs_in_without_a_name_and_a_password(device, owner):
    answer = enter(device)
    assert answer.status_code == 200, answer.content
    assert answer.json()["user"]["username"] == "owner"
    assert answer["Cache-Control"] == "no-store"
    assert Script(answer.json()["access"]).get("/api/users/me/").status_code == 200
    row = Passkey.objects.get()
    assert (row.counter, row.used_at) == (device.counter, AT)


def test_the_question_is_the_same_whoever_asks(device):
    options = asked()["options"]
    assert options == {**options, "allowCredentials": [], "rpId": "testserver", "userVerification": "required"}


def test_it_is_both_steps(device, secret):  # noqa: F811
    assert enter(device).status_code == 200
    assert not SecondStep.objects.exists()


def test_a_key_that_does_not_count_signs_in_again_and_again(me):
    made = Authenticator(counts=False)
    added(me, made)
    assert [enter(made).status_code for _ in range(3)] == [200, 200, 200]


WRONG_SHOWING = {
    "another origin": {"origin": "https://evil.example"},
    "a neighbouring host": {"origin": "http://a.testserver"},
    "another host": {"rp_id": "evil.example"},
    "another question": {"challenge": "c" * 43},
    "an empty question": {"challenge": ""},
    "the kind of a making": {"kind": "webauthn.create"},
    "from within another page": {"cross_origin": True},
    "nobody was there": {"flags": VERIFIED},
    "nobody was verified": {"flags": PRESENT},
    "a counter that stands": {"counter": 1},
    "a counter that went back": {"counter": 0},
    "another signature": {"signature": b"\x30\x06\x02\x01\x01\x02\x01\x01"},
    "no signature": {"signature": b""},
    "no name of its person": {"handle": ""},
    "the name of another": {"handle": text(b"a" * 32)},
}


@pytest.mark.parametrize("lies", WRONG_SHOWING.values(), ids=WRONG_SHOWING)
def test_an_answer_that_proves_nothing_opens_nothing(device, lies):
    assert refused(enter(device, lies=lies))
    assert Passkey.objects.get().counter == 1
    assert enter(device).status_code == 200  # the same key without the lie


def test_an_answer_is_good_once(device):
    question = asked()
    credential = device.show(question["options"])
    assert shown(question["ticket"], credential).status_code == 200
    assert shown(question["ticket"], credential).status_code == 401
    assert shown(asked()["ticket"], credential).status_code == 401


def test_a_question_is_spent_by_a_wrong_answer(device):
    question = asked()
    assert refused(shown(question["ticket"], device.show(question["options"], flags=PRESENT)))
    assert refused(shown(question["ticket"], device.show(question["options"])))


def test_a_question_lives_five_minutes(device, monkeypatch):
    question = asked()
    monkeypatch.setattr(clock, "now", lambda: AT + timedelta(minutes=5))
    assert refused(shown(question["ticket"], device.show(question["options"])))


def test_the_answer_to_one_question_is_none_to_another(device):
    mine, theirs = asked(), asked()
    assert refused(shown(theirs["ticket"], device.show(mine["options"])))


def test_a_key_of_elsewhere_is_like_one_that_was_removed(device, me):
    stray = Authenticator(rp_id="testserver", handle=device.handle)
    never = enter(stray)
    assert refused(never)
    me.delete(f"/api/me/passkeys/{Passkey.objects.get().pk}/", PROOF)
    gone = enter(device)
    assert refused(gone)
    assert {**never.json(), "request_id": ""} == {**gone.json(), "request_id": ""}


def test_who_borrows_the_number_of_a_key_is_refused(device):
    thief = Authenticator(credential=device.credential, rp_id="testserver", handle=device.handle, counter=50)
    assert refused(enter(thief))


def test_somebody_kept_out_stays_out(device, owner):
    User.objects.filter(pk=owner.pk).update(is_active=False)
    principal.reset()
    assert enter(device).json()["code"] == "passkey_refused"


def test_a_copied_key_is_told_of(device, me):
    copy = device.copy()
    assert enter(device).status_code == 200
    assert enter(device).status_code == 200
    assert enter(copy).status_code == 401
    assert [one["kind"] for one in me.get("/api/me/alerts/").json()["results"]][:1] == ["passkey_copied"]


@pytest.mark.parametrize("said", [None, 1, "a", [], {}, {"rawId": 7}, {"rawId": "a", "response": []}])
def test_what_is_no_answer_at_all_is_refused(device, said):
    assert shown(asked()["ticket"], said).status_code in (400, 401)


def test_of_a_thousand_broken_answers_none_is_believed_and_none_breaks(device):
    chance = random.Random(7)
    row, challenge = Passkey.objects.get(), "c" * 43
    party = acting.passkeys.Party("testserver", "http://testserver")
    for _ in range(1000):
        said = device.show({"challenge": challenge}, counter=99)
        name = chance.choice(["clientDataJSON", "authenticatorData", "signature"])
        broken = bytearray(raw(said["response"][name]))
        for _ in range(chance.randint(1, 3)):
            at = chance.randrange(len(broken))
            if chance.random() < 0.5:
                broken[at] ^= 1 << chance.randrange(8)
            else:
                del broken[at]
        with pytest.raises(acting.passkeys.NotProven):
            acting.passkeys.check(
                acting.passkeys.shown({**said, "response": {**said["response"], name: text(bytes(broken))}}),
                party=party,
                challenge=challenge,
                public_key=row.public_key,
                counter=row.counter,
            )
    whole = acting.passkeys.shown(device.show({"challenge": challenge}, counter=99))
    assert acting.passkeys.check(whole, party=party, challenge=challenge, public_key=row.public_key, counter=1) == 99


# --- as the second step -------------------------------------------------------------------------------------


def test_it_is_the_second_step_after_a_password(device, secret):  # noqa: F811
    question = asked(second_ticket=begun())
    assert question["options"]["allowCredentials"] == [{"type": "public-key", "id": text(device.credential)}]
    answer = shown(question["ticket"], device.show(question["options"], handle=""))
    assert answer.status_code == 200, answer.content
    assert SecondStep.objects.get().used_at == AT


def test_the_passkey_of_another_is_no_second_step(device, secret, stranger):  # noqa: F811
    tokens = Script().post("/auth/token/", {**KNOWN, "username": "stranger"}).json()
    theirs = Authenticator()
    assert added(Script(tokens["access"]), theirs).status_code == 201
    question = asked(second_ticket=begun())
    assert shown(question["ticket"], theirs.show(question["options"])).status_code == 401
    assert SecondStep.objects.get().used_at is None


def test_a_second_step_that_is_over_asks_no_passkey(device, secret, monkeypatch):  # noqa: F811
    ticket = begun()
    question = asked(second_ticket=ticket)
    answer = device.show(question["options"])
    SecondStep.objects.update(used_at=AT)
    assert shown(question["ticket"], answer).json()["code"] == "second_factor_ticket_invalid"
    said = Script().post("/auth/passkey/begin/", {"second_ticket": ticket})
    assert (said.status_code, said.json()["code"]) == (401, "second_factor_ticket_invalid")


# --- removing, and what is written of it ----------------------------------------------------------------------


def test_it_is_removed_with_the_password(me, device, monkeypatch):
    number = Passkey.objects.get().pk
    monkeypatch.setattr(clock, "now", lambda: AT + timedelta(minutes=11))
    assert me.delete(f"/api/me/passkeys/{number}/", {}).status_code == 403
    assert Passkey.objects.exists()
    assert me.delete(f"/api/me/passkeys/{number}/", PROOF).status_code == 204
    assert not Passkey.objects.exists()


def test_the_only_way_in_stays(me, device, owner):
    owner.set_unusable_password()
    owner.save()
    here = Script(enter(device).json()["access"])
    assert here.delete(f"/api/me/passkeys/{Passkey.objects.get().pk}/", {}).json()["code"] == "sign_in_last_way"


def test_adding_removing_and_signing_in_stand_in_the_access_record(me, device, owner):
    enter(device)
    enter(device, lies={"flags": PRESENT})
    me.delete(f"/api/me/passkeys/{Passkey.objects.get().pk}/", PROOF)
    rows = AccessRow.objects.filter(whose=owner.pk).order_by("sequence").values_list("kind", "what", "own")
    assert list(rows)[-4:] == [
        ("secure", "POST my-passkeys", False),
        ("sign_in", "POST auth-passkey", False),
        ("sign_in_failed", "POST auth-passkey", False),
        ("secure", "DELETE my-passkey", False),
    ]


def test_the_list_costs_the_same_for_one_or_twenty(me, owner, device, django_assert_num_queries):
    me.get("/api/me/passkeys/")
    with django_assert_num_queries(2):
        me.get("/api/me/passkeys/")
    for turn in range(19):
        Passkey.objects.create(user=owner, credential=f"c{turn}", public_key="k", counter=0, name="n", added_at=AT)
    with django_assert_num_queries(2):
        assert me.get("/api/me/passkeys/").json()["count"] == 20


def test_somebody_elses_device_does_not_know_ones_name(device, relative):
    other = make_person("other")
    assert acting.passkeys.handle_of(other.pk) != acting.passkeys.handle_of(relative.pk)
