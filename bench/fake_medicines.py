"""A source of official facts next door: it takes a third of a second, knows some products, and counts its calls."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

from onharu.upstream.medicine_facts import LABELS, Page, ProductFact

SECONDS = 0.3
KNOWN = "신약"


class Backend:
    """Knows the products whose name says so."""

    source = "next door"
    leaves_home = False

    def lacks(self) -> str:
        """Lack nothing."""
        return ""

    def products_named(self, name: str) -> tuple[ProductFact, ...]:
        """Answer slowly, and write down that it was asked."""
        with Path(os.environ["BENCH_CALLS"]).open("a", encoding="utf-8") as file:
            file.write("asked\n")
        time.sleep(SECONDS)
        if not name.startswith(KNOWN):
            return ()
        number = 800_000_000 + sum(ord(letter) * 31**place for place, letter in enumerate(name)) % 99_999_999
        return (ProductFact(str(number), name, LABELS, sections={"efficacy": "이 약은 두통에 사용합니다."}),)

    def pages(self, table: str, *, start: int = 0) -> Iterator[Page]:
        """Have no tables."""
        raise NotImplementedError
