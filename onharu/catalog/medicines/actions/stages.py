"""What is done with a page of each official table: products, substances, notices on substances and on products."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import Protocol

from onharu.catalog.medicines.actions import gathering
from onharu.catalog.medicines.actions.indexing import index_products
from onharu.catalog.medicines.actions.notices import store_notices
from onharu.catalog.medicines.actions.storing import Tally, products_by_seq, store_products
from onharu.catalog.medicines.actions.wire_notices import drop_unseen, dur_rows, store_product_notices
from onharu.catalog.medicines.actions.wire_rows import held_row, product_rows
from onharu.catalog.medicines.models import DurRule, Ingredient, Product, ProductNotice
from onharu.catalog.medicines.rules.rows import HeldRow, LookRow, ProductRow
from onharu.catalog.medicines.rules.salts import plain
from onharu.catalog.medicines.rules.tables import PERMITS, PILLS
from onharu.kernel import clock
from onharu.upstream import medicine_facts
from onharu.upstream.medicine_facts import NoticeFact, Page, ProductFact, ProductNoticeFact, SubstanceFact

ASK_AT_ONCE = 500


class Stage(Protocol):
    """One table being read. `resumes` tells whether a reading may go on in its middle."""

    resumes: bool

    def take(self, page: Page, tally: Tally) -> None:
        """Put a page onto the shelf, or aside until the table is complete."""

    def replaces(self) -> bool:
        """Whether finishing takes away what stands and did not come, so that the table must have come nearly whole."""

    def finish(self, tally: Tally, *, begun_at: datetime, whole: bool) -> None:
        """Do what can only be done when all pages are here; `whole` tells that this process read every one."""


class Products:
    """Labels, pills and permits: products by their number."""

    resumes = True

    def __init__(self, table: str) -> None:
        self._table = table
        self._looks = gathering.looks()
        self._pictured: set[str] = set()

    def take(self, page: Page, tally: Tally) -> None:
        """Write the products of a page, and note which were withdrawn."""
        facts = [fact for fact in page.rows if isinstance(fact, ProductFact)]
        standing = [fact for fact in facts if not fact.withdrawn]
        rows = self._pictures(product_rows(standing))
        tally.passed += len(standing) - len(rows)
        if self._table == medicine_facts.PILLS:
            rows = self._with_looks(rows)
        store_products(rows, tally=tally)
        _withdraw([fact for fact in facts if fact.withdrawn], tally)
        _confirm([row.item_seq for row in rows])
        if self._table == medicine_facts.PERMITS:
            _restore([row.item_seq for row in rows], tally)
        index_products(tally.touched)

    def replaces(self) -> bool:
        """Products that are listed no more stay: somebody may still have a box of them."""
        return False

    def finish(self, tally: Tally, *, begun_at: datetime, whole: bool) -> None:
        """Take down looks that were not among those that came."""
        if not whole or self._table != medicine_facts.PILLS:
            return
        for part in self._looks.superfluous():
            products = products_by_seq(part)
            rows = [
                ProductRow(item_seq=number, name=products[number].name, source=PILLS, look=look)
                for number, looks in part.items()
                for look in looks
            ]
            store_products(rows, tally=tally)

    def _pictures(self, rows: list[ProductRow]) -> list[ProductRow]:
        """Let one picture lead where a product comes several times, today as tomorrow."""
        rows.sort(key=lambda row: not row.image_url)
        said = []
        for row in rows:
            said.append(replace(row, image_url="") if row.item_seq in self._pictured else row)
            if row.image_url:
                self._pictured.add(row.item_seq)
        return said

    def _with_looks(self, rows: list[ProductRow]) -> list[ProductRow]:
        came: dict[str, list[LookRow]] = defaultdict(list)
        first: dict[str, ProductRow] = {}
        for row in rows:
            first.setdefault(row.item_seq, row)
            came[row.item_seq] += [row.look] if row.look else []
        laid = self._looks.lay(came)
        bare: list[LookRow | None] = [None]
        return [replace(first[number], look=look) for number, looks in laid.items() for look in looks or bare]


class Substances:
    """What products hold, with codes and amounts, for the products that are on the shelf."""

    resumes = True

    def __init__(self) -> None:
        self._held = gathering.substances(PERMITS)
        self._places: dict[str, dict[int, list[HeldRow]]] = defaultdict(lambda: defaultdict(list))

    def take(self, page: Page, tally: Tally) -> None:
        """Write what the products of a page hold."""
        facts = [fact for fact in page.rows if isinstance(fact, SubstanceFact)]
        products = products_by_seq(fact.item_seq for fact in facts)
        tally.passed += sum(fact.item_seq not in products for fact in facts)
        came: dict[str, list[HeldRow]] = {}
        for fact in facts:
            if fact.item_seq in products:
                places = self._places[fact.item_seq]
                places[fact.place].append(held_row(fact.held))
                came[fact.item_seq] = gathering.told_once(held for place in sorted(places) for held in places[place])
        self._store(products, self._held.lay(came), tally)
        _code(held for of_one in came.values() for held in of_one)

    def replaces(self) -> bool:
        """A product that came without substances keeps those it had."""
        return False

    def finish(self, tally: Tally, *, begun_at: datetime, whole: bool) -> None:
        """Take down substances that were not among those that came."""
        if whole:
            for part in self._held.superfluous():
                self._store(products_by_seq(part), part, tally)

    def _store(self, products: dict[str, Product], held: dict[str, list[HeldRow]], tally: Tally) -> None:
        rows = [
            ProductRow(
                item_seq=number, name=products[number].name, source=PERMITS, holds=tuple(of_one), holds_source=PERMITS
            )
            for number, of_one in held.items()
        ]
        store_products(rows, tally=tally)


class Notices:
    """DUR notices on substances: a kind is replaced whole, so its pages wait until all are here."""

    resumes = False

    def __init__(self, kind: str) -> None:
        self._kind = kind
        self._facts: list[NoticeFact] = []

    def take(self, page: Page, tally: Tally) -> None:
        """Put the notices aside."""
        self._facts += [fact for fact in page.rows if isinstance(fact, NoticeFact)]

    def replaces(self) -> bool:
        """Whether notices of the kind stand already."""
        return DurRule.objects.filter(kind=self._kind).exists()

    def finish(self, tally: Tally, *, begun_at: datetime, whole: bool) -> None:
        """Replace the kind."""
        rows = dur_rows(self._facts)
        tally.passed += len(self._facts) - len(rows)
        store_notices(rows, day=_today(), tally=tally)


class ProductNotices:
    """DUR notices on products: written page by page; those that the source lists no more go at the end."""

    resumes = True

    def __init__(self, kind: str) -> None:
        self._kind = kind

    def take(self, page: Page, tally: Tally) -> None:
        """Write the notices of a page."""
        facts = [fact for fact in page.rows if isinstance(fact, ProductNoticeFact)]
        store_product_notices(facts, day=_today(), at=clock.now(), tally=tally)

    def replaces(self) -> bool:
        """Whether notices of the kind stand already."""
        return ProductNotice.objects.filter(kind=self._kind).exists()

    def finish(self, tally: Tally, *, begun_at: datetime, whole: bool) -> None:
        """Take down what did not come since the reading began."""
        drop_unseen(self._kind, since=begun_at, tally=tally)


def stage_of(table: str) -> Stage:
    """Begin the stage of a table."""
    family, _, kind = table.partition(".")
    if family == "notices":
        return Notices(kind)
    if family == "product_notices":
        return ProductNotices(kind)
    return Substances() if table == medicine_facts.SUBSTANCES else Products(table)


def _today() -> date:
    return clock.local_day(clock.now())


def _withdraw(facts: Iterable[ProductFact], tally: Tally) -> None:
    """Note on products of the shelf that they are withdrawn; others need not come onto it any more."""
    gone = {fact.item_seq: fact.withdrawn_on or fact.as_of or _today() for fact in facts}
    products = [product for product in products_by_seq(gone).values() if product.withdrawn_on is None]
    for product in products:
        product.withdrawn_on = gone[product.item_seq]
    Product.objects.bulk_update(products, ["withdrawn_on"], batch_size=ASK_AT_ONCE)
    tally.changed += len(products)
    tally.passed += len(gone) - len(products)
    tally.touched |= {product.pk for product in products}


def _confirm(item_seqs: list[str]) -> None:
    """Note that the wire said these products just now."""
    Product.objects.filter(item_seq__in=item_seqs).update(refreshed_at=clock.now())


def _restore(item_seqs: list[str], tally: Tally) -> None:
    """Note on withdrawn products that their permit stands again."""
    products = Product.objects.filter(item_seq__in=item_seqs, withdrawn_on__isnull=False)
    tally.touched |= set(products.values_list("pk", flat=True))
    products.update(withdrawn_on=None)


def _code(held: Iterable[HeldRow]) -> None:
    """Give substances the Ministry's codes where they have none."""
    codes = {plain(one.name): one.code for one in held if one.code}
    bare = list(Ingredient.objects.filter(key__in=codes, code=""))
    for ingredient in bare:
        ingredient.code = codes[ingredient.key]
    Ingredient.objects.bulk_update(bare, ["code"], batch_size=ASK_AT_ONCE)
