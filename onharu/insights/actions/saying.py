"""Having a model say a day: owed once for the same facts, asked in the background, kept with what it was told."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction

from onharu.accounts.public import User, Visit, person_of
from onharu.insights.models import DayWords
from onharu.insights.queries.day_words import Words, facts_of, fingerprint_of, words_for
from onharu.insights.queries.reading import seen_by
from onharu.insights.queries.standing import standing_of
from onharu.kernel import jobs, rates
from onharu.kernel.days import touch
from onharu.kernel.leaving import leaving
from onharu.upstream import plain_words

SAY = "insights.say_day"
PART = "insights"
# A day that is being written changes every few seconds; the model is asked when it has settled.
PAUSE = timedelta(seconds=4)


def owe_words(visit: Visit, words: Words) -> None:
    """Have a model asked soon about these facts; the same facts are asked about once.

    A costly asking where a model is to be asked. Raises TooMany.
    """
    if not words.asked:
        return
    rates.spend_costly(visit.person.id)
    person, day, language = visit.person.id, words.facts.day, words.facts.language
    key = f"words:{person}:{day}:{language}:{fingerprint_of(words.facts)[:24]}"
    jobs.enqueue(SAY, key=key, run_at=visit.at + PAUSE, owner_id=person, day=day.isoformat(), language=language)


def say_day(*, owner_id: int, day: date, language: str, at: datetime) -> None:
    """Ask a model to say a day as it is now, and keep its words; open screens learn of it. Safe to repeat.

    The person's switch is asked anew. An answer that could not be shown is kept as such, so that it is not asked again.
    """
    user = User.objects.select_related("profile").filter(pk=owner_id, is_active=True).first()
    if user is None or not user.profile.may_keep_health:
        return
    person = person_of(user)
    visit = Visit(person=person, at=at, today=person.day_at(at))
    words = words_for(visit, facts_of(visit, seen_by(visit, day, standing_of(visit)), language))
    if not words.asked:
        return
    with leaving(owner_id, "words_of_a_day"):
        said = plain_words.say_day(words.facts, may_leave=person.words_may_leave)
    kept = {
        "fingerprint": fingerprint_of(words.facts),
        "text": said.text if said.by_model else "",
        "source": said.source[:80],
        "model": said.model[:80],
        "fallback_of": "" if said.by_model else (said.fallback_of or said.source)[:120],
        "as_of": said.as_of,
    }
    with transaction.atomic():
        DayWords.objects.bulk_create(
            [DayWords(owner_id=owner_id, day=day, language=language, **kept)],
            update_conflicts=True,
            unique_fields=["owner", "day", "language"],
            update_fields=list(kept),
        )
        touch(owner_id, day, part=PART)
