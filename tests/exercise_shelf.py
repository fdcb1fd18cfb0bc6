"""Exercises for tests of the rooms above the shelf: twelve by hand, or all that are shipped."""

from decimal import Decimal

from onharu.catalog.exercises.actions.starter import load_starter
from onharu.catalog.exercises.models import Exercise, ExerciseTag

__all__ = ["load_starter", "small_shelf"]
SHELF = (
    ("squat", "맨몸 스쿼트", "squat", "reps", 1, "5.0", ("quads", "glutes"), ("none",), ("knee",)),
    ("goblet", "덤벨 고블릿 스쿼트", "squat", "reps", 1, "5.0", ("quads", "glutes"), ("dumbbell",), ("knee",)),
    ("wall-sit", "벽 앉기", "squat", "seconds", 1, "3.8", ("quads",), ("none",), ("knee",)),
    ("push-up", "팔굽혀펴기", "push", "reps", 1, "3.8", ("chest", "triceps"), ("none",), ("wrist",)),
    ("press", "덤벨 프레스", "push", "reps", 1, "3.5", ("chest", "triceps"), ("dumbbell",), ("shoulder",)),
    ("row", "덤벨 로우", "pull", "reps", 1, "3.5", ("back", "biceps"), ("dumbbell",), ()),
    ("towel-row", "수건 로우", "pull", "reps", 1, "3.5", ("back", "biceps"), ("none",), ()),
    ("bridge", "글루트 브리지", "hinge", "reps", 1, "3.5", ("glutes", "hamstrings"), ("none",), ()),
    ("plank", "플랭크", "core", "seconds", 1, "3.0", ("core",), ("none",), ()),
    ("walk", "빠르게 걷기", "cardio", "minutes", 1, "4.8", ("heart",), ("none",), ()),
    ("run", "달리기", "cardio", "minutes", 2, "8.3", ("heart",), ("none",), ("knee",)),
    ("stretch", "전신 스트레칭", "mobility", "seconds", 1, "2.3", ("full_body",), ("none",), ()),
)


def small_shelf():
    """Put the twelve on the shelf; returns their ids by code."""
    found = {}
    for code, name, pattern, measure, level, met, targets, equipment, loads in SHELF:
        row = Exercise.objects.create(
            code=code, name=name, name_en=code, pattern=pattern, measure=measure, level=level, met=Decimal(met),
            met_source="시험표", edition="1", source="시험표", planned=True,
        )  # fmt: skip
        tags = [("target", targets), ("equipment", equipment), ("load", loads), ("place", ("gym", "home", "outdoor"))]
        ExerciseTag.objects.bulk_create(
            ExerciseTag(exercise=row, kind=kind, value=value, rank=rank)
            for kind, values in tags
            for rank, value in enumerate(values)
        )
        found[code] = row.pk
    return found
