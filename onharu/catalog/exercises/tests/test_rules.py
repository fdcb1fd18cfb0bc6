"""Codes, readings and likeness, without a database."""

from dataclasses import replace
from decimal import Decimal

import pytest

from onharu.catalog.exercises import public
from onharu.catalog.exercises.rules import codes, free_exercise_db
from onharu.catalog.exercises.rules.facts import ExerciseFacts
from onharu.catalog.exercises.rules.likeness import equivalents
from onharu.catalog.exercises.rules.rows import ExerciseRow, UnfitError
from onharu.catalog.exercises.rules.tables import SHAPES, column, met_in, readable, shape_of

SQUAT = ExerciseFacts(
    id=1, code="squat", name="스쿼트", name_en="Squat", pattern="squat", measure="reps", level=2,
    targets=("quads", "glutes"), equipment=("none",), places=("home",), loads=("knee",), cautions=(),
    met=Decimal("3.8"), met_source="시험", edition="2011", instructions=(), source="시험", planned=True,
)  # fmt: skip


def other(key, **given):
    return replace(SQUAT, id=key, code=f"other-{key}", **given)


def test_every_code_has_a_word():
    worded = [
        (codes.PATTERNS, public.PATTERN_WORDS), (codes.MEASURES, public.MEASURE_WORDS),
        (codes.LEVELS, public.LEVEL_WORDS), (codes.TARGETS, public.TARGET_WORDS),
        (codes.EQUIPMENT, public.EQUIPMENT_WORDS), (codes.PLACES, public.PLACE_WORDS),
        (codes.LOADS, public.LOAD_WORDS), (codes.CAUTIONS, public.CAUTION_WORDS),
    ]  # fmt: skip
    for known, words in worded:
        assert set(words) == set(known)
        assert all(str(word) for word in words.values())


def test_the_nearest_level_stands_in_first():
    near, far = other(2, level=2), other(3, level=3, targets=("quads", "glutes"))
    assert equivalents(SQUAT, [far, near]) == (near, far)


def test_of_one_level_who_shares_more_stands_in_first():
    both, one = other(3), other(2, targets=("glutes",))
    assert equivalents(SQUAT, [one, both]) == (both, one)


def test_of_equals_who_trains_the_same_muscle_first_stands_in_first():
    same, turned = other(3), other(2, targets=("glutes", "quads"))
    assert equivalents(SQUAT, [turned, same]) == (same, turned)


@pytest.mark.parametrize("unlike", [{"pattern": "hinge"}, {"targets": ("chest",)}])
def test_another_pattern_or_other_muscles_never_stand_in(unlike):
    assert equivalents(SQUAT, [other(2, **unlike)]) == ()


def test_nothing_stands_in_for_itself_or_for_a_row_that_says_no_pattern():
    assert equivalents(SQUAT, [SQUAT]) == ()
    assert equivalents(replace(SQUAT, pattern=""), [other(2, pattern="")]) == ()


@pytest.mark.parametrize(("cell", "met"), [("3.8", "3.8"), (" 23 ", "23"), ("0.9", "0.9"), ("25", "25")])
def test_a_figure_that_can_be_is_read(cell, met):
    assert met_in(cell) == Decimal(met)


@pytest.mark.parametrize("cell", ["83", "0", "-1", "0.89", "25.1", "", "x", "NaN", "Infinity", "3,8"])
def test_a_figure_that_nobody_reaches_is_refused(cell):
    with pytest.raises(UnfitError):
        met_in(cell)


@pytest.mark.parametrize(
    ("broken", "mended"),
    [
        ("going up &amp; down", "going up & down"),
        ("19  th  century", "19 th century"),
        ("neighbor\u00e2\u0080\u0099s house", "neighbor's house"),
        ("lifting \u00e2\u0089\u00a5 50 lbs", "lifting ≥ 50 lbs"),
        ("café", "café"),
        ("팔굽혀펴기", "팔굽혀펴기"),
    ],
)
def test_what_web_pages_did_to_a_text_is_mended(broken, mended):
    assert readable(broken) == mended


def test_a_header_tells_the_table():
    assert [shape.name for shape in SHAPES] == ["khepi", "compendium", "free", "own"]
    for shape in SHAPES:
        assert shape_of(shape.needs | {"more"}) is shape
    assert shape_of(frozenset({"code", "name"})) is None
    assert column("\ufeff 운동명 ") == "운동명"
    assert column("primaryMuscles") == "primarymuscles"


def test_tags_of_a_row_are_ranked():
    row = ExerciseRow("t", "시험", "시험", targets=("chest", "triceps"), places=("gym",))
    assert row.tags() == (("target", "chest", 0), ("target", "triceps", 1), ("place", "gym", 0))


def test_every_english_muscle_and_tool_maps_to_a_code_of_ours():
    assert set(free_exercise_db.MUSCLES.values()) <= set(codes.TARGETS)
    assert set(free_exercise_db.EQUIPMENT.values()) <= set(codes.EQUIPMENT)
    assert set(free_exercise_db.LEVELS.values()) <= set(codes.LEVELS)


@pytest.mark.parametrize(
    ("entry", "pattern", "measure"),
    [
        ({"category": "strength", "force": "push", "primarymuscles": ["chest"]}, "push", "reps"),
        ({"category": "strength", "force": "pull", "primarymuscles": ["lats"]}, "pull", "reps"),
        ({"category": "strength", "force": "push", "primarymuscles": ["quadriceps"]}, "", "reps"),
        ({"category": "strength", "force": "static", "primarymuscles": ["abdominals"]}, "core", "seconds"),
        ({"category": "stretching", "force": "static", "primarymuscles": ["calves"]}, "mobility", "seconds"),
        ({"category": "cardio", "primarymuscles": ["quadriceps"]}, "cardio", "minutes"),
        ({"category": "strength", "force": None, "primarymuscles": []}, "", "reps"),
    ],
)
def test_a_pattern_is_named_only_where_the_list_is_certain(entry, pattern, measure):
    facts, left_out = free_exercise_db.facts_in(entry)
    assert (facts["pattern"], facts["measure"], left_out) == (pattern, measure, ())


def test_what_has_no_code_here_is_named():
    facts, left_out = free_exercise_db.facts_in({"primarymuscles": ["neck", "traps"], "equipment": "trampoline"})
    assert (facts["targets"], facts["equipment"]) == (("back",), ())
    assert left_out == ("neck", "trampoline")
