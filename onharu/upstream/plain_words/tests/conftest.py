"""A language model that says what a test wants, over a real socket."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from onharu.upstream import registry
from onharu.upstream.plain_words.backends.openai_compatible import Backend

MODEL = "onharu.upstream.plain_words.backends.openai_compatible.Backend"
WHERE = "/v1/chat/completions"


def completion(content: object, **first: Any) -> dict[str, Any]:
    """Shape an answer as a chat server does."""
    message = {"role": "assistant", "content": content}
    choice = {"index": 0, "message": message, "finish_reason": "stop", **first}
    return {"id": "chatcmpl-1", "object": "chat.completion", "model": "tiny-7b", "choices": [choice]}


@pytest.fixture
def answers(httpserver) -> Callable[[object], None]:
    """Let the server answer every question with these words."""

    def say(content: object) -> None:
        httpserver.expect_request(WHERE, method="POST").respond_with_json(completion(content))

    return say


@pytest.fixture
def writes(answers) -> Callable[[str], None]:
    """Let the model write this text about a day."""
    return lambda text: answers(json.dumps({"text": text}, ensure_ascii=False))


@pytest.fixture
def model(httpserver) -> Backend:
    """A backend that asks the server of the test."""
    return Backend(base_url=httpserver.url_for("/v1"), model="tiny", key="sk-CANARY", seconds=3)


@pytest.fixture
def chosen(settings, httpserver) -> None:
    """Let the settings choose the server of the test."""
    options = {"base_url": httpserver.url_for("/v1"), "model": "tiny", "seconds": 3}
    settings.UPSTREAM = {"plain_words": {"BACKEND": MODEL, "OPTIONS": options}}
    registry.reset()
