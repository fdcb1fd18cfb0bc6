import pytest
from django.db import IntegrityError, transaction

from onharu.kernel import clock
from onharu.kernel.days import version_of
from onharu.kernel.problems import Missing
from onharu.records.journal.actions import reports, tags
from onharu.records.journal.actions.tags import TagExists, TagRefused, TooManyTags
from onharu.records.journal.models import Tag
from onharu.records.journal.queries.days import day_of, tags_of
from onharu.records.journal.tests.conftest import DAY
from tests.sealed_rows import row_where


@pytest.fixture
def tag(owner, report):
    return row_where(Tag.objects, name="야근")


def shown(owner):
    return [tag.name for tag in day_of(owner.pk, DAY).tags]


def test_a_tag_is_made_once_however_it_is_typed(owner, noon):
    first = tags.add_tag(owner_id=owner.pk, name="#Late Night")
    again = tags.add_tag(owner_id=owner.pk, name="ＬＡＴＥnight")
    assert (first.pk, first.name) == (again.pk, "Late Night")


def test_the_database_keeps_one_tag_a_spelling(owner, tag):
    with pytest.raises(IntegrityError), transaction.atomic():
        Tag.objects.create(
            owner_id=owner.pk, name="야 근", spelling=Tag.mark_of(owner.pk, "야근"), created_at=clock.now()
        )


@pytest.mark.parametrize("name", ["", "#", "가" * 31, "ﷺ" * 20])
def test_a_tag_that_says_nothing_or_too_much_is_refused(owner, name):
    with pytest.raises(TagRefused):
        tags.add_tag(owner_id=owner.pk, name=name)
    assert Tag.objects.count() == 0


def test_a_renamed_tag_is_renamed_on_every_day_and_announces_it(owner, tag):
    version = version_of(owner.pk, DAY)
    tags.rename_tag(owner_id=owner.pk, tag_id=tag.pk, name="늦은 퇴근")
    assert shown(owner) == ["늦은 퇴근", "산책"]
    assert version_of(owner.pk, DAY) > version
    version = version_of(owner.pk, DAY)
    tags.rename_tag(owner_id=owner.pk, tag_id=tag.pk, name="늦은 퇴근")
    assert version_of(owner.pk, DAY) == version


def test_a_name_that_is_taken_is_a_conflict_that_names_the_tag(owner, tag):
    other = row_where(Tag.objects, name="산책")
    with pytest.raises(TagExists) as problem:
        tags.rename_tag(owner_id=owner.pk, tag_id=tag.pk, name="산 책")
    assert problem.value.errors == {"id": [str(other.pk)]}
    assert shown(owner) == ["산책", "야근"]


def test_a_deleted_tag_leaves_its_days_and_comes_back_to_them(owner, tag):
    for _ in range(2):
        tags.delete_tag(owner_id=owner.pk, tag_id=tag.pk)
    assert shown(owner) == ["산책"]
    for _ in range(2):
        tags.restore_tag(owner_id=owner.pk, tag_id=tag.pk)
    assert shown(owner) == ["산책", "야근"]


def test_a_deleted_tag_does_not_come_back_beside_a_new_one_of_its_name(owner, tag):
    tags.delete_tag(owner_id=owner.pk, tag_id=tag.pk)
    anew = tags.add_tag(owner_id=owner.pk, name="야근")
    with pytest.raises(TagExists) as problem:
        tags.restore_tag(owner_id=owner.pk, tag_id=tag.pk)
    assert problem.value.errors == {"id": [str(anew.pk)]}


def test_tags_are_counted_by_the_reports_that_are_there(owner, tag, report, django_assert_num_queries):
    tags.add_tag(owner_id=owner.pk, name="집밥")
    with django_assert_num_queries(1):
        assert [(one.name, one.uses) for one in tags_of(owner.pk)] == [("산책", 1), ("야근", 1), ("집밥", 0)]
    reports.delete_report(owner_id=owner.pk, report_id=report.pk)
    assert {one.uses for one in tags_of(owner.pk)} == {0}


def test_a_person_has_at_most_two_hundred_tags(owner, noon):
    made = [
        Tag(owner_id=owner.pk, name=f"{n}", spelling=Tag.mark_of(owner.pk, f"{n}"), created_at=noon) for n in range(200)
    ]
    Tag.objects.bulk_create(made)
    with pytest.raises(TooManyTags):
        tags.add_tag(owner_id=owner.pk, name="하나 더")
    assert tags.add_tag(owner_id=owner.pk, name="7").name == "7"


def test_a_stranger_finds_no_tag_to_change(stranger, tag):
    for attempt in (
        lambda: tags.rename_tag(owner_id=stranger.pk, tag_id=tag.pk, name="x"),
        lambda: tags.delete_tag(owner_id=stranger.pk, tag_id=tag.pk),
        lambda: tags.restore_tag(owner_id=stranger.pk, tag_id=tag.pk),
    ):
        with pytest.raises(Missing):
            attempt()
    tag.refresh_from_db()
    assert (tag.name, tag.deleted_at) == ("야근", None)


def test_a_strangers_tag_cannot_be_put_on_a_report(owner, stranger, tag):
    reports.amend_day(owner_id=stranger.pk, day=DAY, said={"tags_added": ["야근"], "tags_removed": [tag.pk]})
    assert day_of(stranger.pk, DAY).tags[0].id != tag.pk
    assert shown(owner) == ["산책", "야근"]
