"""A source of official facts for tests: it answers what a test gives it, slowly or not at all, and counts."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator

from onharu.upstream.medicine_facts import LABELS, Page, ProductFact
from onharu.upstream.medicine_facts.port import Backend as Port

SETTING = {"medicine_facts": {"BACKEND": "onharu.catalog.medicines.tests.wire.Backend"}}


def label(item_seq: str = "202599999", name: str = "새로나온정(아세트아미노펜)", **said: object) -> ProductFact:
    """What the wire says of one product."""
    sections = {"efficacy": "이 약은 두통에 사용합니다."}
    return ProductFact(item_seq=item_seq, name=name, table=LABELS, sections=sections, company="새회사", **said)  # type: ignore[arg-type]


class Backend(Port):
    """Answers `rows`, after `seconds`, or raises `fault`."""

    source = "시험"
    leaves_home = False
    rows: tuple[ProductFact, ...] = ()
    fault: Exception | None = None
    seconds = 0.0
    asked: list[str] = []
    lock = threading.Lock()

    @classmethod
    def reset(cls) -> None:
        """Know nothing, at once, and start counting."""
        cls.rows, cls.fault, cls.seconds, cls.asked = (), None, 0.0, []

    def lacks(self) -> str:
        """Lack nothing."""
        return ""

    def products_named(self, name: str) -> tuple[ProductFact, ...]:
        """Answer what the test wants."""
        with self.lock:
            self.asked.append(name)
        time.sleep(self.seconds)
        if self.fault:
            raise self.fault
        return tuple(row for row in self.rows if name[:2] in row.name)

    def pages(self, table: str, *, start: int = 0) -> Iterator[Page]:
        """Have no tables."""
        raise NotImplementedError
