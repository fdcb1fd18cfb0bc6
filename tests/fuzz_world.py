"""A person with a row of each kind, on shelves that hold what the document's examples name; each asking is taken back."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from django.core.cache import cache
from django.db import transaction
from django.test import Client

from conftest import PASSWORD as SHORT_WAY
from conftest import make_person, signed_in
from onharu.accounts import principal
from onharu.catalog.exercises.models import Exercise
from onharu.catalog.foods.models import Food
from onharu.day.finished import drop_kept
from onharu.insights.queries import standing
from onharu.kernel import kept, rates
from onharu.records.medication.models import PushSubscription
from tests import medicine_shelf, pharmacy_shelf
from tests.fuzzing import Asking, answered
from tests.isolation import IDS, Operation, address_of
from tests.test_strangers import made, rows_of

NOON = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
# What the examples of the document name.
FOOD, EXERCISE, MEDICINE, PASSWORD = 31, 12, "202106092", "먹은 만큼 적는 하루"
TEXTS = {"analysis_id", "dose", "doses"}
STAFFS = ("/api/users/", "/api/medicines/cache-stats/")
RECIPE = {"name": "국", "ingredients": [{"food": FOOD, "quantity": 1, "unit": "공기"}]}
# What an address needs to be asked well.
QUERIES = {
    "/api/medicines/identify/": "imprint=HARU",
    "/api/medicines/search/": "itemName=%EB%91%90%ED%86%B5%EC%A0%95",
    "/api/pharmacies/": "lat=37.5006&lon=127.0364",
}


class Undone(Exception):
    """Raised to take back whatever an asking did."""


class World:
    """Somebody's rows and browser, and somebody of staff."""

    def __init__(self) -> None:
        owner = make_person("owner", birth_year=1986, sex="FEMALE", height_cm=160, weight_kg=55)
        owner.set_password(PASSWORD)
        owner.save()
        self.browsers = {False: entered("owner"), True: signed_in(staff())}
        self.sessions = {who: browser.cookies["sessionid"].value for who, browser in self.browsers.items()}
        relative = make_person("relative")
        self.rows = rows_of(self.browsers[False], relative, on_the_shelf())
        self.names = self._named(signed_in(relative))
        self.bodies = self._bodies()

    def _named(self, theirs: Client) -> dict[str, Any]:
        """Make what only addresses name: something shared by somebody else, a receipt, things of the shelf."""
        mine = self.browsers[False]
        made(theirs, "/api/regimens/", {"name": "가족의 약", "sentence": "매일 저녁 8시 1정"})
        invited = made(theirs, "/api/shares/", {"label": "딸", "may_mark": True})
        shared = made(mine, "/api/shares/accept/", {"code": invited["code"]})
        dose = theirs.get("/api/schedules/").json()["results"][0]
        mine.put(f"/api/schedules/{self.rows['dose']}/taken/", {}, content_type="application/json")
        leaving, said = signed_in(make_person("leaving")), {"password": SHORT_WAY, "now": False}
        receipt = leaving.delete("/api/users/me/", said, content_type="application/json").json()["receipt"]
        self.open = made(theirs, "/api/shares/", {"label": "아들", "may_mark": False})["code"]
        return {
            "shared": shared["id"], "theirs": dose["id"], "day": "2026-11-22", "food_id": FOOD, "exercise_id": EXERCISE,
            "item_seq": medicine_shelf.TABLET, "pharmacy": pharmacy_shelf.put("온하루약국").pk, "purpose": "photos_outside",
            "rule": "record_today", "receipt": receipt, "user_id": mine.get("/api/users/me/").json()["id"],
        }  # fmt: skip

    def _bodies(self) -> dict[str, Any]:
        """Say what no example can: what only this world knows."""
        opened = Client().post(
            "/auth/token/", {"username": "owner", "password": PASSWORD}, content_type="application/json"
        )
        tokens = opened.json()
        return {
            "post /auth/token/": {"username": "owner", "password": PASSWORD},
            "post /auth/token/refresh/": {"refresh": tokens["refresh"]},
            "post /auth/token/verify/": {"token": tokens["access"]},
            "post /api/shares/accept/": {"code": self.open},
            "post /api/dailyreports/": {"date": "2026-11-20", "mood": 4, "highlights": "걸었다"},
            "patch /api/dailygoals/{id}/": {"low": 61},
            "delete /api/push/subscriptions/": {
                "endpoint": PushSubscription.objects.get(pk=self.rows["browser"]).endpoint
            },
            "post /api/workoutlogs/": {"exercise": EXERCISE, "minutes": 20},
            "put /api/tasks/{id}/swap/": {"exercise": EXERCISE},
            "put /api/taskitems/{id}/swap/": {"exercise": EXERCISE},
            "post /api/workoutplans/copy_week/": {"from_date": "2026-11-16", "to_date": "2026-11-23"},
            "post /api/foods/": RECIPE,
            "patch /api/foods/-{id}/": {"name": "국"},
            "post /api/meals/copy/": {"meal": 1, "log_date": "2026-11-21"},
        }

    def address(self, path: str) -> str:
        """Fill an address of the document with what is here."""
        rows = {**self.rows, **self.names}
        if path.startswith("/api/shared/"):
            rows |= {"id": rows["shared"], "dose_id": rows["theirs"]}
        elif path.startswith("/api/pharmacies/"):
            rows |= {"id": rows["pharmacy"], "pharmacy_id": rows["pharmacy"]}
        elif path == "/api/foods/{id}/favourite/":
            rows |= {"id": FOOD}
        with suppress(KeyError):
            return path.format_map(rows)
        return address_of(path, self.rows)

    def body(self, one: Operation) -> Any:
        """Take the example of a body, with ids of one's own where it names ids."""
        body = copy.deepcopy(self.bodies.get(f"{one.method} {one.path}", one.body))
        for inside, name in list(_ids(body)):
            mine = self.rows[IDS[name]]
            inside[name] = [mine] if isinstance(inside[name], list) else mine
        return body

    def query(self, path: str) -> str:
        """Say what an address needs."""
        return QUERIES.get(path, "")

    def ask(self, asking: Asking) -> list[Any]:
        """Ask as this person, in a world that nothing was asked of before; what has a mark is asked again by its mark."""
        forget()
        browser, found = self._browser(asking), []
        try:
            with transaction.atomic():
                first = send(browser, asking)
                found.append(answered(first, asking))
                if etag := first.headers.get("ETag"):
                    again = replace(asking, headers={**asking.headers, "If-None-Match": etag})
                    found.append(answered(send(browser, again), again))
                raise Undone
        except Undone:
            return found

    def _browser(self, asking: Asking) -> Client:
        """A browser as it was before anybody signed out by it."""
        staffs = asking.path.startswith(STAFFS) and "/me/" not in asking.path
        browser = self.browsers[staffs]
        browser.cookies.clear()
        browser.cookies["sessionid"] = self.sessions[staffs]
        return browser


def _ids(body: Any) -> Iterator[tuple[Any, str]]:
    """Name every place of a body where an id of a person's row stands."""
    if isinstance(body, list):
        for one in body:
            yield from _ids(one)
    for name, value in body.items() if isinstance(body, dict) else ():
        first = value[0] if isinstance(value, list) and value else value
        if name in IDS and (isinstance(first, int) or name in TEXTS):
            yield body, name
        yield from _ids(value)


def entered(username: str) -> Client:
    """Sign in by the door, as what opens and closes an account asks when that was."""
    browser = Client()
    browser.post("/login/", {"username": username, "password": PASSWORD})
    return browser


def staff() -> Any:
    """Somebody who looks after the house."""
    person = make_person("staff")
    person.is_staff = True
    person.save()
    return person


def on_the_shelf() -> Food:
    """Put what the examples name on the shelves."""
    rice = Food.objects.create(
        pk=FOOD, code="T-1", name="쌀밥", kcal=160, source="시험표", edition="1", representative=True
    )
    rice.units.create(name="공기", grams=210, source="시험표")
    Exercise.objects.create(
        pk=EXERCISE, code="T-squat", name="스쿼트", name_en="Squat", pattern="squat", measure="reps", level=1,
        met=5, met_source="시험표", source="시험표", edition="1", planned=True,
    )  # fmt: skip
    medicine_shelf.put_on_the_shelf(MEDICINE, "두통정", as_of=date(2024, 5, 6))
    return rice


def send(browser: Client, asking: Asking) -> Any:
    """Send an asking as it is."""
    return browser.generic(
        asking.method.upper(),
        asking.path,
        asking.body,
        content_type=asking.kind,
        QUERY_STRING=asking.query,
        headers=asking.headers,
    )


def forget() -> None:
    """Forget what the last asking left in memory: it was taken back, and no limit may hide an operation."""
    principal.reset()
    drop_kept()
    kept.drop_kept()
    standing.drop_kept()
    rates.forget()
    cache.clear()
