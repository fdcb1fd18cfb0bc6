"""The user and the profile: one row each."""

from __future__ import annotations

from datetime import date, datetime

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Q

from onharu.kernel import clock


class User(AbstractUser):
    """A person who signs in, by name or by e-mail."""

    email = models.EmailField(unique=True, null=True, blank=True)  # noqa: DJ001 null keeps people without e-mail apart

    profile: Profile

    def __str__(self) -> str:
        return self.username


class Profile(models.Model):
    """What targets, days and words depend on. Every fact but the zone may be unknown."""

    class Sex(models.TextChoices):
        FEMALE = "FEMALE", "여성"
        MALE = "MALE", "남성"

    class Activity(models.TextChoices):
        """Physical activity levels of the Korean dietary reference intakes."""

        SEDENTARY = "SEDENTARY", "거의 앉아 지내요"
        LOW = "LOW", "가볍게 움직여요"
        ACTIVE = "ACTIVE", "많이 움직여요"
        VERY_ACTIVE = "VERY_ACTIVE", "매우 많이 움직여요"

    class Language(models.TextChoices):
        KOREAN = "ko", "한국어"
        ENGLISH = "en", "English"

    class Purpose(models.TextChoices):
        RECORD = "RECORD", "먹은 것을 기록해요"
        WEIGHT = "WEIGHT", "체중을 관리해요"
        NUTRITION = "NUTRITION", "영양을 챙겨요"
        ILLNESS = "ILLNESS", "질환 때문에 식사를 살펴요"

    user = models.OneToOneField(User, on_delete=models.CASCADE, primary_key=True, related_name="profile")
    nickname = models.CharField(max_length=40, blank=True)
    birth_year = models.PositiveSmallIntegerField(null=True, blank=True)
    sex = models.CharField(max_length=6, choices=Sex, blank=True)
    height_cm = models.DecimalField(max_digits=4, decimal_places=1, null=True, blank=True)
    weight_kg = models.DecimalField(max_digits=4, decimal_places=1, null=True, blank=True)
    activity = models.CharField(max_length=11, choices=Activity, default=Activity.LOW)
    zone = models.CharField(max_length=40, default=clock.DEFAULT_ZONE)
    day_start_hour = models.PositiveSmallIntegerField(default=0)
    language = models.CharField(max_length=2, choices=Language, default=Language.KOREAN)
    purpose = models.CharField(max_length=9, choices=Purpose, blank=True)
    takes_medicine = models.BooleanField(null=True, blank=True)
    setup_done_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(day_start_hour__lte=6), name="day_starts_by_six"),
            models.CheckConstraint(
                condition=Q(birth_year__isnull=True) | Q(birth_year__range=(1900, 2100)), name="birth_year_sane"
            ),
            models.CheckConstraint(
                condition=Q(height_cm__isnull=True) | Q(height_cm__range=(50, 260)), name="height_sane"
            ),
            models.CheckConstraint(
                condition=Q(weight_kg__isnull=True) | Q(weight_kg__range=(2, 400)), name="weight_sane"
            ),
        ]

    def __str__(self) -> str:
        return self.shown_name

    @property
    def shown_name(self) -> str:
        """What the person is called: the nickname, else the sign-in name."""
        return self.nickname or self.user.username

    def day_at(self, at: datetime) -> date:
        """The local day an instant belongs to for this person."""
        return clock.local_day(at, self.zone, self.day_start_hour)
