"""Asks data.go.kr, where the National Medical Center publishes its directory of pharmacies (dataset 15000576).

Both operations give the same rows; a development key may call each a thousand times a day, and twenty-six pages of a
thousand hold the country. They answer in XML whatever is asked for with `type`, and XML keeps the zeros with which
hours begin, so `_type=json` is not asked for. JSON is read as well: a proxy or a later edition may send it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from onharu.upstream.http import Limits
from onharu.upstream.pharmacy_directory.backends.data_go_kr_rows import pharmacy
from onharu.upstream.pharmacy_directory.port import DIRECTORY, LIST, Page, PharmacyFact, UnfitRow
from onharu.upstream.vendors.data_go_kr_tables import Table, Tables, below, with_paths

ORGANISATION = "B552657"
SIZES = (1000, 500, 100)
FOR_A_PAGE = Limits(deadline=40.0, connect=5.0, max_bytes=40_000_000, attempts=3)


def _hpid(fact: PharmacyFact) -> str:
    return fact.hpid


def _table(operation: str) -> Table[PharmacyFact]:
    paths = below(ORGANISATION, f"ErmctInsttInfoInqireService/{operation}")
    return Table(paths, pharmacy, sizes=SIZES, called="dutyName", key=_hpid)


TABLES: Mapping[str, Table[PharmacyFact]] = {
    DIRECTORY: _table("getParmacyFullDown"),
    LIST: _table("getParmacyListInfoInqire"),
}


class Backend:
    """One key at one address. `paths` are newer paths of tables, from an operator who knows more than this edition."""

    # A circuit of its own: another organisation's servers stand behind the same gateway.
    source = "data_go_kr_nmc"
    leaves_home = True
    sends = "the operator's key and numbers of pages, nothing about anybody,"
    sends_hint = "Positions and searches never leave. Leave DATA_GO_KR_KEY out to ask nobody; files can be imported."

    def __init__(
        self,
        key: str = "",
        base_url: str = "",
        paths: Mapping[str, str] | None = None,
        for_a_page: Limits = FOR_A_PAGE,
    ) -> None:
        tables = with_paths(TABLES, ORGANISATION, paths) if paths else TABLES
        self._wire = Tables(self.source, tables, key=key, base_url=base_url, limits=for_a_page)

    def lacks(self) -> str:
        """Name the key."""
        return self._wire.lacks()

    def pages(self, table: str, *, start: int = 0) -> Iterator[Page]:
        """Read a table from a row on; a page that is too much is asked for again in smaller ones."""
        for part in self._wire.parts(table, start=start):
            read = part.read
            yield Page(
                table=table,
                start=part.start,
                next_start=part.next_start,
                total=read.total,
                arrived=read.arrived,
                rows=read.rows,
                refused=tuple(UnfitRow(one.place, one.name, one.reason, one.key) for one in read.refused),
            )
