"""A small load generator on raw sockets, and what the server's processes used meanwhile."""

from __future__ import annotations

import os
import socket
import statistics
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
Ask = Callable[[int], bytes]


@dataclass(frozen=True, slots=True)
class Run:
    """One run: requests a second, milliseconds of server CPU a request, median and 95th percentile in ms."""

    rate: float
    cpu_ms: float
    p50: float
    p95: float
    wrong: int


def request(method: str, path: str, *, headers: dict[str, str] | None = None, body: bytes = b"") -> bytes:
    """Write an HTTP/1.1 request."""
    lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", *(f"{k}: {v}" for k, v in (headers or {}).items())]
    if body or method != "GET":
        lines.append(f"Content-Length: {len(body)}")
    return ("\r\n".join(lines) + "\r\n\r\n").encode() + body


class Line:
    """One kept connection."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), 30)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def ask(self, raw: bytes) -> tuple[int, bytes]:
        """Send a request and read the whole answer: status and body."""
        head, body = self.whole(raw)
        return int(head.split(b" ", 2)[1]), body

    def whole(self, raw: bytes) -> tuple[bytes, bytes]:
        """Send a request and read the whole answer: head and body."""
        self.socket.sendall(raw)
        got = b""
        while b"\r\n\r\n" not in got:
            got += self._more()
        head, _, body = got.partition(b"\r\n\r\n")
        length = next(
            (int(line.split(b":")[1]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length")), 0
        )
        while len(body) < length:
            body += self._more()
        return head, body

    def _more(self) -> bytes:
        chunk = self.socket.recv(65536)
        if not chunk:
            raise ConnectionError("the server closed the connection")
        return chunk


def family(pid: int) -> list[int]:
    """List a process and everything below it."""
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal():
            try:
                parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            except OSError:
                continue
            children.setdefault(parent, []).append(int(entry.name))
    found, waiting = [], [pid]
    while waiting:
        one = waiting.pop()
        found.append(one)
        waiting += children.get(one, [])
    return found


def cpu_seconds(pid: int) -> float:
    """Add up user and system time of a process tree."""
    spent = 0
    for one in family(pid):
        fields = Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()
        spent += int(fields[11]) + int(fields[12])
    return spent / TICKS


def memory_mb(pid: int) -> tuple[float, float]:
    """Tell resident and proportional memory of a process tree, in MB."""
    sums = {"Rss": 0, "Pss": 0}
    for one in family(pid):
        for line in Path(f"/proc/{one}/smaps_rollup").read_text().splitlines():
            name = line.split(":")[0]
            if name in sums:
                sums[name] += int(line.split()[1])
    return sums["Rss"] / 1024, sums["Pss"] / 1024


def drive(port: int, pid: int, ask: Ask, *, seconds: float, lines: int = 8) -> Run:
    """Keep `lines` connections busy for some seconds."""
    numbers: Iterator[int] = count()
    times: list[float] = []
    wrong: list[int] = []
    until = time.perf_counter() + seconds

    def keep_asking() -> None:
        line = Line(port)
        while time.perf_counter() < until:
            raw = ask(next(numbers))
            begun = time.perf_counter()
            status, _ = line.ask(raw)
            times.append(time.perf_counter() - begun)
            if not 200 <= status < 400:
                wrong.append(status)

    before, begun = cpu_seconds(pid), time.perf_counter()
    threads = [threading.Thread(target=keep_asking) for _ in range(lines)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took, spent = time.perf_counter() - begun, cpu_seconds(pid) - before
    return summed(times, took, spent, len(wrong))


def summed(times: list[float], took: float, spent: float, wrong: int) -> Run:
    """Make a run's figures from its single times."""
    ordered = sorted(times)
    return Run(
        rate=len(times) / took,
        cpu_ms=spent / len(times) * 1000,
        p50=statistics.median(ordered) * 1000,
        p95=ordered[int(len(ordered) * 0.95)] * 1000,
        wrong=wrong,
    )
