"""The shapes of medicines over HTTP, with what an answer looks like."""

from __future__ import annotations

from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, OpenApiParameter
from rest_framework import serializers

SECTIONS = ("efficacy", "use", "warnings", "cautions", "interactions", "side_effects", "storage")
SEARCH = [
    OpenApiParameter("itemName", OpenApiTypes.STR, description="a name, however it is typed"),
    OpenApiParameter("efcyQesitm", OpenApiTypes.STR, description="what somebody suffers from, one or two symptoms"),
    OpenApiParameter("q", OpenApiTypes.STR, description="a name or a symptom"),
    OpenApiParameter("type", OpenApiTypes.STR, enum=["basic", "detail"], description="detail: with whole labels"),
    OpenApiParameter("limit", OpenApiTypes.INT, description="1 to 100; 20 when not said"),
]
IDENTIFY = [
    OpenApiParameter("imprint", OpenApiTypes.STR, description="what is printed on it, both sides in any order"),
    OpenApiParameter("shape", OpenApiTypes.STR, description="원형, 타원형, 장방형, 삼각형 …"),
    OpenApiParameter("color", OpenApiTypes.STR, description="하양, 노랑, 분홍 …; 흰색 is understood"),
    OpenApiParameter("limit", OpenApiTypes.INT, description="1 to 100; 20 when not said"),
]


class BriefOut(serializers.Serializer[Any]):
    """What a row of a list shows; null is not known. `summary_source`: extract (from the label) or model (AI)."""

    item_seq = serializers.CharField()
    item_name = serializers.CharField()
    company = serializers.CharField(allow_null=True)
    supply = serializers.ChoiceField(choices=["RX", "OTC", "STORE"], allow_null=True)
    summary = serializers.CharField(allow_null=True)
    summary_source = serializers.ChoiceField(choices=["extract", "model"], allow_null=True)
    image = serializers.URLField(allow_null=True)
    source = serializers.CharField()  # type: ignore[assignment]  # our word, not the field's option
    as_of = serializers.DateField(allow_null=True, help_text="day of the source's figures")
    withdrawn_on = serializers.DateField(allow_null=True, help_text="since when it may not be sold any more")


class MedicineIngredientOut(serializers.Serializer[Any]):
    """One active substance; `amount` null: the source does not say it."""

    name = serializers.CharField()
    name_en = serializers.CharField(allow_null=True)
    amount = serializers.FloatField(allow_null=True)
    unit = serializers.CharField(allow_null=True)


class PillLookOut(serializers.Serializer[Any]):
    """How one pill looks; sizes in mm."""

    description = serializers.CharField(allow_null=True)
    shape = serializers.CharField(allow_null=True)
    colors = serializers.ListField(child=serializers.CharField())
    imprint_front = serializers.CharField(allow_null=True)
    imprint_back = serializers.CharField(allow_null=True)
    long_mm = serializers.FloatField(allow_null=True)
    short_mm = serializers.FloatField(allow_null=True)
    thick_mm = serializers.FloatField(allow_null=True)


class ProductOut(BriefOut):
    """A medicine whole: official sections verbatim by kind; an absent one was not published."""

    name_en = serializers.CharField(allow_null=True)
    class_name = serializers.CharField(allow_null=True)
    form = serializers.CharField(allow_null=True)
    ingredients = MedicineIngredientOut(many=True)
    sections = serializers.DictField(child=serializers.CharField())
    looks = PillLookOut(many=True)
    refreshed_at = serializers.DateTimeField(allow_null=True, help_text="when the source last confirmed them")


class ProductNoticeOut(serializers.Serializer[Any]):
    """An official DUR notice on the product itself, verbatim; `substance` where it names one."""

    kind = serializers.ChoiceField(choices=["age", "pregnancy", "dose", "duration", "elderly", "duplicate", "split"])
    substance = serializers.CharField(allow_null=True)
    text = serializers.CharField(allow_null=True)
    remark = serializers.CharField(allow_null=True)
    group = serializers.CharField(allow_null=True)
    noticed_on = serializers.DateField(allow_null=True)
    source = serializers.CharField()  # type: ignore[assignment]  # our word, not the field's option


class OneMedicineOut(ProductOut):
    """A medicine whole, with the official notices on itself; those on its substances are in a comparison."""

    notices = ProductNoticeOut(many=True)


class FoundMedicineOut(BriefOut):
    """A row of a search, with how well it answers (0 to 100); with `type=detail` also what `ProductOut` has."""

    score = serializers.FloatField()


class FoundMedicinesOut(serializers.Serializer[Any]):
    """What a search found, best first. `corrected`: the spelling understood; `symptoms`: those that were meant."""

    count = serializers.IntegerField()
    corrected = serializers.CharField(allow_null=True)
    symptoms = serializers.ListField(child=serializers.CharField())
    results = FoundMedicineOut(many=True)


class FoundPillOut(BriefOut):
    """A pill that may be the one in the hand."""

    look = PillLookOut()
    score = serializers.FloatField()


class PillsOut(serializers.Serializer[Any]):
    """Pills that may be the one in the hand, best first."""

    count = serializers.IntegerField()
    results = FoundPillOut(many=True)


class PopularOut(serializers.Serializer[Any]):
    """A question that many asked; nobody's name is kept with it."""

    text = serializers.CharField()
    kind = serializers.ChoiceField(choices=["name", "symptom", "free"])
    asked = serializers.IntegerField()


class StatsOut(serializers.Serializer[Any]):
    """Which layers answered in this process, what its memory holds, what many people ask."""

    layers = serializers.DictField(child=serializers.IntegerField())
    kept = serializers.IntegerField()
    kept_bytes = serializers.IntegerField()
    popular = PopularOut(many=True)


ROW: dict[str, Any] = {
    "item_seq": "202106092",
    "item_name": "타이레놀정500밀리그람(아세트아미노펜)",
    "company": "한국존슨앤드존슨판매(유)",
    "supply": "STORE",
    "summary": None,
    "summary_source": None,
    "image": None,
    "source": "온하루 시작 목록 (제품·성분: 식약처 공개 자료, 설명: 온하루)",
    "as_of": "2024-06-03",
    "withdrawn_on": None,
}
LOOK: dict[str, Any] = {
    "description": None,
    "shape": "장방형",
    "colors": ["하양"],
    "imprint_front": "TYLENOL",
    "imprint_back": "500",
    "long_mm": None,
    "short_mm": None,
    "thick_mm": None,
}
WHOLE: dict[str, Any] = {
    **ROW,
    "name_en": None,
    "class_name": "해열.진통.소염제",
    "form": "필름코팅정",
    "ingredients": [{"name": "아세트아미노펜", "name_en": None, "amount": 500, "unit": "mg"}],
    "sections": {"efficacy": "열을 내리고 두통, 치통 같은 통증을 덜어요.", "storage": "실온에 두어요."},
    "looks": [LOOK],
    "refreshed_at": None,
    "notices": [],
}
ONE = OpenApiExample("A medicine", response_only=True, value=WHOLE)
FOUND = OpenApiExample(
    "itemName=타이래놀",
    response_only=True,
    value={"count": 1, "corrected": "타이레놀", "symptoms": [], "results": [{**ROW, "score": 92.4}]},
)
PILLS = OpenApiExample(
    "imprint=500 tylenol",
    response_only=True,
    value={"count": 1, "results": [{**ROW, "look": LOOK, "score": 100.0}]},
)
STATS = OpenApiExample(
    "Counts of one process",
    response_only=True,
    value={
        "layers": {"HIT-L1": 9_412, "HIT-L2": 583, "MISS": 5},
        "kept": 583,
        "kept_bytes": 2_114_003,
        "popular": [{"text": "타이레놀", "kind": "name", "asked": 812}],
    },
)
