"""Every address with somebody's row in it, asked by a stranger: a foreign row answers exactly like a missing one.

The addresses come from the URL resolver, so a new one without a row here fails. What is nobody's own (foods, dates,
rules) is named below with the reason.
"""

import re
import uuid
from urllib.parse import quote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import get_resolver

from conftest import signed_in
from onharu.accounts.alerted import Alert
from onharu.accounts.ways_in import Passkey
from onharu.catalog.pharmacies.models import Pharmacy
from onharu.kernel import clock
from onharu.records.meals.models import Photo
from tests import medicine_shelf as shelf
from tests.push_endpoint import BrowserKeys

pytestmark = pytest.mark.django_db

# Stands in everything that `rows_of` writes, and nowhere else.
CANARY = "카나리아"
METHODS = ("get", "post", "put", "patch", "delete")
MISSING = {
    "int": 987654321,
    "uuid": uuid.UUID(int=7),
    "slug": "no-such-place",
    "str": "987654321.v1.20261122.0",
    "dose": "987654321.v1.20261122.0",
}
# Addresses that name no row of a person: the catalogue, dates and rules (everybody's own), staff's.
NOBODYS = (
    "meals/foods/recipes/find/",  # a row of the form, not of a table
    "admin/", "api/days/", "api/water/", "api/dailyreports/by-date/", "api/foods/<int:food_id>/",
    "api/foods/<int:pk>/favourite/", "api/exercises/", "api/recommendations/", "insights/", "goals/targets/", "api/users/",
    "calendar/<slug:secret>.ics",  # the secret is the key: asked for by the tests of the feed
    "api/pharmacies/<int:pharmacy_id>/",  # open to everybody
    "api/me/consents/", "me/consents/",  # what is agreed to, by its name
    "api/erasures/", "erased/",  # the receipt is the key, and names nobody
    # A pharmacy of the shelf; who keeps it is asked for below.
    "api/pharmacies/<int:pk>/favourite/", "pharmacies/<int:pk>/",
    # A medicine of the shelf by its number; what a person says of it is asked for by the tests of both below.
    "api/medicines/<str:item_seq>/", "medicines/<item_seq:item_seq>/", "api/scraps/by-item/<str:item_seq>/",
)  # fmt: skip
# Which made row an address is about, by how it begins; the first that fits.
ROWS = (
    ("api/workoutplans/", "plan"), ("workouts/plan/", "plan"), ("api/tasks/", "task"), ("api/taskitems/", "task"),
    ("workouts/tasks/", "task"), ("api/workoutlogs/", "log"), ("workouts/logs/", "log"),
    ("api/goals/", "goal"), ("goals/measurements/", "measurement"), ("goals/<int:pk>/", "goal"),
    ("api/dailygoals/", "target"), ("api/measurements/", "measurement"), ("api/dailyreports/", "report"),
    ("journal/report/", "report"), ("api/feedbacks/", "feedback"), ("journal/notes/", "feedback"),
    ("api/tags/", "tag"), ("journal/tags/", "tag"), ("api/mealitems/", "item"), ("meals/items/", "item"),
    ("api/ai/meal-entry/", "item"), ("api/meals/", "meal"), ("meals/<int:pk>/", "meal"), ("api/foods/-<int:pk>/", "food"),
    ("meals/foods/", "food"), ("api/ai/meal-analyze/", "analysis"), ("meals/photo/", "analysis"),
    ("meals/text/", "analysis"), ("api/push/subscriptions/", "browser"), ("medicines/reminders/browsers/", "browser"),
    ("api/scraps/tags/", "medicine_tag"), ("medicines/scraps/tags/", "medicine_tag"),
    ("api/calendar-feed/", "feed"), ("medicines/calendar/", "feed"),
    ("api/shares/", "share"), ("api/shared/", "share"), ("medicines/family/", "share"),
    ("api/regimens/", "regimen"), ("api/schedules/", "dose"), ("medicines/regimens/", "regimen"), ("medicines/doses/", "dose"), ("api/scraps/", "scrap"), ("medicines/scraps/", "scrap"), ("photos/", "photo"), ("api/me/sessions/", "place"), ("me/sessions/", "place"),
    ("api/me/passkeys/", "passkey"), ("me/security/passkeys/", "passkey"),
    ("api/me/alerts/", "alert"), ("me/security/alerts/", "alert"),
)  # fmt: skip
_PART = re.compile(r"<(?P<kind>\w+):(?P<name>\w+)>")


def routes(patterns=None, before=""):
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        route = before + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            yield from routes(pattern.url_patterns, route)
        elif "<" in route and not route.startswith(NOBODYS):
            yield route


def about(route):
    return next((row for begins, row in ROWS if route.startswith(begins)), None)


def address(route, first):
    """Fill the first part of a route with a row's id, and any further part with something harmless."""
    found = list(_PART.finditer(route))
    filled = [str(first), *(str({**MISSING, "int": 1, "slug": "a"}[part["kind"]]) for part in found[1:])]
    parts = iter(filled)
    return "/" + _PART.sub(lambda _: next(parts), route)


def missing(route):
    return MISSING[_PART.search(route)["kind"]]


def told(response, asked):
    """What an answer says, without what differs between any two requests: its address, tokens, the request's id."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    text = body.decode(errors="replace").replace(asked, "ADDRESS").replace(quote(asked, safe=""), "ADDRESS")
    text = re.sub(r'name="csrfmiddlewaretoken" value="\w+"|nonce="[^"]*"|"request_id":"[^"]*"|[0-9a-f]{32}', "", text)
    text = re.sub(r'"X-CSRFToken": ?"\w+"|data-csrf="\w+"|\b[A-Za-z0-9]{64}\b', "", text)
    return response.status_code, response.headers.get("Content-Type"), text


def made(browser, path, body):
    response = browser.post(path, body, content_type="application/json")
    assert response.status_code in (200, 201), (path, response.content)
    return response.json()


def photo_of(owner_id):
    """A photograph with a file."""
    file = SimpleUploadedFile("1.jpg", CANARY.encode())
    return Photo.objects.create(
        owner_id=owner_id, file=file, thumb=file, digest="1", width=1, height=1, created_at=clock.now()
    )


def passkey_of(owner_id):
    """A passkey with a name."""
    number = f"c{uuid.uuid4()}"
    return Passkey.objects.create(
        user_id=owner_id, credential=number, public_key="k", counter=0, name=f"{CANARY} 폰", added_at=clock.now()
    )


def alert_of(owner_id):
    """Something that happened to the account."""
    return Alert.objects.create(owner_id=owner_id, kind=Alert.Kind.NEW_DEVICE, at=clock.now(), device=CANARY)


@pytest.fixture
def rows(browser, relative, rice, noon):
    """One row of each kind, all of them the owner's."""
    return rows_of(browser, relative, rice)


def rows_of(browser, relative, rice, *, also_shelf=True):
    """Make one row of each kind by a browser; the words in them are said nowhere else."""
    meal = made(
        browser, "/api/meals/", {"meal_type": "LUNCH", "items": [{"food": rice.pk, "quantity": 1, "unit": "공기"}]}
    )
    food = made(browser, "/api/foods/", {"name": f"{CANARY}국", "kcal": 40})
    plan = made(browser, "/api/workoutplans/", {"date": "2026-11-22", "title": f"{CANARY} 계획"})
    task = made(browser, "/api/tasks/", {"plan": plan["id"], "name": f"{CANARY} 걷기", "minutes": 20})
    log = made(browser, "/api/workoutlogs/", {"name": f"{CANARY} 걷기", "minutes": 20})
    goal = made(browser, "/api/goals/", {"kind": "HABIT", "habit": "JOURNAL", "title": f"{CANARY} 쓰기", "target": 3})
    target = made(browser, "/api/dailygoals/", {"key": "protein_g", "direction": "at_least", "low": 60})
    measurement = made(browser, "/api/measurements/", {"kind": "WAIST", "value": 70})
    report = made(browser, "/api/dailyreports/", {"mood": 3, "highlights": CANARY})
    feedback = made(browser, "/api/feedbacks/", {"body": f"{CANARY} 좋았다"})
    tag = made(browser, "/api/tags/", {"name": CANARY})
    analysis = made(browser, "/api/ai/meal-analyze/", {"text": "쌀밥 한 공기"})
    if also_shelf:
        shelf.tablet()
    said = {"item_seq": shelf.TABLET, "category": "GOOD", "notes": f"{CANARY} 괜찮았다", "tags": [CANARY]}
    scrap = made(browser, "/api/scraps/", said)
    (medicine_tag,) = browser.get("/api/scraps/tags/").json()["results"]
    regimen = made(browser, "/api/regimens/", {"name": f"{CANARY}약", "sentence": "매일 아침 8시, 저녁 8시 1정"})
    dose = browser.get("/api/schedules/").json()["results"][0]
    share = made(browser, "/api/shares/", {"label": f"{CANARY} 딸", "may_mark": True})
    made(signed_in(relative), "/api/shares/accept/", {"code": share["code"]})
    ring = made(
        browser,
        "/api/push/subscriptions/",
        {"endpoint": f"https://push.example.com/{uuid.uuid4()}", "keys": BrowserKeys().said},
    )
    feed = made(browser, "/api/calendar-feed/", {})
    me = browser.get("/api/users/me/").json()["id"]
    photo, passkey, alert = photo_of(me), passkey_of(me), alert_of(me)
    place, *_ = browser.get("/api/me/sessions/").json()["results"]
    return {
        "meal": meal["id"], "item": meal["items"][0]["id"], "food": abs(food["id"]), "plan": plan["id"],
        "task": task["id"], "log": log["id"], "goal": goal["id"], "target": target["id"],
        "measurement": measurement["id"], "report": report["id"], "feedback": feedback["id"], "tag": tag["id"],
        "analysis": analysis["analysis_id"], "photo": photo.pk, "place": place["id"],
        "regimen": regimen["id"], "dose": dose["id"], "share": share["id"],
        "browser": ring["id"], "passkey": passkey.pk, "alert": alert.pk,
        "scrap": scrap["id"], "medicine_tag": medicine_tag["id"], "feed": feed["id"],
    }  # fmt: skip


def test_every_address_with_a_row_has_a_row_here():
    assert [route for route in routes() if about(route) is None] == []


def test_a_strangers_row_answers_exactly_like_a_missing_one(rows, stranger_browser):
    for route in routes():
        foreign, absent = address(route, rows[about(route)]), address(route, missing(route))
        for method in METHODS:
            ask = getattr(stranger_browser, method)
            said = {} if method == "get" else {"content_type": "application/json"}
            answer = ask(foreign, **said)
            assert told(answer, foreign) == told(ask(absent, **said), absent), (method, route)
            assert answer.status_code >= 400, (method, route, answer.status_code)


def test_what_a_stranger_tried_changed_nothing(rows, browser, stranger_browser):
    def everything():
        days = [
            browser.get(f"/api/{name}/").json() for name in ("meals", "workoutplans", "tasks", "workoutlogs", "goals")
        ]
        more = [
            browser.get(f"/api/{name}/").json()
            for name in (
                "dailygoals",
                "measurements",
                "dailyreports",
                "feedbacks",
                "tags",
                "scraps",
                "scraps/tags",
                "regimens",
                "shares",
                "schedules",
            )
        ]
        return days, more, browser.get("/api/today/summary/").json()

    before = everything()
    for route in routes():
        for method in METHODS[1:]:
            getattr(stranger_browser, method)(address(route, rows[about(route)]), content_type="application/json")
    assert everything() == before


def test_what_somebody_says_of_a_medicine_is_as_if_it_had_never_been_said(rows, browser, stranger_browser):
    addresses = (
        f"/api/scraps/by-item/{shelf.TABLET}/",
        f"/medicines/{shelf.TABLET}/",
        f"/medicines/{shelf.TABLET}/mine/",
        f"/medicines/{shelf.TABLET}/beside-mine/",
    )
    with_it = [told(stranger_browser.get(address), address) for address in addresses]
    browser.delete(f"/api/scraps/{rows['scrap']}/")
    assert [told(stranger_browser.get(address), address) for address in addresses] == with_it


def test_who_says_something_of_a_medicine_says_it_of_their_own(rows, browser, stranger_browser):
    address = f"/api/scraps/by-item/{shelf.TABLET}/"
    before = browser.get(address).json()
    theirs = stranger_browser.put(address, {"category": "BAD", "tags": ["비상약"]}, content_type="application/json")
    assert (theirs.status_code, theirs.json()["notes"]) == (200, "")
    stranger_browser.post(f"/medicines/{shelf.TABLET}/mine/", {"category": "FAVORITE", "notes": "나도"})
    assert browser.get(address).json() == before
    assert stranger_browser.get(address).json()["id"] != before["id"]


def test_who_keeps_a_pharmacy_keeps_it_for_themselves(browser, stranger_browser, db):
    number = Pharmacy.objects.create(name="하루약국", source="시험표").pk
    address, mine = f"/api/pharmacies/{number}/favourite/", "/api/pharmacies/mine/"
    page = f"/pharmacies/{number}/"
    without = told(stranger_browser.get(page), page)
    assert browser.put(address).status_code == 200
    before = browser.get(mine).json()
    assert told(stranger_browser.get(page), page) == without
    assert stranger_browser.get(mine).json()["count"] == 0
    stranger_browser.put(address)
    stranger_browser.post(f"/pharmacies/{number}/let-go/")
    assert browser.get(mine).json() == before
    absent = "/api/pharmacies/987654321/favourite/"
    assert [stranger_browser.put(absent).status_code, stranger_browser.delete(absent).status_code] == [404, 404]


def test_nobody_at_all_gets_nothing(rows, client):
    for route in routes():
        for method in METHODS:
            response = getattr(client, method)(address(route, rows[about(route)]))
            assert response.status_code in (301, 302, 401, 403, 404, 405), (method, route, response.status_code)
            if response.status_code in (301, 302):
                assert response["Location"].startswith("/login/"), route
