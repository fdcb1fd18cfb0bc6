"""What requests leave in the access record, and what its person reads of it."""

import re

import pytest
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver

from conftest import PASSWORD, make_person, signed_in
from onharu.accounts.middleware import LANGUAGE_COOKIE
from onharu.accounts.models import Profile
from onharu.kernel.access import chain, watching, words
from onharu.kernel.access.tables import AccessRow
from onharu.kernel.storing import MARK
from onharu.records.medication.apps import OF_DOSES
from onharu.records.medication.tests.dosing import NOON, at_times, regimen
from onharu.records.medication.tests.sharing import share_with

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]


def written():
    return [(row.kind, row.what, row.who, row.whose) for row in AccessRow.objects.order_by("sequence")]


@pytest.fixture
def staff(db):
    user = make_person("keeper")
    user.is_staff = user.is_superuser = True
    user.save()
    return user


@pytest.fixture
def share(owner, relative):
    regimen(owner, at_times(8, 20), at=NOON)
    return share_with(owner, relative, may_mark=True, label="딸")


def test_reading_ones_own_writes_nothing(browser):
    for path in ("/api/meals/", "/today/", "/me/", "/api/users/me/", "/medicines/", "/api/me/access/", "/me/access/"):
        assert browser.get(path).status_code == 200, path
    assert written() == []


def test_a_change_of_ones_own_is_one_row_and_two_statements(browser, owner):
    browser.put("/api/water/2026-11-22/", {"ml": 200}, content_type="application/json")
    with CaptureQueriesContext(connection) as asked:
        browser.put("/api/water/2026-11-22/", {"ml": 400}, content_type="application/json")
    assert sum("kernel_access" in one["sql"] for one in asked) == 2
    assert written() == [("change", "PUT api/water/<day:day>/", str(owner.pk), owner.pk)] * 2
    assert AccessRow.objects.filter(own=True).count() == 2


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_what_was_refused_is_no_change(browser, method):
    assert getattr(browser, method)("/api/meals/999/", {}, content_type="application/json").status_code >= 400
    assert written() == []


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/api/medicines/interactions/", {"item_seqs": []}),
        ("/api/regimens/sentence/", {"sentence": "아침저녁 1정씩"}),
        ("/api/pharmacies/nearest/", {"lat": 37.5, "lon": 127.03}),
        ("/pharmacies/near/", {"lat": "37.5", "lon": "127.03"}),
        ("/medicines/regimens/understand/", {"sentence": "아침저녁 1정씩"}),
    ],
)
def test_what_only_computes_is_no_change_and_needs_no_leave_to_keep(browser, owner, path, body):
    owner.profile.health_data = Profile.HealthData.WITHHELD
    owner.profile.save()
    sent = {} if path.startswith(("/pharmacies", "/medicines")) else {"content_type": "application/json"}
    assert browser.post(path, body, **sent).status_code == 200
    assert written() == []


def every_view(patterns=None, before=""):
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        route = before + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            yield from every_view(pattern.url_patterns, route)
        else:
            view = pattern.callback
            yield route, getattr(view, "cls", None) or getattr(view, "view_class", None) or view


def test_what_only_computes_is_named_and_nothing_else_is():
    assert {route for route, view in every_view() if vars(view).get(MARK)} == {
        "pharm", "pharm/", "pharmacies/live/", "pharmacies/near/", "api/pharmacies/live/", "api/pharmacies/nearest/",
        "api/medicines/interactions/", "api/regimens/sentence/", "medicines/regimens/understand/",
    }  # fmt: skip


def test_a_calendar_that_has_not_changed_shows_nothing_and_writes_nothing(browser, client):
    address = browser.post("/api/calendar-feed/", {}, content_type="application/json").json()["url"]
    etag = client.get(address)["ETag"]
    before = len(written())
    assert client.get(address, headers={"If-None-Match": etag}).status_code == 304
    assert len(written()) == before


def test_no_content_stands_in_the_record(browser):
    browser.post("/api/tags/", {"name": "비밀스러운꼬리표"}, content_type="application/json")
    browser.post("/api/dailyreports/", {"highlights": "아무에게도"}, content_type="application/json")
    assert "비밀" not in str(written())
    assert "아무" not in str(written())
    assert len(written()) == 2


def test_a_sign_in_a_wrong_one_and_a_sign_out_are_written(client, owner):
    client.post("/auth/token/", {"username": "owner", "password": "wrong"}, REMOTE_ADDR="203.0.113.9")
    pair = client.post("/auth/token/", {"username": "owner", "password": PASSWORD}).json()
    client.post("/auth/token/refresh/", {"refresh": pair["refresh"]})
    client.post("/auth/logout/", headers={"Authorization": f"Bearer {pair['access']}"})
    me = str(owner.pk)
    assert written() == [
        ("sign_in_failed", "POST auth-token", "", owner.pk),
        ("sign_in", "POST auth-token", me, owner.pk),
        ("sign_out", "POST auth-logout", me, owner.pk),
    ]
    assert AccessRow.objects.first().address == "203.0.113.9"


def test_a_sign_in_by_the_page_is_one_row(client, owner):
    client.post("/login/", {"username": "owner", "password": "no"})
    client.post("/login/", {"username": "owner", "password": PASSWORD})
    client.post("/logout/")
    assert [kind for kind, *_ in written()] == ["sign_in_failed", "sign_in", "sign_out"]


def test_a_name_nobody_has_is_written_without_a_person(client):
    client.post("/auth/token/", {"username": "nobody", "password": "wrong"})
    assert written() == [("sign_in_failed", "POST auth-token", "", None)]


def test_family_that_looks_and_marks_is_written_for_the_owner(share, owner, relative):
    there, who = signed_in(relative), str(relative.pk)
    shown = there.get(f"/api/shared/{share.pk}/schedules/").json()["doses"]
    there.get(f"/medicines/family/{share.pk}/")
    there.put(
        f"/api/shared/{share.pk}/schedules/{shown[0]['id']}/taken/", {"taken": True}, content_type="application/json"
    )
    assert written() == [
        ("look", "GET api/shared/<int:pk>/schedules/", who, owner.pk),
        ("look", "GET family-day", who, owner.pk),
        ("change", "PUT api/shared/<int:pk>/schedules/<str:dose_id>/taken/", who, owner.pk),
    ]


def test_a_look_that_is_refused_is_not_written(share, stranger_browser):
    assert stranger_browser.get(f"/api/shared/{share.pk}/schedules/").status_code == 404
    assert written() == []


def test_a_calendar_that_is_read_by_its_secret_is_written(browser, client, owner):
    address = browser.post("/api/calendar-feed/", {}, content_type="application/json").json()["url"]
    assert client.get(address).status_code == 200
    assert browser.get(address).status_code == 200  # the secret counts, not who happens to be signed in there
    assert [(kind, who, whose) for kind, _, who, whose in written()] == [
        ("change", str(owner.pk), owner.pk),
        ("look", "", owner.pk),
        ("look", "", owner.pk),
    ]


def test_staff_who_look_at_people_over_the_api_are_written(staff, owner, stranger):
    there = signed_in(staff)
    there.get("/api/users/")
    there.get(f"/api/users/{owner.pk}/")
    there.patch(f"/api/users/{owner.pk}/", {"is_active": False}, content_type="application/json")
    who = str(staff.pk)
    assert written() == [
        ("look", "GET users", who, stranger.pk),
        ("look", "GET users", who, owner.pk),
        ("look", "GET user", who, owner.pk),
        ("change", "PATCH user", who, owner.pk),
    ]


def test_staff_who_look_in_the_admin_are_written_for_everybody_they_saw(staff, owner, browser, rice):
    meal = browser.post(
        "/api/meals/", {"items": [{"food": rice.pk, "quantity": 1}]}, content_type="application/json"
    ).json()
    begin = AccessRow.objects.count()
    there = signed_in(staff)
    for path in (
        "/admin/accounts/user/",
        f"/admin/accounts/user/{owner.pk}/change/",
        "/admin/meals/meal/",
        f"/admin/meals/meal/{meal['id']}/change/",
        "/admin/",
        "/admin/kernel/job/",
    ):
        assert there.get(path).status_code == 200, path
    who = str(staff.pk)
    assert written()[begin:] == [
        ("look", "GET admin:accounts_user_changelist", who, owner.pk),
        ("look", "GET admin:accounts_user_change", who, owner.pk),
        ("look", "GET admin:meals_meal_changelist", who, owner.pk),
        ("look", "GET admin:meals_meal_change", who, owner.pk),
    ]


def test_staff_who_change_somebody_in_the_admin_are_written(staff, owner):
    there = signed_in(staff)
    page = there.get(f"/admin/accounts/user/{owner.pk}/change/").content.decode()
    prefix = re.search(r'name="([\w-]+)-TOTAL_FORMS"', page)[1]
    form = {"is_staff": "on", f"{prefix}-TOTAL_FORMS": 0, f"{prefix}-INITIAL_FORMS": 0}
    assert there.post(f"/admin/accounts/user/{owner.pk}/change/", form).status_code == 302
    assert written()[-1] == ("change", "POST admin:accounts_user_change", str(staff.pk), owner.pk)


def test_a_look_that_cannot_be_written_is_not_shown(staff, owner, monkeypatch):
    def away(*_, **__):
        raise DatabaseError

    monkeypatch.setattr(watching, "append", away)
    there = signed_in(staff)
    there.raise_request_exception = False
    assert there.get(f"/api/users/{owner.pk}/").status_code == 500
    put = signed_in(owner).put("/api/water/2026-11-22/", {"ml": 400}, content_type="application/json")
    assert put.status_code == 200


def test_the_person_reads_who_was_there_and_nobody_else_does(share, owner, relative, browser, stranger_browser):
    signed_in(relative).get(f"/api/shared/{share.pk}/schedules/")
    (found,) = browser.get("/api/me/access/").json()["results"]
    assert (found["who"], found["kind"], found["what"], found["by_me"], found["address"]) == (
        "relative",
        "look",
        "GET api/shared/<int:pk>/schedules/",
        False,
        None,
    )
    page = browser.get("/me/access/").content.decode()
    assert "relative · 봤어요" in page
    assert stranger_browser.get("/api/me/access/").json()["results"] == []
    assert "아직 아무도 보지 않았어요" in stranger_browser.get("/me/access/").content.decode()


def test_a_person_reads_what_was_seen_in_words_and_no_route(share, staff, owner, relative, browser, client):
    feed = browser.post("/api/calendar-feed/", {}, content_type="application/json").json()["url"]
    client.get(feed)
    there = signed_in(relative)
    dose = there.get(f"/api/shared/{share.pk}/schedules/").json()["doses"][0]["id"]
    there.get(f"/medicines/family/{share.pk}/")
    there.get(f"/medicines/family/{share.pk}/part/?day=2026-11-22")
    there.post(f"/medicines/family/{share.pk}/doses/{dose}/take/")
    there.post(f"/medicines/family/{share.pk}/doses/{dose}/undo/")
    marked = {"taken": True}
    there.put(f"/api/shared/{share.pk}/schedules/{dose}/taken/", marked, content_type="application/json")
    there.post(f"/medicines/family/{share.pk}/leave/")
    for path in ("/admin/accounts/user/", f"/admin/accounts/user/{owner.pk}/change/", "/api/users/"):
        signed_in(staff).get(path)
    found = browser.get("/api/me/access/?limit=100").json()["results"]
    ways = {one["what"].partition(" ")[2]: one["about"] for one in found if one["kind"] in {"look", "change"}}
    assert ways == {
        "calendar-feed": "약 달력",
        **dict.fromkeys(OF_DOSES, "먹을 약과 먹은 표시"),
        "family-leave": "가족 공유",
        "admin:accounts_user_changelist": "관리 화면 · 사람과 계정",
        "admin:accounts_user_change": "관리 화면 · 사람과 계정",
        "users": "사람과 계정",
    }
    page = browser.get("/me/access/").content.decode()
    assert not re.search(r"· <span[^>]*>(GET|POST|PUT|DELETE) ", page)
    assert all(f">{words}<" in page for words in ways.values())
    browser.cookies[LANGUAGE_COOKIE] = "en"
    english = browser.get("/me/access/").content.decode()
    assert ">Doses<" in english


def test_every_route_that_has_words_is_there(share):
    known = {route for route, _ in every_view()} | set(get_resolver().reverse_dict)
    assert {one for one in words._called if one not in known} == set()


def test_what_nobody_gave_words_to_is_told_by_its_route(browser, owner, relative):
    chain.append([chain.Act("look", "GET nowhere", str(relative.pk), owner.pk)], at=NOON)
    assert browser.get("/api/me/access/").json()["results"][0]["about"] is None
    assert ">GET nowhere<" in browser.get("/me/access/").content.decode()


def test_the_address_of_a_failed_sign_in_is_told_to_whose_it_was(client, browser):
    client.post("/auth/token/", {"username": "owner", "password": "wrong"}, REMOTE_ADDR="203.0.113.9")
    (found,) = browser.get("/api/me/access/").json()["results"]
    assert (found["kind"], found["address"], found["who"]) == (
        "sign_in_failed",
        "203.0.113.9",
        "로그인하지 않은 누군가",
    )


def test_reading_the_record_costs_the_same_for_one_or_for_many(browser, owner, relative, django_assert_num_queries):
    def look(times):
        chain.append([chain.Act("look", "GET x", str(relative.pk), owner.pk)] * times, at=NOON)

    look(1)
    browser.get("/api/me/access/")
    with CaptureQueriesContext(connection) as asked:
        browser.get("/api/me/access/")
    one = len(asked)
    look(90)
    browser.get("/api/me/access/")  # who asks is known for some seconds; writing ninety rows may take longer
    with django_assert_num_queries(one):
        assert browser.get("/api/me/access/?limit=100").json()["count"] == 91
    assert "page=2" in browser.get("/me/access/").content.decode()
