"""Break the product in one place at a time, and see that its tests notice.

python scripts/mutants.py                  every mutant of tests/mutants/*.toml
python scripts/mutants.py --only NAME ...  some of them
python scripts/mutants.py --jobs 2         in so many copies of the tree side by side
python scripts/mutants.py --engine sqlite  only those of one engine

Nothing is changed here: the files of the working tree, but for ignored ones, are copied, once for each worker. The
named tests must pass in the copy as it is; then each mutant is put in, its tests must fail by an assertion, and it is
taken out again. What does not fit the code any more, breaks a test elsewhere than at an assertion, or is not noticed,
has failed. The last line counts.
"""

from __future__ import annotations

import argparse
import resource
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
from scripts.mutants_list import ENGINES, Mutant, listed, misfit  # noqa: E402 also run by its path
from scripts.mutants_worker import Run, Worker, workers_in  # noqa: E402

LIST = Path("tests", "mutants")
# A test that touches the database and leaves nothing in it: with it the tables are made once, for all that follow.
FIRST = "onharu/accounts/tests/test_me.py::test_a_person_is_told_about_themselves"


def unhealthy(worker: Worker, run: Run, mutant: Mutant) -> str:
    """Tell why the tests of a mutant say nothing: they do not run, or fail without it. "" when they pass."""
    if elsewhere := worker.elsewhere(run):
        return elsewhere
    for wanted in mutant.tests:
        ran = run.of(wanted)
        if not ran:
            return f"without it {wanted} does not run"
        if failing := next((one for one in ran if one.ended != "passed"), None):
            return f"without it {failing.test} does not pass: {failing.said or failing.ended}"
    return ""


def unnoticed(worker: Worker, run: Run, mutant: Mutant) -> str:
    """Tell why a mutant was not noticed as it must be; "" when each of its tests failed by an assertion."""
    if elsewhere := worker.elsewhere(run):
        return elsewhere
    for wanted in mutant.tests:
        ran = run.of(wanted)
        if any(one.ended == "noticed" or (mutant.raises and one.raised == mutant.raises) for one in ran):
            continue
        broke = next((one for one in ran if one.ended == "broke"), None)
        return f"BROKE, NOT NOTICED by {broke.test}: {broke.said}" if broke else f"SURVIVED {wanted}"
    return ""


def in_parallel(workers: Sequence[Worker], tasks: Iterable[Callable[[Worker], None]]) -> None:
    """Do every task with whichever worker is free."""
    free: SimpleQueue[Worker] = SimpleQueue()
    for worker in workers:
        free.put(worker)

    def do(task: Callable[[Worker], None]) -> None:
        worker = free.get()
        try:
            task(worker)
        finally:
            free.put(worker)

    with ThreadPoolExecutor(len(workers)) as pool:
        for done in [pool.submit(do, task) for task in tasks]:
            done.result()


def healthy(workers: Sequence[Worker], mutants: Sequence[Mutant]) -> dict[str, str]:
    """Run the tests without any mutant, a share for each worker: name -> why its tests say nothing."""
    files: dict[tuple[str, str], list[Mutant]] = defaultdict(list)
    for one in mutants:
        files[one.engine, one.tests[0].partition("::")[0]].append(one)
    shares: dict[tuple[str, int], list[Mutant]] = defaultdict(list)
    for number, ((engine, _), share) in enumerate(files.items()):
        shares[engine, number % len(workers) if engine == "sqlite" else 0] += share
    faults: dict[str, str] = {}

    def task(engine: str, share: list[Mutant]) -> Callable[[Worker], None]:
        def run(worker: Worker) -> None:
            told = worker.ask(sorted({test for one in share for test in one.tests}), engine=engine)
            faults.update({one.name: unhealthy(worker, told, one) for one in share})

        return run

    in_parallel(workers, [task(engine, share) for (engine, _), share in sorted(shares.items())])
    return faults


def try_all(workers: Sequence[Worker], mutants: Sequence[Mutant], *, say: Callable[[str], None] = print) -> list[str]:
    """Try every mutant, say one line each, and return the names of those that failed."""
    faults = {one.name: misfit(workers[0].tree, one) for one in mutants}
    fitting = [one for one in mutants if not faults[one.name]]
    faults |= healthy(workers, fitting)

    def task(mutant: Mutant) -> Callable[[Worker], None]:
        def run(worker: Worker) -> None:
            begun = time.monotonic()
            if not faults[mutant.name]:
                with worker.broken(mutant):
                    told = worker.ask(mutant.tests, engine=mutant.engine, fresh=mutant.fresh)
                faults[mutant.name] = unnoticed(worker, told, mutant)
            fault, took = faults[mutant.name], f"({time.monotonic() - begun:.1f} s)"
            say(f"FAILED  {mutant.name} {took}: {fault}" if fault else f"passed  {mutant.name} {took}: {mutant.breaks}")

        return run

    in_parallel(workers, [task(one) for one in sorted(mutants, key=lambda one: (one.engine, not one.fresh))])
    return sorted(name for name, fault in faults.items() if fault)


def main(words: Sequence[str] | None = None) -> int:
    """Try what the command line names; 0 when every mutant was noticed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--only", nargs="+", metavar="NAME", default=[], help="these mutants alone")
    parser.add_argument("--jobs", type=int, default=2, help="copies of the tree side by side")
    parser.add_argument("--engine", choices=[*ENGINES, "all"], default="all", help="the mutants of one engine")
    said = parser.parse_args(words)
    mutants = listed(ROOT / LIST)
    if unknown := set(said.only) - {one.name for one in mutants}:
        parser.error(f"there is no mutant {', '.join(sorted(unknown))}")
    chosen = [one for one in mutants if (not said.only or one.name in said.only) and said.engine in ("all", one.engine)]
    begun = time.monotonic()
    with (
        tempfile.TemporaryDirectory(prefix="onharu-mutants-") as home,
        workers_in(ROOT, Path(home), max(1, said.jobs), package="onharu", first=FIRST) as workers,
    ):
        failed = try_all(workers, chosen, say=lambda line: print(line, flush=True))
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(f"it took {time.monotonic() - begun:.0f} s, {spent.ru_utime + spent.ru_stime:.0f} s of processors")
    print(f"{len(chosen) - len(failed)} passed, {len(failed)} failed")
    return 1 if failed or not chosen else 0


if __name__ == "__main__":
    sys.exit(main())
