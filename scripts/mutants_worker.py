"""Copies of the tree in which tests are run, each with a process that forks the runs and a database of its own."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess  # nosec B404 it starts tests
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from typing import IO, cast

from scripts.mutants_list import Mutant, Wrong, mutated

# Making the tables on a busy machine counts as time of the test that comes first.
QUIET = ("-q", "--tb=no", "--no-header", "-n0", "--timeout=400", "-p", "mutants_report")
# Chance would choose another order for each run; the other two only cost time.
WITHOUT = ("no:randomly", "no:cacheprovider", "no:schemathesis", "no:rerunfailures")
LONGEST = 600
OURS = ("ONHARU_", "DJANGO_", "PYTEST_", "TEST_", "SECRET_KEY", "DATABASE_URL", "REDIS_URL", "CACHE_URL", "DEBUG")


@dataclass(frozen=True, slots=True)
class Ended:
    """How one test ended: passed, skipped, noticed (by an assertion), or broke."""

    test: str
    ended: str
    raised: str
    said: str


@dataclass(frozen=True, slots=True)
class Run:
    """What one run of pytest told: each test, where the package came from, and its last words."""

    tests: tuple[Ended, ...]
    imported: str
    last: str

    def of(self, wanted: str) -> list[Ended]:
        """Pick what ran for a named test: itself, or all its parameters."""
        return [one for one in self.tests if one.test == wanted or one.test.startswith((f"{wanted}[", f"{wanted}::"))]


class Host:
    """The process whose forks run pytest (`mutants_host`)."""

    def __init__(self, log: Path) -> None:
        self._log = log
        words = [sys.executable, str(Path(__file__).with_name("mutants_host.py"))]
        pipe = subprocess.PIPE
        self._process = subprocess.Popen(words, stdin=pipe, stdout=pipe, text=True, env=_bare())  # nosec B603 our own
        self._asks, self._tells = cast(IO[str], self._process.stdin), cast(IO[str], self._process.stdout)
        self._heard: SimpleQueue[str] = SimpleQueue()
        Thread(target=self._hear, daemon=True).start()

    def said_by(self, words: Sequence[str], cwd: Path, env: dict[str, str]) -> str:
        """Run pytest to its end and tell its last line; all of its kin end with it when it takes too long."""
        asked = {"words": words, "cwd": str(cwd), "env": env, "log": str(self._log)}
        self._asks.write(json.dumps(asked) + "\n")
        self._asks.flush()
        number = int(self._heard.get(timeout=LONGEST))
        try:
            self._heard.get(timeout=LONGEST)
        except Empty:
            os.killpg(number, signal.SIGKILL)
            self._heard.get(timeout=LONGEST)
            return f"it took longer than {LONGEST} s"
        said = self._log.read_text(encoding="utf-8", errors="replace").splitlines()
        return next((line for line in reversed(said) if line.strip()), "")

    def stop(self) -> None:
        """Let the process end."""
        self._asks.close()
        self._process.wait()
        self._tells.close()

    def _hear(self) -> None:
        for line in self._tells:
            self._heard.put(line)


def _bare() -> dict[str, str]:
    """Leave out of the environment what a run of ours reads."""
    return {name: value for name, value in os.environ.items() if not name.startswith(OURS)}


@dataclass(slots=True)
class Worker:
    """A copy of the tree, and the folder where the database of its tests lies between runs."""

    home: Path
    package: str
    host: Host
    touched: int = 0

    @property
    def tree(self) -> Path:
        """Where the copy is."""
        return self.home / "tree"

    def ask(self, tests: Sequence[str], *, engine: str, fresh: bool = False) -> Run:
        """Run tests in the copy."""
        report = self.home / "report.jsonl"
        report.unlink(missing_ok=True)
        words = [*tests, *QUIET, *(word for one in WITHOUT for word in ("-p", one))]
        env = _bare()
        here = os.pathsep.join([str(self.tree), str(Path(__file__).resolve().parent)])
        env |= {"PYTHONPATH": here, "MUTANTS_REPORT": str(report), "MUTANTS_PACKAGE": self.package}
        env["ONHARU_TEST_ENGINE"] = engine
        if engine == "sqlite" and not fresh:
            self._lay_out()
            env["ONHARU_TEST_FOLDER"] = str(self.home / "data")
            words.append("--reuse-db")
        return _read(report, self.host.said_by(words, self.tree, env))

    def elsewhere(self, run: Run) -> str:
        """Tell when what was tested is not the copy; "" when it is."""
        if not run.imported:
            return f"no test ran: {run.last}"
        is_copy = Path(run.imported).is_relative_to(self.tree.resolve())
        return "" if is_copy else f"tested was {run.imported}, not the copy"

    def _lay_out(self) -> None:
        shutil.rmtree(self.home / "data", ignore_errors=True)
        kept = self.home / "kept"
        if kept.exists():
            shutil.copytree(kept, self.home / "data")
        else:
            (self.home / "data").mkdir()

    @contextmanager
    def broken(self, mutant: Mutant) -> Iterator[None]:
        """Put a mutant in for a while. Every state has an age of its own, so that no compiled file outlives it."""
        path = self.tree / mutant.file
        before, age = path.read_bytes(), path.stat().st_mtime_ns
        self.touched += 1
        later = age + self.touched * 60_000_000_000
        path.write_text(mutated(before.decode(), mutant), encoding="utf-8")
        os.utime(path, ns=(later, later))
        try:
            yield
        finally:
            path.write_bytes(before)
            os.utime(path, ns=(age, age))


def _read(report: Path, last: str) -> Run:
    lines = report.read_text(encoding="utf-8").splitlines() if report.exists() else []
    said = [json.loads(line) for line in lines]
    imported = next((one["imported"] for one in said if "imported" in one), "")
    return Run(tuple(Ended(**one) for one in said if "test" in one), imported, last)


def copy_tree(root: Path, to: Path) -> None:
    """Copy what is tracked, or would be, as it is in the working tree."""
    words = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(words, cwd=root, capture_output=True, check=True)  # nosec B603 our own words
    names = listed.stdout.decode()
    for name in filter(None, names.split("\0")):
        if (root / name).is_file():
            (to / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(root / name, to / name)


@contextmanager
def workers_in(root: Path, home: Path, jobs: int, *, package: str, first: str) -> Iterator[list[Worker]]:
    """Make copies of a tree, and the tables of the database once, with the test `first`. Raises Wrong."""
    workers: list[Worker] = []
    try:
        for number in range(jobs):
            copy_tree(root, home / str(number) / "tree")
            workers.append(Worker(home / str(number), package, Host(home / str(number) / "log")))
        if first:
            _make_tables(workers, first)
        yield workers
    finally:
        for worker in workers:
            worker.host.stop()


def _make_tables(workers: Sequence[Worker], first: str) -> None:
    made = workers[0].ask([first], engine="sqlite")
    if fault := workers[0].elsewhere(made) or next((one.said for one in made.tests if one.ended != "passed"), ""):
        raise Wrong(f"the tables could not be made: {fault}")
    for worker in workers:
        shutil.copytree(workers[0].home / "data", worker.home / "kept")
