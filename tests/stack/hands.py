"""The house's worker and beat with jobs that can be counted, and the table of what they owe."""

from __future__ import annotations

import json
import os
import random
import signal
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from tests.stack.house import OWE, House
from tests.stack.programs import Process, wait_for
from tests.toys import LINES


class Hands:
    """Takes the places of the house's own worker and beat, and gives them back."""

    def __init__(self, house: House) -> None:
        self.house, self.lines = house, house.home / "lines"
        self.lines.touch()
        self.owed = self.kills = 0
        self._base = house.database.connected()

    def __enter__(self) -> Hands:  # noqa: PYI034 one class
        for name in ("beat", "worker"):
            self.house.running[name].stop()
        self.start()
        self.start("beat")
        return self

    def __exit__(self, *_: object) -> None:
        for name in ("beat", "worker"):
            self.house.running[name].kill()
            self.house.ours(name)
        self._base.execute("DELETE FROM kernel_extraholiday WHERE name = 'toy'")
        self._base.execute("DELETE FROM kernel_job WHERE name = 'toy.effect'")
        self._base.close()
        for name in ("beat", "worker"):
            wait_for(lambda name=name: self.house.healthy(name), 120, name)

    def start(self, name: str = "worker") -> None:
        """Start a worker that knows the jobs of tests."""
        self.house.ours(name, DJANGO_SETTINGS_MODULE="tests.stack.toy_settings", **{LINES: str(self.lines)})

    @property
    def worker(self) -> Process:
        """The worker of now."""
        return self.house.running["worker"]

    def owe(self, more: int, seconds: float) -> None:
        """Owe further effects, each with a number of its own."""
        numbers = range(self.owed + 1, self.owed + more + 1)
        with self._base.cursor() as cursor:
            asked = [["toy.effect", json.dumps({"number": number, "seconds": seconds})] for number in numbers]
            cursor.executemany(OWE, asked)
        self.owed += more

    def _number(self, asked: str) -> int:
        found = self._base.execute(asked).fetchone()
        assert found
        return int(found[0])

    def owing(self) -> int:
        """Count what is neither done nor dead."""
        return self._number("SELECT count(*) FROM kernel_job WHERE name LIKE 'toy.%' AND state NOT IN ('done', 'dead')")

    def dead(self) -> int:
        """Count what failed for good."""
        return self._number("SELECT count(*) FROM kernel_job WHERE name LIKE 'toy.%' AND state = 'dead'")

    def effects(self) -> int:
        """Count the effects that were had."""
        return self._number("SELECT count(*) FROM kernel_extraholiday WHERE name = 'toy'")

    def said(self) -> Counter[str]:
        """Count what was begun and ended."""
        return Counter(line.split()[0] for line in self.lines.read_text().splitlines())

    def children(self) -> list[int]:
        """List who runs jobs."""
        assert self.worker.process is not None
        pid = self.worker.process.pid
        path = Path(f"/proc/{pid}/task/{pid}/children")
        return [int(word) for word in path.read_text().split()] if path.exists() else []

    def until(self, holds: Callable[[], object], seconds: float = 120) -> None:
        """Wait for something."""
        wait_for(holds, seconds, lambda: f"owing {self.owing()}, {self.said()}", every=0.2)

    def storm(self, kills: int, whole_every: int, seconds: float, seed: int = 1) -> None:
        """Kill who runs jobs, again and again, while there is always something to run; now and then the whole worker."""
        chance, until = random.Random(seed), time.monotonic() + 400
        self.owe(60, seconds)
        self.until(lambda: self.said()["ended"])
        while self.kills < kills:
            assert time.monotonic() < until, (self.kills, self.said())
            if self.owing() < 30:
                self.owe(60, seconds)
            self._begun()
            time.sleep(chance.uniform(0, 0.1))
            if self._tired():
                continue
            if (self.kills + 1) % whole_every == 0:
                self.worker.kill()
                self.kills += 1
            elif children := self.children():
                os.kill(chance.choice(children), signal.SIGKILL)
                self.kills += 1
            self._restarted()

    def _tired(self) -> bool:
        """Whether somebody is at a job for the fifth time: a sixth end would lay it with the dead, as it should."""
        return bool(self._number("SELECT count(*) FROM kernel_job WHERE state = 'running' AND attempts > 4"))

    def _begun(self) -> None:
        """Wait for the next job to begin, but not for ever: who was killed while it started has none."""
        before, until = self.said()["began"], time.monotonic() + 2
        while self.said()["began"] == before and time.monotonic() < until:
            time.sleep(0.01)

    def _restarted(self) -> None:
        """Start a worker that ended, as containers are, and wait until it works."""
        if not self.worker.lives:
            ended = self.said()["ended"]
            self.start()
            self.until(lambda: self.said()["ended"] > ended)
