"""People who write and read all the time, through the front door, while something is broken behind it.

Every write has a key of its own. What was not acknowledged is sent again with the same key, as a client does; whatever
was no good answer is counted. So at the end every key must be one meal: none lost, none twice.
"""

from __future__ import annotations

import threading
import time
import uuid
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Self

import httpx

from tests.stack.house import House
from tests.stack.person import Person

PAUSE = 0.03


@dataclass
class Seen:
    """What one person saw."""

    asked: int = 0
    failed: list[tuple[float, str]] = field(default_factory=list)
    acknowledged: dict[str, int] = field(default_factory=dict)
    good_at: list[float] = field(default_factory=list)
    longest: float = 0.0


class Load:
    """Writers and readers, from the first to the last line of a `with`."""

    def __init__(self, house: House, writers: int = 3, readers: int = 3) -> None:
        self.house = house
        self.people = [Person(house) for _ in range(writers + readers)]
        self.food = self.people[0].food()
        self.seen = [Seen() for _ in self.people]
        self._over = threading.Event()
        works = [self._write] * writers + [self._read] * readers
        self._threads = [threading.Thread(target=work, args=(number,)) for number, work in enumerate(works)]

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        self.goes_on()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        for thread in self._threads:
            thread.join(60)
        for person in self.people:
            person.close()

    def _write(self, number: int) -> None:
        person, seen, key = self.people[number], self.seen[number], uuid.uuid4().hex
        while not self._over.is_set() or key not in seen.acknowledged:
            answer = self._ask(seen, lambda key=key: person.write(self.food, key), 201)
            if answer is not None:
                seen.acknowledged[key] = answer.json()["id"]
                if self._over.is_set():
                    return
                key = uuid.uuid4().hex
            time.sleep(PAUSE if answer is not None else 0.1)

    def _read(self, number: int) -> None:
        person, seen = self.people[number], self.seen[number]
        while not self._over.is_set():
            answer = self._ask(seen, person.read, 200)
            time.sleep(PAUSE if answer is not None else 0.1)

    def _ask(self, seen: Seen, ask: Callable[[], httpx.Response], wanted: int) -> httpx.Response | None:
        began = time.monotonic()
        seen.asked += 1
        answer = None
        try:
            answer = ask()
            said = f"{answer.status_code}{' with Retry-After' if 'Retry-After' in answer.headers else ''}"
        except httpx.HTTPError as error:
            said = type(error).__name__
        now = time.monotonic()
        seen.longest = max(seen.longest, now - began)
        if answer is not None and answer.status_code == wanted:
            seen.good_at.append(now)
            return answer
        seen.failed.append((now, said))
        return None

    @property
    def asked(self) -> int:
        """Count what was asked."""
        return sum(seen.asked for seen in self.seen)

    @property
    def failed(self) -> Counter[str]:
        """Count what was no good answer, by what it was."""
        return Counter(said for seen in self.seen for _, said in seen.failed)

    @property
    def longest(self) -> float:
        """Tell how long the slowest answer took."""
        return max(seen.longest for seen in self.seen)

    def goes_on(self, more: int = 40) -> None:
        """Wait until everybody together asked some more."""
        before, until = self.asked, time.monotonic() + 60
        while self.asked < before + more:
            assert time.monotonic() < until, "nobody is answered any more"
            time.sleep(0.05)

    def good_again(self, since: float) -> float:
        """Tell after how many seconds everybody had a good answer that began after a moment."""
        until = time.monotonic() + 60
        while True:
            found = [next((at for at in seen.good_at if at > since), None) for seen in self.seen]
            if all(found):
                return max(at for at in found if at) - since
            assert time.monotonic() < until, self.failed
            time.sleep(0.05)

    def written(self) -> tuple[int, int, int]:
        """Compare what was acknowledged with what stands in the database: acknowledged, lost, too many."""
        acknowledged = {meal for seen in self.seen for meal in seen.acknowledged.values()}
        keys = sum(len(seen.acknowledged) for seen in self.seen)
        people = [person.id for person in self.people]
        with self.house.database.connected() as connection:
            rows = connection.execute("SELECT id FROM meals_meal WHERE owner_id = ANY(%s)", [people]).fetchall()
        there = {row[0] for row in rows}
        return keys, len(acknowledged - there) + keys - len(acknowledged), len(there - acknowledged)
