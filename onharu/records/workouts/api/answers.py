"""What comes out, described to readers of the API. `written` writes it; a test holds both to the same keys."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from onharu.records.workouts.api.fields import KgField, MinutesField, RpeField

Out = serializers.Serializer[Any]


def whole(**kwargs: Any) -> serializers.IntegerField:
    """A whole number that may be unknown."""
    return serializers.IntegerField(allow_null=True, **kwargs)


def kcal() -> serializers.FloatField:
    """An energy that may be unknown."""
    return serializers.FloatField(allow_null=True)


class ReasonOut(Out):
    """Why something is so: a stable code, what it is about, and the words in the reader's language."""

    code = serializers.CharField()
    params = serializers.DictField()
    text = serializers.CharField()


class TaskOut(Out):
    """A task of a plan. For old clients, `completed`, `title` and `duration_min` repeat what is named otherwise."""

    id = serializers.IntegerField()
    plan = serializers.IntegerField()
    date = serializers.DateField()
    order = serializers.IntegerField()
    exercise = whole()
    name = serializers.CharField()
    pattern = serializers.CharField()
    measure = serializers.CharField()
    state = serializers.CharField()
    sets = whole()
    reps_low = whole()
    reps_high = whole()
    weight_kg = KgField()
    minutes = whole()
    seconds = whole()
    rpe_target = RpeField()
    rest_seconds = whole()
    reason = ReasonOut(allow_null=True)
    skip_reason = serializers.CharField()
    done_at = serializers.DateTimeField(allow_null=True)
    swapped_from = whole()
    log = whole()
    completed = serializers.BooleanField()
    title = serializers.CharField()
    duration_min = whole()


class ShareOut(Out):
    """How far one has come; `percent` is 0 to 100, null when nothing was planned."""

    done = serializers.IntegerField()
    planned = serializers.IntegerField()
    percent = whole()
    skipped = serializers.IntegerField()


class PlanOut(Out):
    """A plan with its tasks. A day without a plan has the same keys, `id` null and no tasks."""

    id = whole()
    date = serializers.DateField()
    title = serializers.CharField(allow_null=True)
    focus = serializers.CharField(allow_null=True)
    note = serializers.CharField(allow_null=True)
    source = serializers.CharField(allow_null=True)  # type: ignore[assignment]
    deload = serializers.BooleanField(allow_null=True)
    rest_day = serializers.BooleanField(allow_null=True)
    minutes = whole()
    edition = serializers.CharField(allow_null=True)
    reasons = ReasonOut(many=True)
    tasks = TaskOut(many=True)
    progress = ShareOut()


class SetOut(Out):
    """One set."""

    order = serializers.IntegerField()
    reps = whole()
    weight_kg = KgField()
    seconds = whole()
    rpe = RpeField()


class LogOut(Out):
    """A workout. Energy is MET × kg × h of all its minutes; `counted_minutes` is what the day counts of them."""

    id = serializers.IntegerField()
    task = whole()
    exercise = whole()
    name = serializers.CharField()
    pattern = serializers.CharField()
    measure = serializers.CharField()
    date = serializers.DateField()
    started_at = serializers.DateTimeField()
    ended_at = serializers.DateTimeField(allow_null=True)
    minutes = MinutesField()
    minutes_source = serializers.CharField()
    counted_minutes = MinutesField()
    source = serializers.CharField()  # type: ignore[assignment]
    external_id = serializers.CharField()
    rpe = RpeField()
    note = serializers.CharField()
    met = serializers.FloatField(allow_null=True)
    met_source = serializers.CharField()
    body_kg = serializers.FloatField(allow_null=True)
    body_kg_source = serializers.CharField()
    body_kg_day = serializers.DateField(allow_null=True)
    kcal_gross = kcal()
    kcal_net = kcal()
    as_planned = serializers.BooleanField()
    by_hand = serializers.BooleanField()
    sets = SetOut(many=True)


class CompletionOut(Out):
    """A task after its completion was said; `kept_log` is a corrected log that stayed, and `message` says so."""

    id = serializers.IntegerField()
    completed = serializers.BooleanField()
    task = TaskOut()
    log = LogOut(allow_null=True)
    kept_log = whole()
    message = serializers.CharField()


class SummaryOut(Out):
    """A day in numbers; null where nothing is known."""

    date = serializers.DateField()
    plan = whole()
    tasks_total = serializers.IntegerField()
    tasks_completed = serializers.IntegerField()
    tasks_skipped = serializers.IntegerField()
    percent = whole()
    logs = serializers.IntegerField()
    total_minutes = MinutesField()
    total_kcal = kcal()
    kcal_net = kcal()
    unknown_kcal = serializers.IntegerField()
    overlap_minutes = MinutesField()
    equation = serializers.CharField()


class WeekDayOut(ShareOut):
    """One day of a week."""

    date = serializers.DateField()
    minutes = MinutesField()
    logs = serializers.IntegerField()


class WeekOut(ShareOut):
    """A week; `minutes_percent` is of `minutes_target`, 0 to 100."""

    week = serializers.CharField()
    to = serializers.DateField()
    minutes = MinutesField()
    minutes_target = serializers.IntegerField()
    minutes_percent = whole()
    active_days = serializers.IntegerField()
    days = WeekDayOut(many=True)

    def get_fields(self) -> dict[str, Any]:
        """Add the first day, whose name is a word of Python."""
        return {**super().get_fields(), "from": serializers.DateField()}


class CopiedPlansOut(Out):
    """One plan that was copied; `replaced` is the plan it took the place of."""

    date = serializers.DateField()
    plan = serializers.IntegerField()
    tasks = serializers.IntegerField()
    replaced = whole()

    def get_fields(self) -> dict[str, Any]:
        """Add the day it is from, whose name is a word of Python."""
        return {**super().get_fields(), "from": serializers.DateField()}


class KeptOut(Out):
    """One day that was left as it is, `planned` or `done`."""

    date = serializers.DateField()
    plan = serializers.IntegerField()
    why = serializers.CharField()


class CopiedWeekOut(Out):
    """What a copy of a week did."""

    copied = CopiedPlansOut(many=True)
    kept = KeptOut(many=True)


class RefusedOut(Out):
    """A proposed row, or part of one, that was not taken."""

    what = serializers.CharField()
    reason = ReasonOut()


class GeneratedOut(Out):
    """A plan with what became of a model's proposal."""

    plan = PlanOut()
    accepted = serializers.IntegerField()
    refused = RefusedOut(many=True)
    source = serializers.CharField()  # type: ignore[assignment]
    model = serializers.CharField()
    leaves_home = serializers.BooleanField()


class AlternativeOut(Out):
    """An exercise that can stand in."""

    id = serializers.IntegerField()
    code = serializers.CharField()
    name = serializers.CharField()
    name_en = serializers.CharField()
    pattern = serializers.CharField()
    measure = serializers.CharField()
    level = serializers.IntegerField()
    targets = serializers.ListField(child=serializers.CharField())
    equipment = serializers.ListField(child=serializers.CharField())
    places = serializers.ListField(child=serializers.CharField())
    met = serializers.FloatField(allow_null=True)


class AlternativesOut(Out):
    """What can stand in for a task, the nearest first."""

    task = serializers.IntegerField()
    results = AlternativeOut(many=True)


class RecordOut(Out):
    """A best: `value` is kg, repetitions or seconds; `estimated` was computed and not lifted."""

    kind = serializers.CharField()
    value = serializers.FloatField()
    weight_kg = KgField()
    reps = whole()
    date = serializers.DateField()
    estimated = serializers.BooleanField()
    before = serializers.FloatField(allow_null=True)


class RecordsOut(Out):
    """The records of one exercise."""

    exercise = serializers.IntegerField()
    name = serializers.CharField()
    records = RecordOut(many=True)


class AllRecordsOut(Out):
    """The records of every exercise."""

    results = RecordsOut(many=True)


class MovementOut(Out):
    """How somebody wants to train; `set_up` is false where these are the defaults."""

    goal = serializers.CharField()
    days_a_week = serializers.IntegerField()
    minutes = serializers.IntegerField()
    places = serializers.ListField(child=serializers.CharField())
    equipment = serializers.ListField(child=serializers.CharField())
    level = serializers.IntegerField()
    spare = serializers.ListField(child=serializers.CharField())
    avoid = serializers.ListField(child=serializers.CharField())
    week_start = serializers.IntegerField()
    set_up = serializers.BooleanField()
