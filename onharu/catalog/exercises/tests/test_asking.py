import pytest

from onharu.catalog.exercises.actions.imports import import_exercises
from onharu.catalog.exercises.actions.starter import FILE, load_starter
from onharu.catalog.exercises.models import Exercise
from onharu.catalog.exercises.public import (
    alike,
    exercise_by_code,
    exercise_of,
    facts_of,
    find,
    ids_carrying,
    let_go,
    planning_pool,
)
from onharu.kernel.problems import Missing

pytestmark = pytest.mark.django_db


@pytest.fixture
def squat(starter):
    return exercise_by_code("squat")


def named(query, **codes):
    return [hit.facts.name for hit in find(query, **codes).hits]


def test_facts_of_one_or_two_hundred_cost_one_statement(starter, django_assert_num_queries):
    ids = list(Exercise.objects.values_list("id", flat=True))
    with django_assert_num_queries(1):
        one = facts_of(ids[:1])
    with django_assert_num_queries(1):
        many = facts_of(ids)
    assert (len(one), len(many)) == (1, len(ids))
    assert len(ids) > 200


def test_facts_say_everything_in_the_order_of_the_table(squat):
    assert (squat.name, squat.pattern, squat.measure, squat.level) == ("스쿼트", "squat", "reps", 1)
    assert squat.targets == ("quads", "glutes", "hamstrings")
    assert (squat.equipment, squat.places) == (("none",), ("home", "gym", "outdoor"))
    assert (squat.loads, squat.cautions) == (("knee", "hip"), ())
    assert (str(squat.met), squat.met_source) == ("3.80", "Compendium of Physical Activities, 02022")
    assert (squat.edition, len(squat.instructions), squat.planned) == ("2011", 2, True)


def test_unknown_ids_are_left_out_without_asking_for_impossible_ones(squat, django_assert_num_queries):
    assert set(facts_of([squat.id, 987654321, 2**70])) == {squat.id}
    with django_assert_num_queries(0):
        assert facts_of([]) == {}
        assert facts_of([2**70]) == {}


def test_an_unknown_exercise_is_missing(db):
    assert exercise_by_code("moonwalk") is None
    for ask in (exercise_of, alike):
        with pytest.raises(Missing, match="no_such_exercise"):
            ask(987654321)


def test_a_search_costs_two_statements(starter, django_assert_num_queries):
    find("런지")
    for asked in ({}, {"target": "quads"}, {"equipment": "none", "pattern": "squat"}):
        with django_assert_num_queries(2):
            assert find("런지", **asked).hits
        with django_assert_num_queries(2):
            assert find("", **asked).hits


def test_a_search_is_narrowed_by_codes(starter):
    assert "덤벨 런지" in named("런지")
    assert "덤벨 런지" in named("런지", equipment="dumbbell")
    assert "런지" not in named("런지", equipment="dumbbell")
    assert named("런지", pattern="pull") == []
    assert all("glutes" in hit.facts.targets for hit in find("런지", target="glutes").hits)


def test_a_slip_is_told(starter):
    assert find("댑벨 런지").corrected is not None
    assert find("런지").corrected is None


def test_nothing_asked_lists_what_carries_the_codes(starter):
    listed = find("", target="calves", limit=5).hits
    assert len(listed) == 5
    assert {hit.kind for hit in listed} == {"listed"}
    assert all("calves" in hit.facts.targets for hit in listed)
    assert find(" ", limit=3).hits == find("", limit=3).hits


def test_what_has_full_facts_is_listed_first(starter, table):
    import_exercises(path=table("가나다 운동,3"))
    keys = ids_carrying()
    facts = facts_of(keys)
    planned = [facts[key].planned for key in keys]
    assert planned == sorted(planned, reverse=True)
    assert facts[keys[-1]].planned is False


def test_a_habit_comes_first_inside_its_band(starter):
    habit = exercise_by_code("dumbbell-lunge").id
    before, after = find("ㄷㅂ"), find("ㄷㅂ", boosts={habit: 1.0})
    assert [hit.facts.id for hit in before.hits].index(habit) >= [hit.facts.id for hit in after.hits].index(habit)


def test_the_pool_is_what_may_be_planned_and_is_kept(starter, table, django_assert_num_queries):
    import_exercises(path=table("가나다 운동,3"))
    with django_assert_num_queries(2):
        pool = planning_pool()
    with django_assert_num_queries(1):
        assert planning_pool() is pool
    assert len(pool) == Exercise.objects.filter(planned=True).count()
    assert [one.code for one in pool] == sorted(one.code for one in pool)
    assert all(one.planned for one in pool)


def test_a_changed_shelf_is_read_again(starter, tmp_path):
    assert exercise_by_code("squat") in planning_pool()
    newer = tmp_path / "exercises.csv"
    newer.write_text(FILE.read_text("utf-8").replace("squat,스쿼트,", "squat,맨몸으로 앉기,"), "utf-8")
    load_starter(file=newer)
    assert "맨몸으로 앉기" in {one.name for one in planning_pool()}


def test_a_shelf_that_was_never_stamped_is_not_kept(db):
    assert planning_pool() == ()
    Exercise.objects.create(
        code="t", name="시험", source="시험", pattern="push", measure="reps", level=1, met=3, met_source="시험",
        planned=True,
    )  # fmt: skip
    assert [one.code for one in planning_pool()] == ["t"]


def test_a_pool_let_go_is_read_again(starter, django_assert_num_queries):
    planning_pool()
    let_go()
    with django_assert_num_queries(2):
        planning_pool()


def test_what_stands_in_for_an_exercise_moves_alike(squat):
    others = alike(squat.id)
    assert len(others) >= 10
    assert squat not in others
    assert all(one.pattern == "squat" and set(one.targets) & set(squat.targets) for one in others)
    away = [abs(one.level - squat.level) for one in others]
    assert away == sorted(away)


def test_an_imported_exercise_without_a_pattern_has_no_stand_in(starter, table):
    import_exercises(path=table("가나다 운동,3"))
    assert alike(find("가나다 운동").hits[0].facts.id) == ()
