"""Puts medicines and official notices on the shelf, for tests of rooms that may not know its tables."""

from __future__ import annotations

import itertools
from decimal import Decimal

from onharu.catalog.medicines import public as medicines
from onharu.catalog.medicines.actions.wire_notices import DUR_PRODUCTS
from onharu.catalog.medicines.models import (
    DurRule,
    DurSalt,
    Ingredient,
    LabelSection,
    Look,
    PlainWords,
    Product,
    ProductIngredient,
    ProductNotice,
)
from onharu.catalog.medicines.queries.interactions import OWN_SOURCE
from onharu.catalog.medicines.rules import starter, tables
from onharu.kernel import clock
from onharu.names import public as names

TABLET, PARTNER, THIRD = "202000001", "202000002", "202000003"
# Whatever the shelf calls a source.
SOURCES = (tables.EASY, tables.PILLS, tables.PERMITS, tables.DUR, DUR_PRODUCTS, starter.SOURCE, OWN_SOURCE)
_numbers = itertools.count(1)


def put_on_the_shelf(item_seq, name, *substances, **more):
    """A product with substances as (name, amount in mg)."""
    product = Product.objects.create(item_seq=item_seq, name=name, company="온하루제약", source="시험표", **more)
    for place, (substance, amount) in enumerate(substances):
        held, _ = Ingredient.objects.get_or_create(key=substance, defaults={"name": substance})
        ProductIngredient.objects.create(product=product, ingredient=held, place=place, amount=amount, unit="mg")
    names.upsert("medicines", [names.Entry(key=product.pk, text=name, weight=1.0)])
    return product


def notice(kind, code, **more):
    """An official notice on a substance."""
    return DurRule.objects.create(
        kind=kind, number=str(next(_numbers)), code=code, name=code, source="DUR 시험", **more
    )


def say_of(item_seq, **values):
    """Have the shelf say something else of a product."""
    Product.objects.filter(item_seq=item_seq).update(**values)


def notice_on(item_seq, kind, **more):
    """An official notice on a product itself."""
    return ProductNotice.objects.create(
        product=Product.objects.get(item_seq=item_seq), kind=kind, mark=str(next(_numbers)), seen_at=clock.now(),
        source=DUR_PRODUCTS, **more,
    )  # fmt: skip


def tablet():
    """Of two substances, one of unknown amount; with a label, a look and plain words."""
    product = put_on_the_shelf(
        TABLET, "하루정500밀리그람", ("하나틴", Decimal(500)), ("두나민", None), supply="OTC",
        image_url="https://nedrug.mfds.go.kr/1", as_of="2024-05-06",
    )  # fmt: skip
    LabelSection.objects.create(product=product, kind="efficacy", text="이 약은 두통에 사용합니다.", source="시험표")
    PlainWords.objects.create(
        product=product, text="두통에 써요.", source="extract", label_mark="x", made_at="2026-11-01T00:00:00Z"
    )
    Look.objects.create(
        product=product, shape="장방형", color_front="하양", imprint_front="HARU", imprint_back="500",
        folded_front="haru", folded_back="500", long_mm=Decimal("17.6"), short_mm=Decimal("7.1"), source="시험표",
    )  # fmt: skip
    return product


def partner():
    """Of one substance; nobody published a label or described it."""
    return put_on_the_shelf(PARTNER, "저녁캡슐", ("세나졸", Decimal("0.25")))


def pair_of_both():
    """Have a notice say that the two must not go together."""
    DurSalt.objects.create(kind="pair", code="D000001", key="하나틴", name="하나틴")
    DurSalt.objects.create(kind="pair", code="D000002", key="세나졸", name="세나졸")
    said = notice("pair", "D000001", partner_code="D000002", text="중증의 위장관계 이상반응", noticed_on="2009-03-03")
    medicines.interactions([])  # notices are read once a process, not once a question
    return said
