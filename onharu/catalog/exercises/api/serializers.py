"""The shape of an exercise over HTTP."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiExample
from rest_framework import serializers

from onharu.catalog.exercises import public as exercises


def codes(known: tuple[str, ...]) -> serializers.ListField:
    """Make a field of codes from a known set."""
    return serializers.ListField(child=serializers.ChoiceField(choices=known), read_only=True)


class ExerciseOut(serializers.Serializer[Any]):
    """An exercise with what it trains, needs and strains; `met` null means that no table says it."""

    id = serializers.IntegerField(read_only=True)
    code = serializers.CharField(read_only=True)
    name = serializers.CharField(read_only=True)
    name_en = serializers.CharField(read_only=True)
    pattern = serializers.ChoiceField(choices=("", *exercises.PATTERNS), read_only=True)
    measure = serializers.ChoiceField(choices=("", *exercises.MEASURES), read_only=True)
    level = serializers.ChoiceField(choices=exercises.LEVELS, read_only=True)
    targets = codes(exercises.TARGETS)
    equipment = codes(exercises.EQUIPMENT)
    places = codes(exercises.PLACES)
    loads = codes(exercises.LOADS)
    cautions = codes(exercises.CAUTIONS)
    met = serializers.DecimalField(
        max_digits=4, decimal_places=2, coerce_to_string=False, read_only=True, allow_null=True
    )
    met_source = serializers.CharField(read_only=True)
    edition = serializers.CharField(read_only=True)
    instructions = serializers.ListField(child=serializers.CharField(), read_only=True)
    source = serializers.CharField(read_only=True)  # type: ignore[assignment]  # our word, not the field's option
    planned = serializers.BooleanField(read_only=True)


class FoundExerciseOut(ExerciseOut):
    """An exercise of a list; `score` and `kind` say how its name fits what was asked (`listed`: nothing was)."""

    score = serializers.FloatField(read_only=True)
    kind = serializers.CharField(read_only=True)


class FoundExercisesOut(serializers.Serializer[Any]):
    """One page of the answers, best first; `corrected` is the catalogue's spelling of a slip."""

    count = serializers.IntegerField(read_only=True)
    next = serializers.URLField(read_only=True, allow_null=True)
    previous = serializers.URLField(read_only=True, allow_null=True)
    corrected = serializers.CharField(read_only=True, allow_null=True)
    results = FoundExerciseOut(many=True, read_only=True)


class Asked(serializers.Serializer[Any]):
    """What a list is narrowed by."""

    q = serializers.CharField(required=False, allow_blank=True, default="", max_length=100)
    target = serializers.ChoiceField(choices=exercises.TARGETS, required=False, allow_blank=True, default="")
    equipment = serializers.ChoiceField(choices=exercises.EQUIPMENT, required=False, allow_blank=True, default="")
    pattern = serializers.ChoiceField(choices=exercises.PATTERNS, required=False, allow_blank=True, default="")


SQUAT: dict[str, Any] = {
    "id": 60,
    "code": "squat",
    "name": "스쿼트",
    "name_en": "Squat",
    "pattern": "squat",
    "measure": "reps",
    "level": 1,
    "targets": ["quads", "glutes", "hamstrings"],
    "equipment": ["none"],
    "places": ["home", "gym", "outdoor"],
    "loads": ["knee", "hip"],
    "cautions": [],
    "met": 3.8,
    "met_source": "Compendium of Physical Activities, 02022",
    "edition": "2011",
    "instructions": [
        "발을 어깨너비로 벌리고 발끝을 조금 바깥으로 둬요.",
        "엉덩이를 뒤로 빼며 앉고 무릎이 발끝 쪽을 보게 일어나요.",
    ],
    "source": "온하루 기본 운동 표",
    "planned": True,
}
ONE = OpenApiExample("A squat", response_only=True, value=SQUAT)
FOUND = OpenApiExample(
    "q=스퀏",
    response_only=True,
    value={
        "count": 1,
        "next": None,
        "previous": None,
        "corrected": None,
        "results": [{**SQUAT, "score": 96.69, "kind": "exact"}],
    },
)
