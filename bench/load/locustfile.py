"""A day of many people, as locust plays it.

    locust -f bench/load/locustfile.py --host https://diary.example --users 200 --spawn-rate 10
    LOAD_PEOPLE=people.txt LOAD_PASSWORD=… names them (bench/load/people.py); else the demo person is everybody.

What is asked, and how often, is the day that docs/operations/capacity.md counts with. A failed answer is one that a
person would notice: anything but 2xx, and 429 only where sixty a minute were asked for.
"""

from __future__ import annotations

import itertools
import os
import time
import uuid
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from gevent import sleep
from locust import HttpUser, between, task
from locust.clients import ResponseContextManager
from locust.exception import StopUser

SEOUL = ZoneInfo("Asia/Seoul")
FOODS = ("김치찌개", "ㄱㅂㅈㄱ", "닭가슴살", "사과", "바나나", "rhksws")
MEDICINES = ("타이레놀", "머리 아파", "ㅇㅅㅍㄹ", "게보린")


def names() -> list[str]:
    """Read who there is."""
    listed = os.environ.get("LOAD_PEOPLE")
    return Path(listed).read_text(encoding="utf-8").split() if listed else ["demo"]


_next = itertools.cycle(names())
_tokens: dict[str, tuple[str, float]] = {}
HOLDS = 10 * 60  # seconds; an access token lasts for fifteen minutes
TOO_MANY = 429


class Person(HttpUser):
    """Signs in once and then looks, searches, writes."""

    wait_time = between(1, 5)

    def on_start(self) -> None:
        """Be the next one of the list."""
        self.name = next(_next)
        self.seen: int | None = None
        self.token(self.name)

    def asked(
        self, method: str, path: str, headers: dict[str, str] | None = None, **words: Any
    ) -> ResponseContextManager:
        """Ask as this person."""
        headers = {"Authorization": f"Bearer {self.token(self.name)}", **(headers or {})}
        return self.client.request(method, path, headers=headers, **words)

    def token(self, name: str) -> str:
        """Sign in once for each name; from one address the house lets only so many in a minute, so wait as it says."""
        while name not in _tokens or time.monotonic() - _tokens[name][1] > HOLDS:
            said = {"username": name, "password": os.environ.get("LOAD_PASSWORD", "onharu-demo")}
            with self.client.post("/auth/token/", json=said, catch_response=True) as answer:
                if answer.status_code == TOO_MANY:
                    answer.success()
                    sleep(int(answer.headers.get("Retry-After", "5")))
                elif answer.ok:
                    _tokens[name] = (answer.json()["access"], time.monotonic())
                else:
                    raise StopUser
        return _tokens[name][0]

    @property
    def today(self) -> str:
        """The date in Seoul."""
        return datetime.now(SEOUL).date().isoformat()

    @task(30)
    def look_at_the_day(self) -> None:
        """The one answer behind the first page."""
        self.asked("GET", f"/api/days/{self.today}/summary/", name="/api/days/{day}/summary/")

    @task(6)
    def look_at_meals(self) -> None:
        """The meals of today."""
        self.asked("GET", f"/api/meals/?log_date={self.today}", name="/api/meals/")

    @task(4)
    def look_at_the_plan(self) -> None:
        """Today's plan."""
        self.asked("GET", "/api/workoutplans/today/")

    @task(8)
    def search_foods(self) -> None:
        """As one types: half words, 초성, the wrong keyboard."""
        query = FOODS[uuid.uuid4().int % len(FOODS)]
        found = self.asked("GET", "/api/foods/", params={"q": query}, name="/api/foods/").json()
        self.seen = found["results"][0]["id"] if found.get("results") else self.seen

    @task(2)
    def search_medicines(self) -> None:
        """In plain words."""
        query = MEDICINES[uuid.uuid4().int % len(MEDICINES)]
        self.asked("GET", "/api/medicines/search/", params={"q": query}, name="/api/medicines/search/")

    @task(4)
    def write_a_meal(self) -> None:
        """What was found last, once, however often it is sent."""
        if self.seen is None:
            return
        body = {"log_date": self.today, "meal_type": "SNACK", "items": [{"food": self.seen, "quantity": 1}]}
        key = {"Idempotency-Key": str(uuid.uuid4())}
        self.asked("POST", "/api/meals/", json=body, headers=key, name="POST /api/meals/")
