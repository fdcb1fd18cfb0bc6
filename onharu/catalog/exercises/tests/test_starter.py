"""The shipped exercises are complete, and enough to plan from wherever one is and whatever one spares."""

from collections import Counter

import pytest

from onharu.catalog.exercises.rules import codes
from onharu.catalog.exercises.rules.tables import read_own
from onharu.catalog.exercises.tests.conftest import shipped

ROWS = [read_own(line)[0] for line in shipped()]
PLANNED = [row for row in ROWS if row.planned]
BARE = frozenset({"none"})
GYM = frozenset(codes.EQUIPMENT) - {"other", "mat"}
SETTINGS = {
    "home": ("home", BARE),
    "home with dumbbells": ("home", BARE | {"dumbbell"}),
    "home with a band": ("home", BARE | {"band"}),
    "gym": ("gym", GYM),
}
SPARED = ("", *codes.LOADS)
SPLIT = ("push", "pull", "squat", "hinge", "core", "cardio")


def folded(name):
    return name.replace(" ", "").lower()


def counted(place, equipment, spared, hardest):
    return Counter(
        row.pattern
        for row in PLANNED
        if place in row.places and set(row.equipment) <= equipment and spared not in row.loads and row.level <= hardest
    )


def test_there_are_enough_exercises():
    assert len(ROWS) >= 140
    assert len(PLANNED) >= 140
    assert min(Counter(row.level for row in PLANNED).values()) >= 30


def test_every_pattern_target_place_and_tool_occurs():
    assert {row.pattern for row in ROWS} == set(codes.PATTERNS)
    assert {row.measure for row in ROWS} == set(codes.MEASURES)
    assert {target for row in ROWS for target in row.targets} == set(codes.TARGETS)
    assert {tool for row in ROWS for tool in row.equipment} == set(codes.EQUIPMENT)
    assert {place for row in ROWS for place in row.places} == set(codes.PLACES)
    assert {load for row in ROWS for load in row.loads} == set(codes.LOADS)
    assert {caution for row in ROWS for caution in row.cautions} == set(codes.CAUTIONS)


@pytest.mark.parametrize("spared", SPARED)
@pytest.mark.parametrize("setting", SETTINGS)
def test_beginners_can_be_given_every_pattern_wherever_they_are(setting, spared):
    found = counted(*SETTINGS[setting], spared, 1)
    assert {pattern: found[pattern] for pattern in SPLIT if found[pattern] < 2} == {}


@pytest.mark.parametrize("hardest", [2, 3])
@pytest.mark.parametrize("setting", SETTINGS)
def test_nobody_has_to_do_the_same_every_day(setting, hardest):
    found = counted(*SETTINGS[setting], "", hardest)
    assert {pattern: found[pattern] for pattern in SPLIT if found[pattern] < 5} == {}


def test_the_open_air_is_enough_to_move_in():
    found = counted("outdoor", BARE, "", 1)
    assert min(found[pattern] for pattern in ("push", "pull", "squat", "hinge", "core", "cardio")) >= 2


def test_old_people_find_gentle_ones():
    gentle = {row.code: row for row in PLANNED if row.level == 1 and not row.cautions}
    asked = {
        "chair-squat", "wall-push-up", "march-in-place", "seated-march", "walk-slow", "walk-stroll", "walk",
        "one-leg-stand", "heel-toe-rock", "full-body-stretch", "seated-calf-raise", "scapular-squeeze",
    }  # fmt: skip
    assert asked <= set(gentle)
    assert sum(row.pattern == "mobility" for row in gentle.values()) >= 15


def test_a_name_or_an_alias_means_one_exercise():
    words = Counter(
        word
        for row in ROWS
        for word in {folded(name) for name in [row.name, row.name_en, *row.aliases.split("|")] if name}
    )
    assert {word for word, count in words.items() if count > 1} == set()


def test_every_row_is_told_in_two_lines_that_fit_a_phone():
    for row in ROWS:
        lines = row.instructions.splitlines()
        assert len(lines) == 2, row.code
        assert all(10 <= len(line) <= 80 and line.endswith("요.") for line in lines), row.code
    assert len({line for row in ROWS for line in row.instructions.splitlines()}) >= 2 * len(ROWS) - 8


def test_every_row_cites_its_figure():
    for row in ROWS:
        assert row.edition == "2011", row.code
        assert row.met_source.startswith("Compendium of Physical Activities, ")
        assert row.met is not None


def test_codes_are_words_and_unique():
    assert len({row.code for row in ROWS}) == len(ROWS)
    assert all(row.code == row.code.lower() and " " not in row.code for row in ROWS)


def test_what_is_planned_says_where_with_what_and_for_what():
    for row in PLANNED:
        assert row.targets, row.code
        assert row.places, row.code
        assert row.equipment, row.code
        assert row.equipment == ("none",) or "none" not in row.equipment, row.code


def test_jumps_load_knees_or_ankles_and_are_never_easy():
    for row in ROWS:
        if "jump" in row.cautions:
            assert {"knee", "ankle"} & set(row.loads), row.code
            assert row.level > 1, row.code
        if "overhead" in row.cautions:
            assert "shoulder" in row.loads, row.code
        if "heavy_lower" in row.cautions:
            assert row.pattern in {"squat", "hinge"}, row.code
