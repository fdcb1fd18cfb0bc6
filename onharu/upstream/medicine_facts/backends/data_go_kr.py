"""Asks data.go.kr, where the Ministry of Food and Drug Safety publishes what it knows of medicines."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import replace

from onharu.kernel import clock
from onharu.upstream.faults import Unavailable
from onharu.upstream.http import Limits
from onharu.upstream.medicine_facts.backends.data_go_kr_tables import ORGANISATION, TABLES
from onharu.upstream.medicine_facts.port import (
    LABELS,
    PERMIT_DETAILS,
    Page,
    ProductFact,
    UnfitRow,
)
from onharu.upstream.vendors.data_go_kr_tables import Tables, with_paths

# Somebody is waiting: everything that is asked for one name must be over after three seconds.
FOR_A_NAME = Limits(deadline=3.0, connect=1.5, max_bytes=4_000_000, attempts=2)
FOR_A_PAGE = Limits(deadline=40.0, connect=5.0, max_bytes=40_000_000, attempts=3)
LABELS_AT_ONCE, DETAILS_AT_ONCE = 50, 20
LONGEST_NAME = 40
FOR_EXPORT = "(수출용)"


class Backend:
    """One key at one address. `paths` are newer paths of tables, from an operator who knows more than this edition."""

    source = "data_go_kr"
    leaves_home = True
    sends = "names of medicines that this house does not know"
    sends_hint = "Never who asked. Leave DATA_GO_KR_KEY out to ask nobody; files can be imported all the same."

    def __init__(
        self,
        key: str = "",
        base_url: str = "",
        paths: Mapping[str, str] | None = None,
        for_a_name: Limits = FOR_A_NAME,
        for_a_page: Limits = FOR_A_PAGE,
    ) -> None:
        self._tables = with_paths(TABLES, ORGANISATION, paths) if paths else TABLES
        self._for_a_name = for_a_name
        self._wire = Tables(self.source, self._tables, key=key, base_url=base_url, limits=for_a_page)

    def lacks(self) -> str:
        """Name the key."""
        return self._wire.lacks()

    def products_named(self, name: str) -> tuple[ProductFact, ...]:
        """Ask the plain-language labels, and the permits where they know nothing; three seconds for both.

        Raises Unavailable when an answer holds nothing but other names: then the filter was ignored.
        """
        asked = " ".join(name.split())
        if not 2 <= len(asked) <= LONGEST_NAME:
            return ()
        until = clock.monotonic() + self._for_a_name.deadline
        for table, most in ((LABELS, LABELS_AT_ONCE), (PERMIT_DETAILS, DETAILS_AT_ONCE)):
            found = self._named(table, asked, most, until)
            if found:
                return found
        return ()

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
                refused=tuple(UnfitRow(one.place, one.name, one.reason) for one in read.refused),
            )

    def _named(self, table: str, name: str, most: int, until: float) -> tuple[ProductFact, ...]:
        left = until - clock.monotonic()
        if left <= 0:
            raise Unavailable(self.source, "deadline")
        limits = replace(self._for_a_name, deadline=left)
        filters = {self._tables[table].name_filter: name}
        read = self._wire.asked(table, filters, start=0, size=most, limits=limits)
        facts = [row for row in read.rows if isinstance(row, ProductFact)]
        fits = [fact for fact in facts if _plain(name) in _plain(fact.name)]
        if read.arrived and not fits:
            raise Unavailable(self.source, "wrong_rows")
        return _one_each([fact for fact in fits if not fact.withdrawn and FOR_EXPORT not in fact.name])


def _plain(name: str) -> str:
    """Spell a name so that spaces, case and composed letters make no difference."""
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())


def _one_each(facts: list[ProductFact]) -> tuple[ProductFact, ...]:
    """Keep one row of a product: the one with a picture, where rows differ in nothing else."""
    found: dict[str, ProductFact] = {}
    for fact in facts:
        kept = found.get(fact.item_seq)
        if kept is None or (fact.image_url and not kept.image_url):
            found[fact.item_seq] = fact
    return tuple(found.values())
