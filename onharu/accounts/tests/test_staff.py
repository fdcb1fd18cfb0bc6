import pytest

from conftest import PASSWORD, make_person
from onharu.accounts.api import shapes
from onharu.accounts.queries import BODY_FACTS
from onharu.accounts.tests.conftest import Script

NEW = {"username": "guest", "password": PASSWORD}


@pytest.mark.parametrize(("method", "path"), [("get", "/api/users/"), ("post", "/api/users/")])
def test_lists_are_for_staff(script, me, method, path):
    assert getattr(script, method)(path).status_code == 401
    refused = getattr(me, method)(path)
    assert (refused.status_code, refused.json()["code"]) == (403, "refused")


@pytest.mark.parametrize("method", ["get", "patch"])
def test_another_person_answers_like_a_missing_one(me, owner, stranger, method):
    bodies = [
        {**getattr(me, method)(f"/api/users/{number}/", {"is_active": False}).json(), "request_id": ""}
        for number in (owner.pk, stranger.pk, 987654)
    ]
    assert bodies[0] == bodies[1] == bodies[2]
    assert bodies[0]["status"] == 403


def test_staff_list_everybody_by_pages(staff, owner, stranger):
    page = staff.get("/api/users/", {"limit": 2}).json()
    assert page["count"] == 3
    assert [one["username"] for one in page["results"]] == ["stranger", "owner"]
    assert staff.get("/api/users/", {"limit": 2, "offset": 2}).json()["results"][0]["username"] == "boss"


def test_a_list_costs_the_same_for_three_or_thirteen(staff, owner, django_assert_num_queries):
    """Two statements for the list, and two for the record of who looked at whom."""
    staff.get("/api/users/")
    with django_assert_num_queries(4):
        staff.get("/api/users/")
    for number in range(10):
        make_person(f"person{number}")
    with django_assert_num_queries(4):
        assert len(staff.get("/api/users/").json()["results"]) == 12


def test_staff_read_one_person(staff, owner):
    assert staff.get(f"/api/users/{owner.pk}/").json()["username"] == "owner"
    assert staff.get("/api/users/987654/").status_code == 404
    assert staff.get(f"/api/users/{10**30}/").status_code == 404


def test_staff_are_not_told_the_facts_of_a_body_and_the_shape_says_so(staff, owner):
    told = staff.get(f"/api/users/{owner.pk}/").json()
    assert {name for name, value in told.items() if value is None} >= BODY_FACTS
    assert all(shapes.SeenByStaffOut().fields[name].allow_null for name in BODY_FACTS)
    assert {name for name in BODY_FACTS if shapes.SEEN[name] is not None} == set()


def test_staff_make_a_person_who_can_then_sign_in(staff):
    made = staff.post("/api/users/", NEW | {"is_staff": True})
    assert made.status_code == 201
    assert made.json()["is_staff"] is False
    assert Script().post("/auth/token/", NEW).status_code == 200


def test_staff_are_told_what_is_wrong_with_a_new_person(staff, owner):
    assert list(staff.post("/api/users/", NEW | {"username": "owner"}).json()["errors"]) == ["username"]
    assert staff.patch(f"/api/users/{owner.pk}/", {}).status_code == 400
    assert staff.patch("/api/users/987654/", {"is_active": False}).status_code == 404
