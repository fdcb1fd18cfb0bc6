from dataclasses import fields

import pytest

from onharu.accounts import principal
from onharu.accounts.api.shapes import ME, PLACE, MeOut, PlaceOut, ProfileIn
from onharu.accounts.models import Profile, User
from onharu.accounts.public import person_of, today_of
from onharu.accounts.queries import Me, Place
from onharu.kernel import clock, days
from onharu.kernel.days import day_touched
from onharu.kernel.tests.test_days import heard  # noqa: F401 the same ear


def test_nobody_signed_in_is_a_problem(script):
    answer = script.get("/api/users/me/")
    assert answer.status_code == 401
    assert answer["Content-Type"] == "application/problem+json"
    assert answer["WWW-Authenticate"] == "Bearer"
    assert answer.json()["code"] == "unsigned"


def test_a_person_is_told_about_themselves(me, owner):
    told = me.get("/api/users/me/").json()
    assert told["id"] == owner.pk
    assert (told["birth_year"], told["sex"], told["height_cm"], told["weight_kg"]) == (1986, "FEMALE", 160, 55)
    assert (told["zone"], told["day_start_hour"], told["language"]) == ("Asia/Seoul", 0, "ko")
    assert "password" not in told


def test_what_is_not_known_is_null(script):
    told = script.post("/auth/register/", {"username": "haru", "password": "a-long-password-9"}).json()["user"]
    for fact in ("sex", "birth_year", "height_cm", "weight_kg", "purpose", "takes_medicine", "setup_done_at", "email"):
        assert told[fact] is None


def test_the_shapes_in_the_document_are_what_is_sent(me):
    assert list(MeOut().fields) == [one.name for one in fields(Me)] == list(ME) == list(me.get("/api/users/me/").json())
    sent = me.get("/api/me/sessions/").json()["results"][0]
    assert list(PlaceOut().fields) == [one.name for one in fields(Place)] == list(PLACE) == list(sent)


def test_me_costs_one_statement_cold_and_none_warm(me, django_assert_num_queries):
    """Beside that for the keys that tokens are signed with, which every process reads once a second at most."""
    principal.reset()
    with django_assert_num_queries(2):
        me.get("/api/users/me/")
    with django_assert_num_queries(0):
        me.get("/api/users/me/")


CHANGES = {
    "nickname": "하루",
    "sex": "MALE",
    "birth_year": 1991,
    "height_cm": 175.5,
    "weight_kg": "70.2",
    "activity": "ACTIVE",
    "zone": "America/New_York",
    "day_start_hour": 4,
    "language": "en",
    "purpose": "WEIGHT",
    "takes_medicine": True,
    "maternity": "LACTATING",
    "hide_numbers": True,
    "photos_may_leave": True,
    "words_may_leave": True,
    "place_may_leave": True,
}


def test_every_fact_can_be_changed(me, django_capture_on_commit_callbacks):
    assert set(CHANGES) == set(ProfileIn().fields)
    with django_capture_on_commit_callbacks(execute=True):
        told = me.patch("/api/users/me/", CHANGES).json()
    assert {fact: told[fact] for fact in CHANGES} == {**CHANGES, "weight_kg": 70.2}
    assert me.get("/api/users/me/").json() == told


def test_a_change_leaves_the_other_facts_alone_and_null_makes_one_unknown(me):
    told = me.patch("/api/users/me/", {"sex": None, "height_cm": None}).json()
    assert (told["sex"], told["height_cm"], told["weight_kg"]) == (None, None, 55)


@pytest.mark.parametrize(
    ("fact", "value"),
    [
        ("nickname", "하" * 41),
        ("nickname", None),
        ("sex", "OTHER"),
        ("birth_year", 1899),
        ("birth_year", 2027),
        ("birth_year", "soon"),
        ("birth_year", 1991.5),
        ("height_cm", 49.9),
        ("height_cm", 260.1),
        ("height_cm", "NaN"),
        ("height_cm", 1e30),
        ("weight_kg", 1.9),
        ("weight_kg", -55),
        ("weight_kg", "Infinity"),
        ("weight_kg", 55.55),
        ("activity", "NONE"),
        ("activity", None),
        ("zone", "Asia/Pyeongchang"),
        ("zone", "../../etc/passwd"),
        ("zone", ""),
        ("day_start_hour", 7),
        ("day_start_hour", -1),
        ("day_start_hour", None),
        ("language", "fr"),
        ("purpose", "FUN"),
        ("takes_medicine", "perhaps"),
    ],
)
def test_a_fact_that_cannot_be_is_named_and_nothing_changes(me, owner, fact, value):
    answer = me.patch("/api/users/me/", {"weight_kg": 60, fact: value} if fact != "weight_kg" else {fact: value})
    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == [fact]
    kept = Profile.objects.get(pk=owner.pk)
    assert (kept.weight_kg, kept.version) == (55, 1)


@pytest.mark.parametrize(
    "wish",
    [
        {"is_staff": True},
        {"is_superuser": True},
        {"is_active": False},
        {"id": 99},
        {"username": "boss"},
        {"email": "x@example.com"},
        {"password": "x"},
        {"version": 99},
        {"setup_done_at": "2020-01-01T00:00:00Z"},
        {"user": 2},
        {"joined_at": "2020-01-01T00:00:00Z"},
    ],
)
def test_what_is_not_ones_own_to_change_is_ignored(me, owner, wish):
    before = me.get("/api/users/me/").json()
    assert me.patch("/api/users/me/", wish).json() == before
    stored = User.objects.get(pk=owner.pk)
    assert not stored.is_superuser
    assert stored.check_password("a-long-password-9")


def test_a_change_counts_the_version_up_and_the_same_again_does_not(me):
    assert me.patch("/api/users/me/", {"weight_kg": 54}).json()["version"] == 2
    assert me.patch("/api/users/me/", {"weight_kg": 54}).json()["version"] == 2
    assert me.patch("/api/users/me/", {}).json()["version"] == 2


def test_open_screens_hear_of_a_change_and_read_the_new_facts(noon, me, owner, django_capture_on_commit_callbacks):
    read = []

    def listen(touched, **_):
        user = principal.user_of_id(owner.pk)
        read.append((touched.owner_id, touched.day, person_of(user).weight_kg))

    day_touched.connect(listen)
    with django_capture_on_commit_callbacks(execute=True):
        me.patch("/api/users/me/", {"weight_kg": 54})
    day_touched.disconnect(listen)
    assert read == [(owner.pk, today_of(owner, clock.now()), 54)]


def test_a_move_to_another_zone_touches_both_todays(noon, me, owner, heard, django_capture_on_commit_callbacks):  # noqa: F811
    with django_capture_on_commit_callbacks(execute=True):
        me.patch("/api/users/me/", {"zone": "America/Los_Angeles"})
    assert [str(one.day) for one in heard] == ["2026-11-22", "2026-11-21"]


def test_a_refused_change_touches_nothing(me, owner, noon):
    me.patch("/api/users/me/", {"weight_kg": 1})
    assert days.version_of(owner.pk, today_of(owner, clock.now())) == 0


def test_today_follows_the_persons_zone_and_hour(owner, noon):
    owner.profile.zone, owner.profile.day_start_hour = "Pacific/Kiritimati", 0
    assert str(today_of(owner, noon)) == "2026-11-22"
    owner.profile.zone = "America/Los_Angeles"
    assert str(today_of(owner, noon)) == "2026-11-21"


def test_the_facts_of_a_person_cost_no_statement(owner, django_assert_num_queries):
    user = principal.user_of_id(owner.pk)
    with django_assert_num_queries(0):
        person = person_of(user)
    assert (person.id, person.sex, person.birth_year, person.height_cm) == (owner.pk, "FEMALE", 1986, 160)
