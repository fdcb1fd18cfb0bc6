"""Whoever leaves takes everything of theirs along, and nobody else's."""

import pytest
from django.apps import apps
from django.contrib.admin.sites import site

from onharu.kernel.owned import Owned
from onharu.records.medication.actions import looking, scraps
from onharu.records.medication.models import Scrap
from tests.medicine_shelf import TABLET

pytestmark = pytest.mark.django_db


def tables():
    return [model for model in apps.get_app_config("medication").get_models() if issubclass(model, Owned)]


def everything_of(person):
    scraps.set_scrap(owner_id=person.pk, item_seq=TABLET, said={"notes": "비밀 메모", "tags": ["두통"]})
    looking.note_view(owner_id=person.pk, item_seq=TABLET)
    looking.understand(owner_id=person.pk)


def test_every_table_of_this_room_has_an_owner():
    assert {model.__name__ for model in tables()} == {
        model.__name__ for model in apps.get_app_config("medication").get_models()
    }


def test_who_leaves_takes_every_row_along_and_leaves_the_others(owner, stranger, tablet):
    for person in (owner, stranger):
        everything_of(person)
    number = owner.pk
    assert all(model.objects.of(number).exists() for model in tables())
    owner.delete()
    assert not any(model.objects.of(number).exists() for model in tables())
    assert all(model.objects.of(stranger.pk).exists() for model in tables())


def test_what_was_let_go_leaves_as_well(owner, tablet):
    everything_of(owner)
    scraps.delete_scrap(owner_id=owner.pk, scrap_id=Scrap.objects.get().pk)
    looking.forget_views(owner_id=owner.pk)
    owner.delete()
    assert not any(model.objects.exists() for model in tables())


def test_staff_see_neither_the_medicine_nor_the_words(owner, tablet, admin_client):
    everything_of(owner)
    scrap = Scrap.objects.get()
    for path in ("/admin/medication/scrap/", f"/admin/medication/scrap/{scrap.pk}/change/"):
        html = admin_client.get(path).content.decode()
        assert "비밀 메모" not in html and TABLET not in html and "하루정" not in html
    shown = site.get_model_admin(Scrap)
    assert not {"item_seq", "notes", "category"} & {*shown.list_display, *shown.fields}
