"""A person with at least one row in every table that can hold anything of theirs, and a word in every text."""

from __future__ import annotations

import io
import uuid
from datetime import date, time, timedelta
from decimal import Decimal

from allauth.socialaccount.models import SocialApp
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.db import models
from PIL import Image

from onharu.accounts import wordings
from onharu.accounts.models import User
from onharu.catalog.exercises.models import Exercise
from onharu.catalog.foods.models import Food
from onharu.catalog.pharmacies.models import Pharmacy
from onharu.kernel import access, clock, days, jobs
from onharu.kernel.access import Kind
from onharu.kernel.belongings import count_of, label_of
from onharu.rights.rooms import tables

CANARY = "카나리아"
DAY = date(2026, 11, 20)
WRITTEN_ELSEWHERE = {"kernel.accessrow", "kernel.personversion", "kernel.dayversion", "rights.export"}


def live(owner: User, other: User) -> dict[str, models.Model]:
    """Give a person a row in every table; returns the newest row of each."""
    made: dict[str, models.Model] = {label_of(User): owner}
    shelf = {
        label_of(Food): Food.objects.create(code="C-1", name="밥", kcal=100, source="시험표", edition="1"),
        label_of(Exercise): Exercise.objects.create(
            code="C-2",
            name="걷기",
            name_en="Walk",
            pattern="cardio",
            measure="minutes",
            level=1,
            source="t",
            edition="1",
        ),
        label_of(Pharmacy): Pharmacy.objects.create(hpid="C1101", name="온하루약국", source="t"),
        label_of(ContentType): ContentType.objects.get_for_model(User),
        label_of(Group): Group.objects.create(name="help"),
        label_of(Permission): Permission.objects.first(),
        label_of(SocialApp): SocialApp.objects.create(provider="kakao", name="Kakao", client_id="1"),
    }
    User.objects.filter(pk=owner.pk).update(first_name=CANARY, last_name=CANARY)
    owner.profile.nickname = CANARY
    owner.profile.save()
    for table in tables():
        if table.label not in WRITTEN_ELSEWHERE and not count_of(table, owner.pk):
            made[table.label] = table.model._base_manager.create(**_values(table, owner, other, {**shelf, **made}))
        elif table.label not in WRITTEN_ELSEWHERE:
            made[table.label] = table.model._base_manager.filter(**{table.owner: owner.pk}).first()
    _photograph(owner, made)
    for part in ("meals", "workouts", "goals", "journal"):
        days.touch(owner.pk, DAY, part=part)
    access.done(Kind.SIGN_IN, whose=owner.pk, who=owner.pk)
    jobs.enqueue("insights.say_day", key=f"words:{owner.pk}:x", owner_id=owner.pk, day="2026-11-20", language="ko")
    jobs.enqueue(
        "meals.recognise", key=f"meals.recognise:{made['meals.analysis'].pk}", analysis_id=made["meals.analysis"].pk
    )
    return made


def _photograph(owner, made):
    raw = io.BytesIO()
    Image.new("RGB", (40, 30), "green").save(raw, "JPEG", comment=CANARY.encode())
    photo = made["meals.photo"]
    photo.file.save(f"{owner.pk}/{uuid.uuid4().hex}.jpg", ContentFile(raw.getvalue()), save=False)
    photo.thumb.save(f"{owner.pk}/{uuid.uuid4().hex}.jpg", ContentFile(raw.getvalue()), save=False)
    photo.feature = CANARY.encode() * 10
    photo.save()


SAID = {
    "accounts.signin": {"session_key": CANARY, "expire_date": lambda: clock.now() + timedelta(days=1)},
    "accounts.signinstart": {"app_redirect": "", "challenge": ""},
    "socialaccount.socialaccount": {"provider": "kakao"},
    "kernel.savedreply": {"body": CANARY.encode()},
    "goals.goal": {"kind": "WEIGHT", "habit": "", "target": 60, "due": None},
    "goals.dailytarget": {"key": "kcal", "direction": "at_least", "low": 1, "high": None, "removed": False},
    "goals.measurement": {"kind": "WEIGHT", "context": "", "value2": None},
    "meals.analysis": {"committed_at": clock.now, "answer": {"rows": [CANARY]}},
    "meals.favourite": {"own_food": None},
    "meals.ingredient": {"own_food": None},
    "meals.photo": {"file": "", "thumb": "", "sight": {"label": CANARY}, "feature": b"x"},
    "medication.reminderrule": {"repeat_minutes": 10, "group_minutes": 15, "escalate_minutes": 30},
    "workouts.movementprofile": {"minutes": 30},
    "medication.regimenversion": {"schedule": {"phases": []}},
    "medication.regimen": {"item_seq": "202005623"},
    "medication.scrap": {"item_seq": "202005623"},
    "medication.viewed": {"item_seq": "202005623"},
    "medication.doseevent": {"kind": "taken", "by": lambda: None},
    "medication.reminder": {"kind": "dose"},
    "medication.delivery": {"way": "push", "answer": ""},
    "medication.share": {"revoked_at": None, "left_at": None},
    "medication.shareevent": {"what": "looked"},
    "workouts.task": {"state": "planned", "done_at": None, "skip_reason": ""},
    "workouts.workoutlog": {"source": "SELF", "minutes_source": "SAID", "minutes": 30, "body_kg_source": "MEASURED"},
    "insights.daywords": {"fallback_of": ""},
    "accounts.secondstep": {"wrong": 0, "wrong_at": None},
    "accounts.passkeystart": {"purpose": "add", "step": ""},
    "accounts.consent": {"purpose": wordings.PHOTOS},
    "admin.logentry": {"object_id": "0"},  # nobody: a note about the person would go before what they did is counted
}


def _values(table, owner, other, made):
    said = {name: value() if callable(value) else value for name, value in SAID.get(table.label, {}).items()}
    values = {}
    for field in table.model._meta.concrete_fields:
        if field.name in said or isinstance(field, models.AutoField):
            continue
        if field.related_model and label_of(field.related_model) == "accounts.user":
            values[field.name] = owner if field.name in {"owner", "user", "linker", table.owner} else other
        elif field.related_model:
            values[field.name] = made.get(label_of(field.related_model))
        elif field.name not in {"deleted_at", "failed_at"}:
            values[field.name] = _value(field)
    return values | said


# The first kind that fits: a day with its time is a day too.
KINDS = (
    (models.JSONField, lambda _: [CANARY]),
    (models.DateTimeField, lambda _: clock.now()),
    (models.DateField, lambda _: DAY),
    (models.TimeField, lambda _: time(8, 30)),
    (models.UUIDField, lambda _: uuid.uuid4()),
    (models.DecimalField, lambda _: Decimal(5)),
    (models.BooleanField, lambda _: False),
    (models.IntegerField, lambda field: 1 if field.name == "level" else 2),
    (models.BinaryField, lambda _: CANARY.encode()),
    (models.EmailField, lambda _: f"{CANARY}@example.com"),
    (models.URLField, lambda _: f"https://push.example/{CANARY}"),
    (models.Field, lambda field: CANARY if (field.max_length or 100) >= len(CANARY) else "가"),
)


def _value(field):
    if field.choices:
        return field.choices[0][0]
    return next(make(field) for kind, make in KINDS if isinstance(field, kind))
