"""The way of a photograph, with a model that takes no time: what is left is our own work."""

from __future__ import annotations

import io
import json
import random
import time
from collections.abc import Callable, Iterator
from itertools import count
from typing import TYPE_CHECKING

from PIL import Image

from bench.lines import Ask, Line, Run, cpu_seconds, request, summed

if TYPE_CHECKING:
    from bench.__main__ import Row, Servers

BOUNDARY = "onharu-bench-boundary"
_numbers = count()


def picture(width: int = 800, height: int = 600) -> bytes:
    """Draw a JPEG with as much detail as a photograph of a plate has."""
    dice = random.Random(7)
    small = Image.frombytes("RGB", (width // 8, height // 8), dice.randbytes(width // 8 * (height // 8) * 3))
    raw = io.BytesIO()
    small.resize((width, height), Image.Resampling.BICUBIC).save(raw, "JPEG", quality=85)
    return raw.getvalue()


def never_seen(raw: bytes) -> bytes:
    """Make the same picture a file nobody has seen: a comment with a number in it."""
    said = f"{next(_numbers):08d}".encode()
    return raw[:2] + b"\xff\xfe" + (len(said) + 2).to_bytes(2, "big") + said + raw[2:]


def upload(headers: dict[str, str], raw: bytes) -> bytes:
    """Write the request that sends one photograph."""
    body = (
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="image"; filename="a.jpg"\r\n'
        "Content-Type: image/jpeg\r\n\r\n"
    ).encode() + raw + f"\r\n--{BOUNDARY}--\r\n".encode()  # fmt: skip
    kind = {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}
    return request("POST", "/api/ai/meal-analyze/", headers={**headers, **kind}, body=body)


def photographs(
    servers: Servers, rounds: int, seconds: float, row_of: Callable[[str, list[tuple[Run, Run]], str], Row]
) -> Iterator[Row]:
    """Measure analysing a new photograph, then confirming."""
    raw = picture()
    ask: Ask = lambda _: upload(servers.headers, never_seen(raw))  # noqa: E731 a one-line question
    servers.drive_product(ask, 1, lines=2)
    pairs = [(servers.drive_bare(seconds), servers.drive_product(ask, seconds, lines=2)) for _ in range(rounds)]
    yield row_of("analyze, model 0 ms, 800×600", pairs, "CPU ≤ 10 ms")
    commits = [(servers.drive_bare(seconds), confirm_many(servers, raw)) for _ in range(rounds)]
    yield row_of("commit", commits, "")


def confirm_many(servers: Servers, raw: bytes, number: int = 60) -> Run:
    """Analyse, then time only the confirming."""
    line, times, spent, wrong = Line(servers.product.port), [], 0.0, 0
    pid = servers.product.process.pid
    found = [json.loads(line.ask(upload(servers.headers, never_seen(raw)))[1]) for _ in range(number)]
    before = cpu_seconds(pid)
    for one in found:
        body = json.dumps({"analysis_id": one["analysis_id"], "items": [{"food": one["items"][0]["food"]["id"]}]})
        kind = {"Content-Type": "application/json"}
        asked = request("POST", "/api/ai/meal-commit/", headers={**servers.headers, **kind}, body=body.encode())
        begun = time.perf_counter()
        status, _ = line.ask(asked)
        times.append(time.perf_counter() - begun)
        wrong += status != 201
    spent = cpu_seconds(pid) - before
    return summed(times, sum(times), spent, wrong)
