"""Which cards somebody put away, and the sentences that a language model found for a day."""

from __future__ import annotations

from django.db import models

from onharu.kernel.owned import Owned
from onharu.kernel.sealed import SealedTextField


class PutAway(Owned):
    """A rule whose card a person does not want to see before a day."""

    rule = models.CharField(max_length=40)
    until_day = models.DateField()
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "rule"], name="one_put_away_a_rule")]


class DayWords(Owned):
    """What a model was asked to say of a day, under the fingerprint of the facts it was told.

    `text` is empty where its answer could not be shown; `fallback_of` says why. The row can be dropped at any moment.
    """

    day = models.DateField()
    language = models.CharField(max_length=2)
    fingerprint = models.CharField(max_length=64)
    text = SealedTextField(blank=True)
    source = models.CharField(max_length=80)
    model = models.CharField(max_length=80)
    fallback_of = models.CharField(max_length=120, blank=True)
    as_of = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "day", "language"], name="one_text_a_day_and_language"),
            models.CheckConstraint(
                condition=models.Q(text="") ^ models.Q(fallback_of=""),
                name="words_or_why_not",
            ),
        ]
