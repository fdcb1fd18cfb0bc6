"""Where somebody can write words: every text of every body in the OpenAPI document, every text of every form."""

from __future__ import annotations

import copy
import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from tests.isolation import BODIES, IDS, address_of, document, filled, operations

MEANT = {"enum", "format"}  # a text with either is no text: it is looked up or read as something else
Path = tuple[Any, ...]
DAY = "2026-11-22"
ABSENT = object()
# What a name says less of than its body may, as spaces around it are taken off first.
SHORTER = {"tags": 30, "nickname": 40, "password": 128}
SHORTER_AT = {"/api/workoutplans/{id}/self-feedback/": 1000}
_numbers = itertools.count(1)
# What the shelves that everybody shares have to offer.
SHELVES = {"food": "rice", "exercise": "walking", "item_seq": "tablet"}
BY_NAME = {"item_seq": ABSENT, "name": "약", "schedule": ABSENT, "sentence": "매일 아침 8시 1정"}
ANEW = {"username": lambda: f"haru{next(_numbers)}", "email": lambda: f"haru{next(_numbers)}@example.com"}
# What an operation's example must say otherwise for its text to be taken.
GIVEN: dict[str, dict[str, Any]] = {
    "post /api/dailyreports/": {"date": lambda: str(date(2026, 11, 21) - timedelta(days=next(_numbers)))},
    "post /api/goals/ exercise_name": {"kind": "STRENGTH", "habit": ABSENT, "target": 3},
    "post /api/regimens/": BY_NAME,
    "patch /api/regimens/{id}/": {"amount": ABSENT},
    "put /api/tasks/{id}/completion/": {"completed": True},
    "post /api/workoutplans/": {"date": lambda: str(date(2026, 11, 23) + timedelta(days=next(_numbers)))},
    "post /api/pharmacies/nearest/ q": {"lat": ABSENT, "lon": ABSENT, "radius": ABSENT},
    "post /api/users/": ANEW,
    "post /auth/register/": ANEW,
}
# Where a text must begin as one is expected to.
WRAPPED = {
    "post /api/push/subscriptions/ endpoint": "https://push.example.com/{}",
    "post /api/regimens/ sentence": "매일 아침 8시 1정 {}",
    "patch /api/regimens/{id}/ sentence": "매일 아침 8시 1정 {}",
    "post /api/regimens/sentence/ sentence": "매일 아침 8시 1정 {}",
}
# Where only what an address is spelt with is taken.
SPELT = {"post /api/push/subscriptions/ endpoint"}


@dataclass(frozen=True, slots=True)
class Place:
    """A text of a body: of which operation, where in the body, and how long it may be."""

    method: str
    path: str
    at: Path
    longest: int | None

    @property
    def key(self) -> str:
        """What it is called where an exception is named."""
        return f"{self.method} {self.path} {'.'.join(str(part) for part in self.at)}"


def places() -> tuple[Place, ...]:
    """Every text of every body."""
    found = []
    for path, by_method in document()["paths"].items():
        for method, said in by_method.items():
            schema = said.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
            for at, text in _texts(schema or {}, ()):
                found.append(Place(method, path, at, _longest(path, at, text)))
    return tuple(found)


def _longest(path: str, at: Path, text: dict[str, Any]) -> int | None:
    named = [most for name, most in SHORTER.items() if name in at or f"{name}/" in path]
    known = [*named, *([SHORTER_AT[path]] if path in SHORTER_AT else ()), text.get("maxLength")]
    return min((most for most in known if most is not None), default=None)


def _texts(schema: Any, at: Path) -> Iterator[tuple[Path, Any]]:
    if "$ref" in schema:
        schema = document()["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    for part in (*schema.get("allOf", ()), *schema.get("oneOf", ()), *schema.get("anyOf", ())):
        yield from _texts(part, at)
    kind = schema.get("type")
    if kind == "array":
        yield from _texts(schema["items"], (*at, 0))
    elif "string" in (kind if isinstance(kind, list) else [kind]) and not MEANT & set(schema):
        yield at, schema
    for name, part in schema.get("properties", {}).items():
        if not part.get("readOnly"):
            yield from _texts(part, (*at, name))


def body_of(place: Place, rows: dict[str, Any], said: Any) -> Any:
    """A body that is good but for the text, which is put in its place."""
    body = copy.deepcopy(BODIES.get((place.method, place.path)) or _example(place) or {})
    for name, row in {**IDS, **SHELVES}.items():
        if _says(body, name):
            body = filled(body, name, rows[row])
    for name, value in GIVEN.get(place.key, GIVEN.get(f"{place.method} {place.path}", {})).items():
        body[name] = value() if callable(value) else value
    body = {name: value for name, value in body.items() if value is not ABSENT}
    return placed(body, place.at, WRAPPED.get(place.key, "{}").replace("{}", said))


def _says(body: Any, name: str) -> bool:
    """Whether a name stands for one thing somewhere in a body."""
    if isinstance(body, list):
        return any(_says(one, name) for one in body)
    if not isinstance(body, dict):
        return False
    return isinstance(body.get(name), int | str) or any(_says(one, name) for one in body.values())


def _example(place: Place) -> Any:
    return next(one.body for one in operations() if (one.method, one.path) == (place.method, place.path))


def placed(body: Any, at: Path, said: Any) -> Any:
    """The body with a text where it belongs; what the body lacks on the way is made."""
    if not at:
        return said
    part, rest = at[0], at[1:]
    if isinstance(part, int):
        here = body if isinstance(body, list) else []
        return [placed(here[0] if here else None, rest, said), *here[1:]]
    here = body if isinstance(body, dict) else {}
    return {**here, part: placed(here.get(part), rest, said)}


def address(place: Place, rows: dict[str, Any]) -> str:
    """Where the body is sent to."""
    for name, value in (("{day}", DAY), ("{item_seq}", rows["tablet"])):
        if name in place.path:
            return place.path.replace(name, value)
    return address_of(place.path, rows)
