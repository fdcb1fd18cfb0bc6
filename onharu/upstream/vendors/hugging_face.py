"""Hugging Face's dialect: where a model is asked, what it answers, and how it says "not yet".

The router answers like a self-hosted server of the same contract, so the base URL is a setting.
"""

from __future__ import annotations

from typing import Any

from onharu.upstream.faults import Unavailable
from onharu.upstream.http import Answer, Http

BASE_URL = "https://router.huggingface.co/hf-inference/models"
LONGEST_LOADING_WAIT = 30.0


def classify(http: Http, *, base_url: str, model: str, token: str, jpeg: bytes) -> list[tuple[str, float]]:
    """Ask an image classifier for its labels with their scores (0 to 1), likeliest first.

    Asking twice does no harm, so a model that is still loading is waited for, as long as the call's deadline allows.
    """
    headers = {"Content-Type": "image/jpeg", "Accept": "application/json"}
    if token:
        headers["Authorization"] = f"Bearer {token}"
    answer = http.request(
        "POST",
        f"{base_url.rstrip('/')}/{model}",
        headers=headers,
        content=jpeg,
        repeatable=True,
        wait_hint=_loading_wait,
    )
    return _labels(answer)


def _loading_wait(answer: Answer) -> float | None:
    """Read `estimated_time` of a model that is being loaded (503)."""
    try:
        said = answer.json()
    except Unavailable:
        return None
    seconds = said.get("estimated_time") if isinstance(said, dict) else None
    if isinstance(seconds, int | float) and 0 <= seconds < float("inf"):
        return min(float(seconds), LONGEST_LOADING_WAIT)
    return None


def _labels(answer: Answer) -> list[tuple[str, float]]:
    """Read `[{"label": …, "score": …}]`; raises Unavailable for every other shape."""
    said = answer.json()
    if isinstance(said, list) and len(said) == 1 and isinstance(said[0], list):
        said = said[0]  # some servers answer a batch of one
    if not isinstance(said, list) or not said:
        raise Unavailable(answer.upstream, "garbled")
    return sorted((_label(answer, one) for one in said), key=lambda pair: -pair[1])


def _label(answer: Answer, one: Any) -> tuple[str, float]:
    label, score = (one.get("label"), one.get("score")) if isinstance(one, dict) else (None, None)
    if not isinstance(label, str) or not label.strip() or isinstance(score, bool):
        raise Unavailable(answer.upstream, "garbled")
    if not isinstance(score, int | float) or not 0 <= score <= 1.0001:
        raise Unavailable(answer.upstream, "garbled")
    return label.strip()[:100], min(float(score), 1.0)
