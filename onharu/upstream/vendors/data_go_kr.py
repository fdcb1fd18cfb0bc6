"""The dialect of data.go.kr: one key, two envelopes, five shapes of rows, and errors in whatever format they please.

An answer may be JSON or XML whichever was asked for, and an error may be either, or one bare English sentence, with
status 200 or any other: so the first letter of a body decides how it is read, and its words decide what it means.
Facts and their sources: the wire reference of the Ministry's services, compiled from what public clients met.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import Any, NoReturn
from urllib.parse import unquote
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from onharu.kernel import clock
from onharu.upstream.faults import Refused, Unavailable
from onharu.upstream.http import Answer, Http, Limits

BASE_URL = "https://apis.data.go.kr"
QUOTA = "quota"
NO_SERVICE = "no_service"
PAGE_TOO_LARGE = "page_too_large"
EMPTY = "empty"
KEY_PAUSED_SECONDS = 600

# What each code means: whether asking later helps, and the word for it.
LATER, NEVER = True, False
CODES: Mapping[int, tuple[bool, str]] = {
    1: (LATER, "application_error"), 2: (LATER, "database_error"), 4: (LATER, "http_error"),
    5: (LATER, "service_timeout"), 10: (NEVER, "bad_request"), 11: (NEVER, "missing_parameter"),
    12: (NEVER, NO_SERVICE), 20: (NEVER, "not_applied_for"), 21: (LATER, "key_paused"), 22: (LATER, QUOTA),
    23: (LATER, "rate_limited"), 29: (NEVER, "address_blocked"), 30: (NEVER, "key_unknown"),
    31: (NEVER, "key_expired"), 32: (NEVER, "address_unknown"), 33: (NEVER, "unsigned_call"),
    99: (LATER, "unknown_error"),
}  # fmt: skip
NODATA = 3
# Constants as the gateway spells them, for answers that put them where the number should be.
CONSTANTS: Mapping[str, int] = {
    "REQUESTS_PER_SECOND_EXCEEDS": 23, "REQUESTS_EXCEEDS": 22, "KEY_IS_NOT_REGISTERED": 30, "ACCESS_DENIED": 20,
    "TEMPORARILY_DISABLE": 21, "DEADLINE_HAS_EXPIRED": 31, "UNREGISTERED_IP": 32, "BLACKLIST_IP": 29,
    "UNSIGNED_CALL": 33, "NO_OPENAPI_SERVICE": 12, "NO_MANDATORY": 11, "INVALID_REQUEST": 10,
    "SERVICETIMEOUT": 5, "SERVICETIME_OUT": 5, "HTTP_ERROR": 4, "DB_ERROR": 2, "APPLICATION_ERROR": 1,
    "등록되지 않은 서비스키": 30, "UNKNOWN_ERROR": 99,
}  # fmt: skip
# Sentences of the newer gateway, by how they begin.
SENTENCES: tuple[tuple[str, tuple[bool, str]], ...] = (
    ("api token quota exceeded", (LATER, QUOTA)),
    ("api rate limit exceeded", (LATER, "rate_limited")),
    ("api not found", (NEVER, NO_SERVICE)),
    ("unexpected error", (NEVER, NO_SERVICE)),
    ("unauthorized", (NEVER, "unauthorised")),
    ("forbidden", (NEVER, "forbidden")),
    ("error forwarding request", (LATER, "backend_error")),
    ("error receiving response", (LATER, "backend_error")),
)
NOTHING = frozenset({"", "-", "N/A", "null", "NULL"})
_ENCODED = re.compile(r"%[0-9A-Fa-f]{2}")
_MARKS_OF_A_DOCUMENT = frozenset({"tagName", "textIndent", "marginLeft", "type"})


@dataclass(frozen=True, slots=True)
class Asked:
    """One call: the path below the base URL, the filters, and which page of which size."""

    path: str
    filters: Mapping[str, str]
    page: int
    size: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page of rows. Cells are stripped text, "" where the source says nothing; `total` rows match in all.

    `size` is how many rows the source says it gives at once, None where it does not say.
    """

    rows: tuple[Mapping[str, str], ...]
    total: int
    size: int | None = None


def decoded(key: str) -> str:
    """Read a key in either of the forms the portal shows; the wire encodes it once."""
    said = key.strip()
    return unquote(said) if _ENCODED.search(said) else said


def fetch(http: Http, asked: Asked, *, base_url: str, key: str, limits: Limits) -> Sheet:
    """Ask for one page; `http` must judge answers by `verdict`. Raises Unavailable or Refused."""
    params = {"serviceKey": key, "pageNo": str(asked.page), "numOfRows": str(asked.size), "type": "json"}
    answer = http.request(
        "GET", f"{base_url.rstrip('/')}/{asked.path}", params={**params, **asked.filters}, limits=limits
    )
    header, body = _envelope(answer)
    if _code(header) == NODATA:
        return Sheet((), 0)
    try:
        rows = tuple(_cells(row) for row in _rows(answer, body.get("items")))
    except RecursionError:
        raise Unavailable(answer.upstream, "garbled") from None
    page = _whole(body.get("pageNo"))
    if rows and page is not None and page != asked.page:
        raise Unavailable(answer.upstream, "wrong_rows")  # another page than the one asked for
    total = _whole(body.get("totalCount"))
    return Sheet(rows, len(rows) if total is None else total, _whole(body.get("numOfRows")))


def verdict(answer: Answer) -> None:
    """Raise the fault that an answer says in this dialect, whatever its status; return for good and unknown ones."""
    try:
        header, _ = _envelope(answer)
    except Unavailable as fault:
        if answer.status < 300:
            raise
        if answer.status == 404 and fault.reason in {"garbled", EMPTY}:
            # Valid paths answer 404 now and then; one that is wrong says so in a sentence of its own.
            raise Unavailable(answer.upstream, "status_404") from None
        if fault.reason in {"garbled", EMPTY}:
            return
        raise
    code = _code(header)
    if code not in {0, NODATA}:
        _fail(answer, code, str(header.get("resultMsg")))


def seconds_until_midnight(now: datetime) -> int:
    """Count the seconds until 00:00 in Seoul, when quotas begin anew."""
    there = now.astimezone(clock.zone("Asia/Seoul"))
    midnight = datetime.combine(there.date() + timedelta(days=1), time(), tzinfo=there.tzinfo)
    return int((midnight - there).total_seconds()) + 1


def _envelope(answer: Answer) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    """Return header and body of either envelope; raises the gateway's faults, and Unavailable for anything else."""
    document = _document(answer)
    inner = document.get("response")
    if isinstance(inner, dict):
        document = inner
    gateway = document.get("OpenAPI_ServiceResponse", document)
    if isinstance(gateway, dict) and isinstance(gateway.get("cmmMsgHeader"), dict):
        _fail_by_gateway(answer, gateway["cmmMsgHeader"])
    header, body = document.get("header"), document.get("body")
    if not isinstance(header, dict) or not isinstance(body, dict | None) or "resultCode" not in header:
        raise Unavailable(answer.upstream, "garbled")
    return header, body or {}


def _document(answer: Answer) -> Mapping[str, Any]:
    """Read a body by its first letter."""
    body = answer.body.lstrip(b"\xef\xbb\xbf \t\r\n")
    if not body:
        raise Unavailable(answer.upstream, EMPTY)
    if body[:1] in b"{[":
        said = replace(answer, body=body).json()
    elif body[:1] == b"<":
        said = _xml(answer, body)
    else:
        said = _fail_by_sentence(answer, body[:200].decode(errors="replace").casefold())
    if not isinstance(said, dict):
        raise Unavailable(answer.upstream, "garbled")
    return said


def _xml(answer: Answer, body: bytes) -> dict[str, Any]:
    """Read XML, without entities and document types, as JSON would have said it."""
    try:
        root = fromstring(body, forbid_dtd=True)
        return {_tag(root): _value(root)}
    except (ParseError, DefusedXmlException, ValueError, LookupError, RecursionError):
        raise Unavailable(answer.upstream, "garbled") from None


def _value(element: Element) -> Any:
    if not len(element):
        return element.text
    children: dict[str, Any] = {}
    for child in element:
        tag, value = _tag(child), _value(child)
        if tag not in children:
            children[tag] = value
        elif isinstance(children[tag], list):
            children[tag].append(value)
        else:
            children[tag] = [children[tag], value]
    return children


def _tag(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _code(header: Mapping[str, Any]) -> int:
    """Read a result code: "00", "0" and "0000" are all well."""
    code = _whole(header.get("resultCode"))
    return 99 if code is None else code


def _fail_by_gateway(answer: Answer, header: Mapping[str, Any]) -> NoReturn:
    """Raise what the gateway's own envelope says; its three fields swap their roles between versions."""
    said = [str(header.get(field) or "") for field in ("returnReasonCode", "errMsg", "returnAuthMsg")]
    code = _whole(said[0])
    if code is None or code not in CODES:
        words = " ".join(said).upper()
        code = next((number for constant, number in CONSTANTS.items() if constant in words), 99)
    _fail(answer, code, said[2])


def _fail_by_sentence(answer: Answer, said: str) -> NoReturn:
    for begins, (later, word) in SENTENCES:
        if said.startswith(begins):
            _raise(answer, word, later=later)
    raise Unavailable(answer.upstream, "garbled")


def _fail(answer: Answer, code: int, said: str) -> NoReturn:
    later, word = CODES.get(code, (LATER, f"code_{code}"[:20]))
    if "numofrows" in said.casefold():
        word = PAGE_TOO_LARGE
    _raise(answer, word, later=later)


def _raise(answer: Answer, word: str, *, later: bool) -> NoReturn:
    if not later:
        raise Refused(answer.upstream, word)
    asked_for = answer.headers.get("retry-after", "")
    waits = {
        QUOTA: seconds_until_midnight(clock.now()),
        "key_paused": KEY_PAUSED_SECONDS,
        "rate_limited": int(asked_for[:5]) if asked_for.isdecimal() else 1,
    }
    raise Unavailable(answer.upstream, word, retry_after=waits.get(word))


def _rows(answer: Answer, items: Any) -> Iterator[Mapping[str, Any]]:
    """Find the rows in any shape: a list, a list of {item}, {item: [...]}, {item: {...}}, or one of many nothings."""
    if isinstance(items, dict):
        items = items.get("item", items)
    listed = items if isinstance(items, list) else [items] if items and not isinstance(items, str) else []
    for one in listed:
        row = one.get("item", one) if isinstance(one, dict) and len(one) == 1 else one
        if not isinstance(row, dict):
            raise Unavailable(answer.upstream, "garbled")
        yield row


def _cells(row: Mapping[str, Any]) -> Mapping[str, str]:
    return {str(name): _cell(value) for name, value in row.items()}


def _cell(value: Any) -> str:
    """Read one cell: numbers as text, documents as their texts, and every way to say nothing as ""."""
    said = "\n".join(_texts(value)) if isinstance(value, dict | list) else "" if value is None else str(value).strip()
    return "" if said in NOTHING else said


def _texts(value: Any) -> Iterator[str]:
    """Walk a document that came as an object instead of as text."""
    if isinstance(value, dict):
        for name, part in value.items():
            if name not in _MARKS_OF_A_DOCUMENT:
                yield from _texts(part)
    elif isinstance(value, list):
        for part in value:
            yield from _texts(part)
    elif isinstance(value, str) and value.strip():
        yield value.strip()


def _whole(said: Any) -> int | None:
    text = str(said).strip()
    return int(text) if text.isdigit() and text.isascii() and len(text) < 10 else None
