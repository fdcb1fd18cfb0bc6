"""Agreeing and withdrawing: the switch and its record in one transaction, so that neither stands without the other."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import get_language

from onharu.accounts import ports, principal, wordings
from onharu.accounts.consented import Consent
from onharu.accounts.models import Profile
from onharu.kernel import walls
from onharu.kernel.problems import Conflict, Missing, Refused

How = Consent.How


class ConsentNeeded(Refused):
    """Somebody who has not agreed that health data is kept was about to have some written."""

    code = "consent_needed"
    ko = "건강 정보를 적어 두는 데 먼저 동의해 주세요. 나 > 동의에서 할 수 있어요."
    en = "Please agree first that health data may be kept, under Me > Consents (PUT /api/me/consents/health_data/)."


class AgreedElsewhere(Conflict):
    """A consent that is about one invitation or one device, and so is given there."""

    code = "consent_given_elsewhere"
    ko = "이 동의는 사람을 초대하거나 기기에서 알림을 켤 때 해요. 여기서는 모두 그만둘 수만 있어요."
    en = "This is agreed to when somebody is invited or a device is switched on. Here it can only be withdrawn."


def set_consent(*, user_id: int, purpose: str, given: bool, how: str, at: datetime) -> None:
    """Agree to a purpose or withdraw, from the next request on. Saying it twice records it once.

    Withdrawing health data ends sharing and messages to devices too. Raises Missing for an unknown purpose, and
    AgreedElsewhere for one that is given with an invitation or a device.
    """
    if purpose not in wordings.PURPOSES:
        raise Missing
    with walls.as_person(user_id), transaction.atomic():
        profile = Profile.objects.select_for_update().filter(pk=user_id).first()
        if profile is None:
            raise Missing
        if purpose in ports.ELSEWHERE:
            _set_elsewhere(user_id, purpose, given=given, at=at)
        elif purpose == wordings.HEALTH:
            _set_health(profile, given=given, how=how, at=at)
        else:
            _set_switch(profile, purpose, given=given, how=how, at=at)
        transaction.on_commit(lambda: principal.forget(user_id))
    principal.forget(user_id)


def note_consent(*, owner_id: int, purpose: str, given: bool, how: str, at: datetime, about: str = "") -> None:
    """Record what a person said to the newest wording, in the language they read. Call it beside the switch."""
    wording, language = wordings.newest(purpose), _language()
    with walls.as_person(owner_id):
        Consent.objects.create(
            owner_id=owner_id,
            purpose=purpose,
            given=given,
            at=at,
            how=how,
            about=about,
            wording=wording.id,
            language=language,
            digest=wording.text(language).digest,
        )


def note_switches(*, profile: Profile, changed: list[str], how: str, at: datetime) -> None:
    """Record the switches among the facts of a profile that just changed."""
    for purpose, switch in wordings.SWITCHES.items():
        if switch in changed:
            note_consent(owner_id=profile.pk, purpose=purpose, given=getattr(profile, switch), how=how, at=at)


def _set_health(profile: Profile, *, given: bool, how: str, at: datetime) -> None:
    state = Profile.HealthData.GIVEN if given else Profile.HealthData.WITHHELD
    if profile.health_data == state:
        return
    Profile.objects.filter(pk=profile.pk).update(health_data=state)
    note_consent(owner_id=profile.pk, purpose=wordings.HEALTH, given=given, how=how, at=at)
    if not given:
        for purpose in ports.ELSEWHERE:
            _set_elsewhere(profile.pk, purpose, given=False, at=at)


def _set_switch(profile: Profile, purpose: str, *, given: bool, how: str, at: datetime) -> None:
    switch = wordings.SWITCHES[purpose]
    if getattr(profile, switch) == given:
        return
    setattr(profile, switch, given)
    profile.version += 1
    profile.save(update_fields=[switch, "version"])
    note_switches(profile=profile, changed=[switch], how=how, at=at)


def _set_elsewhere(user_id: int, purpose: str, *, given: bool, at: datetime) -> None:
    """End what stands in another room, which records each end; what stands already is agreed to."""
    if not given:
        ports.ELSEWHERE[purpose].end(owner_id=user_id, at=at)
    elif not ports.ELSEWHERE[purpose].standing(owner_id=user_id, at=at):
        raise AgreedElsewhere


def _language() -> str:
    return wordings.ENGLISH if (get_language() or "").startswith("en") else wordings.KOREAN
