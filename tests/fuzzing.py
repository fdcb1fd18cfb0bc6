"""Askings made up from the OpenAPI document: what it allows, what it forbids, and examples with something hostile in them."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Protocol

import requests
import schemathesis
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy
from schemathesis import GenerationMode
from schemathesis.config import GenerationConfig, ProjectConfig, ProjectsConfig, SchemathesisConfig
from schemathesis.core.result import Ok
from schemathesis.core.transport import Response

from tests.isolation import IDS, Operation, document, filled

# What has brought down servers: ends of texts, halves of letters, numbers no column holds, things of another kind.
HOSTILE: tuple[Any, ...] = (
    "\x00", "가\x00나", "\ud800", "\udfff\ud800", "\u202e\u0000", "\ufffe", "", " ", "가" * 5000, "🙂" * 40, "%00", "'\"--",
    "<script>", "{{7*7}}", "2026-02-30", "0000-00-00", "9999-12-31", "0001-01-01", "99:99", "24:00", "NaN", "Infinity",
    "1e400", "٣", "²", "-0", 0, -1, 1, 2**31, 2**63, -(2**63) - 1, 10**40, 0.1, 1e308, 1e-320, -0.0,
    float("nan"), float("inf"), True, False, None, [], {}, [None], [[]], [{}], {"a": 1}, ["가"] * 300,
)  # fmt: skip
HEADERS: dict[str, SearchStrategy[str]] = {
    "Accept-Language": st.sampled_from(["ko", "en", "en-GB,ko;q=0.1", "zz", "*", "x" * 200, ";q="]),
    "Idempotency-Key": st.sampled_from(["k", "0" * 64, "x" * 300, "a b", "<>", ""]),
    "If-None-Match": st.sampled_from(['"1"', 'W/"x"', "*", '"', ""]),
    "X-Request-ID": st.sampled_from(["abcdefgh-1", "x" * 300, "<script>", ""]),
}
PARAMETERS = ("q", "date", "from", "to", "limit", "offset", "page", "cursor", "ordering", "format", "unknown")


@dataclass(frozen=True, slots=True)
class Asking:
    """One request as it is sent, and the case that its answer is held against."""

    case: Any
    method: str
    path: str
    query: str
    headers: dict[str, str]
    body: bytes
    kind: str


def _schema() -> Any:
    generation = GenerationConfig(with_security_parameters=False)
    projects = ProjectsConfig(default=ProjectConfig(generation=generation))
    schema = schemathesis.openapi.from_dict(copy.deepcopy(document()), config=SchemathesisConfig(projects=projects))
    schema.config.update(base_url="http://testserver")
    return schema


_operations: dict[tuple[str, str], Any] = {}


def said_of(one: Operation) -> Any:
    """What the document says of an operation, as schemathesis reads it."""
    if not _operations:
        found = (result.ok() for result in _schema().get_all_operations() if isinstance(result, Ok))
        _operations.update({(operation.method, operation.path): operation for operation in found})
    return _operations[one.method, one.path]


class Known(Protocol):
    """What is there to be asked about: what an operation needs to be asked well."""

    rows: dict[str, Any]

    def address(self, path: str) -> str:
        """Fill an address with what is there."""

    def body(self, one: Operation) -> Any:
        """Make the body that works."""

    def query(self, path: str) -> str:
        """Make the query that works."""


def plain(one: Operation, known: Known) -> Asking:
    """Ask as the document shows it."""
    body = known.body(one)
    sent, kind = (json.dumps(body).encode(), "application/json") if body is not None else (b"", "")
    said = said_of(one).Case(path_parameters=dict.fromkeys(re.findall(r"\{(\w+)\}", one.path), "x"))
    return Asking(said, one.method, known.address(one.path), known.query(one.path), {}, sent, kind)


def askings(one: Operation, known: Known) -> SearchStrategy[Asking]:
    """Every kind of asking of one operation, about what is there or about anything at all."""
    said = said_of(one)
    modes = [GenerationMode.POSITIVE, GenerationMode.NEGATIVE]
    cases = st.one_of([said.as_strategy(generation_mode=mode) for mode in modes])
    return _asking(one, known, cases)


@st.composite
def _asking(draw: DrawFn, one: Operation, known: Known, cases: SearchStrategy[Any]) -> Asking:
    said = draw(cases)
    sent = requests.Request(**_wire(said)).prepare()
    url = requests.utils.urlparse(str(sent.url))
    path, query, body, kind = url.path, url.query, _bytes(sent.body), sent.headers.get("Content-Type", "")
    if "{" in one.path and draw(st.integers(0, 3)):
        path = known.address(one.path)
    if one.body is not None and draw(st.booleans()):
        body, kind = json.dumps(draw(_near(one, known))).encode(), "application/json"
    match draw(st.integers(0, 3)):
        case 0:
            query = draw(_query(one))
        case 1:
            query = known.query(one.path)
    headers = draw(st.fixed_dictionaries({}, optional=HEADERS))
    return Asking(said, one.method, path, query, headers, body, kind)


def _wire(case: Any) -> dict[str, Any]:
    words = case.as_transport_kwargs(base_url="http://testserver")
    return {
        name: words[name] for name in ("method", "url", "params", "data", "json", "files", "headers") if name in words
    }


def _bytes(body: Any) -> bytes:
    if body is None:
        return b""
    return body.encode("utf-8", "surrogatepass") if isinstance(body, str) else bytes(body)


@st.composite
def _near(draw: DrawFn, one: Operation, known: Known) -> Any:
    """Take a body that works, sometimes with another id of one's own, and put something hostile in up to two places."""
    body = known.body(one)
    if (names := sorted(IDS.keys() & set(one.fields))) and draw(st.integers(0, 2)) == 0:
        name = draw(st.sampled_from(names))
        body = filled(body, name, known.rows[IDS[name]])
    for _ in range(draw(st.integers(0, 2))):
        if places := list(_places(body)):
            inside, key = draw(st.sampled_from(places))
            inside[key] = copy.deepcopy(draw(st.sampled_from(HOSTILE)))
    return body


def _places(body: Any) -> Iterator[tuple[Any, Any]]:
    """Name every place of a body: where it is, and by which name or number."""
    inside = body.items() if isinstance(body, dict) else enumerate(body) if isinstance(body, list) else ()
    for key, value in inside:
        yield body, key
        yield from _places(value)


@st.composite
def _query(draw: DrawFn, one: Operation) -> str:
    names = sorted({*PARAMETERS, *one.query, *(said["name"] for said in _parameters(one))})
    said = draw(st.dictionaries(st.sampled_from(names), st.sampled_from(HOSTILE), max_size=3))
    return requests.models.RequestEncodingMixin._encode_params(
        [(name, str(value).encode("utf-8", "surrogatepass")) for name, value in said.items()]
    )


def _parameters(one: Operation) -> list[Any]:
    return [said for said in document()["paths"][one.path][one.method].get("parameters", ()) if said["in"] == "query"]


def answered(response: Any, asking: Asking) -> Response:
    """Turn an answer of Django's into one that schemathesis reads."""
    return Response(
        status_code=response.status_code,
        headers={name: [value] for name, value in response.headers.items()},
        content=b"".join(response.streaming_content) if response.streaming else response.content,
        request=requests.Request(asking.method.upper(), f"http://testserver{asking.path}").prepare(),
        elapsed=0.0,
        verify=False,
    )
