"""One report a day: written whole, corrected answer by answer, gone and back; and what a day then says."""

import threading
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, OperationalError, connection, transaction

from onharu.kernel import clock
from onharu.kernel.days import version_of
from onharu.kernel.problems import Missing
from onharu.records.journal.actions import reports, tags
from onharu.records.journal.actions.cleaning import UNDO_FOR, forget_deleted
from onharu.records.journal.actions.reports import ReportExists, ReportRefused
from onharu.records.journal.actions.tags import TooManyTags
from onharu.records.journal.models import DailyReport, Feedback, Tag
from onharu.records.journal.queries import days as asked
from onharu.records.journal.tests.conftest import DAY
from tests.sealed_rows import row_where


def names(found):
    return [tag.name for tag in found]


def test_a_report_is_read_as_it_was_said(owner, report):
    found = asked.day_of(owner.pk, DAY).report
    assert (found.mood, found.condition, found.sleep_hours) == (4, 3, Decimal("7.25"))
    assert (found.highlights, found.challenges) == ("한강을 걸었다.", "회의가 길었다.")
    assert names(found.tags) == ["산책", "야근"]


def test_no_answer_is_none_and_not_the_lowest(owner, noon):
    reports.amend_day(owner_id=owner.pk, day=DAY, said={"mood": 1})
    found = asked.day_of(owner.pk, DAY).report
    assert (found.mood, found.condition, found.sleep_hours) == (1, None, None)


def test_writing_a_day_again_replaces_it_and_stays_one_row(owner, report):
    again = reports.write_report(owner_id=owner.pk, day=DAY, mood=2)
    assert again.pk == report.pk
    found = asked.day_of(owner.pk, DAY).report
    assert (found.mood, found.condition, found.highlights, found.tags) == (2, None, "", ())
    assert DailyReport.objects.count() == 1


def test_saying_the_same_twice_announces_once(owner, report):
    version = version_of(owner.pk, DAY)
    same = {"mood": 4, "highlights": " 한강을 걸었다.\r\n", "tags_added": ["#산책"], "tags_removed": [987654]}
    reports.amend_day(owner_id=owner.pk, day=DAY, said=same)
    assert version_of(owner.pk, DAY) == version
    reports.amend_day(owner_id=owner.pk, day=DAY, said={"mood": 5})
    assert version_of(owner.pk, DAY) > version


def test_two_screens_that_answer_different_questions_lose_nothing(owner, report):
    reports.amend_day(owner_id=owner.pk, day=DAY, said={"highlights": "다른 화면의 글"})
    reports.amend_day(owner_id=owner.pk, day=DAY, said={"mood": 5})
    found = asked.day_of(owner.pk, DAY).report
    assert (found.mood, found.highlights, found.challenges) == (5, "다른 화면의 글", "회의가 길었다.")


def test_tags_that_come_and_go_leave_the_others(owner, report):
    gone = row_where(Tag.objects, name="야근")
    reports.amend_day(owner_id=owner.pk, day=DAY, said={"tags_added": ["집밥"], "tags_removed": [gone.pk]})
    assert names(asked.day_of(owner.pk, DAY).tags) == ["산책", "집밥"]


def test_the_first_word_on_a_day_that_has_a_report_is_a_conflict_that_names_it(owner, report):
    with pytest.raises(ReportExists) as problem:
        reports.start_report(owner_id=owner.pk, day=DAY, said={"mood": 1})
    assert problem.value.errors == {"id": [str(report.pk)]}
    assert asked.day_of(owner.pk, DAY).report.mood == 4


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"mood": 0}, "mood"),
        ({"mood": 6}, "mood"),
        ({"condition": -1}, "condition"),
        ({"sleep_hours": Decimal("24.25")}, "sleep_hours"),
        ({"sleep_hours": Decimal("7.1")}, "sleep_hours"),
        ({"highlights": "가" * 2001}, "highlights"),
        ({"challenges": "가" * 2001}, "challenges"),
    ],
)
def test_an_answer_that_cannot_be_changes_nothing(owner, report, said, field):
    with pytest.raises(ReportRefused) as problem:
        reports.amend_day(owner_id=owner.pk, day=DAY, said={"condition": 5, **said})
    assert list(problem.value.errors) == [field]
    assert asked.day_of(owner.pk, DAY).report.condition == 3


@pytest.mark.parametrize(
    "wrong",
    [
        {"mood": 0}, {"mood": 6}, {"condition": 9}, {"sleep_quarters": 97},
    ],
)  # fmt: skip
def test_the_database_refuses_an_answer_that_cannot_be(owner, report, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        DailyReport.objects.filter(pk=report.pk).update(**wrong)


def test_the_database_keeps_one_report_a_day(owner, report):
    with pytest.raises(IntegrityError), transaction.atomic():
        DailyReport.objects.create(owner_id=owner.pk, day=DAY, created_at=clock.now(), changed_at=clock.now())


def test_a_report_goes_and_comes_back_with_its_tags(owner, report):
    reports.delete_report(owner_id=owner.pk, report_id=report.pk)
    version = version_of(owner.pk, DAY)
    reports.delete_report(owner_id=owner.pk, report_id=report.pk)
    assert version_of(owner.pk, DAY) == version
    assert asked.day_of(owner.pk, DAY).report is None
    for _ in range(2):
        reports.restore_report(owner_id=owner.pk, report_id=report.pk)
    assert names(asked.day_of(owner.pk, DAY).tags) == ["산책", "야근"]


def test_a_day_written_anew_keeps_its_new_report(owner, report):
    reports.delete_report(owner_id=owner.pk, report_id=report.pk)
    anew = reports.write_report(owner_id=owner.pk, day=DAY, mood=1)
    assert anew.pk != report.pk
    with pytest.raises(ReportExists) as problem:
        reports.restore_report(owner_id=owner.pk, report_id=report.pk)
    assert problem.value.errors == {"id": [str(anew.pk)]}


def test_what_was_deleted_a_day_ago_is_let_go(owner, report, note, monkeypatch):
    reports.delete_report(owner_id=owner.pk, report_id=report.pk)
    Feedback.objects.update(deleted_at=clock.now())
    tags.delete_tag(owner_id=owner.pk, tag_id=row_where(Tag.objects, name="야근").pk)
    assert forget_deleted() == 0
    later = clock.now() + UNDO_FOR + timedelta(minutes=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert forget_deleted() > 0
    assert (DailyReport.objects.count(), Feedback.objects.count()) == (0, 0)
    assert names(Tag.objects.all()) == ["산책"]


def test_a_stranger_finds_nothing_to_change(owner, stranger, report):
    for attempt in (
        lambda: reports.change_report(owner_id=stranger.pk, report_id=report.pk, said={"mood": 1}),
        lambda: reports.delete_report(owner_id=stranger.pk, report_id=report.pk),
        lambda: reports.restore_report(owner_id=stranger.pk, report_id=report.pk),
    ):
        with pytest.raises(Missing):
            attempt()
    reports.write_report(owner_id=stranger.pk, day=DAY, mood=1, tags=["산책"])
    mine, theirs = asked.day_of(owner.pk, DAY).report, asked.day_of(stranger.pk, DAY).report
    assert (mine.mood, theirs.mood) == (4, 1)
    assert {tag.id for tag in mine.tags}.isdisjoint(tag.id for tag in theirs.tags)


def test_a_day_is_one_statement_with_its_notes_and_tags(owner, report, note, django_assert_num_queries):
    with django_assert_num_queries(1):
        found = asked.day_of(owner.pk, DAY)
    assert (found.report.id, found.feedbacks[0].id) == (report.pk, note.pk)
    assert found.feedbacks[0].body == "무게가 알맞았다."


@pytest.mark.parametrize("count", [1, 500])
def test_many_days_are_one_statement(owner, noon, count, django_assert_num_queries):
    days = [DAY - timedelta(days=back) for back in range(count)]
    DailyReport.objects.bulk_create(
        DailyReport(owner_id=owner.pk, day=day, mood=3, created_at=noon, changed_at=noon) for day in days
    )
    with django_assert_num_queries(1):
        assert list(asked.days_of(owner.pk, days[-1], DAY)) == sorted(days)
    with django_assert_num_queries(1):
        assert asked.days_written(owner.pk, days[-1], DAY) == frozenset(days)


def test_a_report_whose_answers_were_taken_back_counts_as_nothing(owner, report):
    reports.write_report(owner_id=owner.pk, day=DAY, tags=["산책"])
    assert asked.days_written(owner.pk, DAY, DAY) == {DAY}
    tags.delete_tag(owner_id=owner.pk, tag_id=row_where(Tag.objects, name="산책").pk)
    assert asked.days_written(owner.pk, DAY, DAY) == frozenset()
    assert not asked.day_of(owner.pk, DAY).report.says_something
    assert asked.milestones(owner.pk).reports == 0


def test_milestones_name_the_rows_that_reached_them(owner, noon, django_assert_num_queries):
    for back in (3, 1, 2, 0, 9, 8, 7):
        reports.write_report(owner_id=owner.pk, day=DAY - timedelta(days=back), mood=3)
    with django_assert_num_queries(1):
        found = asked.milestones(owner.pk)
    assert found.reports == 7
    assert [(one.nth, one.day) for one in found.reached] == [(1, DAY - timedelta(days=9)), (7, DAY)]
    assert asked.milestones(owner.pk + 1) == asked.Milestones(reports=0, reached=())


def test_tags_of_one_day_are_bounded(owner, report):
    with pytest.raises(TooManyTags):
        reports.write_report(owner_id=owner.pk, day=DAY, tags=[f"태그 {number}" for number in range(21)])
    with pytest.raises(TooManyTags):
        reports.amend_day(owner_id=owner.pk, day=DAY, said={"tags_added": [f"태그 {number}" for number in range(19)]})
    assert names(asked.day_of(owner.pk, DAY).tags) == ["산책", "야근"]


@pytest.mark.django_db(transaction=True)
def test_fifty_screens_at_once_write_one_report(django_user_model):
    owner_id = django_user_model.objects.create_user("somebody", "s@example.com", "x").pk
    failures = []

    def write(number):
        try:
            for step in range(5):
                said = {"mood": step + 1, "tags_added": ["하나", f"태그 {number}"]}
                reports.amend_day(owner_id=owner_id, day=DAY, said=said)
        except (IntegrityError, OperationalError, Missing) as error:
            failures.append(error)
        finally:
            connection.close()

    writers = [threading.Thread(target=write, args=(number,)) for number in range(10)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(60)
    assert failures == []
    assert DailyReport.objects.of(owner_id).count() == 1
    assert len(asked.day_of(owner_id, DAY).tags) == 11
    assert Tag.objects.of(owner_id).count() == 11
