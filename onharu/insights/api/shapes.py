"""Cards, achievements and words as JSON."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from onharu.insights.queries.cards import DayCards
from onharu.insights.queries.day_words import Words
from onharu.insights.queries.wording import achievement_rule, achievement_title, row_url, row_words, told
from onharu.insights.rules.achievements import Achievement
from onharu.insights.rules.cards import Card, Evidence


class EvidenceOut(serializers.Serializer[Any]):
    """One row behind a card or an achievement."""

    room = serializers.CharField(help_text="meals, workouts, goals, journal, or day")
    row = serializers.CharField(help_text="What kind of row: item, meal, water, log, set, task, report, measurement …")
    id = serializers.IntegerField(allow_null=True, help_text="null where a whole day is the row")
    date = serializers.DateField()
    amount = serializers.FloatField(allow_null=True)
    unit = serializers.CharField(allow_blank=True)
    words = serializers.CharField()
    url = serializers.CharField()


class SourceOut(serializers.Serializer[Any]):
    """Where a value that is not the person's own comes from."""

    title = serializers.CharField()
    edition = serializers.CharField()
    url = serializers.CharField(allow_blank=True)
    assumed = serializers.BooleanField(help_text="Taken for an adult of unknown age")


class CardOut(serializers.Serializer[Any]):
    """One card: what was seen, what is known, what one could do, and the rows behind it."""

    rule = serializers.CharField()
    title = serializers.CharField()
    seen = serializers.CharField()
    known = serializers.CharField(allow_blank=True)
    todo = serializers.CharField()
    action = serializers.CharField()
    url = serializers.CharField()
    numbers = serializers.DictField()
    source = SourceOut(allow_null=True)  # type: ignore[assignment]  # a field of this name, not DRF's own
    evidence = EvidenceOut(many=True)


class AwayOut(serializers.Serializer[Any]):
    """A rule that was put away, silent up to and with a day."""

    rule = serializers.CharField()
    until = serializers.DateField()


class AwayIn(serializers.Serializer[Any]):
    """Until when a rule is put away."""

    until = serializers.DateField(help_text="The last silent day: today or later, at most a year ahead")


class CardsOut(serializers.Serializer[Any]):
    """The cards of a day, the most pressing first; none when there is nothing to say."""

    date = serializers.DateField()
    count = serializers.IntegerField()
    results = CardOut(many=True)
    away = AwayOut(many=True)


class WordsOut(serializers.Serializer[Any]):
    """A day in a few sentences, and who found them."""

    text = serializers.CharField()
    language = serializers.CharField()
    by_model = serializers.BooleanField(help_text="Written by a language model: mark it as such")
    source = serializers.CharField()  # type: ignore[assignment]  # a field of this name, not DRF's own
    model = serializers.CharField()
    coming = serializers.BooleanField(help_text="A model is being asked; a day event tells when its words are there")


class InsightsOut(serializers.Serializer[Any]):
    """Today in words and cards."""

    date = serializers.DateField()
    words = WordsOut()
    cards = CardOut(many=True)


class AchievementOut(serializers.Serializer[Any]):
    """One achievement with how far it is and what earned it."""

    code = serializers.CharField()
    title = serializers.CharField()
    rule = serializers.CharField()
    have = serializers.IntegerField()
    need = serializers.IntegerField()
    earned = serializers.BooleanField()
    earned_on = serializers.DateField(allow_null=True)
    evidence = EvidenceOut(many=True)


class AchievementsOut(serializers.Serializer[Any]):
    """Every achievement there is, worked out now."""

    count = serializers.IntegerField()
    earned = serializers.IntegerField()
    results = AchievementOut(many=True)


def evidence(row: Evidence) -> dict[str, Any]:
    """Shape a row."""
    return {
        "room": row.room,
        "row": row.row,
        "id": row.id,
        "date": row.day.isoformat(),
        "amount": row.amount,
        "unit": row.unit,
        "words": row_words(row),
        "url": row_url(row),
    }


def card(one: Card) -> dict[str, Any]:
    """Shape a card."""
    words, source = told(one), one.source
    return {
        "rule": one.rule,
        "title": words.title,
        "seen": words.seen,
        "known": words.known,
        "todo": words.todo,
        "action": words.action,
        "url": one.link,
        "numbers": dict(one.params),
        "source": source
        and {"title": source.title, "edition": source.edition, "url": source.url, "assumed": source.assumed},
        "evidence": [evidence(row) for row in one.evidence],
    }


def cards(found: DayCards) -> dict[str, Any]:
    """Shape the cards of a day."""
    return {
        "date": found.day.isoformat(),
        "count": len(found.cards),
        "results": [card(one) for one in found.cards],
        "away": [away(rule, until.isoformat()) for rule, until in found.away.items()],
    }


def away(rule: str, until: str) -> dict[str, Any]:
    """Shape a rule that was put away."""
    return {"rule": rule, "until": until}


def words(found: Words) -> dict[str, Any]:
    """Shape a day in words."""
    said = found.said
    return {
        "text": said.text,
        "language": said.language,
        "by_model": said.by_model,
        "source": said.source,
        "model": said.model,
        "coming": found.asked,
    }


def achievement(one: Achievement) -> dict[str, Any]:
    """Shape an achievement."""
    return {
        "code": one.code,
        "title": achievement_title(one),
        "rule": achievement_rule(one),
        "have": one.have,
        "need": one.need,
        "earned": one.earned,
        "earned_on": one.earned_on and one.earned_on.isoformat(),
        "evidence": [evidence(row) for row in one.evidence],
    }
