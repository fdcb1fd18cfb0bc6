"""Whoever leaves takes everything of theirs along, and nobody else's."""

from datetime import UTC, datetime

import pytest
from django.apps import apps
from django.contrib.admin.sites import site

from onharu.kernel.owned import Owned
from onharu.records.medication.actions import looking, scraps
from onharu.records.medication.models import (
    CalendarFeed,
    Delivery,
    Dose,
    DoseEvent,
    PushSubscription,
    RefillWarning,
    Regimen,
    RegimenVersion,
    Reminder,
    ReminderRule,
    RoutineOf,
    Scrap,
    Share,
    ShareEvent,
    StockEvent,
)
from tests.medicine_shelf import TABLET

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 22, 3, tzinfo=UTC)


def tables():
    return [model for model in apps.get_app_config("medication").get_models() if issubclass(model, Owned)]


def everything_of(person):
    scraps.set_scrap(owner_id=person.pk, item_seq=TABLET, said={"notes": "비밀 메모", "tags": ["두통"]})
    looking.note_view(owner_id=person.pk, item_seq=TABLET)
    looking.understand(owner_id=person.pk)
    doses_of(person)


def doses_of(person):
    """A row in each table of doses, reminders and sharing."""
    me = {"owner_id": person.pk}
    regimen = Regimen.objects.create(**me, name="혈압약", planned_until=AT, created_at=AT, changed_at=AT)
    wording = RegimenVersion.objects.create(
        **me, regimen=regimen, n=1, since=AT, schedule={}, amount=1, start=AT.date(), created_at=AT
    )
    dose = Dose.objects.create(
        **me, regimen=regimen, version=wording, key="v1.20261122.0", day=AT.date(), amount=1, created_at=AT
    )
    DoseEvent.objects.create(**me, dose=dose, kind="taken", at=AT, recorded_at=AT)
    RoutineOf.objects.create(
        **me, wake="07:00", breakfast="08:00", lunch="12:30", dinner="18:30", sleep="23:00", changed_at=AT
    )
    StockEvent.objects.create(**me, regimen=regimen, kind="counted", amount=3, at=AT)
    ReminderRule.objects.create(**me, changed_at=AT)
    browser = PushSubscription.objects.create(
        **me, endpoint=f"https://push.example/{person.pk}", p256dh="p", auth="a", created_at=AT
    )
    reminder = Reminder.objects.create(**me, due_at=AT, send_at=AT)
    Delivery.objects.create(**me, reminder=reminder, way="push", subscription=browser, try_at=AT)
    RefillWarning.objects.create(**me, regimen=regimen, reminder=reminder, runs_out=AT.date(), warned_at=AT)
    share = Share.objects.create(**me, code_hash=f"share {person.pk}", created_at=AT, expires_at=AT)
    ShareEvent.objects.create(**me, share=share, what="looked", day=AT.date(), at=AT)
    CalendarFeed.objects.create(**me, secret_hash=f"feed {person.pk}", created_at=AT)


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
