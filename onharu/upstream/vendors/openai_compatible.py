"""The chat dialect that OpenAI started and Ollama, vLLM and most gateways speak: one question, one answer, no stream.

Which extras a server takes differs by model, so a request that is refused as malformed is asked once more with nothing
but the model and the messages. Servers put their thoughts before the answer, or the answer into a code fence: both
are taken off here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from onharu.upstream.faults import Refused, Unavailable
from onharu.upstream.http import Answer, Http

BASE_URL = "https://api.openai.com/v1"
MALFORMED = frozenset({"status_400", "status_422"})
TEMPERATURE = 0.2
# Waiting for money is waiting for a person: too long for any call, so it is not tried again.
NO_MONEY_WAIT = 3600.0

_THOUGHT = re.compile(r"<(think|thinking|reasoning)>.*?</\1>", re.DOTALL | re.IGNORECASE)
_FENCE = re.compile(r"^```[a-z]*\s*(.*?)\s*```$", re.DOTALL | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: messages as (role, text), the JSON schema wanted, and how long the answer may be."""

    messages: Sequence[tuple[str, str]]
    schema_name: str
    schema: Mapping[str, Any]
    most_tokens: int


@dataclass(frozen=True, slots=True)
class Reply:
    """The words of the answer, and which model says it gave them. `bare` tells that the extras were refused."""

    text: str
    model: str
    bare: bool


def chat(http: Http, question: Question, *, base_url: str, model: str, key: str, bare: bool = False) -> Reply:
    """Ask a model once; raises Unavailable or Refused. `bare` leaves the extras out from the start."""
    try:
        return _asked(http, question, base_url=base_url, model=model, key=key, bare=bare)
    except Refused as refused:
        if bare or refused.reason not in MALFORMED:
            raise
    return _asked(http, question, base_url=base_url, model=model, key=key, bare=True)


def _asked(http: Http, question: Question, *, base_url: str, model: str, key: str, bare: bool) -> Reply:
    body: dict[str, Any] = {
        "model": model,
        "messages": [{"role": role, "content": text} for role, text in question.messages],
    }
    if not bare:
        body |= _extras(question)
    headers = {"Content-Type": "application/json", "Accept": "application/json"}
    if key:
        headers["Authorization"] = f"Bearer {key}"
    answer = http.request(
        "POST",
        f"{base_url.rstrip('/')}/chat/completions",
        headers=headers,
        content=json.dumps(body, ensure_ascii=False).encode(),
        repeatable=True,
        wait_hint=_wait,
    )
    return _reply(answer, model, bare=bare)


def _extras(question: Question) -> dict[str, Any]:
    wanted = {"name": question.schema_name, "strict": True, "schema": question.schema}
    return {
        "response_format": {"type": "json_schema", "json_schema": wanted},
        "temperature": TEMPERATURE,
        "max_tokens": question.most_tokens,
        "stream": False,
    }


def _wait(answer: Answer) -> float | None:
    """Read how long a server that is too busy wants to be left alone, where it says so besides Retry-After."""
    milliseconds = answer.headers.get("retry-after-ms", "")
    if milliseconds.isdigit():
        return float(milliseconds[:9]) / 1000
    return NO_MONEY_WAIT if b"insufficient_quota" in answer.body[:4096] else None


def _reply(answer: Answer, model: str, *, bare: bool) -> Reply:
    said = answer.json()
    choices = said.get("choices") if isinstance(said, dict) else None
    first = choices[0] if isinstance(choices, list) and choices else None
    message = first.get("message") if isinstance(first, dict) else None
    if not isinstance(said, dict) or not isinstance(first, dict) or not isinstance(message, dict):
        raise Unavailable(answer.upstream, "garbled")
    if first.get("finish_reason") in {"length", "content_filter"}:
        raise Unavailable(answer.upstream, f"finish_{first['finish_reason']}")
    if message.get("refusal"):
        raise Unavailable(answer.upstream, "declined")
    text = _bare_words(_joined(message.get("content")))
    if not text:
        raise Unavailable(answer.upstream, "garbled")
    named = said.get("model")
    return Reply(text=text, model=named[:80] if isinstance(named, str) and named else model, bare=bare)


def _joined(content: object) -> str:
    """Read the content, which may come in parts."""
    if isinstance(content, str):
        return content
    parts = content if isinstance(content, list) else []
    texts = [part.get("text") for part in parts if isinstance(part, dict)]
    return "".join(text for text in texts if isinstance(text, str))


def _bare_words(text: str) -> str:
    answer = _THOUGHT.sub("", text).strip()
    fenced = _FENCE.match(answer)
    return fenced.group(1) if fenced else answer
