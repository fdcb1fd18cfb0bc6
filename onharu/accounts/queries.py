"""Asks: who a user is as plain values, and where they are signed in."""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal

from allauth.socialaccount.models import SocialAccount
from django.db.models import QuerySet

from onharu.accounts import second
from onharu.accounts.families import BY_TOKEN, DEVICE, SINCE, USED, Family
from onharu.accounts.models import Profile, SignIn, User
from onharu.accounts.rules import Person
from onharu.accounts.ways_in import Passkey
from onharu.kernel import clock
from onharu.kernel.problems import Missing
from onharu.upstream import mail

MOST_SESSIONS = 100
BODY_FACTS = {"sex", "birth_year", "height_cm", "weight_kg", "purpose", "takes_medicine", "maternity", "hide_numbers"}


@dataclass(frozen=True, slots=True)
class Me:
    """Everything a person is told about themselves; an unknown fact is None."""

    id: int
    username: str
    email: str | None
    nickname: str
    sex: str | None
    birth_year: int | None
    height_cm: Decimal | None
    weight_kg: Decimal | None
    activity: str
    zone: str
    day_start_hour: int
    language: str
    purpose: str | None
    takes_medicine: bool | None
    maternity: str | None
    hide_numbers: bool
    photos_may_leave: bool
    words_may_leave: bool
    place_may_leave: bool
    setup_done_at: datetime | None
    version: int
    is_staff: bool
    is_active: bool
    joined_at: datetime


@dataclass(frozen=True, slots=True)
class Place:
    """Somewhere a person is signed in. `id` names it without giving its session away."""

    id: str
    device: str
    kind: str
    signed_in_at: datetime | None
    used_at: datetime | None
    expires_at: datetime
    current: bool


@dataclass(frozen=True, slots=True)
class Security:
    """How a person signs in."""

    has_password: bool
    second_factor: bool
    recovery_codes_left: int
    passkeys: int
    alert_mail: bool
    mail_offered: bool


def person_of(user: User) -> Person:
    """Tell the facts of a person; asks the database nothing when the profile was loaded with the user."""
    profile = user.profile
    return Person(
        id=user.pk,
        nickname=profile.shown_name,
        sex=profile.sex or None,
        birth_year=profile.birth_year,
        height_cm=profile.height_cm,
        weight_kg=profile.weight_kg,
        activity=profile.activity,
        zone=profile.zone,
        day_start_hour=profile.day_start_hour,
        language=profile.language,
        version=profile.version,
        photos_may_leave=profile.photos_may_leave,
        words_may_leave=profile.words_may_leave,
        place_may_leave=profile.place_may_leave,
        maternity=profile.maternity or None,
        hide_numbers=profile.hide_numbers,
        may_keep_health=profile.may_keep_health,
    )


def photos_may_leave(user_id: int) -> bool:
    """Whether a person agreed that photographs are sent to the recogniser of another company."""
    return Profile.objects.filter(pk=user_id, photos_may_leave=True).exists()


def words_may_leave(user_id: int) -> bool:
    """Whether a person agreed that what a day holds is sent to another company's language model."""
    return Profile.objects.filter(pk=user_id, words_may_leave=True).exists()


def place_may_leave(user_id: int) -> bool:
    """Whether a person agreed that where they are is sent to the maker of a map when they look at one."""
    return Profile.objects.filter(pk=user_id, place_may_leave=True).exists()


def today_of(user: User, at: datetime) -> date:
    """Tell which local day an instant belongs to for this person."""
    return user.profile.day_at(at)


def me_of(user: User) -> Me:
    """Tell a person everything about themselves; asks the database nothing."""
    profile = user.profile
    return Me(
        id=user.pk,
        username=user.username,
        email=user.email,
        nickname=profile.shown_name,
        sex=profile.sex or None,
        birth_year=profile.birth_year,
        height_cm=profile.height_cm,
        weight_kg=profile.weight_kg,
        activity=profile.activity,
        zone=profile.zone,
        day_start_hour=profile.day_start_hour,
        language=profile.language,
        purpose=profile.purpose or None,
        takes_medicine=profile.takes_medicine,
        maternity=profile.maternity or None,
        hide_numbers=profile.hide_numbers,
        photos_may_leave=profile.photos_may_leave,
        words_may_leave=profile.words_may_leave,
        place_may_leave=profile.place_may_leave,
        setup_done_at=profile.setup_done_at,
        version=profile.version,
        is_staff=user.is_staff,
        is_active=user.is_active,
        joined_at=user.date_joined,
    )


def seen_by_staff(user: User) -> dict[str, object]:
    """Tell staff about a person without the facts of the body, which help nobody to run a server."""
    return {name: None if name in BODY_FACTS else value for name, value in asdict(me_of(user)).items()}


def users() -> QuerySet[User]:
    """List everybody with profile, the newest first."""
    return User.objects.select_related("profile").order_by("-pk")


def user_with(user_id: int) -> User:
    """Find anybody by id, for staff. Raises Missing."""
    try:
        return users().get(pk=user_id)
    except (User.DoesNotExist, OverflowError):
        raise Missing from None


def living_sign_ins(user_id: int) -> QuerySet[SignIn]:
    """List the sessions of a person that have not ended."""
    return SignIn.objects.filter(user_id=user_id, expire_date__gt=clock.now())


def places_of(user_id: int, *, current_key: str | None) -> list[Place]:
    """List where a person is signed in, the last used first, at most `MOST_SESSIONS`. One statement."""
    rows = living_sign_ins(user_id).order_by("-expire_date")[:MOST_SESSIONS]
    places = [_place(row, current_key) for row in rows]
    return sorted(places, key=lambda place: (place.current, place.used_at or place.expires_at), reverse=True)


def links_of(user_id: int) -> dict[str, datetime]:
    """Tell which companies a person can sign in with, and since when. One statement."""
    linked = SocialAccount.objects.filter(user_id=user_id).order_by("date_joined")
    return dict(linked.values_list("provider", "date_joined"))


def passkeys_of(user_id: int) -> QuerySet[Passkey]:
    """List the passkeys of a person, the newest first."""
    return Passkey.objects.filter(user_id=user_id).order_by("-added_at", "-pk")


def security_of(user: User) -> Security:
    """Tell how a person signs in. Three statements."""
    return Security(
        has_password=user.has_usable_password(),
        second_factor=second.is_on(user.pk),
        recovery_codes_left=second.codes_left(user.pk),
        passkeys=passkeys_of(user.pk).count(),
        alert_mail=user.profile.alert_mail,
        mail_offered=mail.is_offered() and bool(user.email),
    )


def place_id(session_key: str) -> str:
    """Name a session in a way that cannot be turned back into its key."""
    return hashlib.sha256(f"onharu.accounts.place:{session_key}".encode()).hexdigest()[:24]


def _place(row: SignIn, current_key: str | None) -> Place:
    data = Family().decode(row.session_data)
    return Place(
        id=place_id(row.session_key),
        device=data.get(DEVICE, ""),
        kind="app" if data.get(BY_TOKEN) else "browser",
        signed_in_at=_instant(data.get(SINCE)),
        used_at=_instant(data.get(USED)),
        expires_at=row.expire_date,
        current=row.session_key == current_key,
    )


def _instant(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
