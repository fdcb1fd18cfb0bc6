"""Who asks what of whose rows: read from the addresses, the OpenAPI document and the forms, so that none is forgotten."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.urls import get_resolver
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import OpenApiJsonRenderer

from tests.test_strangers import MISSING, about

# What an id in a query, a body or a form is of, by its name.
IDS = {
    "meal": "meal", "plan": "plan", "task": "task", "tasks": "task", "regimen": "regimen", "own_food": "food",
    "analysis_id": "analysis", "share": "share", "dose": "dose", "doses": "dose", "item": "item", "items": "item",
    "swapped_from": "task",
}  # fmt: skip
# The same name is of different rows in different rooms: an id of each is tried.
TAGS = ("tag", "medicine_tag")
# Whole numbers that are no ids of a person's rows.
NUMBERS = {
    "birth_year", "condition", "day_start_hour", "days", "days_a_week", "duration_min", "escalate_minutes",
    "group_minutes", "level", "limit", "minutes", "ml", "mood", "offset", "position", "radius", "rating", "refill_days",
    "repeat_minutes", "repeats", "reps", "reps_high", "reps_low", "rest_seconds", "seconds", "sets", "week_start",
    "exercise", "sounds", "page",
}  # fmt: skip
# Where the example is the simple case, a body that names rows.
RECIPE = {"name": "국", "ingredients": [{"food": 1, "quantity": 1, "unit": "인분"}]}
BODIES = {("post", "/api/foods/"): RECIPE, ("patch", "/api/foods/-{id}/"): RECIPE}
# Names under which forms of pages read ids.
FORM = ("ids", "meal", "plan", "regimen", "food", "tag", "tags", "key", "item", "front", "back", "added", "gone", "do")


@dataclass(frozen=True, slots=True)
class Operation:
    """An operation of the API with an example of its body."""

    method: str
    path: str
    body: Any
    fields: tuple[str, ...]
    query: tuple[str, ...]


@cache
def document() -> Any:
    return json.loads(OpenApiJsonRenderer().render(SchemaGenerator().get_schema(request=None, public=True)))


@cache
def operations() -> tuple[Operation, ...]:
    return tuple(
        Operation(
            method=method,
            path=path,
            body=BODIES.get((method, path)) or _example(said),
            fields=tuple(sorted(_numbers(_schema(said)))),
            query=tuple(one["name"] for one in said.get("parameters", ()) if one["in"] == "query" and _is_number(one)),
        )
        for path, said_by in document()["paths"].items()
        for method, said in said_by.items()
    )


def _is_number(parameter: Any) -> bool:
    return parameter["schema"].get("type") == "integer"


def _content(said: Any) -> Any:
    return said.get("requestBody", {}).get("content", {}).get("application/json", {})


def _schema(said: Any) -> Any:
    return _content(said).get("schema", {})


def _example(said: Any) -> Any:
    examples = list(_content(said).get("examples", {}).values())
    return examples[0].get("value") if examples else None


def _numbers(schema: Any) -> Iterator[str]:
    """Name the whole numbers and uuids of a body, however deep."""
    if "$ref" in schema:
        schema = document()["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    for part in schema.get("allOf", ()):
        yield from _numbers(part)
    if schema.get("type") == "array":
        yield from _numbers(schema["items"])
    for name, field in schema.get("properties", {}).items():
        kinds = (field, field.get("items", {}))
        if any(one.get("type") == "integer" or one.get("format") == "uuid" for one in kinds) or name in IDS:
            yield name
        yield from _numbers(field)


def filled(body: Any, name: str, number: Any) -> Any:
    """Put an id into a body wherever its name stands; into the body itself where it stands nowhere."""
    found = copy.deepcopy(body) if isinstance(body, dict) else {}

    def put(part: Any) -> bool:
        if isinstance(part, list):
            return any(put(one) for one in part)
        if not isinstance(part, dict):
            return False
        inside = any(put(one) for one in part.values())
        if name in part:
            part[name] = [number] if isinstance(part[name], list) else number
            return True
        return inside

    if not put(found):
        found[name] = number
    return found


def address_of(path: str, rows: dict[str, Any]) -> str:
    """Fill a path of the document with somebody's row; whatever is no row gets something harmless."""
    route = _route_of(path)
    row = about(route)
    parts = iter([rows[row]] if row else [])
    kinds = iter(re.findall(r"<(\w+):", route))
    return re.sub(r"\{\w+\}", lambda _: str(next(parts, None) or {**MISSING, "day": "2026-11-22"}[next(kinds)]), path)


@cache
def _by_shape() -> dict[str, str]:
    return {re.sub(r"<[^>]+>", "{}", route): route for route in every_route()}


def _route_of(path: str) -> str:
    return _by_shape()[re.sub(r"\{\w+\}", "{}", path.lstrip("/"))]


def every_route(patterns: Any = None, before: str = "") -> Iterator[str]:
    """Every address of the product."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        route = before + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            yield from every_route(pattern.url_patterns, route)
        else:
            yield route
