"""What is searched for is counted without who, shown only when many asked, and forgotten when few did."""

from datetime import timedelta

import pytest

from onharu.catalog.medicines import jobs
from onharu.catalog.medicines.actions import popular
from onharu.catalog.medicines.models import Question
from onharu.catalog.medicines.public import NAME, SYMPTOM, Asked, answer, drop_kept, load_starter, memory
from onharu.kernel import clock

pytestmark = pytest.mark.django_db


def ask(text, times=1, kind=NAME):
    for _ in range(times):
        answer(Asked(kind, text, detail=False, limit=20))


def test_questions_are_counted_in_memory_and_written_by_the_minute(django_assert_num_queries):
    ask("게보린", 7)
    ask("두통", 2, SYMPTOM)
    assert not Question.objects.exists()
    jobs.count_questions()
    ask("게보린", 3)
    jobs.count_questions()
    assert dict(Question.objects.values_list("text", "asked")) == {"게보린": 10, "두통": 2}
    with django_assert_num_queries(0):
        assert popular.flush_counts() == 0


def test_a_process_that_is_asked_much_writes_before_its_memory_fills(monkeypatch):
    monkeypatch.setattr(popular, "FLUSH_AT", 3)
    for text in ("가", "나", "다"):
        popular.count(Asked(NAME, text, detail=False, limit=20))
    assert Question.objects.count() == 3


def test_only_what_several_asked_is_shown():
    ask("게보린", popular.COMMON)
    ask("나만 아는 말", popular.COMMON - 1)
    popular.flush_counts()
    assert [one.text for one in popular.popular()] == ["게보린"]


def test_popular_answers_are_ready_before_they_are_asked(django_assert_num_queries):
    load_starter()
    ask("게보린", 9)
    ask("타이레놀", 6)
    popular.flush_counts()
    drop_kept()
    jobs.warm_up()
    assert memory.size()[0] == 2
    with django_assert_num_queries(0):
        assert answer(Asked(NAME, "게보린", detail=False, limit=20)).layer == "HIT-L1"


def test_rare_questions_are_forgotten_after_a_month_and_common_ones_after_a_year():
    today = clock.now().date()
    for text, asked, days in (("드묾", 2, 31), ("새로움", 2, 3), ("흔함", 50, 300), ("옛날", 50, 400)):
        Question.objects.create(text=text, kind=NAME, asked=asked, asked_on=today - timedelta(days=days))
    jobs.forget_questions()
    assert set(Question.objects.values_list("text", flat=True)) == {"새로움", "흔함"}


def test_no_person_is_kept_with_a_question():
    columns = {field.name for field in Question._meta.get_fields()}
    assert columns == {"id", "text", "kind", "asked", "asked_on", "claimed_until", "answered_at", "found"}
