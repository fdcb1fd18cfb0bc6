"""What a reminder says: without the name of a medicine unless the person wants names, and never more than was known."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core import signing
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from onharu.accounts.public import Person, User
from onharu.records.medication.models import Delivery, Dose, Reminder
from onharu.records.medication.rules.reminding import Rule

SALT = "onharu.medication.reminder"
TOKEN_SECONDS = 24 * 3600
# Every message has one size, so that the server in between cannot tell long from short.
SIZE = 1536
NAMES_SHOWN = 4
DOSES_PAGE = "/medicines/doses/"
SETTINGS_PAGE = "/medicines/reminders/"
PHARMACIES_PAGE = "/pharmacies/?open=1"
ANSWER_URL = "/api/reminders/answer/"


@dataclass(frozen=True, slots=True)
class Words:
    """A message in words: a line, a second line that may be empty, and where it leads.

    `also`: what else a letter names, with its page.
    """

    title: str
    body: str
    page: str
    also: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class Ticket:
    """What a pressed notification proves: which delivery it is of, and whether doses may be answered with it."""

    delivery_id: int
    may_answer: bool


def words_of(reminder: Reminder, person: Person, rule: Rule, doses: Sequence[Dose]) -> Words:
    """Say a telling in the language of whoever is told."""
    with translation.override(person.language):
        if reminder.kind == "test":
            return Words(_("시험 알림이에요"), _("이 기기로 복용 알림을 받을 수 있어요."), SETTINGS_PAGE)
        if reminder.kind == "refill":
            also = _("열려 있는 약국까지"), PHARMACIES_PAGE
            return Words(_("약이 얼마 남지 않았어요"), _("눌러서 며칠치가 남았는지 보세요."), DOSES_PAGE, also)
        if reminder.kind == "caregiver":
            return _for_caregiver(reminder, len(doses))
        return Words(_dose_title(reminder, len(doses)), _names(doses) if rule.names_shown else "", DOSES_PAGE)


def _dose_title(reminder: Reminder, doses: int) -> str:
    missed = min(reminder.missed, doses)
    late = ngettext("놓친 복용 %(n)d건", "놓친 복용 %(n)d건", missed) % {"n": missed}
    if missed == doses:
        return late
    present = ngettext("복용 시간이에요 · %(n)d개", "복용 시간이에요 · %(n)d개", doses - missed) % {"n": doses - missed}
    return f"{present} · {late}" if missed else present


def _names(doses: Sequence[Dose]) -> str:
    names = list(dict.fromkeys(dose.regimen.name for dose in doses))
    shown = ", ".join(names[:NAMES_SHOWN])
    more = len(names) - NAMES_SHOWN
    return shown if more <= 0 else _("%(names)s 외 %(n)d개") % {"names": shown, "n": more}


def _for_caregiver(reminder: Reminder, doses: int) -> Words:
    owner = User.objects.select_related("profile").get(pk=reminder.owner_id)
    title = _("%(name)s 님의 복용 표시가 아직 없어요") % {"name": owner.profile.shown_name[:20]}
    body = ngettext("표시되지 않은 복용 %(n)d건", "표시되지 않은 복용 %(n)d건", doses) % {"n": doses}
    return Words(title, body, "/medicines/family/")


def payload_of(delivery: Delivery, person: Person, words: Words, doses: int) -> bytes:
    """Write what the service worker shows: lines, buttons and where to post; it knows no medicine and no person."""
    reminder = delivery.reminder
    may_answer = reminder.kind == "dose" and (reminder.missed == 0 or doses == 1)
    with translation.override(person.language):
        said: dict[str, Any] = {
            "title": words.title,
            "body": words.body,
            "lang": person.language,
            "tag": topic_of(reminder),
            "open": words.page,
            "actions": _actions() if may_answer else [],
            "answer": {"url": ANSWER_URL, "token": ticket_of(delivery.pk, may_answer=may_answer)},
            "unsent": _("보내지 못했어요. 눌러서 열어 주세요."),
            "check": _("확인할 것이 있어요. 눌러서 열어 주세요."),
        }
    raw = json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()
    return raw + b" " * (SIZE - len(raw))


def _actions() -> list[dict[str, str]]:
    return [
        {"action": "taken", "title": _("먹었어요")},
        {"action": "later", "title": _("10분 뒤")},
        {"action": "skipped", "title": _("건너뛰기")},
    ]


def topic_of(reminder: Reminder) -> str:
    """Name what a newer message takes the place of, without telling whose it is: 32 signs of base64url."""
    key = f"{settings.SECRET_KEY}:{reminder.owner_id}:{reminder.kind}"
    return hashlib.sha256(key.encode()).hexdigest()[:32]


def letter_of(words: Words) -> tuple[str, str]:
    """Write a letter: the subject names no medicine, as it is shown on locked screens and kept by servers."""
    link = f"{settings.PUBLIC_URL}{words.page}" if settings.PUBLIC_URL else ""
    named, page = words.also
    further = f"{named}: {settings.PUBLIC_URL}{page}" if named and settings.PUBLIC_URL else ""
    return words.title, "\n\n".join(part for part in (words.body or words.title, link, further) if part) + "\n"


def ticket_of(delivery_id: int, *, may_answer: bool) -> str:
    """Sign what one notification may do; it ends with its day, and earlier with its subscription."""
    return signing.TimestampSigner(salt=SALT).sign(f"{delivery_id}.{int(may_answer)}")


def read_ticket(token: str) -> Ticket | None:
    """Read a token; None for one that is forged, foreign or older than a day."""
    try:
        number, _dot, may = signing.TimestampSigner(salt=SALT).unsign(token, max_age=TOKEN_SECONDS).partition(".")
    except signing.BadSignature:
        return None
    return Ticket(int(number), may == "1")
