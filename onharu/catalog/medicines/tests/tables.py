"""Official tables for tests: whole tables in memory, handed out in pages of three, stopped where a test wants."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from onharu.upstream.medicine_facts import Page, ProductFact, UnfitRow
from onharu.upstream.medicine_facts.port import Backend as Port

SETTING = {"medicine_facts": {"BACKEND": "onharu.catalog.medicines.tests.tables.Backend"}}
SIZE = 3


class Backend(Port):
    """Answers `tables`; `fault` is raised in place of the page that begins at `stops_at` = (table, row)."""

    source = "시험"
    leaves_home = False
    tables: dict[str, list[Any]] = {}
    announced: dict[str, int] = {}
    stops_at: tuple[str, int] | None = None
    fault: Exception | None = None
    asked: list[tuple[str, int]] = []

    @classmethod
    def reset(cls) -> None:
        """Hold nothing."""
        cls.tables, cls.announced, cls.stops_at, cls.fault, cls.asked = {}, {}, None, None, []

    @classmethod
    def stop(cls, table: str, row: int, fault: Exception) -> None:
        """Fail at a row of a table."""
        cls.stops_at, cls.fault = (table, row), fault

    def lacks(self) -> str:
        """Lack nothing."""
        return ""

    def products_named(self, name: str) -> tuple[ProductFact, ...]:
        """Know no names."""
        return ()

    def pages(self, table: str, *, start: int = 0) -> Iterator[Page]:
        """Hand out three rows at once; a row that is a text is one that could not be read."""
        rows = self.tables.get(table, [])
        while True:
            self.asked.append((table, start))
            if self.stops_at == (table, start) and self.fault:
                raise self.fault
            part = rows[start : start + SIZE]
            more = start + SIZE < len(rows)
            yield Page(
                table=table,
                start=start,
                next_start=start + SIZE if more else None,
                total=self.announced.get(table, len(rows)),
                arrived=len(part),
                rows=tuple(row for row in part if not isinstance(row, str)),
                refused=tuple(
                    UnfitRow(start + place, row, "읽을 수 없어요")
                    for place, row in enumerate(part, 1)
                    if isinstance(row, str)
                ),
            )
            if not more:
                return
            start += SIZE
