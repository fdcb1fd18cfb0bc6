"""What a person is told of their consents and of what left the house for them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from onharu.accounts import ports, wordings
from onharu.accounts.consented import Consent, Outgoing
from onharu.accounts.models import Profile
from onharu.upstream import registry

MOST_SAID = 200
PURPOSE_WORDS = {
    wordings.HEALTH: _("건강 정보"),
    wordings.PHOTOS: _("사진을 바깥으로"),
    wordings.WORDS: _("하루 기록을 바깥으로"),
    wordings.PLACE: _("위치를 바깥으로"),
    wordings.CAREGIVER: _("가족과 함께 보기"),
    wordings.PUSH: _("기기 알림"),
}
LEFT_FOR = {
    "photo": _("사진 알아보기"),
    "words_of_a_day": _("하루를 글로 정리하기"),
    "plan_proposal": _("운동 계획 제안받기"),
    "push": _("기기 알림"),
    "mail": _("이메일 알림"),
    "sign_in": _("다른 회사로 로그인하기"),
    "places": _("가까운 약국 찾기"),
}


@dataclass(frozen=True, slots=True)
class Said:
    """One answer: what was said, when, how, and the very words that were shown (None: of another edition)."""

    given: bool
    at: datetime
    how: str
    how_words: str
    about: str
    wording: str
    language: str
    digest: str
    title: str | None
    body: str | None


@dataclass(frozen=True, slots=True)
class Agreement:
    """A purpose as it stands: the question as it is asked now, whether it is agreed to, and every answer so far."""

    purpose: str
    words: Promise
    given: bool
    asked: bool
    may_give: bool
    wording: str
    language: str
    digest: str
    title: str
    body: str
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Door:
    """One way out of the house: who is at its other end, whether it is open here, and whether for this person."""

    capability: str
    upstream: str
    what: Promise
    when: Promise
    open: bool

    @property
    def at(self) -> str:
        """Say who is at its other end."""
        return other_end(self.upstream)


def agreements_of(profile: Profile, at: datetime) -> list[Agreement]:
    """Tell each purpose as it stands. One statement, and one for each purpose that stands in another room."""
    rows: dict[str, list[Said]] = {}
    for row in Consent.objects.of(profile.pk).order_by("-pk")[:MOST_SAID]:
        rows.setdefault(row.purpose, []).append(_said(row))
    return [_agreement(purpose, profile, rows.get(purpose, []), at) for purpose in wordings.PURPOSES]


def outgoing_of(owner_id: int) -> QuerySet[Outgoing]:
    """List what left for a person, the newest first."""
    rows: QuerySet[Outgoing] = Outgoing.objects.of(owner_id).order_by("-pk")
    return rows


def doors_of(profile: Profile, at: datetime) -> list[Door]:
    """Tell every way by which something of a person may leave, from the chosen backends and the person's switches."""
    standing = {purpose: one.standing(owner_id=profile.pk, at=at) for purpose, one in ports.ELSEWHERE.items()}
    switches = {
        "food_vision": profile.photos_may_leave,
        "plain_words": profile.words_may_leave,
        "maps": profile.place_may_leave,
        "web_push": bool(standing.get(wordings.PUSH)),
        "sign_in": True,
    }
    found = []
    for capability, (what, when) in WAYS_OUT.items():
        backend = registry.backend_of(capability)
        open_ = backend.leaves_home and switches[capability]
        found.append(Door(capability, backend.source if backend.leaves_home else "", what, when, open=open_))
    offered = bool(settings.MAIL_OFFERED and profile.user.email)
    return [
        *found,
        Door("mail", "mail" if offered else "", *LETTERS, open=offered),
    ]


LETTERS = (
    _("복용 시간과 개수, 로그인과 보안 알림"),
    _("이메일 알림을 켰을 때, 그리고 새 기기에서 로그인하거나 로그인 방법을 바꿨을 때"),
)
WAYS_OUT: dict[str, tuple[Promise, Promise]] = {
    "food_vision": (_("음식 사진(장소와 시간은 빼고)"), _("사진 보내기를 켜고 음식 사진을 올렸을 때")),
    "plain_words": (_("하루의 숫자와 메모, 고를 운동"), _("하루 기록 보내기를 켜고 글이나 계획을 부탁했을 때")),
    "maps": (_("지금 있는 곳(10 m쯤으로 어림)"), _("위치 보내기를 켜고 약국을 찾았을 때")),
    "web_push": (_("암호로 잠근 알림"), _("알림을 켠 기기에 복용 시간을 알릴 때")),
    "sign_in": (_("로그인 확인 번호"), _("카카오나 네이버로 로그인할 때")),
}


# Who is called so where calls are counted; a name of a company or a server says itself.
OTHER_ENDS: dict[str, Promise | str] = {
    "web_push": _("브라우저를 만든 회사의 알림 서버"),
    "mail": _("메일 서버"),
    "openai_compatible": _("언어 모델 서버"),
    "hugging_face": "Hugging Face",
    "kakao": _("카카오"),
    "naver": _("네이버"),
}


def other_end(upstream: str) -> str:
    """Say in words who something leaves for."""
    return ", ".join(str(OTHER_ENDS.get(name, name)) for name in upstream.split(", "))


def _said(row: Consent) -> Said:
    text = wordings.shown(row.wording, row.language)
    same = text is not None and text.digest == row.digest
    return Said(
        given=row.given,
        at=row.at,
        how=row.how,
        how_words=row.get_how_display(),
        about=row.about,
        wording=row.wording,
        language=row.language,
        digest=row.digest,
        title=text.title if text and same else None,
        body=text.body if text and same else None,
    )


def _agreement(purpose: str, profile: Profile, said: Sequence[Said], at: datetime) -> Agreement:
    wording = wordings.newest(purpose)
    language = "en" if (get_language() or "").startswith("en") else "ko"
    text = wording.text(language)
    return Agreement(
        purpose=purpose,
        words=PURPOSE_WORDS[purpose],
        given=_given(purpose, profile, at),
        asked=bool(said),
        may_give=purpose not in ports.ELSEWHERE,
        wording=wording.id,
        language=language,
        digest=text.digest,
        title=text.title,
        body=text.body,
        said=tuple(said),
    )


def _given(purpose: str, profile: Profile, at: datetime) -> bool:
    if purpose == wordings.HEALTH:
        return profile.health_data == Profile.HealthData.GIVEN
    if purpose in wordings.SWITCHES:
        return bool(getattr(profile, wordings.SWITCHES[purpose]))
    elsewhere: Any = ports.ELSEWHERE.get(purpose)
    return bool(elsewhere and elsewhere.standing(owner_id=profile.pk, at=at))
