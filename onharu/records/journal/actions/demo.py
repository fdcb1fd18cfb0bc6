"""A believable diarist for the demo: moods that follow sleep and weekdays, short sentences of ordinary days, gaps.

The sentences tell of walks, meals, work and rest; none tells of an illness, a medicine or a treatment.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time, timedelta
from random import Random

from django.db import transaction

from onharu.kernel import clock
from onharu.kernel.days import touch
from onharu.records.journal.actions.tags import PART, named
from onharu.records.journal.models import DailyReport, DayTag, Feedback

WORKDAYS = (
    "점심시간에 동료와 공원을 한 바퀴 걸었다.",
    "미뤄 둔 보고서를 오전에 끝냈다.",
    "집에 오는 길에 한 정거장 먼저 내려 걸었다.",
    "회의가 하나 줄어서 저녁을 집에서 해 먹었다.",
    "아침에 일찍 일어나 창문을 열고 커피를 마셨다.",
    "오랜만에 책을 서른 쪽 읽었다.",
    "계획한 운동을 다 했다. 끝나고 마신 물이 시원했다.",
    "엄마와 통화하며 한참 웃었다.",
)
WEEKENDS = (
    "한강에서 자전거를 탔다. 바람이 좋았다.",
    "친구들과 김장을 도왔다. 수육이 맛있었다.",
    "늦잠을 자고 천천히 아침을 먹었다.",
    "뒷산에 다녀왔다. 단풍이 거의 졌다.",
    "집을 정리하고 화분에 물을 주었다.",
    "영화를 보고 시장에서 귤을 샀다.",
)
HARD = (
    "회의가 길어져서 저녁이 늦었다.",
    "잠들기 전에 휴대전화를 너무 오래 봤다.",
    "비가 와서 걷기를 건너뛰었다.",
    "점심을 급하게 먹었다.",
    "마감이 다가와서 마음이 바빴다.",
    "운동하러 나가기가 귀찮았다.",
)
NOTES = (
    "오늘 운동은 무게가 알맞았다.",
    "마지막 세트는 조금 힘들었다. 다음에는 더 쉬고 하자.",
    "걷기 시작하니 생각보다 금방 지나갔다.",
    "내일은 물병을 챙기자.",
)
TAGS_OF = {
    "산책": ("걸었", "걷기", "한강", "뒷산"),
    "집밥": ("해 먹", "아침을 먹", "수육"),
    "야근": ("회의", "마감", "보고서"),
}
EVENING = time(21, 40)


@dataclass(frozen=True, slots=True)
class Writer:
    """Whose days are made up: until yesterday evening of `today`, in their zone."""

    owner_id: int
    today: date
    zone: str
    day_start_hour: int


@transaction.atomic
def seed_journal(*, writer: Writer, days: int, seed: int = 0) -> int:
    """Write believable reports and notes for the days before today; returns how many reports.

    Days that have a report already keep it; the same seed writes the same words.
    """
    random = Random(seed)  # noqa: S311 a demo is not a secret
    first = writer.today - timedelta(days=days - 1)
    mine = DailyReport.objects.of(writer.owner_id).alive().filter(day__gte=first)
    taken = set(mine.values_list("day", flat=True))
    reports, notes = [], []
    mood = 3
    for day in (first + timedelta(days=number) for number in range(days - 1)):
        mood = _mood_after(random, mood, day)
        report, note = _report(writer, random, day, mood), _note(writer, random, day)
        told, noted = (
            random.random() < 0.84,
            random.random() < 0.2,
        )  # drawn for every day: a day that is kept moves no other
        if told and day not in taken:
            reports.append(report)
            notes += [note] if noted else []
    DailyReport.objects.bulk_create(reports)
    Feedback.objects.bulk_create(notes)
    _tag(writer.owner_id, reports)
    touch(writer.owner_id, *(report.day for report in reports), part=PART)
    return len(reports)


def _mood_after(random: Random, before: int, day: date) -> int:
    """Let a mood wander: it drifts to the middle, and weekends lift it a little."""
    drift = (3 - before) * 0.5 + (0.6 if day.weekday() >= 5 else 0.1)
    return max(1, min(5, before + round(drift + random.uniform(-1.2, 1.2))))


def _report(writer: Writer, random: Random, day: date, mood: int) -> DailyReport:
    weekend = day.weekday() >= 5
    at = clock.instant_of(day, EVENING, writer.zone, writer.day_start_hour) + timedelta(minutes=random.randrange(90))
    quarters = round(random.gauss(30 if weekend else 27, 2.5) + (mood - 3))
    good = random.choice(WEEKENDS if weekend else WORKDAYS) if random.random() < 0.35 + 0.1 * mood else ""
    hard = random.choice(HARD) if random.random() < 0.75 - 0.12 * mood else ""
    return DailyReport(
        owner_id=writer.owner_id,
        day=day,
        mood=mood,
        condition=max(1, min(5, mood + random.choice((-1, 0, 0, 0, 1)))),
        sleep_quarters=max(16, min(40, quarters)) if random.random() < 0.9 else None,
        highlights=good,
        challenges=hard,
        created_at=at,
        changed_at=at,
    )


def _note(writer: Writer, random: Random, day: date) -> Feedback:
    at = clock.instant_of(day, EVENING, writer.zone, writer.day_start_hour) - timedelta(minutes=random.randrange(180))
    body, rating = random.choice(NOTES), random.choice((None, 3, 4, 4, 5))
    return Feedback(owner_id=writer.owner_id, day=day, body=body, rating=rating, created_at=at, changed_at=at)


def _tag(owner_id: int, reports: list[DailyReport]) -> None:
    """Put a tag on the reports whose words fit it."""
    tags = dict(zip(TAGS_OF, named(owner_id=owner_id, names=list(TAGS_OF)), strict=True))
    links = [
        DayTag(owner_id=owner_id, report=report, tag=tags[name])
        for report in reports
        for name, words in TAGS_OF.items()
        if any(word in report.highlights + report.challenges for word in words)
    ]
    DayTag.objects.bulk_create(links)
