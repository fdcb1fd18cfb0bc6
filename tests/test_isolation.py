"""Every address × method × who asks × whose ids, in path, query, body, form, header and file: nothing of others shows."""

import difflib
import re

import pytest
from asgiref.sync import async_to_sync
from django.db import transaction
from django.test import Client, RequestFactory

from conftest import PASSWORD, make_person, signed_in
from onharu.day import events
from onharu.kernel.days import version_of
from tests.isolation import FORM, IDS, NUMBERS, TAGS, address_of, every_route, filled, operations
from tests.test_strangers import CANARY, METHODS, MISSING, about, address, missing, photo_of, routes, rows_of, told

pytestmark = pytest.mark.django_db
LOST = 987654321
# Where staff see people by their office; asked for by the tests of the admin.
STAFFS = ("admin/", "api/users/")
STREAMS = ("events/",)
# Operations that do not know a name which another operation of the same shape knows: it is ignored.
IGNORED = {
    ("patch", "/api/tasks/{id}/", "plan"),
    ("patch", "/api/taskitems/{id}/", "plan"),
}


@pytest.fixture
def rows(browser, relative, rice, noon):
    return rows_of(browser, relative, rice)


@pytest.fixture
def others(rows, relative, stranger):
    """Everybody who has an account and no business with the owner's rows, with the browser they ask by."""
    keeper, gone = make_person("keeper"), make_person("gone")
    keeper.is_staff = True
    keeper.save()
    revoked, left = signed_in(relative), signed_in(gone)
    owner = Client()
    owner.post("/login/", {"username": "owner", "password": PASSWORD})
    assert owner.put(f"/api/shares/{rows['share']}/revoke/").status_code == 200
    gone.is_active = False
    gone.save()
    return {"stranger": signed_in(stranger), "revoked": revoked, "staff": signed_in(keeper), "deactivated": left}


def ask(browser, method, path, body=None, **headers):
    if method == "get":
        return browser.get(path, headers=headers)
    return getattr(browser, method)(path, body or {}, content_type="application/json", headers=headers)


class Undone(Exception):
    pass


def asked_and_undone(browser, method, path, body=None, **headers):
    """Ask, and take back whatever that did, so that the next asks the same world."""
    said = []
    try:
        with transaction.atomic():
            said.append(told(ask(browser, method, path, body, **headers), path.partition("?")[0]))
            raise Undone
    except Undone:
        return said[0]


# What an answer makes anew each time: ids, rows of a form, a secret, a code of an invitation.
ANEW = re.compile(
    r"[0-9a-f]{8}-[0-9a-f-]{27}|\bn[0-9a-f]{8}\b|[\w-]{43}(?:\.ics)?|(?:[0-9A-Z]{4}-){3}[0-9A-Z]{4}|(?:\b|(?<=ADDRESS))\d{1,9}\b"
)


def plain(status):
    """Leave out of an answer which of the two ids was asked for."""
    code, kind, text = status
    return code, kind, ANEW.sub("N", text)


# --- path ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["revoked", "staff"])
def test_to_a_sharer_who_was_revoked_and_to_staff_a_row_is_like_a_missing_one(rows, others, who):
    for route in routes():
        foreign, absent = address(route, rows[about(route)]), address(route, missing(route))
        for method in METHODS:
            answer = told(ask(others[who], method, foreign), foreign)
            assert answer == told(ask(others[who], method, absent), absent), (who, method, route)
            assert answer[0] >= 400, (who, method, route)


def test_somebody_who_may_not_sign_in_any_more_is_nobody(rows, others):
    """An old session opens what is open to everybody and nothing else."""
    session = others["deactivated"].cookies["sessionid"]
    for route in every_route():
        if route.startswith((*STREAMS, "^")) or "(?P" in route or "$" in route:
            continue
        path = (
            address(route, rows[about(route)]) if "<" in route and about(route) else "/" + re.sub("<[^>]+>", "1", route)
        )
        for method in ("get", "post"):
            left = Client()  # whom nothing is told that an answer before kept for them
            left.cookies["sessionid"] = session.value
            mine, nobodys = (
                told(ask(left, method, path), path),
                told(ask(Client(), method, path), path),
            )
            assert plain(mine) == plain(nobodys), (method, route)


def test_ones_own_id_opens_the_same_addresses(rows, browser):
    """So that a wrong fixture cannot make the tests above pass."""
    closed = {"regimen": {"resume"}}
    for route in routes():
        path = address(route, rows[about(route)])
        answers = [asked_and_undone(browser, method, path)[0] for method in METHODS]
        received = route.startswith(("api/shared/", "medicines/family/")) and "settings" not in route
        if not received and not closed.get(about(route), set()) & set(route.split("/")):
            assert set(answers) - {404, 405}, (route, answers)


# --- what everybody is shown, whatever they ask ------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["stranger", "revoked", "staff", "deactivated", "nobody"])
def test_no_address_shows_a_word_of_the_owners(rows, others, who):
    browser = Client() if who == "nobody" else others[who]
    for route in every_route():
        if route.startswith((*STAFFS, *STREAMS, "^")) or "$" in route:
            continue
        path = "/" + route if "<" not in route else address(route, rows.get(about(route), 1))
        for method in METHODS:
            answer = asked_and_undone(browser, method, path)
            assert CANARY not in answer[2], (who, method, route)
            assert answer[0] < 500, (who, method, route)


def test_the_owner_is_shown_them(rows, browser):
    """So that the test above cannot pass by a word that stands nowhere."""
    paths = ("/api/foods/?q=", "/api/workoutplans/", "/api/goals/", "/api/tags/", "/api/regimens/", "/api/shares/",
             "/api/scraps/", "/api/feedbacks/", "/api/dailyreports/", f"/photos/{rows['photo']}/")  # fmt: skip
    for path in paths:
        assert CANARY in told(browser.get(path), path)[2] or path.startswith("/api/foods"), path


# --- query, body, form ---------------------------------------------------------------------------------------------------


def test_every_number_in_a_query_or_a_body_is_an_id_with_a_row_or_no_id():
    names = {name for one in operations() for name in (*one.query, *one.fields)}
    assert names - set(IDS) - NUMBERS - set(TAGS) - {"food", "id"} == set()


def rows_named(name, rows):
    """Find what of the owner's an id of this name could be, with an id of the same kind that is nobody's."""
    if name == "food":
        return [(-rows["food"], -LOST)]
    kinds = TAGS if name in TAGS else (IDS[name],)
    lost = {"analysis": MISSING["uuid"], "dose": MISSING["dose"]}
    return [(rows[kind], lost.get(kind, LOST)) for kind in kinds]


def test_somebody_elses_id_in_a_query_finds_what_a_missing_one_finds(rows, others):
    tried = 0
    for one in operations():
        for name in set(one.query) - NUMBERS:
            for foreign, lost in rows_named(name, rows):
                path = address_of(one.path, rows)
                for who in ("stranger", "revoked", "staff"):
                    answers = [
                        plain(asked_and_undone(others[who], one.method, f"{path}?{name}={number}"))
                        for number in (foreign, lost)
                    ]
                    assert answers[0] == answers[1], (who, one.method, one.path, name)
                    tried += 1
    assert tried >= 18


def test_somebody_elses_id_in_a_body_does_what_a_missing_one_does(rows, others, relative, stranger, rice):
    """Under addresses of one's own rows, with bodies that are good but for the id."""
    own = rows_of(others["stranger"], relative, rice, also_shelf=False)
    tried, taken = 0, []
    for one in operations():
        for name in (set(one.fields) & {*IDS, *TAGS, "food"}) - NUMBERS:
            for foreign, lost in rows_named(name, rows):
                path = address_of(one.path, own)
                answers = [
                    plain(
                        asked_and_undone(
                            others["stranger"],
                            one.method,
                            path,
                            filled(one.body, name, str(number) if name == "analysis_id" else number),
                        )
                    )
                    for number in (foreign, lost)
                ]
                assert answers[0] == answers[1], (one.method, one.path, name, answers)
                tried += 1
                if answers[0][0] < 400:
                    taken.append((one.method, one.path, name))
    assert tried >= 20
    assert set(taken) == IGNORED


def test_somebody_elses_ids_in_a_form_do_what_missing_ones_do(rows, others):
    """Every page without a row in its address, with all the names under which forms read ids."""
    kinds = ("item", "meal", "plan", "regimen", "food", "tag", "task", "log", "dose", "analysis")
    lost = {"analysis": str(MISSING["uuid"]), "dose": MISSING["dose"]}
    different_numbers = {rows[kind]: kind for kind in kinds}
    for route in every_route():
        if "<" in route or route.startswith(("api/", "auth/", "admin/", *STREAMS, "^")) or "$" in route:
            continue
        for kind in different_numbers.values():
            # A food of one's own is a negative number: positive ones are everybody's.
            foreign = {**dict.fromkeys(FORM, rows[kind]), "food": -rows["food"]}
            missed = {**dict.fromkeys(FORM, lost.get(kind, LOST)), "food": -LOST}
            for method in ("get", "post"):
                answers = [
                    plain(form_asked(others["stranger"], method, "/" + route, said)) for said in (foreign, missed)
                ]
                assert not different(*answers), (method, route, kind, different(*answers))


def different(one, other):
    """Tell by which lines two answers differ."""
    lines = difflib.unified_diff(one[2].splitlines(), other[2].splitlines(), lineterm="", n=0)
    return [] if one == other else [one[:2], other[:2], *(line[:300] for line in lines)]


def form_asked(browser, method, path, said):
    found = []
    browser.cookies.pop("messages", None)  # what the last answer wanted said on the next page
    try:
        with transaction.atomic():
            found.append(told(getattr(browser, method)(path, said), path))
            raise Undone
    except Undone:
        return found[0]


# --- header, stream, file ------------------------------------------------------------------------------------------------


def test_somebody_elses_idempotency_key_repeats_nothing_of_theirs(browser, others, rice):
    body = {"items": [{"food": rice.pk, "quantity": 1, "unit": "공기"}]}
    for path, said in (("/api/meals/", body), ("/api/tags/", {"name": "둘"}), ("/api/feedbacks/", {"body": "셋"})):
        key = {"Idempotency-Key": "the-owners-own"}
        first = ask(browser, "post", path, said, **{**key, "Idempotency-Key": f"{path}1"})
        theirs = ask(others["stranger"], "post", path, said, **{**key, "Idempotency-Key": f"{path}1"})
        assert (first.status_code, theirs.status_code) == (201, 201), path
        assert "Idempotent-Replayed" not in theirs.headers
        assert theirs.json()["id"] != first.json()["id"]


def test_somebody_elses_event_id_resumes_nothing_of_theirs(rows, owner, stranger, noon, monkeypatch):
    monkeypatch.setattr(events, "close_old_connections", lambda: None)
    request = RequestFactory().get("/events/", headers={"Last-Event-ID": str(version_of(owner.pk, noon.date()) - 1)})
    assert async_to_sync(events._missed)(request, stranger.pk) == []
    assert async_to_sync(events._missed)(request, owner.pk) != []


def test_a_photograph_is_its_owners_in_every_size(owner, others, browser):
    photo = photo_of(owner.pk)
    for query in ("", "?size=thumb"):
        assert browser.get(f"/photos/{photo.pk}/{query}").status_code == 200
        for who, there in others.items():
            foreign, lost = f"/photos/{photo.pk}/{query}", f"/photos/{LOST}/{query}"
            assert told(there.get(foreign), foreign) == told(there.get(lost), lost), who
    for path in (photo.file.name, photo.thumb.name):
        assert others["stranger"].get(f"/media/{path}").status_code == 404
