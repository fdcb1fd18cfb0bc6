"""Medicines are scrapped once, corrected, let go and taken back; tags and what was looked at go along."""

import threading
from datetime import timedelta

import pytest
from django.db import IntegrityError, OperationalError, connection, transaction

from onharu.kernel import clock
from onharu.kernel.problems import Missing
from onharu.records.medication.actions import cleaning, looking, scraps, tags
from onharu.records.medication.actions.scraps import MedicineUnknown, ScrapExists, ScrapRefused
from onharu.records.medication.actions.tags import TagExists, TagRefused, TooManyTags
from onharu.records.medication.models import Scrap, ScrapTag, Tag, Viewed
from onharu.records.medication.queries import scraps as asked
from tests.medicine_shelf import PARTNER, TABLET, put_on_the_shelf
from tests.sealed_rows import row_where

pytestmark = pytest.mark.django_db


def tags_on(scrap):
    return [tag.name for tag in asked.scrap_entry(scrap).tags]


def test_a_scrap_keeps_what_was_said_and_what_the_shelf_says(scrap):
    entry = asked.scrap_entry(scrap)
    assert (entry.category, entry.notes) == ("GOOD", "두통에 한 알.")
    assert [tag.name for tag in entry.tags] == ["두통", "비상약"]
    assert entry.medicine.name == "하루정500밀리그람"


def test_a_medicine_is_scrapped_once_and_the_other_is_named(owner, scrap):
    with pytest.raises(ScrapExists) as found:
        scraps.start_scrap(owner_id=owner.pk, item_seq=TABLET, said={})
    assert found.value.errors == {"id": [str(scrap.pk)]}


def test_the_database_refuses_a_second_living_scrap(owner, scrap):
    with pytest.raises(IntegrityError), transaction.atomic():
        Scrap.objects.create(
            owner_id=owner.pk,
            item_seq=TABLET,
            product=scrap.product,
            category="BAD",
            created_at=clock.now(),
            changed_at=clock.now(),
        )


@pytest.mark.parametrize("values", [{"category": "BEST"}, {"product": ""}])
def test_the_database_refuses_what_is_no_scrap(owner, values):
    whole = {"item_seq": "202000009", "product": "f" * 32, "category": "GOOD", "notes": "", **values}
    with pytest.raises(IntegrityError), transaction.atomic():
        Scrap.objects.create(owner_id=owner.pk, created_at=clock.now(), changed_at=clock.now(), **whole)


@pytest.mark.parametrize("number", ["999999999", "1", "20200000１"])
def test_what_is_not_on_the_shelf_cannot_be_scrapped(owner, tablet, number):
    with pytest.raises(MedicineUnknown):
        scraps.set_scrap(owner_id=owner.pk, item_seq=number, said={})
    assert not Scrap.objects.exists()


@pytest.mark.parametrize("said", [{"category": "BEST"}, {"notes": "가" * 1001}])
def test_a_refused_scrap_changes_nothing(owner, tablet, said):
    with pytest.raises(ScrapRefused):
        scraps.set_scrap(owner_id=owner.pk, item_seq=TABLET, said=said)
    assert not Scrap.objects.exists()


def test_what_is_left_out_stays_and_saying_it_twice_changes_nothing(owner, scrap, monkeypatch):
    scraps.set_scrap(owner_id=owner.pk, item_seq=TABLET, said={"category": "BAD"})
    later = clock.now() + timedelta(hours=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    again = scraps.set_scrap(owner_id=owner.pk, item_seq=TABLET, said={"category": "BAD"})
    assert (again.category, again.notes, tags_on(again)) == ("BAD", "두통에 한 알.", ["두통", "비상약"])
    assert again.changed_at < later


def test_a_scrap_that_was_let_go_comes_back_with_note_and_tags(owner, scrap):
    scraps.delete_scrap(owner_id=owner.pk, scrap_id=scrap.pk)
    assert asked.scrap_of(owner.pk, TABLET) is None
    scraps.delete_scrap(owner_id=owner.pk, scrap_id=scrap.pk)
    back = scraps.restore_scrap(owner_id=owner.pk, scrap_id=scrap.pk)
    assert (back.notes, tags_on(back)) == ("두통에 한 알.", ["두통", "비상약"])


def test_a_scrap_does_not_come_back_over_a_newer_one(owner, scrap):
    scraps.delete_scrap(owner_id=owner.pk, scrap_id=scrap.pk)
    anew = scraps.start_scrap(owner_id=owner.pk, item_seq=TABLET, said={"category": "BAD"})
    with pytest.raises(ScrapExists) as found:
        scraps.restore_scrap(owner_id=owner.pk, scrap_id=scrap.pk)
    assert found.value.errors == {"id": [str(anew.pk)]}


@pytest.mark.parametrize("act", ["change_scrap", "delete_scrap", "restore_scrap"])
def test_a_stranger_finds_no_scrap(stranger, scrap, act):
    more = {"said": {"category": "BAD"}} if act == "change_scrap" else {}
    with pytest.raises(Missing):
        getattr(scraps, act)(owner_id=stranger.pk, scrap_id=scrap.pk, **more)
    assert asked.scrap_of(stranger.pk, TABLET) is None


def test_tags_that_are_spelled_alike_are_one(owner, scrap):
    changed = scraps.change_scrap(owner_id=owner.pk, scrap_id=scrap.pk, said={"tags": ["#두 통", "여행"]})
    assert tags_on(changed) == ["두통", "여행"]
    assert Tag.objects.count() == 3


def test_a_tag_is_renamed_on_every_scrap_and_not_onto_another(owner, scrap):
    first, other = row_where(Tag.objects, name="두통"), row_where(Tag.objects, name="비상약")
    tags.rename_tag(owner_id=owner.pk, tag_id=first.pk, name="머리")
    assert tags_on(scrap) == ["머리", "비상약"]
    with pytest.raises(TagExists) as found:
        tags.rename_tag(owner_id=owner.pk, tag_id=first.pk, name="#비상 약")
    assert found.value.errors == {"id": [str(other.pk)]}


def test_a_tag_that_was_taken_away_comes_back_to_its_scraps(owner, scrap):
    tag = row_where(Tag.objects, name="두통")
    tags.delete_tag(owner_id=owner.pk, tag_id=tag.pk)
    assert tags_on(scrap) == ["비상약"]
    tags.restore_tag(owner_id=owner.pk, tag_id=tag.pk)
    assert tags_on(scrap) == ["두통", "비상약"]


def test_a_tag_does_not_come_back_over_a_newer_one(owner, scrap):
    tag = row_where(Tag.objects, name="두통")
    tags.delete_tag(owner_id=owner.pk, tag_id=tag.pk)
    anew = tags.add_tag(owner_id=owner.pk, name="두통")
    assert anew.pk != tag.pk
    with pytest.raises(TagExists):
        tags.restore_tag(owner_id=owner.pk, tag_id=tag.pk)


@pytest.mark.parametrize("name", ["", "  ", "#", "가" * 31])
def test_a_tag_says_something_and_not_too_much(owner, name):
    with pytest.raises(TagRefused):
        tags.add_tag(owner_id=owner.pk, name=name)


def test_a_scrap_has_ten_tags_at_most(owner, scrap):
    with pytest.raises(TooManyTags):
        scraps.change_scrap(owner_id=owner.pk, scrap_id=scrap.pk, said={"tags": [f"태그{n}" for n in range(11)]})
    assert tags_on(scrap) == ["두통", "비상약"]


def test_what_was_looked_at_is_one_row_a_product_the_latest_first(owner, tablet, partner, monkeypatch):
    at = clock.now()
    for later, number in enumerate((TABLET, PARTNER, TABLET)):
        monkeypatch.setattr(clock, "now", lambda later=later: at + timedelta(minutes=later))
        looking.note_view(owner_id=owner.pk, item_seq=number)
    assert [one.item_seq for one in asked.recent_of(owner.pk, 50)] == [TABLET, PARTNER]


def test_the_newest_fifty_views_are_kept(owner, monkeypatch):
    at = clock.now()
    for number in range(53):
        put_on_the_shelf(f"3000000{number:02}", f"약 {number}")
        monkeypatch.setattr(clock, "now", lambda number=number: at + timedelta(minutes=number))
        looking.note_view(owner_id=owner.pk, item_seq=f"3000000{number:02}")
    seen = [one.item_seq for one in asked.recent_of(owner.pk, 100)]
    assert (len(seen), seen[0], seen[-1]) == (50, "300000052", "300000003")
    assert Viewed.objects.count() == 50


def test_what_was_looked_at_is_forgotten_and_remembered(owner, stranger, tablet):
    looking.note_view(owner_id=owner.pk, item_seq=TABLET)
    looking.forget_views(owner_id=stranger.pk)
    assert asked.recent_of(owner.pk, 50)
    looking.forget_views(owner_id=owner.pk)
    assert asked.recent_of(owner.pk, 50) == []
    looking.restore_views(owner_id=owner.pk)
    assert [one.item_seq for one in asked.recent_of(owner.pk, 50)] == [TABLET]


def test_what_is_not_on_the_shelf_was_not_looked_at(owner, tablet):
    with pytest.raises(MedicineUnknown):
        looking.note_view(owner_id=owner.pk, item_seq="999999999")


def test_what_was_deleted_is_removed_a_day_later(owner, scrap, monkeypatch):
    looking.note_view(owner_id=owner.pk, item_seq=TABLET)
    looking.forget_views(owner_id=owner.pk)
    scraps.delete_scrap(owner_id=owner.pk, scrap_id=scrap.pk)
    assert cleaning.forget_deleted() == 0
    later = clock.now() + timedelta(days=1, seconds=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    cleaning.forget_deleted()
    assert not (Scrap.objects.exists() or ScrapTag.objects.exists() or Viewed.objects.exists())
    assert Tag.objects.count() == 2


def test_mine_are_those_that_are_looked_up_often_or_went_well(owner, scrap, partner):
    scraps.set_scrap(owner_id=owner.pk, item_seq=PARTNER, said={"category": "BAD"})
    assert asked.liked_of(owner.pk) == (TABLET,)


def test_a_scrap_outlives_its_product(owner, scrap, tablet):
    tablet.delete()
    (entry,) = asked.ScrapList(owner.pk)[:10]
    assert (entry.item_seq, entry.medicine) == (TABLET, None)


@pytest.mark.django_db(transaction=True)
def test_many_screens_at_once_make_one_scrap_and_one_row_of_views(owner, tablet):
    failures = []

    def write(number):
        try:
            for step in range(5):
                said = {"notes": f"{number}-{step}", "tags": ["하나", f"태그 {number}"]}
                scraps.set_scrap(owner_id=owner.pk, item_seq=TABLET, said=said)
                looking.note_view(owner_id=owner.pk, item_seq=TABLET)
        except (IntegrityError, OperationalError, Missing) as error:
            failures.append(error)
        finally:
            connection.close()

    writers = [threading.Thread(target=write, args=(number,)) for number in range(8)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(60)
    assert failures == []
    assert Scrap.objects.of(owner.pk).count() == 1
    assert Viewed.objects.of(owner.pk).count() == 1
    assert Tag.objects.of(owner.pk).count() == 9
    assert len(tags_on(Scrap.objects.get())) == 2
