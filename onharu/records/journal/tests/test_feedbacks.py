import pytest
from django.db import IntegrityError, transaction

from onharu.kernel import clock
from onharu.kernel.days import version_of
from onharu.kernel.problems import Missing
from onharu.records.journal import ports, public
from onharu.records.journal.actions import feedbacks
from onharu.records.journal.actions.feedbacks import FeedbackRefused, PlanOfAnotherDay
from onharu.records.journal.models import Feedback
from onharu.records.journal.ports import PlanUnknown
from onharu.records.journal.queries.days import day_of
from onharu.records.journal.tests.conftest import DAY, PLAN, PLAN_DAY


def test_a_note_stands_on_its_day(owner, note):
    (found,) = day_of(owner.pk, DAY).feedbacks
    assert (found.body, found.rating, found.plan_id) == ("무게가 알맞았다.", 4, None)


def test_a_note_on_a_plan_stands_on_the_plans_day(owner, plans):
    made = public.write_feedback(owner_id=owner.pk, plan_id=PLAN, rating=5)
    assert (made.day, made.plan_id) == (PLAN_DAY, PLAN)
    assert day_of(owner.pk, PLAN_DAY).feedbacks == (made,)


def test_the_day_of_a_plan_cannot_be_another(owner, plans):
    with pytest.raises(PlanOfAnotherDay):
        feedbacks.write_feedback(owner_id=owner.pk, day=DAY, plan_id=PLAN, body="x")
    assert Feedback.objects.count() == 0


def test_a_strangers_plan_is_missing_like_an_unknown_one(stranger, plans):
    for plan in (PLAN, 987654):
        with pytest.raises(PlanUnknown):
            feedbacks.write_feedback(owner_id=stranger.pk, plan_id=plan, body="x")


def test_until_somebody_knows_plans_every_plan_is_missing(owner, plans):
    ports.use(None)
    with pytest.raises(PlanUnknown) as problem:
        feedbacks.write_feedback(owner_id=owner.pk, plan_id=PLAN, body="x")
    assert isinstance(problem.value, Missing)


def test_a_note_needs_a_day_or_a_plan(owner):
    with pytest.raises(FeedbackRefused) as problem:
        feedbacks.write_feedback(owner_id=owner.pk, body="x")
    assert problem.value.code == "feedback_without_day"


@pytest.mark.parametrize("said", [{}, {"body": " \n"}, {"body": "가" * 1001}, {"rating": 0}, {"rating": 6}])
def test_a_note_that_says_nothing_or_too_much_is_refused(owner, said):
    with pytest.raises(FeedbackRefused):
        feedbacks.write_feedback(owner_id=owner.pk, day=DAY, **said)
    assert Feedback.objects.count() == 0


@pytest.mark.parametrize("wrong", [{"body": "", "rating": None}, {"rating": 6}])
def test_the_database_refuses_such_a_note_too(note, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        Feedback.objects.filter(pk=note.pk).update(**wrong)


def test_a_note_is_corrected_and_the_same_correction_announces_nothing(owner, note):
    feedbacks.change_feedback(owner_id=owner.pk, feedback_id=note.pk, said={"rating": None})
    (found,) = day_of(owner.pk, DAY).feedbacks
    assert (found.body, found.rating) == ("무게가 알맞았다.", None)
    version = version_of(owner.pk, DAY)
    feedbacks.change_feedback(owner_id=owner.pk, feedback_id=note.pk, said={"rating": None})
    assert version_of(owner.pk, DAY) == version
    with pytest.raises(FeedbackRefused):
        feedbacks.change_feedback(owner_id=owner.pk, feedback_id=note.pk, said={"body": ""})


def test_a_note_goes_and_comes_back(owner, note):
    for _ in range(2):
        feedbacks.delete_feedback(owner_id=owner.pk, feedback_id=note.pk)
    assert day_of(owner.pk, DAY).feedbacks == ()
    for _ in range(2):
        feedbacks.restore_feedback(owner_id=owner.pk, feedback_id=note.pk)
    assert len(day_of(owner.pk, DAY).feedbacks) == 1


def test_a_stranger_finds_no_note_to_change(owner, stranger, note):
    for attempt in (
        lambda: feedbacks.change_feedback(owner_id=stranger.pk, feedback_id=note.pk, said={"body": "x"}),
        lambda: feedbacks.delete_feedback(owner_id=stranger.pk, feedback_id=note.pk),
        lambda: feedbacks.restore_feedback(owner_id=stranger.pk, feedback_id=note.pk),
    ):
        with pytest.raises(Missing):
            attempt()
    assert day_of(stranger.pk, DAY).feedbacks == ()
    assert day_of(owner.pk, DAY).feedbacks[0].body == "무게가 알맞았다."


def test_notes_of_a_day_stand_in_the_order_they_were_written(owner, noon):
    for body in ("하나", "둘", "셋"):
        feedbacks.write_feedback(owner_id=owner.pk, day=DAY, body=body)
    assert [note.body for note in day_of(owner.pk, DAY).feedbacks] == ["하나", "둘", "셋"]
    assert clock.now() == noon
