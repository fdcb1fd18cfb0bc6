"""Real workers and beats on the test's database: started as an operator starts them, killed as a machine kills them."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import redis
from django.db import connection

from onharu.kernel import clock
from onharu.kernel.holidays import ExtraHoliday
from onharu.kernel.jobs import Job
from tests.engines import Engines
from tests.toys import LINES

READY_SECONDS = 120.0
START = "from onharu.site.command import main; main({words!r})"


class Workhouse:
    """A broker where there is to be one, and the processes that work. The same questions for both adapters."""

    def __init__(self, adapter: str, folder: Path) -> None:
        self.adapter, self.folder = adapter, folder
        self.lines = folder / "lines"
        self.lines.touch()
        self.engines = Engines(folder)
        self.broker = self.engines.start_redis() if adapter == "celery" else ""
        self.processes: dict[str, subprocess.Popen[bytes]] = {}

    def start(self, *words: str, name: str = "") -> subprocess.Popen[bytes]:
        """Start `onharu` with some words, in a group of its own."""
        name = name or words[0]
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "tests.many_settings",
            "ONHARU_TEST_DATABASE": str(connection.settings_dict["NAME"]),
            "ONHARU_JOBS": self.adapter,
            "CELERY_BROKER_URL": self.broker,
            "METRICS_PORT": "0",
            "PROMETHEUS_MULTIPROC_DIR": str(self.folder / "figures"),
            LINES: str(self.lines),
        }
        with (self.folder / f"{name}.log").open("ab") as log:
            found = subprocess.Popen(
                [sys.executable, "-c", START.format(words=list(words))],
                env=environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self.processes[name] = found
        return found

    def open(self) -> None:
        """Start everybody, and wait until a job runs."""
        self.start("worker")
        if self.adapter == "celery":
            self.start("beat")
        self.owe([0])
        self.until(lambda: not self.owing())
        self.lines.write_text("")
        ExtraHoliday.objects.all().delete()

    def owe(self, numbers: list[int], **given: object) -> None:
        """Owe an effect for each number, as a process that cannot reach the broker would: the sweep tells of them."""
        at = clock.now()
        args = [{"number": number, **given} for number in numbers]
        Job.objects.bulk_create([Job(name="toy.effect", args=one, run_at=at) for one in args])

    def owing(self) -> int:
        """Count what is not done."""
        return Job.objects.filter(name__startswith="toy.").exclude(state__in=["done", "dead"]).count()

    def until(self, holds: Callable[[], object], seconds: float = READY_SECONDS) -> float:
        """Wait until something holds; returns how long that took."""
        began = time.monotonic()
        while not holds():
            if time.monotonic() - began > seconds:
                rows = list(Job.objects.values_list("name", "state", "attempts", "error")[:10])
                raise AssertionError((rows, *(log.read_text()[-2000:] for log in self.folder.glob("*.log"))))
            time.sleep(0.1)
        return time.monotonic() - began

    def said(self) -> Counter[str]:
        """Count what the jobs wrote."""
        return Counter(self.lines.read_text().splitlines())

    def counting(self) -> set[str]:
        """Name who has kept figures since the worker was started: the worker itself, and the places of its children."""
        folder = self.folder / "figures" / f"onharu-figures-{self.processes['worker'].pid}"
        return {file.stem.rpartition("_")[2] for file in folder.iterdir()}

    def kill(self, name: str = "worker") -> None:
        """Kill a process and all of its children, as a machine that loses its power does."""
        process = self.processes.pop(name)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(30)

    def children(self, name: str = "worker") -> list[int]:
        """List who runs jobs: the children of a worker of Celery's."""
        path = Path(f"/proc/{self.processes[name].pid}/task/{self.processes[name].pid}/children")
        return [int(word) for word in path.read_text().split()]

    def flush(self) -> None:
        """Empty the broker."""
        redis.Redis.from_url(self.broker, socket_timeout=5).flushall()

    def close(self) -> None:
        """End whatever still runs, and the broker."""
        for process in self.processes.values():
            os.killpg(process.pid, signal.SIGKILL)
            process.wait(30)
        self.engines.stop()


def storm(house: Workhouse, *, jobs: int, kills: int, whole_every: int, seed: int = 1) -> float:
    """Kill who works again and again while jobs are owed; returns in how many seconds everything was done.

    Of `whole_every` kills one is of a whole worker with its children, the others of a child, where there are any.
    """
    chance = random.Random(seed)
    began = time.monotonic()
    house.owe(list(range(1, jobs + 1)), seconds=0.05)
    for kill in range(1, kills + 1):
        time.sleep(chance.uniform(0.05, 0.4))
        before = house.said()
        children = house.children() if house.adapter == "celery" and "worker" in house.processes else []
        if children and kill % whole_every:
            os.kill(chance.choice(children), signal.SIGKILL)
        elif kill % whole_every == 0:
            house.kill()
            house.start("worker")
            house.until(lambda before=before: house.said() != before or not house.owing())
    house.until(lambda: not house.owing(), 600)
    return time.monotonic() - began
