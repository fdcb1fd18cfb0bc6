"""The exercises of the catalogue: searched by name, narrowed by codes, read one by one."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from onharu.catalog.exercises import public as exercises
from onharu.catalog.exercises.api.serializers import FOUND, ONE, Asked, ExerciseOut, FoundExerciseOut, FoundExercisesOut
from onharu.kernel.web import Pages

# Who did not find it among the best hundred names types another word.
MOST_FOUND = 100
NARROWED_BY = ("target", "equipment", "pattern")


class Exercises(APIView):
    """`/api/exercises/`: by name, what is trained, what is needed, how one moves."""

    @extend_schema(parameters=[Asked], responses=FoundExercisesOut, examples=[FOUND], operation_id="exercises_list")
    def get(self, request: Request) -> Response:
        """Find exercises. Understands 초성, half-typed syllables, typos, English and 푸쉬업 for 팔굽혀펴기.

        Without `q`: every exercise that carries the codes, those with full facts first. Paged by `limit` and `offset`;
        a search by name ends after its best hundred.
        """
        asked = Asked(data=request.query_params)
        asked.is_valid(raise_exception=True)
        query, pages = asked.validated_data["q"], Pages()
        codes = {name: asked.validated_data[name] for name in NARROWED_BY}
        if query:
            found = exercises.find(query, limit=MOST_FOUND, **codes)
            hits = pages.paginate_queryset(found.hits, request) or []
            corrected = found.corrected
        else:
            hits, corrected = _listed(pages, request, codes), None
        return Response(
            {
                "count": pages.count,
                "next": pages.get_next_link(),
                "previous": pages.get_previous_link(),
                "corrected": corrected,
                "results": [FoundExerciseOut(_row(hit)).data for hit in hits],
            }
        )


def _listed(pages: Pages, request: Request, codes: dict[str, Any]) -> list[exercises.FoundExercise]:
    listed = pages.paginate_queryset(exercises.ids_carrying(**codes), request) or []
    facts = exercises.facts_of(listed)
    return [exercises.FoundExercise(facts[one], 0.0, "listed") for one in listed if one in facts]


def _row(hit: exercises.FoundExercise) -> dict[str, Any]:
    return {**asdict(hit.facts), "score": hit.score, "kind": hit.kind}


class OneExercise(APIView):
    """`/api/exercises/{id}/`: what is known of an exercise."""

    @extend_schema(responses=ExerciseOut, examples=[ONE], operation_id="exercises_retrieve")
    def get(self, request: Request, exercise_id: int) -> Response:
        """Tell what an exercise trains, needs and strains, how to do it, and its MET with the source."""
        return Response(ExerciseOut(asdict(exercises.exercise_of(exercise_id))).data)
