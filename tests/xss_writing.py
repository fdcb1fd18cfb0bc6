"""Writes the corpus wherever somebody can write, and tells what of it was taken."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from onharu.kernel import rates
from tests import text_places
from tests.page_routes import ABSENT, THE_VIEWERS, filled, page_routes
from tests.pages_read import Field, Form, Page
from tests.xss_corpus import fitting

WORDS = {"text", "search", "textarea", "email", "url", "tel", "hidden", "password"}
MOST = 300  # where nothing says how much a text may be
# What a form sends that is no word of the person's: to leave it as it is keeps the form good.
KEPT = {"csrfmiddlewaretoken"}


@dataclass(frozen=True, slots=True)
class Written:
    """What was written where, and the answer."""

    where: str
    said: str
    answer: Any

    @property
    def taken(self) -> bool:
        """Whether the house took it."""
        return self.answer.status_code < 400


def turned(longest: int | None, turn: int, *, spelt: bool = False) -> str | None:
    """As many as fit together, others at every turn, one where words would be an address; None where none fits."""
    fit, said = [one for one in fitting(longest) if not spelt or (re.fullmatch("[!-~]+", one) and "#" not in one)], ""
    if spelt or not fit:
        return fit[turn % len(fit)] if fit else None
    for one in (*fit[turn % len(fit) :], *fit[: turn % len(fit)]):
        if said and len(said) + 1 + len(one) > (longest or MOST):
            break
        said = f"{said} {one}" if said else one
    return said


def write_bodies(browser: Any, rows: dict[str, Any], turn: int) -> Iterator[Written]:
    """Put one of the corpus into every text of every body."""
    for place in text_places.places():
        said = turned(place.longest, turn, spelt=place.key in text_places.SPELT)
        turn += 1
        if said is None:
            continue
        rates.forget()
        rows = fresh(browser, place, rows)
        # Whoever signs in or out there does it beside the browser that goes on writing.
        asker = type(browser)() if place.path.startswith("/auth/") else browser
        body = text_places.body_of(place, rows, said)
        ask = getattr(asker, place.method)
        answer = ask(text_places.address(place, rows), body, content_type="application/json")
        yield Written(place.key, said, answer)


def fresh(browser: Any, place: text_places.Place, rows: dict[str, Any]) -> dict[str, Any]:
    """Rows that what was written before has not shut: a dose of today's version, a task that is not done, a new scrap."""
    if "/schedules/" in place.path:
        rows = {**rows, "dose": browser.get("/api/schedules/").json()["results"][-1]["id"]}
    if "/tasks/" in place.path or "/taskitems/" in place.path:
        made = browser.post("/api/tasks/", {"name": "걷기", "minutes": 5}, content_type="application/json")
        rows = {**rows, "task": made.json()["id"]}
    if place.path in {"/api/scraps/", "/api/scraps/{id}/"}:
        mine = f"/api/scraps/by-item/{rows['tablet']}/"
        rows = {**rows, "scrap": browser.put(mine, {"category": "GOOD"}, content_type="application/json").json()["id"]}
    if (place.method, place.path) == ("post", "/api/scraps/"):
        browser.delete(f"/api/scraps/{rows['scrap']}/")
    return rows


def forms(browser: Any, rows: dict[str, Any]) -> dict[tuple[str, str], Form]:
    """Every form of every page, by where it goes; of forms that differ only in the row, the first."""
    found: dict[tuple[str, str], Form] = {}
    for route in page_routes():
        if route in ABSENT or route.startswith(THE_VIEWERS):
            continue
        path = filled(route, rows)
        rates.forget()
        answer = browser.get(path)
        if answer.status_code != 200 or "text/html" not in answer["Content-Type"]:
            continue
        for form in Page(answer.content.decode(), path).forms:
            found.setdefault((form.method, shape(form.action)), form)
    return found


def shape(address: str) -> str:
    """An address without its numbers and what it asks."""
    return re.sub(
        r"[0-9a-f]{8}-[0-9a-f-]{27}|\d+\.v\d[\d.]*|\b[0-9a-f]{24}\b|\bn[0-9a-f]{8}\b|\d+",
        "N",
        address.split("?", maxsplit=1)[0].split("#", maxsplit=1)[0],
    )


def write_forms(browser: Any, found: dict[tuple[str, str], Form], turn: int) -> Iterator[Written]:
    """Put one of the corpus into every text of every form, the rest as the page says it."""
    for (method, action), form in found.items():
        for field in form.fields:
            said = turned(text_places.SHORTER.get(field.name, field.longest), turn)
            if field.kind not in WORDS or not field.name or field.name in KEPT or said is None:
                continue
            turn += 1
            rates.forget()
            good = {
                **filled_in(form, found.get(ALIKE.get((method, action), ("", "")))),
                **GOOD.get((method, action), {}),
            }
            body = {**form.body(), **good, **anew(form), field.name: said}
            yield Written(name_of(method, action, field), said, getattr(browser, method)(form.action, body))


def name_of(method: str, action: str, field: Field) -> str:
    """What a field of a form is called where an exception is named."""
    return f"{method} {action} {re.sub('n[0-9a-f]{8}', 'N', field.name)}"


def typed(found: dict[tuple[str, str], Form]) -> set[str]:
    """Every field of a form that takes words somebody types and that the house keeps: no numbers, searches, passwords."""
    return {
        name_of(method, action, field)
        for (method, action), form in found.items()
        for field in form.fields
        if method == "post"
        and field.name
        and not field.number
        and field.kind in WORDS - {"hidden", "password", "search"}
    }


def anew(form: Form) -> dict[str, str]:
    """A form is sent once: another key for each time that it is sent here."""
    return {"key": str(uuid.uuid4())} if any(one.name == "key" for one in form.fields) else {}


def filled_in(form: Form, alike: Form | None) -> dict[str, list[str]]:
    """What an empty form would say once it is filled in as another one is."""
    names = {one.name for one in form.fields}
    return {name: said for name, said in alike.body().items() if name in names} if alike else {}


ALIKE = {("post", "/medicines/regimens/new/"): ("post", "/medicines/regimens/N/edit/")}
# What a form must say for the rest of it to be taken.
GOOD: dict[tuple[str, str], dict[str, str]] = {
    ("post", "/goals/measure/"): {"value": "70"},
    ("post", "/meals/foods/new/"): {"name": "국", "kcal": "40"},
    ("post", "/meals/foods/recipes/new/"): {"name": "국", "do": "save"},
    ("post", "/medicines/regimens/new/"): {"act": "save", "name": "약"},
    ("post", "/workouts/log/new/"): {"name": "걷기", "minutes": "20"},
}
