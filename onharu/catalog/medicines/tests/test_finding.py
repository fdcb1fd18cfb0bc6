"""Three layers: memory, shelf, and the wire for a name the shelf lacks; asked once, and never for what hurts."""

import json
import threading
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.utils import timezone

from onharu.catalog.medicines.actions import fetching
from onharu.catalog.medicines.actions.indexing import changed
from onharu.catalog.medicines.models import Product, Question
from onharu.catalog.medicines.public import FREE, NAME, SYMPTOM, Asked, answer, drop_kept, load_starter
from onharu.catalog.medicines.queries import remembered
from onharu.catalog.medicines.queries.remembered import Memory
from onharu.catalog.medicines.rules.questions import looks_like_a_name
from onharu.catalog.medicines.tests import wire
from onharu.kernel import clock
from onharu.kernel.layered import KEPT_BYTES, LARGEST, Made
from onharu.upstream import registry
from onharu.upstream.faults import Refused, Unavailable

pytestmark = pytest.mark.django_db
NEW = "새로나온정"


@pytest.fixture
def outside(settings):
    settings.UPSTREAM = wire.SETTING
    registry.reset()
    wire.Backend.reset()
    yield wire.Backend
    wire.Backend.reset()
    registry.reset()


def asked(text=NEW, kind=NAME, *, detail=False):
    return Asked(kind, text, detail, 20)


def forget_everywhere():
    remembered.memory.forget()
    cache.clear()


def names_in(done):
    return [row["item_name"] for row in json.loads(done.body)["results"]]


def test_the_first_answer_is_the_shelf_s_and_the_second_this_process_s(django_assert_num_queries):
    load_starter()
    first = answer(asked("게보린정"))
    with django_assert_num_queries(0):
        second = answer(asked("게보린정"))
    assert (first.layer, second.layer) == ("HIT-L2", "HIT-L1")
    assert first.body == second.body
    assert names_in(first)[0] == "게보린정"


@pytest.mark.parametrize("question", [asked("타이레놀"), asked("두통", SYMPTOM), asked("머리 아프고 열나요", FREE)])
def test_the_shelf_costs_three_statements_whatever_is_asked(django_assert_num_queries, question):
    load_starter()
    answer(asked("게보린정"))
    forget_everywhere()
    with django_assert_num_queries(3):
        assert json.loads(answer(question).body)["count"] > 5


def test_whole_labels_cost_four_statements_more(django_assert_num_queries):
    load_starter()
    answer(asked("게보린정"))
    forget_everywhere()
    with django_assert_num_queries(7):
        body = json.loads(answer(asked("타이레놀", detail=True)).body)
    assert {"sections", "ingredients", "looks", "source", "as_of"} <= set(body["results"][0])


def test_a_name_the_shelf_lacks_comes_from_the_wire_and_stays(outside):
    outside.rows = (wire.label(),)
    first = answer(asked())
    assert (first.layer, names_in(first)) == ("MISS", ["새로나온정(아세트아미노펜)"])
    drop_kept()
    second = answer(asked())
    assert (second.layer, names_in(second)) == ("HIT-L2", names_in(first))
    assert outside.asked == [NEW]
    assert Product.objects.get().company == "새회사"


def test_that_nobody_knows_a_name_is_remembered(outside):
    assert answer(asked()).layer == "MISS"
    assert answer(asked()).layer == "HIT-L1"
    drop_kept()
    assert answer(asked()).layer == "HIT-L2"
    assert outside.asked == [NEW]
    assert Question.objects.get(text=NEW).found == 0


def test_after_a_week_a_name_nobody_knew_is_asked_again(outside):
    answer(asked())
    Question.objects.update(answered_at=timezone.now() - timedelta(days=8))
    drop_kept()
    cache.clear()
    outside.rows = (wire.label(),)
    assert answer(asked()).layer == "MISS"
    assert len(outside.asked) == 2


@pytest.mark.parametrize("fault", [Unavailable("data_go_kr", "timeout"), Refused("data_go_kr", "key")])
def test_without_the_wire_the_shelf_answers_and_the_next_try_may_be_better(outside, fault):
    load_starter()
    outside.fault = fault
    done = answer(asked())
    assert (done.layer, names_in(done)) == ("HIT-L2", [])
    assert answer(asked()).layer == "HIT-L2", "an answer that may get better is not kept"
    assert len(outside.asked) == 1, "nor is a dead wire asked at every key press"
    assert names_in(answer(asked("게보린정")))[0] == "게보린정"
    outside.fault, outside.rows = None, (wire.label(),)
    fetching.reset()
    assert names_in(answer(asked())) == ["새로나온정(아세트아미노펜)"]


def test_without_a_source_nobody_outside_is_asked(db):
    done = answer(asked())
    assert (done.layer, json.loads(done.body)["count"]) == ("HIT-L2", 0)
    assert not Question.objects.exists()


@pytest.mark.parametrize(
    "question",
    [
        asked("두통", SYMPTOM),
        asked("모르는증상", SYMPTOM),
        asked("머리가 아파요", FREE),
        asked("요즘 잠을 못 자서 힘들어요", FREE),
        asked("ㅌㅇㄹㄴ"),
        asked("a"),
        asked("!!!!"),
        asked("게보린정"),
    ],
)
def test_what_hurts_never_leaves_the_house(outside, question):
    load_starter()
    answer(question)
    assert outside.asked == []


@pytest.mark.parametrize("text", ["타이레놀", "타이레놀정500밀리그람", "애드빌 리퀴겔", "tylenol 500mg", "c&d정"])
def test_names_look_like_names(text):
    assert looks_like_a_name(text) is (text != "c&d정")


def test_an_impossible_number_from_the_wire_is_passed(outside):
    outside.rows = (wire.label(item_seq="12"), wire.label(item_seq="202599998", name="새로나온정(수출용)"))
    assert names_in(answer(asked())) == []
    assert not Product.objects.exists()


def test_nothing_that_is_asked_is_logged(outside, caplog, capsys):
    outside.fault = Unavailable("data_go_kr", "timeout")
    answer(asked("비밀스러운약이름"))
    answer(asked("치질 때문에 아파요", FREE))
    said = caplog.text + "".join(capsys.readouterr())
    assert "비밀스러운" not in said
    assert "치질" not in said


def made(body):
    return lambda: Made(body)


def test_a_change_of_the_shelf_reaches_every_process_within_a_second(monkeypatch):
    at = [100.0]
    monkeypatch.setattr(clock, "monotonic", lambda: at[0])
    here, there = Memory(), Memory()
    for memory in (here, there):
        memory.get(asked(), made(b"old"))
        assert memory.get(asked(), made(b"never")).body == b"old"
    changed()
    at[0] += 1.1
    assert [memory.get(asked(), made(b"new")).body for memory in (here, there)] == [b"new", b"new"]


def test_an_answer_made_before_a_change_is_not_found_after_it(monkeypatch):
    at = [100.0]
    monkeypatch.setattr(clock, "monotonic", lambda: at[0])
    memory = Memory()

    def slowly():
        changed()
        return Made(b"old")

    assert memory.get(asked(), slowly).body == b"old"
    at[0] += 1.1
    assert memory.get(asked(), made(b"new")).body == b"new"


def test_kept_answers_are_bounded_and_fresh_for_ten_minutes_or_so(monkeypatch):
    at = [100.0]
    monkeypatch.setattr(clock, "monotonic", lambda: at[0])
    memory = Memory()
    for number in range(40):
        memory.get(asked(str(number)), made(b"x" * 1_000_000))
    count, size = memory.size()
    assert 0 < count < 40
    assert size <= KEPT_BYTES
    cache.clear()
    at[0] += remembered.FRESH * 1.25 + 1
    assert memory.get(asked("39"), made(b"new")).body == b"new"


def run_all(work, crowd):
    start = threading.Barrier(crowd)
    answers, failed = [], []

    def go():
        start.wait()
        try:
            answers.append(work())
        except Exception as error:  # noqa: BLE001 the test says what went wrong in any thread
            failed.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=go) for _ in range(crowd)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    return answers


@pytest.mark.django_db(transaction=True)
def test_a_thousand_who_miss_one_name_at_once_make_one_call(outside):
    outside.rows, outside.seconds = (wire.label(),), 0.5
    outcomes = run_all(lambda: fetching.fetched(NEW, NAME), 1000)
    assert outside.asked == [NEW]
    assert sum(outcome.new for outcome in outcomes) >= 999
    assert Product.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_everybody_who_waited_gets_what_came(outside):
    outside.rows, outside.seconds = (wire.label(),), 0.3
    bodies = run_all(lambda: answer(asked()).body, 8)
    assert outside.asked == [NEW]
    assert {json.loads(body)["count"] for body in bodies} == {1}


@pytest.mark.django_db(transaction=True)
def test_of_several_processes_one_asks_and_the_others_wait_for_its_answer(outside, monkeypatch):
    """Each thread is a process of its own: it shares nothing with the others but the database."""
    outside.rows, outside.seconds = (wire.label(),), 0.4
    outcomes = run_all(lambda: fetching._asked_once(NEW, NAME), 6)
    assert outside.asked == [NEW]
    assert all(outcome.final for outcome in outcomes)


def test_a_process_that_died_asking_blocks_nobody_for_long(outside, monkeypatch):
    now = timezone.now()
    Question.objects.create(text=NEW, kind=NAME, asked_on=now.date(), claimed_until=now - timedelta(seconds=1))
    outside.rows = (wire.label(),)
    assert answer(asked()).layer == "MISS"


def test_waiting_for_another_process_ends_at_the_deadline(outside, monkeypatch):
    monkeypatch.setattr(fetching, "DEADLINE", 0.2)
    now = timezone.now()
    Question.objects.create(text=NEW, kind=NAME, asked_on=now.date(), claimed_until=now + timedelta(seconds=30))
    done = answer(asked())
    assert (done.layer, outside.asked) == ("HIT-L2", [])


@pytest.mark.django_db(transaction=True)
def test_who_waited_for_a_failure_does_not_keep_the_poor_answer(outside):
    outside.fault, outside.seconds = Unavailable("data_go_kr", "timeout"), 0.4
    outcomes = run_all(lambda: fetching.fetched(NEW, NAME), 6)
    assert outside.asked == [NEW]
    assert not any(outcome.final for outcome in outcomes)
    assert {outcome.asked for outcome in outcomes} == {False}


@pytest.mark.django_db(transaction=True)
def test_a_process_that_waited_for_another_s_failure_does_not_keep_the_poor_answer_either(outside, monkeypatch):
    outside.fault, outside.seconds = Unavailable("data_go_kr", "timeout"), 0.6
    monkeypatch.setattr(fetching, "LOOK_EVERY", 0.02)
    outcomes = run_all(lambda: fetching._asked_once(NEW, NAME), 3)
    assert not any(outcome.final for outcome in outcomes)


@pytest.mark.django_db(transaction=True)
def test_a_thousand_searches_that_miss_while_the_wire_is_dead_make_one_call(outside):
    outside.fault, outside.seconds = Unavailable("data_go_kr", "timeout"), 0.3
    run_all(lambda: [answer(asked()) for _ in range(100)], 10)
    assert outside.asked == [NEW]


@pytest.mark.parametrize("text", ["가", "", " "])
def test_a_text_too_short_to_be_a_name_is_not_asked_about(outside, text):
    assert fetching.fetched(text, NAME) == fetching.NOT_ASKED
    assert (outside.asked, Question.objects.count()) == ([], 0)


def test_within_a_week_of_an_answer_nobody_is_asked_again(outside):
    assert fetching.fetched(NEW, NAME) == fetching.NOTHING
    assert fetching.fetched(NEW, NAME) == fetching.NOT_ASKED
    Question.objects.update(answered_at=timezone.now() - timedelta(days=6, hours=23))
    assert fetching.fetched(NEW, NAME) == fetching.NOT_ASKED
    assert outside.asked == [NEW]


def test_a_product_that_came_says_when_the_source_confirmed_it(outside, noon):
    outside.rows = (wire.label(),)
    assert fetching.fetched(NEW, NAME) == fetching.FOUND
    assert Product.objects.get().refreshed_at == noon
    question = Question.objects.get()
    assert (question.found, question.answered_at, question.claimed_until) == (1, noon, None)


def test_what_came_and_stood_there_already_is_nothing_new(outside):
    outside.rows = (wire.label(),)
    fetching.fetched(NEW, NAME)
    Question.objects.all().delete()
    assert fetching.fetched(NEW, NAME) == fetching.NOTHING


def test_a_fault_of_ours_leaves_nobody_waiting(outside, monkeypatch):
    monkeypatch.setattr(fetching, "product_rows", lambda _: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        fetching.fetched(NEW, NAME)
    assert fetching._running == {}
    Question.objects.update(claimed_until=None)
    monkeypatch.undo()
    assert fetching.fetched(NEW, NAME).asked


def test_half_an_answer_is_no_answer(outside, monkeypatch):
    """Product, index and the note that it was asked are written together or not at all."""
    outside.rows = (wire.label(),)
    monkeypatch.setattr(fetching, "index_products", lambda _: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        fetching.fetched(NEW, NAME)
    assert not Product.objects.exists()
    assert Question.objects.get().answered_at is None


def test_detail_and_basic_are_two_answers_in_memory(django_assert_num_queries):
    load_starter()
    brief, whole = answer(asked("게보린정")), answer(asked("게보린정", detail=True))
    assert len(whole.body) > len(brief.body)
    with django_assert_num_queries(0):
        assert answer(asked("게보린정")).body == brief.body
        assert answer(asked("게보린정", detail=True)).body == whole.body


def test_an_answer_too_large_for_memory_is_given_and_not_kept():
    memory = Memory()
    assert len(memory.get(asked(), made(b"x" * (LARGEST + 1))).body) == LARGEST + 1
    assert memory.size() == (0, 0)


def test_the_stamp_is_looked_at_once_a_second_and_not_more(monkeypatch, django_assert_num_queries):
    at = [100.0]
    monkeypatch.setattr(clock, "monotonic", lambda: at[0])
    memory = Memory()
    with django_assert_num_queries(1):
        for _ in range(50):
            memory.get(asked(), made(b"answer"))
            at[0] += 0.015
    at[0] += 1.0
    with django_assert_num_queries(1):
        memory.get(asked(), made(b"answer"))
