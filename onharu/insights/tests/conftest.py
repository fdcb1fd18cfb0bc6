"""Noon of a Sunday, and a language model that says what a test wants."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from onharu.upstream import registry, tally

MODEL = "onharu.upstream.plain_words.backends.openai_compatible.Backend"
TEXT = "오늘은 식사를 1번 적었고, 나트륨은 1,600 mg이에요."


@pytest.fixture(autouse=True)
def _no_backends():
    registry.reset()
    tally.reset()
    yield
    registry.reset()


@pytest.fixture
def squat(exercises):
    """An exercise that is done with weights."""
    return next(one for one in exercises.values() if one.pattern == "squat" and one.measure == "reps")


@pytest.fixture
def model(settings, httpserver) -> Callable[..., None]:
    """Let a model stand at an address and write a text; `away` lets it stand outside of the house."""

    def stands(text: str = TEXT, *, away: bool = False, status: int = 200) -> None:
        content = json.dumps({"text": text}, ensure_ascii=False)
        answer = {"model": "tiny-7b", "choices": [{"message": {"content": content}, "finish_reason": "stop"}]}
        httpserver.clear()
        httpserver.expect_request("/v1/chat/completions").respond_with_json(answer, status=status)
        url = httpserver.url_for("/v1")
        settings.UPSTREAM = {"plain_words": {"BACKEND": MODEL, "OPTIONS": {"base_url": url, "model": "tiny"}}}
        registry.reset()
        registry.backend_of("plain_words").leaves_home = away

    return stands
