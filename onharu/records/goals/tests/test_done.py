"""Which long goals were reached: only those closed as such, and only one's own."""

import pytest

from onharu.records.goals.public import goals_done

pytestmark = pytest.mark.django_db


@pytest.fixture
def goal(minas):
    """Aim at something over the API; answers its id."""

    def aimed(title):
        body = {"kind": "HABIT", "habit": "JOURNAL", "title": title, "target": 3}
        answer = minas.post("/api/goals/", body, content_type="application/json")
        assert answer.status_code == 201, answer.content
        return answer.json()["id"]

    return aimed


def close(minas, goal, state):
    answer = minas.patch(f"/api/goals/{goal}/", {"state": state}, content_type="application/json")
    assert answer.status_code == 200, answer.content


def test_a_goal_counts_once_it_is_closed_as_reached(mina, minas, goal):
    first, second, third = goal("하나"), goal("둘"), goal("셋")
    assert goals_done(mina.pk) == ()
    close(minas, second, "DONE")
    close(minas, first, "DONE")
    close(minas, third, "DROPPED")
    assert [one.id for one in goals_done(mina.pk)] == [first, second]


def test_a_goal_that_was_opened_again_or_deleted_no_longer_counts(mina, minas, goal):
    again, gone = goal("다시"), goal("지움")
    for one in (again, gone):
        close(minas, one, "DONE")
    close(minas, again, "ACTIVE")
    minas.delete(f"/api/goals/{gone}/")
    assert goals_done(mina.pk) == ()


def test_a_stranger_has_reached_nothing(mina, minas, stranger, goal):
    close(minas, goal("하나"), "DONE")
    assert goals_done(stranger.pk) == ()


def test_it_costs_one_statement(mina, minas, goal, django_assert_num_queries):
    for number in range(3):
        close(minas, goal(f"목표 {number}"), "DONE")
    with django_assert_num_queries(1):
        assert len(goals_done(mina.pk)) == 3
