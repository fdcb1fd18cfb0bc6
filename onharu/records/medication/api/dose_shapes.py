"""What is sent and answered about regimens, doses, adherence and stock."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from onharu.kernel.fields import DayField, InstantField
from onharu.records.medication.api.dose_fields import DoseAmountField, ScheduleField, StockAmountField, UnitField
from onharu.records.medication.api.fields import ItemSeqField

LONGEST_SENTENCE, LONGEST_REASON = 300, 200
STATES = [(state, state) for state in ("planned", "due", "late", "taken", "skipped", "undone")]
In = serializers.Serializer[Any]


def read(shape: type[In], sent: Any) -> dict[str, Any]:
    """Check what was sent; answers the clean values or a problem that names the fields."""
    values = shape(data=sent)
    values.is_valid(raise_exception=True)
    clean: dict[str, Any] = values.validated_data
    return clean


class TextField(serializers.CharField):
    """A short text that may be empty."""

    def __init__(self, most: int, **kwargs: Any) -> None:
        super().__init__(max_length=most, required=False, allow_blank=True, **kwargs)


class WhyField(TextField):
    """What a medicine is for."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(200, **kwargs)


class PrescriberNoteField(TextField):
    """What whoever prescribed it said."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(1000, **kwargs)


class SentenceIn(In):
    """A schedule in one Korean sentence."""

    sentence = serializers.CharField(max_length=LONGEST_SENTENCE)


class RegimenIn(In):
    """A medicine to take: `item_seq` of the shelf or a `name`; a `schedule` or a Korean `sentence`.

    With both, the schedule leads. What is left out stays; for a new one it is: amount 1, unit tablet, from today, no
    end. `stock` is what is there now.
    """

    item_seq = ItemSeqField(required=False)
    name = serializers.CharField(max_length=200, required=False)
    why = WhyField()
    note = PrescriberNoteField()
    unit = UnitField(required=False)
    amount = DoseAmountField(required=False)
    schedule = ScheduleField(required=False)
    sentence = serializers.CharField(max_length=LONGEST_SENTENCE, required=False)
    start = DayField(required=False)
    end = DayField(required=False, allow_null=True)
    reminds = serializers.BooleanField(required=False)
    tracks_stock = serializers.BooleanField(required=False)
    refill_days = serializers.IntegerField(min_value=0, max_value=60, required=False)
    position = serializers.IntegerField(min_value=0, max_value=10_000, required=False)
    stock = StockAmountField(required=False)


class RegimenOut(In):
    """A medicine that somebody takes, as its newest wording says it.

    `sentence` says the schedule in the language that is asked for, `clock_said` what happens to it when a person
    travels. `ended` from the day after `end`, or once it was stopped.
    """

    id = serializers.IntegerField()
    item_seq = serializers.CharField(allow_null=True)
    name = serializers.CharField()
    why = serializers.CharField()
    note = serializers.CharField()
    unit = UnitField()
    amount = DoseAmountField()
    schedule = ScheduleField()
    sentence = serializers.CharField()
    clock_said = serializers.CharField()
    start = serializers.DateField()
    end = serializers.DateField(allow_null=True)
    stopped_at = serializers.DateTimeField(allow_null=True)
    ended = serializers.BooleanField()
    as_needed = serializers.BooleanField()
    reminds = serializers.BooleanField()
    tracks_stock = serializers.BooleanField()
    refill_days = serializers.IntegerField()
    position = serializers.IntegerField()
    version = serializers.IntegerField()
    created_at = serializers.DateTimeField()
    changed_at = serializers.DateTimeField()


class WordingOut(In):
    """One wording of a schedule: what held from `since` on; one that `stops` plans nothing."""

    n = serializers.IntegerField()
    since = serializers.DateTimeField()
    sentence = serializers.CharField()
    schedule = ScheduleField()
    amount = DoseAmountField()
    start = serializers.DateField()
    end = serializers.DateField(allow_null=True)
    stops = serializers.BooleanField()


class WordingsOut(In):
    """Every wording of a schedule, oldest first."""

    versions = WordingOut(many=True)


class UnderstoodOut(In):
    """How a sentence is understood: what can be sent as a regimen, said back, what was doubted or not understood."""

    sentence = serializers.CharField()
    schedule = ScheduleField()
    amount = DoseAmountField(allow_null=True)
    unit = UnitField(allow_null=True)
    start = serializers.DateField(allow_null=True)
    end = serializers.DateField(allow_null=True)
    name = serializers.CharField()
    why = serializers.CharField()
    not_understood = serializers.CharField()
    doubts = serializers.ListField(child=serializers.CharField())


class EndIn(In):
    """The last day; null or nothing stops right now."""

    on = DayField(required=False, allow_null=True, default=None)


class TakenIn(In):
    """When and how much was taken. Left out is now and as planned; `taken_at` null takes it back."""

    taken_at = InstantField(required=False, allow_null=True)
    amount = DoseAmountField(required=False)
    anyway = serializers.BooleanField(default=False, help_text="Write it even over the limit.")


class CompleteIn(In):
    """For old clients: whether it was taken."""

    completed = serializers.BooleanField(default=True)


class SkippedIn(In):
    """Why a dose was skipped; left out or empty is no reason, null takes the skipping back."""

    reason = serializers.CharField(
        max_length=LONGEST_REASON, required=False, allow_null=True, allow_blank=True, default=""
    )


class CorrectionIn(In):
    """What is put right of a dose that was taken; what is left out stays."""

    taken_at = InstantField(required=False)
    amount = DoseAmountField(required=False)
    anyway = serializers.BooleanField(default=False)


class DoseIn(CorrectionIn):
    """A dose without a plan: of which regimen, when (now) and how much (its own amount)."""

    regimen = serializers.IntegerField(min_value=1, max_value=2**63 - 1)


class EventOut(In):
    """Something that happened to a dose: at `at` as it is told, written down at `recorded_at`."""

    id = serializers.IntegerField()
    kind = serializers.ChoiceField(
        choices=["sent", "shown", "snoozed", "taken", "skipped", "late", "undone", "corrected"]
    )
    at = serializers.DateTimeField()
    amount = DoseAmountField(allow_null=True)
    reason = serializers.CharField()
    over_limit = serializers.BooleanField()
    by_other = serializers.BooleanField(help_text="Somebody who shares said it.")
    recorded_at = serializers.DateTimeField()


class DoseOut(In):
    """A dose. `id` stays the same; `planned_at` is null for one without a plan.

    `projected`: when depends on a dose that is still open. `completed` is for old clients.
    """

    id = serializers.CharField()
    regimen = serializers.IntegerField()
    item_seq = serializers.CharField(allow_null=True)
    name = serializers.CharField()
    unit = UnitField()
    planned_at = serializers.DateTimeField(allow_null=True)
    date = serializers.DateField()
    amount = DoseAmountField()
    anchor = serializers.DictField(allow_null=True)
    state = serializers.ChoiceField(choices=STATES)
    completed = serializers.BooleanField()
    taken_at = serializers.DateTimeField(allow_null=True)
    taken_amount = DoseAmountField(allow_null=True)
    reason = serializers.CharField()
    over_limit = serializers.BooleanField()
    by_other = serializers.BooleanField()
    projected = serializers.BooleanField()


class DoseWithEventsOut(DoseOut):
    """A dose with everything that happened to it, oldest first."""

    events = EventOut(many=True)
