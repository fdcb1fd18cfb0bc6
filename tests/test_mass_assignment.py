"""Nobody writes what a body may not say: whose a row is, its number, when it was made, who is staff."""

import pytest
from django.apps import apps
from django.db import transaction

from onharu.accounts.models import User
from tests.isolation import address_of, operations
from tests.test_isolation import Undone, ask
from tests.test_strangers import rows_of

pytestmark = pytest.mark.django_db
NUMBER = 424242
LONG_AGO = "2001-01-01T00:00:00Z"
WRITES = [one for one in operations() if one.body is not None and isinstance(one.body, dict)]
OPEN = ("/auth/",)


def extras(stranger):
    """What no body may say, under every name that tables and frameworks know it by."""
    return {
        "owner": stranger.pk, "owner_id": stranger.pk, "user": stranger.pk, "user_id": stranger.pk,
        "person": stranger.pk, "viewer": stranger.pk, "viewer_id": stranger.pk, "id": NUMBER, "pk": NUMBER,
        "is_staff": True, "is_superuser": True, "is_active": False, "created_at": LONG_AGO, "deleted_at": LONG_AGO,
        "date_joined": LONG_AGO, "joined_at": LONG_AGO, "version": NUMBER, "password": "taken-over-9",
        "accepted_at": LONG_AGO, "revoked_at": LONG_AGO, "code_hash": "x", "secret_hash": "x",
    }  # fmt: skip


def tables():
    for model in apps.get_models():
        names = {field.name for field in model._meta.concrete_fields}
        if model.__module__.startswith("onharu.") and names & {"owner", "user"}:
            yield model, "owner" if "owner" in names else "user", names


def taken(stranger):
    """What shows that something was taken over: rows of the stranger's, the number, the date."""
    found = []
    for model, whose, names in tables():
        rows = model._default_manager
        found += [(model, "owner")] * rows.filter(**{whose: stranger}).exclude(
            pk__in=taken.before.get(model, ())
        ).count()
        found += [(model, "id")] * (model._meta.pk.name == "id" and rows.filter(pk=NUMBER).exists())
        for name in {"created_at", "deleted_at", "revoked_at", "accepted_at"} & names:
            found += [(model, name)] * rows.filter(**{f"{name}__lte": LONG_AGO.replace("Z", "+00:00")}).exists()
    users = User.objects.filter(is_staff=True) | User.objects.filter(is_active=False)
    found += [(User, "is_staff")] * users.exists() + [(User, "id")] * User.objects.filter(pk=NUMBER).exists()
    return found


def test_what_a_body_may_not_say_is_never_applied(owner, browser, relative, rice, stranger, noon):
    rows = rows_of(browser, relative, rice)
    taken.before = {
        model: set(model._default_manager.filter(**{whose: stranger}).values_list("pk", flat=True))
        for model, whose, _ in tables()
    }
    assert taken(stranger) == []
    password, statuses = owner.password, []
    for one in WRITES:
        if one.path.startswith(OPEN):
            continue
        try:
            with transaction.atomic():
                path = address_of(one.path, rows)
                body = {**extras(stranger), **one.body}
                answer = ask(browser, one.method, path, body)
                statuses.append(answer.status_code)
                assert answer.status_code < 500, (one.method, path, answer.content)
                assert taken(stranger) == [], (one.method, path)
                raise Undone
        except Undone:
            pass
    assert User.objects.get(pk=owner.pk).password == password
    assert len(statuses) > 50
    assert sum(status < 300 for status in statuses) > 25  # written, without what may not be said


def test_signing_up_makes_nobody_staff(client, stranger):
    said = {"username": "haru", "password": "a-long-password-9", "email": "h@example.com", **{
        name: value for name, value in extras(stranger).items() if name != "password"
    }}  # fmt: skip
    assert client.post("/auth/register/", said, content_type="application/json").status_code == 201
    made = User.objects.get(username="haru")
    assert (made.is_staff, made.is_superuser, made.is_active, made.pk == NUMBER) == (False, False, True, False)
    assert made.date_joined.year > 2001
