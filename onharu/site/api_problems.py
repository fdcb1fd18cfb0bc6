"""Writes into the OpenAPI document what an operation may answer besides: problems, and that nothing has changed.

They are the families of `kernel.problems`; an operation that says more of one itself keeps its own words.
"""

from __future__ import annotations

from typing import Any

from onharu.kernel.problems import Conflict, Invalid, Missing, Problem, Refused, TooMany, Unsigned
from onharu.kernel.web import PROBLEM_TYPE, UNREADABLE_TYPE, problem_body

FAMILIES: dict[str, Problem] = {
    "400": Invalid(),
    "401": Unsigned(),
    "403": Refused(),
    "404": Missing(),
    "409": Conflict(),
    "415": UNREADABLE_TYPE,
    "429": TooMany(),
}
# Names under which a body or a query tells of a row that may be missing.
ROWS = {
    "analysis_id", "dose", "doses", "exercise", "exercise_id", "food", "from_date", "goal", "item", "item_seq", "items",
    "meal", "own_food", "plan", "regimen", "share", "swapped_from", "tag", "task", "tasks",
}  # fmt: skip
# What a single operation says besides.
BESIDES = {
    ("delete", "/api/push/subscriptions/"): {"400"},  # has a body, which OpenAPI 3.0 does not tell of
    ("post", "/api/reminders/answer/"): {"403"},  # a ticket that is over
    ("post", "/api/shares/accept/"): {"404"},  # a code that is nobody's, used or old
}
WRITES = frozenset({"post", "put", "patch", "delete"})
_TEXT = {"type": "string"}
PROBLEM = {
    "type": "object",
    "description": "What went wrong (RFC 9457). `code` is stable, `detail` is in the language of the request.",
    "properties": {
        "type": _TEXT,
        "status": {"type": "integer"},
        "code": _TEXT,
        "title": _TEXT,
        "detail": _TEXT,
        "messages": {"type": "object", "properties": {"ko": _TEXT, "en": _TEXT}, "required": ["ko", "en"]},
        "errors": {"type": "object", "additionalProperties": {"type": "array", "items": _TEXT}},
        "request_id": _TEXT,
    },
    "required": ["type", "status", "code", "title", "detail", "messages", "errors", "request_id"],
}


def tell_problems(result: Any, **_: Any) -> Any:
    """Add the shape of a problem, the answers that are one, and to each operation those that it can give."""
    components = result["components"]
    components["schemas"]["Problem"] = PROBLEM
    components.setdefault("responses", {}).update({f"Problem{code}": _answer(one) for code, one in FAMILIES.items()})
    for path, operations in result["paths"].items():
        for method, operation in operations.items():
            if method == "get":
                operation["responses"].setdefault("304", {"description": "Unchanged since the ETag of If-None-Match."})
            for code in _possible(result, path, method, operation):
                operation["responses"].setdefault(code, {"$ref": f"#/components/responses/Problem{code}"})
    return result


def _answer(problem: Problem) -> dict[str, Any]:
    content = {"schema": {"$ref": "#/components/schemas/Problem"}, "example": problem_body(problem)}
    return {"description": problem.en, "content": {PROBLEM_TYPE: content}}


def _possible(document: Any, path: str, method: str, operation: Any) -> set[str]:
    """Name the statuses of problems that an operation can answer with."""
    asked = operation.get("parameters", [])
    found = {"429"} | BESIDES.get((method, path), set())
    if "requestBody" in operation:
        found |= {"400", "415"} | ({"404"} if ROWS & _names(document, operation) else set())
    if method == "post" or any(one["in"] == "query" for one in asked):
        found.add("400")
    if any(one["in"] == "path" for one in asked):
        found.add("404")
    if {} not in operation.get("security", [{}]):
        found |= {"401", "403"}
    elif path.startswith("/auth/") and method == "post":
        found.add("401")
    if method in WRITES:
        found.add("409")
    return found


def _names(document: Any, operation: Any) -> set[str]:
    """Name the first level of what a body may say."""
    schema = operation["requestBody"]["content"].get("application/json", {}).get("schema", {})
    if "$ref" in schema:
        schema = document["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    return set(schema.get("properties", {}))
