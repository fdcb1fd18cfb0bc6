"""Many at once: one row a product, one tag a spelling, one answer a key, on either store."""

import threading

import pytest
from django.db import DatabaseError, connection

from onharu.kernel.problems import Problem
from onharu.records.medication.actions import looking, scraps, tags
from onharu.records.medication.actions.scraps import ScrapExists
from onharu.records.medication.models import Scrap, ScrapTag, Tag, Understood, Viewed
from tests.medicine_shelf import TABLET

pytestmark = pytest.mark.django_db(transaction=True)
MANY = 20


def at_once(act, number=MANY):
    """Run an act in many threads that begin together; returns what each answered or raised."""
    start, answers = threading.Barrier(number), [None] * number

    def run(place):
        start.wait(30)
        try:
            answers[place] = act(place)
        except (DatabaseError, Problem) as error:
            answers[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(place,)) for place in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(90)
    return answers


def test_twenty_that_scrap_a_medicine_at_once_make_one_scrap_and_the_others_are_told_which(owner, tablet):
    answers = at_once(lambda _: scraps.start_scrap(owner_id=owner.pk, item_seq=TABLET, said={"category": "GOOD"}))
    scrap = Scrap.objects.get()
    assert [answer.pk for answer in answers if isinstance(answer, Scrap)] == [scrap.pk]
    refused = [answer for answer in answers if not isinstance(answer, Scrap)]
    assert {type(answer) for answer in refused} == {ScrapExists}
    assert {answer.errors["id"][0] for answer in refused} == {str(scrap.pk)}


def test_twenty_that_set_a_scrap_at_once_have_one_with_all_that_one_of_them_said(owner, tablet):
    def act(place):
        said = {"category": "BAD", "notes": f"{place}", "tags": [f"{place}"]}
        return scraps.set_scrap(owner_id=owner.pk, item_seq=TABLET, said=said)

    answers = at_once(act)
    assert [answer for answer in answers if not isinstance(answer, Scrap)] == []
    scrap = Scrap.objects.get()
    (link,) = ScrapTag.objects.select_related("tag")
    assert (scrap.category, scrap.notes) == ("BAD", link.tag.name)


def test_a_word_that_is_said_twenty_times_at_once_is_one_tag(owner):
    answers = at_once(lambda place: tags.add_tag(owner_id=owner.pk, name="#" * (place % 2) + "비상약"))
    assert {answer.pk for answer in answers} == {Tag.objects.get().pk}


def test_two_names_that_become_one_at_once_leave_one_with_it(owner):
    made = [tags.add_tag(owner_id=owner.pk, name=f"태그 {place}") for place in range(6)]
    answers = at_once(lambda place: tags.rename_tag(owner_id=owner.pk, tag_id=made[place].pk, name="같은 이름"), 6)
    assert sum(isinstance(answer, Tag) for answer in answers) == 1
    assert [tag.name for tag in Tag.objects.all()].count("같은 이름") == 1


def test_a_deletion_and_its_undo_at_once_leave_one_scrap_or_none_and_never_two(owner, tablet):
    scrap = scraps.set_scrap(owner_id=owner.pk, item_seq=TABLET, said={})

    def act(place):
        if place % 2:
            return scraps.delete_scrap(owner_id=owner.pk, scrap_id=scrap.pk)
        return scraps.restore_scrap(owner_id=owner.pk, scrap_id=scrap.pk)

    answers = at_once(act, 10)
    assert [answer for answer in answers if not isinstance(answer, Scrap)] == []
    assert Scrap.objects.count() == 1


def test_looks_and_the_note_are_kept_once_however_many_screens_are_open(owner, tablet):
    def act(_):
        looking.note_view(owner_id=owner.pk, item_seq=TABLET)
        looking.understand(owner_id=owner.pk)

    assert set(at_once(act)) == {None}
    assert (Viewed.objects.count(), Understood.objects.count()) == (1, 1)
