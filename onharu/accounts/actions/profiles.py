"""Changing what a person says about themselves."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import TypedDict, Unpack

from django.db import transaction
from django.utils.translation import gettext as _

from onharu.accounts import principal, rules
from onharu.accounts.actions.consents import ConsentNeeded, note_switches
from onharu.accounts.models import Profile, SignIn, User
from onharu.kernel import days
from onharu.kernel.problems import Invalid, Missing

Errors = dict[str, list[str]]


class ProfileChanges(TypedDict, total=False):
    """The facts that can be said; a fact that is left out stays, None makes it unknown again."""

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


# Facts that say something of a body's health; the rest says how to speak and reckon.
HEALTH = frozenset({"height_cm", "weight_kg", "purpose", "takes_medicine", "maternity"})
MAY_BE_EMPTY = {"sex", "purpose", "maternity"}
CHOICES: dict[str, type[Profile.Sex | Profile.Activity | Profile.Language | Profile.Purpose | Profile.Maternity]] = {
    "sex": Profile.Sex,
    "activity": Profile.Activity,
    "language": Profile.Language,
    "purpose": Profile.Purpose,
    "maternity": Profile.Maternity,
}


def update_profile(*, user_id: int, at: datetime, how: str = "api", **changes: Unpack[ProfileChanges]) -> Profile:
    """Change a person's facts. Open screens learn of it; the same facts again change nothing.

    A switch of what may leave is recorded as a consent, said `how`. Raises Invalid, ConsentNeeded.
    """
    with transaction.atomic():
        profile = _locked(user_id)
        return _apply(profile, at, changes, how)


def held_weight(*, user_id: int) -> Decimal | None:
    """Tell the profile's weight and let nobody else change the profile until the caller's transaction ends."""
    weight: Decimal | None = _locked(user_id).weight_kg
    return weight


def note_weight(*, user_id: int, weight_kg: Decimal, at: datetime) -> None:
    """Make a weight that was just measured the profile's, as targets depend on it. The same again changes nothing."""
    update_profile(user_id=user_id, at=at, weight_kg=weight_kg.quantize(Decimal("0.1")))


def finish_setup(*, user_id: int, at: datetime, **answers: Unpack[ProfileChanges]) -> Profile:
    """Keep the answers of the setup's last question and note that the setup is done. Raises Invalid."""
    with transaction.atomic():
        profile = _apply(_locked(user_id), at, answers, "setup")
        if profile.setup_done_at is None:
            profile.setup_done_at = at
            profile.save(update_fields=["setup_done_at"])
            transaction.on_commit(lambda: principal.forget(user_id))
    return profile


def skip_setup(*, user_id: int, at: datetime) -> Profile:
    """Note that the person wants no more questions; what was answered stays."""
    return finish_setup(user_id=user_id, at=at)


def set_active(*, user_id: int, active: bool) -> User:
    """Let a person in, or keep them out: their sessions end at once."""
    with transaction.atomic():
        user = User.objects.select_related("profile").select_for_update(of=("self",)).filter(pk=user_id).first()
        if user is None:
            raise Missing
        user.is_active = active
        user.save(update_fields=["is_active"])
        if not active:
            SignIn.objects.filter(user_id=user_id).delete()
        transaction.on_commit(lambda: principal.forget(user_id))
    return user


def _locked(user_id: int) -> Profile:
    profile = Profile.objects.select_related("user").select_for_update(of=("self",)).filter(pk=user_id).first()
    if profile is None:
        raise Missing
    return profile


def _apply(profile: Profile, at: datetime, changes: ProfileChanges, how: str) -> Profile:
    errors = _refused(changes, profile.day_at(at))
    if errors:
        raise Invalid(errors=errors)
    day_before = profile.day_at(at)
    changed = [fact for fact, value in _stored(changes).items() if getattr(profile, fact) != value]
    if not changed:
        return profile
    if not profile.may_keep_health and any(_stored(changes)[fact] for fact in HEALTH.intersection(changed)):
        raise ConsentNeeded  # taking such a fact back is always possible
    for fact in changed:
        setattr(profile, fact, _stored(changes)[fact])
    profile.version += 1
    profile.save(update_fields=[*changed, "version"])
    note_switches(profile=profile, changed=changed, how=how, at=at)
    # First, so that whoever hears of the day reads the new facts.
    transaction.on_commit(lambda: principal.forget(profile.pk))
    days.touch(profile.pk, day_before, profile.day_at(at), part="profile")
    return profile


def _stored(changes: ProfileChanges) -> dict[str, object]:
    values: dict[str, object] = dict(changes)
    for fact in MAY_BE_EMPTY & values.keys():
        values[fact] = values[fact] or ""
    if "nickname" in changes:
        values["nickname"] = rules.nickname_spelling(changes["nickname"])
    return values


def _refused(changes: ProfileChanges, today: date) -> Errors:
    checks = {
        "nickname": _nickname(changes),
        "birth_year": _birth_year(changes, today),
        "height_cm": _measure("height_cm", changes.get("height_cm"), _("키는 50~260 cm 사이로 적어 주세요.")),
        "weight_kg": _measure("weight_kg", changes.get("weight_kg"), _("몸무게는 2~400 kg 사이로 적어 주세요.")),
        "zone": _zone(changes),
        "day_start_hour": _day_start(changes),
        **{fact: _choice(fact, changes) for fact in CHOICES},
    }
    return {fact: [words] for fact, words in checks.items() if words}


def _nickname(changes: ProfileChanges) -> str | None:
    if len(rules.nickname_spelling(changes.get("nickname", ""))) > rules.LONGEST_NICKNAME:
        return _("별명은 40자까지 쓸 수 있어요.")
    return None


def _birth_year(changes: ProfileChanges, today: date) -> str | None:
    year = changes.get("birth_year")
    if year is not None and not rules.is_birth_year(year, today):
        return _("태어난 해는 1900년부터 올해 사이로 적어 주세요.")
    return None


def _measure(fact: str, value: Decimal | None, words: str) -> str | None:
    return words if value is not None and not rules.in_range(fact, value) else None


def _zone(changes: ProfileChanges) -> str | None:
    if "zone" in changes and changes["zone"] not in rules.zones():
        return _("모르는 시간대예요. Asia/Seoul처럼 적어 주세요.")
    return None


def _day_start(changes: ProfileChanges) -> str | None:
    if not 0 <= changes.get("day_start_hour", 0) <= rules.LAST_DAY_START:
        return _("하루는 0시부터 6시 사이에 시작할 수 있어요.")
    return None


def _choice(fact: str, changes: ProfileChanges) -> str | None:
    value = changes.get(fact)
    if fact not in changes or (not value and fact in MAY_BE_EMPTY):
        return None
    return None if value in CHOICES[fact].values else _("보기 중에서 골라 주세요.")
