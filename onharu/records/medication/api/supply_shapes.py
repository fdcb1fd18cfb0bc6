"""What is sent and answered about adherence, stock and the routine of a day."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from onharu.kernel.fields import ClockField
from onharu.records.medication.api.dose_fields import StockAmountField, UnitField
from onharu.records.medication.api.dose_shapes import In, TextField
from onharu.records.medication.api.shapes import SaidOut


class CountsOut(In):
    """How many doses there were; `percent` is null where nothing was planned."""

    planned = serializers.IntegerField()
    taken = serializers.IntegerField()
    skipped = serializers.IntegerField()
    unanswered = serializers.IntegerField()
    percent = serializers.DecimalField(max_digits=4, decimal_places=1, allow_null=True, coerce_to_string=False)


class OfRegimenOut(CountsOut):
    """The adherence of one medicine."""

    regimen = serializers.IntegerField()
    name = serializers.CharField()
    item_seq = serializers.CharField(allow_null=True)


class OfDayOut(CountsOut):
    """The adherence of one day."""

    date = serializers.DateField()


class AdherenceOut(CountsOut):
    """How much was taken of what was to be taken, with the rule in words; a day without planned doses is not there."""

    def get_fields(self) -> dict[str, Any]:
        """Add `from` and `to`, which are no names in Python."""
        return {"from": serializers.DateField(), "to": serializers.DateField(), **super().get_fields()}

    rule = SaidOut()
    regimens = OfRegimenOut(many=True)
    days = OfDayOut(many=True)


class StockIn(In):
    """How much: counted (PUT) or more of it (POST)."""

    amount = StockAmountField()
    note = TextField(200)


class MoveOut(In):
    """A count or a refill."""

    id = serializers.IntegerField()
    kind = serializers.ChoiceField(choices=["counted", "added"])
    amount = StockAmountField()
    at = serializers.DateTimeField()
    note = serializers.CharField()


class StockOut(In):
    """What is left, by the count, the refills and the ledger since; null is not known.

    `days_left` are days from the next dose on, `lasts_until` the last day that is covered, `short_at` the first dose
    that is not; null where it lasts until the course ends. `short` is how much more was taken than there was.
    """

    regimen = serializers.IntegerField()
    name = serializers.CharField()
    unit = UnitField()
    tracked = serializers.BooleanField()
    left = StockAmountField(allow_null=True)
    counted = StockAmountField(allow_null=True)
    counted_at = serializers.DateTimeField(allow_null=True)
    added_since = StockAmountField(allow_null=True)
    taken_since = StockAmountField(allow_null=True)
    short = StockAmountField(allow_null=True)
    days_left = serializers.IntegerField(allow_null=True)
    lasts_until = serializers.DateField(allow_null=True)
    short_at = serializers.DateTimeField(allow_null=True)
    refill_days = serializers.IntegerField()


class StockWithMovesOut(StockOut):
    """A stock with its counts and refills, the newest first."""

    moves = MoveOut(many=True)


class RoutineIn(In):
    """When somebody usually wakes, eats and goes to bed, by the clock on their wall."""

    wake = ClockField()
    breakfast = ClockField()
    lunch = ClockField()
    dinner = ClockField()
    sleep = ClockField()
