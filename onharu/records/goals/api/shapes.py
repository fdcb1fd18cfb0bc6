"""What comes in and what goes out."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from rest_framework import serializers

from onharu.records.goals.models import DailyTarget, Goal, Measurement
from onharu.records.goals.queries.targets import REFERENCE
from onharu.records.goals.rules.targets import DIRECTIONS, KEYS

SOURCES = [*DailyTarget.Source.choices, (REFERENCE, "기준")]


class NumberField(serializers.DecimalField):
    """A number with a bounded length; written as a number."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_digits=9, decimal_places=kwargs.pop("decimal_places", 2), coerce_to_string=False, **kwargs)


class TargetIn(serializers.Serializer[Any]):
    """A daily target: at_least needs `low`, at_most `high`, within both."""

    key = serializers.ChoiceField(choices=KEYS)
    direction = serializers.ChoiceField(choices=DIRECTIONS)
    low = NumberField(required=False, allow_null=True, default=None, min_value=Decimal(0))
    high = NumberField(required=False, allow_null=True, default=None, min_value=Decimal(0))
    from_day = serializers.DateField(required=False, allow_null=True, default=None, help_text="Today when absent")
    medical_guidance = serializers.BooleanField(
        required=False, default=False, help_text="Medical staff set this: the guards of energy and protein rest"
    )


class TargetPatchIn(serializers.Serializer[Any]):
    """What changes from today on."""

    direction = serializers.ChoiceField(choices=DIRECTIONS, required=False)
    low = NumberField(required=False, allow_null=True, min_value=Decimal(0))
    high = NumberField(required=False, allow_null=True, min_value=Decimal(0))
    medical_guidance = serializers.BooleanField(required=False)


class TargetOut(serializers.Serializer[Any]):
    """A target in force; a reference has no id and no day it began."""

    id = serializers.IntegerField(allow_null=True)
    key = serializers.ChoiceField(choices=KEYS)
    unit = serializers.CharField()
    direction = serializers.ChoiceField(choices=DIRECTIONS)
    low = NumberField(allow_null=True)
    high = NumberField(allow_null=True)
    from_day = serializers.DateField(allow_null=True)
    source = serializers.ChoiceField(choices=SOURCES)  # type: ignore[assignment]  # DRF's metaclass takes fields out
    reference = serializers.CharField(help_text="Where the numbers come from, in words")
    edition = serializers.CharField()
    medical_guidance = serializers.BooleanField()
    assumed = serializers.BooleanField(help_text="A fact of the profile was missing; the reference assumes an adult")


class GoalIn(serializers.Serializer[Any]):
    """A long goal. `target`: kg, kg, days a week or minutes a week, by kind."""

    kind = serializers.ChoiceField(choices=Goal.Kind.choices)
    target = NumberField(decimal_places=1)
    title = serializers.CharField(max_length=60, required=False, allow_blank=True, default="")
    due = serializers.DateField(required=False, allow_null=True, default=None)
    start_value = NumberField(decimal_places=1, required=False, allow_null=True, default=None)
    habit = serializers.ChoiceField(choices=Goal.Habit.choices, required=False, allow_blank=True, default="")
    exercise = serializers.IntegerField(
        min_value=1, max_value=2**63 - 1, required=False, allow_null=True, default=None, help_text="Of /api/exercises/"
    )
    exercise_name = serializers.CharField(max_length=100, required=False, allow_blank=True, default="")


class GoalPatchIn(serializers.Serializer[Any]):
    """What changes; a `due` of null takes the day away."""

    title = serializers.CharField(max_length=60, required=False, allow_blank=True)
    target = NumberField(decimal_places=1, required=False)
    due = serializers.DateField(required=False, allow_null=True)
    state = serializers.ChoiceField(choices=Goal.State.choices, required=False)


class GoalOut(serializers.Serializer[Any]):
    """A long goal; its progress is at `/api/goalprogress/`."""

    id = serializers.IntegerField()
    kind = serializers.ChoiceField(choices=Goal.Kind.choices)
    title = serializers.CharField(allow_blank=True)
    target = NumberField(decimal_places=1)
    unit = serializers.CharField()
    direction = serializers.ChoiceField(choices=Goal.Direction.choices)
    start_value = NumberField(decimal_places=1, allow_null=True)
    start_day = serializers.DateField()
    due = serializers.DateField(allow_null=True)
    habit = serializers.ChoiceField(choices=Goal.Habit.choices, allow_blank=True)
    exercise = serializers.IntegerField(allow_null=True)
    exercise_name = serializers.CharField(allow_blank=True)
    state = serializers.ChoiceField(choices=Goal.State.choices)


class MeasurementIn(serializers.Serializer[Any]):
    """A measurement. Blood pressure: `value` is systolic, `value2` diastolic. Without a moment it is now."""

    kind = serializers.ChoiceField(choices=Measurement.Kind.choices)
    value = NumberField(decimal_places=1)
    value2 = NumberField(decimal_places=1, required=False, allow_null=True, default=None)
    context = serializers.ChoiceField(  # type: ignore[assignment]  # DRF's metaclass takes fields out
        choices=Measurement.Context.choices, required=False, allow_blank=True, default="", help_text="Of glucose"
    )
    measured_at = serializers.DateTimeField(required=False, allow_null=True, default=None)
    date = serializers.DateField(
        required=False, allow_null=True, default=None, help_text="A past day whose hour is not known: 08:00"
    )
    note = serializers.CharField(max_length=200, required=False, allow_blank=True, default="")


class MeasurementPatchIn(serializers.Serializer[Any]):
    """What changes."""

    value = NumberField(decimal_places=1, required=False)
    value2 = NumberField(decimal_places=1, required=False)
    context = serializers.ChoiceField(choices=Measurement.Context.choices, required=False, allow_blank=True)  # type: ignore[assignment]  # DRF's metaclass takes fields out
    measured_at = serializers.DateTimeField(required=False)
    note = serializers.CharField(max_length=200, required=False, allow_blank=True)


class MeasurementOut(serializers.Serializer[Any]):
    """A measurement as it was written down."""

    id = serializers.IntegerField()
    kind = serializers.ChoiceField(choices=Measurement.Kind.choices)
    date = serializers.DateField()
    measured_at = serializers.DateTimeField()
    value = NumberField(decimal_places=1)
    value2 = NumberField(decimal_places=1, allow_null=True)
    unit = serializers.CharField()
    context = serializers.ChoiceField(choices=Measurement.Context.choices, allow_blank=True)  # type: ignore[assignment]  # DRF's metaclass takes fields out
    note = serializers.CharField(allow_blank=True)


class FollowedOut(serializers.Serializer[Any]):
    """A measured day: its mean, and the mean of its week over `of` measured days."""

    date = serializers.DateField()
    value = NumberField(decimal_places=1)
    mean = NumberField(decimal_places=1)
    of = serializers.IntegerField()


class TrendOut(serializers.Serializer[Any]):
    """`per_week` is the least-squares slope over `n` days spanning `span_days`; null with the reason in `lack`."""

    n = serializers.IntegerField()
    span_days = serializers.IntegerField()
    per_week = NumberField(allow_null=True)
    lack = serializers.ChoiceField(choices=["few", "short"], allow_blank=True)
    days = FollowedOut(many=True)


class CourseOut(TrendOut):
    """Where a kind of measurement went; `second` is the diastolic pressure."""

    kind = serializers.ChoiceField(choices=Measurement.Kind.choices)
    context = serializers.CharField(allow_blank=True)  # type: ignore[assignment]  # DRF's metaclass takes fields out
    unit = serializers.CharField()
    from_day = serializers.DateField()
    to_day = serializers.DateField()
    second = TrendOut(allow_null=True)


class AcceptedOut(serializers.Serializer[Any]):
    """The daily targets that were taken over."""

    count = serializers.IntegerField()
    results = TargetOut(many=True)


class SuggestionOut(serializers.Serializer[Any]):
    """Targets by profile. Energies in kcal a day; null is unknown, or out of sight by wish."""

    targets = TargetOut(many=True)
    resting_kcal = serializers.IntegerField(allow_null=True)
    resting_source = serializers.CharField()
    required_kcal = serializers.IntegerField(allow_null=True)
    floor_kcal = serializers.IntegerField(allow_null=True)
    deficit_kcal = serializers.IntegerField()
    missing = serializers.ListField(child=serializers.CharField(), help_text="Profile facts that would tell more")
    notes = serializers.ListField(child=serializers.CharField(), help_text="Codes")


class AcceptIn(serializers.Serializer[Any]):
    """Which of the suggested targets to take; all when absent."""

    keys = serializers.ListField(
        child=serializers.ChoiceField(choices=KEYS), required=False, allow_null=True, default=None, max_length=len(KEYS)
    )
