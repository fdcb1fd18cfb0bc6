"""The user and the profile, one row each, and the places where the person is signed in."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser, UserManager
from django.contrib.sessions.base_session import AbstractBaseSession
from django.core.validators import RegexValidator
from django.db import models, transaction
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from onharu.accounts import rules
from onharu.accounts.alerted import Alert, SeenDevice  # noqa: F401 tables of this room
from onharu.accounts.consented import Consent, ConsentStays, Outgoing  # noqa: F401 tables of this room
from onharu.accounts.ways_in import Passkey, PasskeyStart, SecondStep, SigningKey  # noqa: F401 as above
from onharu.kernel import clock
from onharu.kernel.sealed import SealedDecimalField, SealedTextField, within


class People(UserManager["User"]):
    """Makes and finds people by names in their one stored spelling."""

    use_in_migrations = False

    @classmethod
    def normalize_email(cls, email: str | None) -> str | None:  # type: ignore[override]
        """Spell an e-mail address the one way it is stored; nothing becomes None."""
        return rules.email_spelling(email)

    def get_by_natural_key(self, username: str | None) -> User:
        """Find by sign-in name, however it was typed."""
        return self.get(username=rules.username_spelling(username or ""))

    def create_superuser(
        self, username: str, email: str | None = None, password: str | None = None, **extra: Any
    ) -> User:
        """Make a person who may do everything, with a profile like everybody's."""
        with transaction.atomic():
            user = super().create_superuser(username, email, password, **extra)
            Profile.objects.create(user=user)
        return user


class User(AbstractUser):
    """A person who signs in, by name or by e-mail; both are stored in lower case and so unique in any case."""

    username = models.CharField(
        "아이디",
        max_length=rules.LONGEST_USERNAME,
        unique=True,
        validators=[RegexValidator(rules.USERNAME.pattern, flags=re.IGNORECASE)],
    )
    # Null, as two people without an address must not count as two with the same one.
    email = models.EmailField(unique=True, null=True, blank=True)  # type: ignore[assignment]

    profile: Profile

    objects: ClassVar[People] = People()

    class Meta(AbstractUser.Meta):
        constraints = [
            models.CheckConstraint(condition=Q(username=Lower(F("username"))), name="username_in_one_case"),
            models.CheckConstraint(
                condition=Q(email__isnull=True) | Q(email=Lower(F("email"))), name="email_in_one_case"
            ),
        ]

    def __str__(self) -> str:
        return self.username

    @classmethod
    def normalize_username(cls, username: str) -> str:
        """Spell a sign-in name the one way it is stored."""
        return rules.username_spelling(username)


class Profile(models.Model):
    """What targets, days and words depend on. Every fact but the zone may be unknown.

    Name and measures are sealed.
    """

    class Sex(models.TextChoices):
        FEMALE = "FEMALE", _("여성")
        MALE = "MALE", _("남성")

    class Activity(models.TextChoices):
        """Physical activity levels of the Korean dietary reference intakes."""

        SEDENTARY = "SEDENTARY", _("거의 앉아 지내요")
        LOW = "LOW", _("가볍게 움직여요")
        ACTIVE = "ACTIVE", _("많이 움직여요")
        VERY_ACTIVE = "VERY_ACTIVE", _("매우 많이 움직여요")

    class Language(models.TextChoices):
        KOREAN = "ko", "한국어"
        ENGLISH = "en", "English"

    class Purpose(models.TextChoices):
        RECORD = "RECORD", _("먹은 것을 기록해요")
        WEIGHT = "WEIGHT", _("체중을 관리해요")
        NUTRITION = "NUTRITION", _("영양을 챙겨요")
        ILLNESS = "ILLNESS", _("질환 때문에 식사를 살펴요")

    class Maternity(models.TextChoices):
        """States in which the reference intakes of other adults do not hold."""

        PREGNANT = "PREGNANT", _("임신 중이에요")
        LACTATING = "LACTATING", _("젖을 먹이고 있어요")

    class HealthData(models.TextChoices):
        """What was said to the question whether health data may be kept (see `wordings`)."""

        UNASKED = "unasked"
        EARLIER = "earlier"  # was here before it was asked; goes on until the next visit asks
        GIVEN = "given"
        WITHHELD = "withheld"

    user = models.OneToOneField(User, on_delete=models.CASCADE, primary_key=True, related_name="profile")
    nickname = SealedTextField(max_length=40, blank=True)
    birth_year = models.PositiveSmallIntegerField(null=True, blank=True)
    sex = models.CharField(max_length=6, choices=Sex, blank=True)
    height_cm = SealedDecimalField(
        max_digits=4, decimal_places=1, null=True, blank=True, validators=within(*rules.RANGES["height_cm"])
    )
    weight_kg = SealedDecimalField(
        max_digits=4, decimal_places=1, null=True, blank=True, validators=within(*rules.RANGES["weight_kg"])
    )
    activity = models.CharField(max_length=11, choices=Activity, default=Activity.LOW)
    zone = models.CharField(max_length=40, default=clock.DEFAULT_ZONE)
    day_start_hour = models.PositiveSmallIntegerField(default=0)
    language = models.CharField(max_length=2, choices=Language, default=Language.KOREAN)
    purpose = models.CharField(max_length=9, choices=Purpose, blank=True)
    takes_medicine = models.BooleanField(null=True, blank=True)
    maternity = models.CharField(max_length=9, choices=Maternity, blank=True)
    hide_numbers = models.BooleanField(default=False)
    photos_may_leave = models.BooleanField(default=False)
    words_may_leave = models.BooleanField(default=False)
    place_may_leave = models.BooleanField(default=False)
    health_data = models.CharField(max_length=8, choices=HealthData, default=HealthData.UNASKED)
    setup_done_at = models.DateTimeField(null=True, blank=True)
    # When everything is erased; until then the person can take that back.
    leaving_at = models.DateTimeField(null=True, blank=True)
    # Whether an alert waits for an answer: read with the person, so that pages need not ask.
    alerted = models.BooleanField(default=False)
    alert_mail = models.BooleanField(default=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(day_start_hour__lte=6), name="day_starts_by_six"),
            models.CheckConstraint(
                condition=Q(birth_year__isnull=True) | Q(birth_year__range=(1900, 2100)), name="birth_year_sane"
            ),
        ]

    def __str__(self) -> str:
        return self.shown_name

    @property
    def may_keep_health(self) -> bool:
        """Whether health data of this person may be written."""
        return self.health_data in {self.HealthData.GIVEN, self.HealthData.EARLIER}

    @property
    def shown_name(self) -> str:
        """What the person is called: the nickname, else the sign-in name."""
        return self.nickname or self.user.username

    def day_at(self, at: datetime) -> date:
        """The local day an instant belongs to for this person."""
        return clock.local_day(at, self.zone, self.day_start_hour)


class SignIn(AbstractBaseSession):
    """A session row that knows whose it is: a browser's cookie, or the family of tokens of an app.

    The row is the only proof of a sign-in: deleting it ends every cookie, access and refresh token that stands on it.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, null=True, related_name="sign_ins")

    class Meta:
        indexes = [models.Index(fields=["user", "expire_date"], name="signin_of_user")]


class SignInStart(models.Model):
    """A sign-in with another company under way: good once, for ten minutes, in the browser where it began.

    Its state and the browser's secret are kept as hashes, so the row alone finishes nothing.
    """

    state = models.CharField(max_length=64, primary_key=True)
    browser = models.CharField(max_length=64)
    provider = models.CharField(max_length=20)
    expires_at = models.DateTimeField(db_index=True)
    onward = models.CharField(max_length=500, blank=True)
    # An app that began: where its code is sent, and the challenge whose verifier it keeps.
    app_redirect = models.CharField(max_length=300, blank=True)
    challenge = models.CharField(max_length=43, blank=True)
    # Somebody signed in who wants to link: who, and in which session (a hash of its key).
    linker = models.ForeignKey(User, on_delete=models.CASCADE, null=True, related_name="+")
    session = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(app_redirect="", challenge="") | (~Q(app_redirect="") & ~Q(challenge="")),
                name="an_app_brings_a_challenge",
            ),
            models.CheckConstraint(
                condition=Q(linker__isnull=True, session="")
                | (Q(linker__isnull=False, app_redirect="") & ~Q(session="")),
                name="a_link_begins_in_a_session",
            ),
        ]


class SignInCode(models.Model):
    """A code that an app exchanges for its first tokens: good once, for a minute. It is kept as a hash.

    `family` is the session that was issued for it, so that showing the code again ends it.
    """

    digest = models.CharField(max_length=64, primary_key=True)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    app_redirect = models.CharField(max_length=300)
    challenge = models.CharField(max_length=43)
    expires_at = models.DateTimeField(db_index=True)
    used_at = models.DateTimeField(null=True)
    family = models.CharField(max_length=40, blank=True)
