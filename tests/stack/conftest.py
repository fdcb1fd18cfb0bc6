"""One house for all tests of the stack: booted once, closed at the end, its logs shown where something failed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.stack.house import House
from tests.stack.person import Person
from tests.stack.programs import needed
from tests.stack.proof import Proof
from tests.stack.watcher import Watcher

# Well before broken: what was broken is told of by alerts for a while.
ORDER = ("test_well", "test_front_door", "test_together", "test_jobs", "test_faults")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the tests of the booted house in their order, wherever they were drawn."""
    ours = sorted((item for item in items if item.path.stem in ORDER), key=lambda item: ORDER.index(item.path.stem))
    places = [number for number, item in enumerate(items) if item.path.stem in ORDER]
    for place, item in zip(places, ours, strict=True):
        items[place] = item


PROOF = pytest.StashKey[Proof]()


@pytest.fixture(scope="session")
def proof(pytestconfig: pytest.Config) -> Iterator[Proof]:
    """What was measured; printed at the end."""
    found = pytestconfig.stash[PROOF] = Proof()
    yield found
    found.kept()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Print the figures as the table that the documents show."""
    found = config.stash.get(PROOF, None)
    if found is not None and found.rows:
        terminalreporter.section("measured")
        terminalreporter.write(found.table())


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory, proof: Proof) -> Iterator[House]:
    """Everything that `deploy/` describes."""
    needed()
    found = House(tmp_path_factory.mktemp("house"))
    try:
        found.open()
        proof.note(
            "The stack boots", f"{found.took['boot']:.0f} s", "≤ 30 s", "from an empty folder to the last answer"
        )
        yield found
    finally:
        found.close()


@pytest.fixture(scope="session")
def watcher(house: House) -> Watcher:
    """Prometheus of the house."""
    return Watcher(house.places.at("prometheus"))


@pytest.fixture
def person(house: House) -> Iterator[Person]:
    """Somebody who has just registered."""
    found = Person(house)
    yield found
    found.close()


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Show the ends of the logs beside what failed."""
    outcome = yield
    report = outcome.get_result()  # type: ignore[attr-defined]
    house = getattr(item, "funcargs", {}).get("house")
    if report.failed and house is not None:
        for process in house.running.values():
            report.sections.append((f"{process.name} (lives: {process.lives})", process.said()[-500:]))
