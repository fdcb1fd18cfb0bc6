"""What goes in and out: serializers without logic, and answers written from frozen entries."""

from __future__ import annotations

from typing import Any

from django.utils.timezone import localtime
from rest_framework import serializers

from onharu.catalog.medicines.public import BriefFacts, Finding, ProductNoticeFacts, Uncompared
from onharu.kernel.spelling import LONGEST_TAG
from onharu.records.medication import rules
from onharu.records.medication.api.fields import CategoryField, ItemSeqField, NotesField, ScrapTagsField
from onharu.records.medication.queries.comparing import Compared
from onharu.records.medication.queries.scraps import ScrapEntry, ViewEntry
from onharu.records.medication.queries.wording import ADVICE, Said, said_of

KINDS = (
    "pair", "duplicate", "same_substance", "age", "elderly", "pregnancy", "dose", "duration", "additive",
)  # fmt: skip
ON_PRODUCTS = ("age", "pregnancy", "dose", "duration", "elderly", "duplicate", "split")


class ScrapSaidIn(serializers.Serializer[Any]):
    """What of a scrap is said; what is left out stays. `tags` are all of its tags, by name."""

    category = CategoryField(required=False)
    notes = NotesField()
    tags = ScrapTagsField()


class ScrapIn(ScrapSaidIn):
    """A medicine to scrap; FAVORITE when no category is said."""

    item_seq = ItemSeqField()


class ScrapOut(serializers.Serializer[Any]):
    """A scrap; `item_name` and `company` are null for a product that has left the shelf."""

    id = serializers.IntegerField()
    item_seq = serializers.CharField()
    item_name = serializers.CharField(allow_null=True)
    company = serializers.CharField(allow_null=True)
    category = CategoryField()
    notes = serializers.CharField()
    tags = serializers.ListField(child=serializers.CharField())
    created_at = serializers.DateTimeField()
    changed_at = serializers.DateTimeField()


class ScrapTagIn(serializers.Serializer[Any]):
    """A tag by name."""

    name = serializers.CharField(max_length=2 * LONGEST_TAG)


class ScrapTagOut(serializers.Serializer[Any]):
    """A tag and on how many scraps it stands."""

    id = serializers.IntegerField()
    name = serializers.CharField()
    uses = serializers.IntegerField()


class ViewIn(serializers.Serializer[Any]):
    """A product that was looked at."""

    item_seq = ItemSeqField()


class ViewOut(serializers.Serializer[Any]):
    """A product that was looked at, and when last; null is not known."""

    item_seq = serializers.CharField()
    item_name = serializers.CharField()
    company = serializers.CharField(allow_null=True)
    summary = serializers.CharField(allow_null=True)
    viewed_at = serializers.DateTimeField()


class InteractionsIn(serializers.Serializer[Any]):
    """Medicines to compare; `with_mine` adds the person's own (scrapped as FAVORITE or GOOD)."""

    item_seqs = serializers.ListField(child=ItemSeqField(), max_length=rules.MOST_COMPARED, allow_empty=True)
    with_mine = serializers.BooleanField(default=False)


class SaidOut(serializers.Serializer[Any]):
    """A sentence in both languages."""

    ko = serializers.CharField()
    en = serializers.CharField()


class ComparedMedicineOut(serializers.Serializer[Any]):
    """A medicine that was compared."""

    item_seq = serializers.CharField()
    item_name = serializers.CharField()
    mine = serializers.BooleanField(help_text="Added because it is the person's own.")
    withdrawn_on = serializers.DateField(allow_null=True, help_text="Since when it may not be sold any more.")


class FindingOut(serializers.Serializer[Any]):
    """What official notices say of these products, verbatim.

    `severity` is the source's own word. `applies` is null where a fact of the person is unknown. `limit`: an age, the
    longest duration or the highest daily dose, as the notice writes it. `same_substance` is no notice: the products
    hold the same substance. `form_unknown`: it is about `forms` only, and a product may be of another.
    """

    kind = serializers.ChoiceField(choices=KINDS)
    severity = serializers.ChoiceField(choices=["금기", "주의"])
    applies = serializers.BooleanField(allow_null=True)
    products = serializers.ListField(child=serializers.CharField())
    substances = serializers.ListField(child=serializers.CharField())
    texts = serializers.ListField(child=serializers.CharField())
    remarks = serializers.ListField(child=serializers.CharField())
    forms = serializers.CharField(allow_null=True)
    form_unknown = serializers.BooleanField()
    limit = serializers.CharField(allow_null=True)
    grade = serializers.CharField(allow_null=True)
    group = serializers.CharField(allow_null=True)
    noticed_on = serializers.DateField(allow_null=True)
    source = serializers.CharField()  # type: ignore[assignment]  # our word, not the field's option


class OnProductOut(serializers.Serializer[Any]):
    """An official notice on a product itself, verbatim, that no substance of it has told of."""

    item_seq = serializers.CharField()
    kind = serializers.ChoiceField(choices=ON_PRODUCTS)
    substance = serializers.CharField(allow_null=True)
    text = serializers.CharField(allow_null=True)
    remark = serializers.CharField(allow_null=True)
    group = serializers.CharField(allow_null=True)
    noticed_on = serializers.DateField(allow_null=True)
    source = serializers.CharField()  # type: ignore[assignment]  # our word, not the field's option
    as_of = serializers.DateField(allow_null=True)


class UncomparedOut(serializers.Serializer[Any]):
    """A substance that no notice covers; null: nothing is known of what the product holds."""

    item_seq = serializers.CharField()
    substance = serializers.CharField(allow_null=True)


class InteractionsOut(serializers.Serializer[Any]):
    """What was found, what could not be compared, and what to do. That nothing was found is not "safe"."""

    said = SaidOut()
    advice = SaidOut()
    medicines = ComparedMedicineOut(many=True)
    findings = FindingOut(many=True)
    on_products = OnProductOut(many=True)
    uncompared = UncomparedOut(many=True)
    unknown = serializers.ListField(child=serializers.CharField(), help_text="Numbers that are not on the shelf.")
    mine_left_out = serializers.IntegerField()


def scrap(entry: ScrapEntry) -> dict[str, Any]:
    """Write a scrap (`ScrapOut`)."""
    return {
        "id": entry.id,
        "item_seq": entry.item_seq,
        **_named(entry.medicine),
        "category": entry.category,
        "notes": entry.notes,
        "tags": [tag.name for tag in entry.tags],
        "created_at": localtime(entry.created_at),
        "changed_at": localtime(entry.changed_at),
    }


def view(entry: ViewEntry) -> dict[str, Any]:
    """Write what was looked at (`ViewOut`)."""
    return {
        "item_seq": entry.item_seq,
        **_named(entry.medicine),
        "summary": entry.medicine.summary or None,
        "viewed_at": localtime(entry.viewed_at),
    }


def _named(medicine: BriefFacts | None) -> dict[str, str | None]:
    if medicine is None:
        return {"item_name": None, "company": None}
    return {"item_name": medicine.name, "company": medicine.company or None}


def compared(found: Compared) -> dict[str, Any]:
    """Write a comparison (`InteractionsOut`)."""
    return {
        "said": said(said_of(found)),
        "advice": said(ADVICE),
        "medicines": [
            {
                "item_seq": number,
                "item_name": name,
                "mine": number in found.mine,
                "withdrawn_on": found.withdrawn.get(number),
            }
            for number, name in found.names.items()
        ],
        "findings": [finding(one) for one in found.findings],
        "on_products": [on_product(number, one) for number, said in found.on_products.items() for one in said],
        "uncompared": [uncompared(one) for one in found.uncompared],
        "unknown": found.unknown,
        "mine_left_out": found.mine_left_out,
    }


def said(sentence: Said) -> dict[str, str]:
    """Write a sentence (`SaidOut`)."""
    return {"ko": sentence.ko, "en": sentence.en}


def finding(one: Finding) -> dict[str, Any]:
    """Write a finding (`FindingOut`)."""
    return {
        "kind": one.kind,
        "severity": one.severity,
        "applies": one.applies,
        "products": one.products,
        "substances": one.substances,
        "texts": one.texts,
        "remarks": one.remarks,
        "forms": one.forms or None,
        "form_unknown": one.form_unknown,
        "limit": one.limit or None,
        "grade": one.grade or None,
        "group": one.group or None,
        "noticed_on": one.noticed_on,
        "source": one.source,
    }


def on_product(item_seq: str, one: ProductNoticeFacts) -> dict[str, Any]:
    """Write a notice on a product itself (`OnProductOut`)."""
    return {
        "item_seq": item_seq,
        "kind": one.kind,
        "substance": one.name or None,
        "text": one.text or None,
        "remark": one.remark or None,
        "group": " · ".join(part for part in (one.group, one.series) if part) or None,
        "noticed_on": one.noticed_on,
        "source": one.source,
        "as_of": one.as_of,
    }


def uncompared(one: Uncompared) -> dict[str, str | None]:
    """Write what could not be compared (`UncomparedOut`)."""
    return {"item_seq": one.item_seq, "substance": one.substance or None}
