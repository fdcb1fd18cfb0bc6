from datetime import timedelta

import pytest

from onharu.records.journal.actions import reports
from onharu.records.journal.actions.demo import HARD, NOTES, WEEKENDS, WORKDAYS, Writer, seed_journal
from onharu.records.journal.models import DailyReport, DayTag, Feedback
from onharu.records.journal.queries.days import days_of
from onharu.records.journal.tests.conftest import DAY

MEDICAL = ("약", "병원", "진단", "치료", "통증", "증상", "혈압", "혈당", "의사", "질환")


def writer(person):
    return Writer(owner_id=person.pk, today=DAY, zone="Asia/Seoul", day_start_hour=4)


def written(person):
    found = days_of(person.pk, DAY - timedelta(days=100), DAY).values()
    return [
        (one.day, one.report.mood, one.report.sleep_hours, one.report.highlights, one.report.challenges)
        for one in found
        if one.report
    ]


def test_sixty_days_have_moods_words_tags_notes_and_gaps(owner, noon):
    count = seed_journal(writer=writer(owner), days=60, seed=1)
    assert 40 <= count == DailyReport.objects.count() < 59
    assert Feedback.objects.count() > 3
    assert DayTag.objects.count() > 5
    assert len({mood for _, mood, *_ in written(owner)}) > 2
    assert DAY not in {day for day, *_ in written(owner)}


def test_the_same_seed_writes_the_same_words_and_another_seed_others(owner, relative, stranger, noon):
    for person, seed in ((owner, 1), (relative, 1), (stranger, 2)):
        seed_journal(writer=writer(person), days=30, seed=seed)
    assert written(owner) == written(relative) != written(stranger)


def test_seeding_again_keeps_what_is_there(owner, noon):
    yesterday = DAY - timedelta(days=1)
    reports.write_report(owner_id=owner.pk, day=yesterday, highlights="내 글")
    seed_journal(writer=writer(owner), days=60, seed=1)
    before, notes = written(owner), Feedback.objects.count()
    assert seed_journal(writer=writer(owner), days=60, seed=1) == 0
    assert (written(owner), Feedback.objects.count()) == (before, notes)
    assert {day: text for day, _, _, text, _ in before}[yesterday] == "내 글"


def test_one_day_has_nothing_behind_it(owner, noon):
    assert seed_journal(writer=writer(owner), days=1) == 0


@pytest.mark.parametrize("sentence", [*WORKDAYS, *WEEKENDS, *HARD, *NOTES])
def test_no_sentence_tells_of_medicine(sentence):
    assert not [word for word in MEDICAL if word in sentence]
