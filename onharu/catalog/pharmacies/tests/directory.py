"""An official directory for tests: whole tables in memory, handed out in pages of three, stopped where a test wants."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from onharu.upstream.pharmacy_directory import Page, PharmacyFact, UnfitRow
from onharu.upstream.pharmacy_directory.port import Backend as Port

SETTING = {"pharmacy_directory": {"BACKEND": "onharu.catalog.pharmacies.tests.directory.Backend"}}
SIZE = 3
NINE_TO_SEVEN = ("0900", "1900")


def fact(number: int, **said: Any) -> PharmacyFact:
    """One invented pharmacy, a hundred metres from the one before."""
    shown = {
        "name": f"하루{number}약국",
        "address": f"서울특별시 강남구 보기로 {number + 1} (역삼동)",
        "phone": f"02-6{number:03}-1234",
        "latitude": 37.4 + number / 1000,
        "longitude": 127.0,
        "hours": (NINE_TO_SEVEN,) * 6 + (("", ""),) * 2,
    }
    return PharmacyFact(hpid=f"C{2000000 + number}", **{**shown, **said})  # type: ignore[arg-type]


def facts(number: int) -> list[Any]:
    """So many pharmacies."""
    return [fact(n) for n in range(number)]


def unfit(number: int) -> UnfitRow:
    """A row that cannot be read, of a pharmacy whose key is legible."""
    return UnfitRow(0, "?", "약국 이름이 없거나 너무 길어요", f"C{2000000 + number}")


class Backend(Port):
    """Answers `tables`; a fault is raised in place of the page of a table that begins at a row."""

    source = "시험"
    leaves_home = False
    tables: dict[str, list[Any]] = {}
    announced: dict[str, int] = {}
    faults: dict[tuple[str, int], Exception] = {}
    asked: list[tuple[str, int]] = []

    @classmethod
    def reset(cls) -> None:
        """Hold nothing."""
        cls.tables, cls.announced, cls.faults, cls.asked = {}, {}, {}, []

    def lacks(self) -> str:
        """Lack nothing."""
        return ""

    def pages(self, table: str, *, start: int = 0) -> Iterator[Page]:
        """Hand out three rows at once."""
        rows = self.tables.get(table, [])
        while True:
            self.asked.append((table, start))
            if fault := self.faults.get((table, start)):
                raise fault
            part = rows[start : start + SIZE]
            more = start + SIZE < len(rows)
            yield Page(
                table=table,
                start=start,
                next_start=start + SIZE if more else None,
                total=self.announced.get(table, len(rows)),
                arrived=len(part),
                rows=tuple(row for row in part if isinstance(row, PharmacyFact)),
                refused=tuple(
                    UnfitRow(start + place, row.name, row.reason, row.hpid)
                    for place, row in enumerate(part, 1)
                    if isinstance(row, UnfitRow)
                ),
            )
            if not more:
                return
            start += SIZE
