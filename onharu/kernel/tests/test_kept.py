"""A finished answer is kept as long as nothing in its window changed, and not a write longer."""

from datetime import date, timedelta

import pytest
from django.test import RequestFactory

from onharu.kernel.days import touch
from onharu.kernel.kept import KEPT_BYTES, Window, answer_kept, drop_kept, latest_in

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 22)


@pytest.fixture(autouse=True)
def nothing_kept():
    drop_kept()
    yield
    drop_kept()


@pytest.fixture
def asked():
    return RequestFactory().get("/api/anything/?date=2026-11-22")


@pytest.fixture
def made():
    return []


@pytest.fixture
def answer(asked, made, owner):
    def answered(request=asked, *, window=None, also=()):
        def make():
            made.append(1)
            return {"made": len(made)}

        return answer_kept(request, window=window or Window(owner.pk, DAY, DAY, "workouts"), also=also, make=make)

    return answered


def test_an_answer_is_made_once_and_costs_one_statement_after_that(answer, made, django_assert_num_queries):
    first = answer()
    with django_assert_num_queries(1):
        again = answer()
    assert first.content == again.content == b'{"made":1}'
    assert len(made) == 1


def test_a_write_in_the_window_makes_the_answer_anew(answer, made, owner):
    before = answer()
    touch(owner.pk, DAY, part="workouts")
    after = answer()
    assert after.content == b'{"made":2}'
    assert before["ETag"] != after["ETag"]


@pytest.mark.parametrize(
    ("day", "part"), [(DAY, "meals"), (DAY - timedelta(days=1), "workouts"), (DAY + timedelta(days=1), "workouts")]
)
def test_a_write_outside_of_the_window_changes_nothing(answer, made, owner, day, part):
    answer()
    touch(owner.pk, day, part=part)
    answer()
    assert len(made) == 1


def test_a_window_without_a_part_sees_every_part(owner):
    window = Window(owner.pk, DAY - timedelta(days=6), DAY)
    assert latest_in(window) == 0
    touch(owner.pk, DAY, part="meals")
    first = latest_in(window)
    touch(owner.pk, DAY - timedelta(days=6), part="journal")
    assert latest_in(window) > first > 0


def test_a_window_without_days_sees_every_write_of_that_person(owner, stranger):
    everything = Window(owner.pk)
    assert latest_in(everything) == 0
    touch(owner.pk, DAY, part="meals")
    first = latest_in(everything)
    touch(stranger.pk, DAY, part="meals")
    assert latest_in(everything) == first > 0
    touch(owner.pk, DAY - timedelta(days=900), part="goals")
    assert latest_in(everything) > first


def test_two_people_never_share_an_answer(answer, made, owner, stranger):
    answer()
    answer(window=Window(stranger.pk, DAY, DAY, "workouts"))
    assert len(made) == 2


def test_address_and_what_was_named_besides_part_answers(answer, made):
    answer()
    answer(RequestFactory().get("/api/anything/?date=2026-11-23"))
    answer(also=(7,))
    assert len(made) == 3


def test_a_client_that_has_the_answer_gets_304_without_a_body(answer, made, owner):
    etag = answer()["ETag"]
    again = answer(RequestFactory().get("/api/anything/?date=2026-11-22", headers={"If-None-Match": f"W/{etag}"}))
    assert (again.status_code, again.content) == (304, b"")
    touch(owner.pk, DAY, part="workouts")
    assert answer(RequestFactory().get("/api/anything/", headers={"If-None-Match": etag})).status_code == 200


def test_a_huge_answer_is_given_but_not_kept(asked, owner):
    made = []

    def make():
        made.append(1)
        return "x" * (KEPT_BYTES // 8 + 1)

    for _ in range(2):
        answer_kept(asked, window=Window(owner.pk, DAY, DAY), make=make)
    assert len(made) == 2
