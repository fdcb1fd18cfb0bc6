"""What people are asked to agree to, word by word, in both languages. Plain Python.

A wording that was shown is never changed: a better one is added with the next version, and the record of who agreed
keeps the version, the language and a hash of the text they read. The newest version of a purpose is the one that is
asked.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

HEALTH, PHOTOS, WORDS, PLACE, CAREGIVER, PUSH = (
    "health_data",
    "photos_outside",
    "words_outside",
    "place_outside",
    "caregiver",
    "push",
)
PURPOSES = (HEALTH, PHOTOS, WORDS, PLACE, CAREGIVER, PUSH)
# Purposes whose effective state is a switch of the profile.
SWITCHES = {PHOTOS: "photos_may_leave", WORDS: "words_may_leave", PLACE: "place_may_leave"}
KOREAN, ENGLISH = "ko", "en"


@dataclass(frozen=True, slots=True)
class Text:
    """A question as it is shown: its title and what it means."""

    title: str
    body: str

    @property
    def digest(self) -> str:
        """Hash exactly what was shown."""
        return hashlib.sha256(f"{self.title}\n{self.body}".encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Wording:
    """One version of a question."""

    purpose: str
    version: int
    texts: dict[str, Text]

    @property
    def id(self) -> str:
        """Name it."""
        return f"{self.purpose}.{self.version}"

    def text(self, language: str) -> Text:
        """Read it in a language; any other is Korean."""
        return self.texts.get(language, self.texts[KOREAN])


WORDINGS = (
    Wording(
        HEALTH,
        1,
        {
            KOREAN: Text(
                "건강 정보를 적어 두고 처리하는 데 동의해요",
                "온하루는 먹은 것, 움직임, 복용하는 약, 몸무게와 잰 값, 기분과 수면처럼 적어 주신 것을 이 서버에 "
                "두고 "
                "하루를 보여 드리는 데만 써요. 건강에 관한 것은 민감정보라서 다른 동의와 따로 여쭤요(개인정보 "
                "보호법 제23조). "
                "계정이 있는 동안 두고, 언제든 그만두거나 내려받거나 지울 수 있어요. 동의하지 않아도 가입하고 "
                "음식과 약, 약국을 "
                "찾아볼 수 있지만 기록은 할 수 없어요. 처음에는 나만 볼 수 있고, 함께 보기를 켜야 다른 사람에게 "
                "보여요.",
            ),
            ENGLISH: Text(
                "I agree that what I note about my health is kept and processed",
                "Onharu keeps what you note (meals, movement, medicines you take, weight and measurements, mood and "
                "sleep) on this server and uses it only to show you your days. What is about health is sensitive "
                "information, so this is asked apart from anything else (Personal Information Protection Act, "
                "article 23). It is kept as long as the account, and you can stop, download or erase it at any time. "
                "Without agreeing you can sign up and look for foods, medicines and pharmacies, but note nothing. "
                "At first only you can see it; others can only when you share it.",
            ),
        },
    ),
    Wording(
        PHOTOS,
        1,
        {
            KOREAN: Text(
                "사진을 바깥 서비스로 보내도 돼요",
                "켜면 음식 사진이 이 서버 밖의 인식 서비스로 전송돼요. 끄면 이 서버 안에서만 알아봐요.",
            ),
            ENGLISH: Text(
                "Photos may be sent to an outside service",
                "When on, food photos are sent to a recognition service outside this server. When off, they are only "
                "looked at on this server.",
            ),
        },
    ),
    Wording(
        WORDS,
        1,
        {
            KOREAN: Text(
                "하루 기록을 바깥 언어 모델로 보내도 돼요",
                "켜면 하루를 글로 정리하거나 계획을 제안할 때 기록이 이 서버 밖으로 전송돼요. 끄면 이 서버 "
                "안에서만 써요.",
            ),
            ENGLISH: Text(
                "My day may be sent to another company's language model",
                "When on, what you recorded leaves this server to put a day into words or to propose a plan. When "
                "off, "
                "it stays on this server.",
            ),
        },
    ),
    Wording(
        PLACE,
        1,
        {
            KOREAN: Text(
                "지도를 볼 때 내 위치를 카카오에 보내도 돼요",
                "켜면 약국을 찾을 때 카카오 지도를 열 수 있고, 내 위치(10 m쯤으로 어림)가 카카오로 전송돼요. "
                "끄면 이 서버가 그린 그림만 보여 드려요.",
            ),
            ENGLISH: Text(
                "Where I am may be sent to Kakao when I look at a map",
                "When on, you can open Kakao's map while looking for pharmacies, and where you are (to about 10 m) "
                "is "
                "sent to Kakao. When off, you see only the picture that this server draws.",
            ),
        },
    ),
    Wording(
        CAREGIVER,
        1,
        {
            KOREAN: Text(
                "초대한 사람이 내 복약을 볼 수 있어요",
                "초대를 받은 한 사람이 어제부터 내일까지의 약 이름과 양, 시간, 먹었는지를 봐요. 허락하면 대신 "
                "표시하고, "
                "표시가 없을 때 알림을 받아요. 누가 언제 봤는지 남고, 언제든 바로 끝낼 수 있어요.",
            ),
            ENGLISH: Text(
                "Whom I invite can see my doses",
                "The one person who takes the invitation up sees names, amounts and times of doses from yesterday to "
                "tomorrow, and whether they were taken. If you let them, they mark doses and are told when none was "
                "marked. Who looked and when is kept, and you can end it at once.",
            ),
        },
    ),
    Wording(
        PUSH,
        1,
        {
            KOREAN: Text(
                "이 기기로 알림을 받아요",
                "알림은 브라우저를 만든 회사의 서버를 거쳐 암호문으로 전해져요. 그 회사는 언제 보냈는지만 알고 "
                "내용은 읽지 "
                "못해요. 약 이름은 따로 켜야 나와요.",
            ),
            ENGLISH: Text(
                "Reminders go to this device",
                "A reminder passes the server of the browser's maker, encrypted. They see when something was sent "
                "and "
                "cannot read it. Names of medicines show only if you switch them on.",
            ),
        },
    ),
)


def newest(purpose: str) -> Wording:
    """Find the wording that is asked now."""
    return max((one for one in WORDINGS if one.purpose == purpose), key=lambda one: one.version)


def shown(wording_id: str, language: str) -> Text | None:
    """Find what somebody once read; None for a wording that this edition does not know."""
    return next((one.text(language) for one in WORDINGS if one.id == wording_id), None)
