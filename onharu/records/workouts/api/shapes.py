"""What goes in: serializers without logic, and the values that actions take."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from onharu.catalog.exercises import public as exercises
from onharu.kernel.fields import DayField, InstantField
from onharu.records.workouts.actions.completion import Said
from onharu.records.workouts.actions.logs import Change, Draft
from onharu.records.workouts.actions.plans import PlanChange, PlanDraft
from onharu.records.workouts.actions.tasks import MOST_TASKS, TaskDraft
from onharu.records.workouts.actions.writing import SetValues
from onharu.records.workouts.api.fields import (
    CodesField,
    IdField,
    KgField,
    MinutesField,
    RepsField,
    RestField,
    RpeField,
    SecondsField,
    SetsField,
    WholeMinutesField,
)
from onharu.records.workouts.models import MOST_SETS, MovementProfile, Task

In = serializers.Serializer[Any]


def read(shape: type[In], sent: Any, *, partial: bool = False) -> dict[str, Any]:
    """Check what was sent; answers the clean values or a problem that names the fields."""
    values = shape(data=sent, partial=partial)
    values.is_valid(raise_exception=True)
    clean: dict[str, Any] = values.validated_data
    return clean


class SetIn(In):
    """One set; what is not said is unknown."""

    reps = RepsField()
    weight_kg = KgField()
    seconds = SecondsField()
    rpe = RpeField()


def sets_of(values: dict[str, Any]) -> list[SetValues] | None:
    """Make the sets that actions take; None where nothing was said."""
    said = values.get("sets")
    return None if said is None else [SetValues(**one) for one in said]


class TaskIn(In):
    """A task: an exercise of the catalogue or a name. `plan`, else `date` (today when absent).

    Kept for old clients: `title` is `name`, `reps` sets both ends of the range, `duration_min` is `minutes`.
    """

    plan = IdField(required=False)
    date = DayField(required=False)
    exercise = IdField(required=False, allow_null=True)
    name = serializers.CharField(max_length=200, required=False, allow_blank=True)
    title = serializers.CharField(max_length=200, required=False, allow_blank=True)
    sets = SetsField()
    reps = RepsField()
    reps_low = RepsField()
    reps_high = RepsField()
    weight_kg = KgField()
    minutes = WholeMinutesField()
    duration_min = WholeMinutesField()
    seconds = SecondsField()
    rpe_target = RpeField()
    rest_seconds = RestField()

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Write old spellings the one way."""
        if "reps" in attrs:
            reps = attrs.pop("reps")
            attrs = {"reps_low": reps, "reps_high": reps, **attrs}
        for old, new in (("title", "name"), ("duration_min", "minutes")):
            if old in attrs:
                attrs.setdefault(new, attrs.pop(old))
        return attrs

    @staticmethod
    def draft(values: dict[str, Any]) -> TaskDraft:
        """Make the value the actions take."""
        names = TaskDraft.__dataclass_fields__
        return TaskDraft(**{name: value for name, value in values.items() if name in names})


class TaskPatchIn(TaskIn):
    """What of a task changes; `completed` (old clients) sets its completion."""

    completed = serializers.BooleanField(required=False)


class PlanIn(In):
    """A plan by hand; `date` is today when absent."""

    date = DayField(required=False)
    title = serializers.CharField(max_length=80, default="", allow_blank=True)
    focus = serializers.CharField(max_length=40, default="", allow_blank=True)
    note = serializers.CharField(max_length=300, default="", allow_blank=True)
    rest_day = serializers.BooleanField(default=False)
    tasks = TaskIn(many=True, required=False, max_length=MOST_TASKS)  # type: ignore[call-arg]

    @staticmethod
    def draft(values: dict[str, Any], today: Any) -> PlanDraft:
        """Make the value the actions take."""
        return PlanDraft(
            day=values.get("date") or today,
            title=values["title"],
            focus=values["focus"],
            note=values["note"],
            rest_day=values["rest_day"],
            tasks=[TaskIn.draft(one) for one in values.get("tasks", ())],
        )


class EnsureIn(In):
    """Whether training is wanted although the plan says rest."""

    anyway = serializers.BooleanField(required=False, default=False)


class PlanPatchIn(In):
    """What of a plan changes."""

    date = DayField(required=False)
    title = serializers.CharField(max_length=80, required=False, allow_blank=True)
    focus = serializers.CharField(max_length=40, required=False, allow_blank=True)
    note = serializers.CharField(max_length=300, required=False, allow_blank=True)
    rest_day = serializers.BooleanField(required=False)

    @staticmethod
    def change(values: dict[str, Any]) -> PlanChange:
        """Make the value the actions take."""
        return PlanChange(
            day=values.get("date"),
            title=values.get("title"),
            focus=values.get("focus"),
            note=values.get("note"),
            rest_day=values.get("rest_day"),
        )


class OrderIn(In):
    """The tasks of a plan in their new order."""

    tasks = serializers.ListField(child=IdField(), max_length=100)


class CopyWeekIn(In):
    """Any day of the week to copy, any day of the week to copy to (this week when absent), and what wins."""

    from_date = DayField()
    to_date = DayField(required=False)
    overwrite = serializers.BooleanField(default=False)


class WishIn(In):
    """What the person would like, in their own words."""

    wish = serializers.CharField(max_length=300, default="", allow_blank=True)


class CompletionIn(In):
    """Whether a task is done, and what was really done where it is not what was planned."""

    completed = serializers.BooleanField()
    sets = SetIn(many=True, required=False, max_length=MOST_SETS)  # type: ignore[call-arg]
    minutes = MinutesField()
    rpe = RpeField()
    note = serializers.CharField(max_length=300, required=False, allow_blank=True)
    at = InstantField(required=False)

    @staticmethod
    def said(values: dict[str, Any]) -> Said:
        """Make the value the actions take."""
        return Said(sets=sets_of(values), minutes=values.get("minutes"), rpe=values.get("rpe"), note=values.get("note"))


class SkipIn(In):
    """Whether a task is left out, and why."""

    skipped = serializers.BooleanField(default=True)
    reason = serializers.ChoiceField(Task.SkipReason.choices, default=Task.SkipReason.OTHER)


class SwapIn(In):
    """The exercise that stands in."""

    exercise = IdField()


class LogIn(In):
    """A workout: an exercise of the catalogue or a name. `date` follows from `started_at`, which is now when absent.

    With `source` "import" it is another device's: `external_id`, `started_at` and `ended_at` are then needed.
    """

    exercise = IdField(required=False, allow_null=True)
    name = serializers.CharField(max_length=200, default="", allow_blank=True)
    date = DayField(required=False)
    started_at = InstantField(required=False)
    ended_at = InstantField(required=False, allow_null=True)
    minutes = MinutesField()
    rpe = RpeField()
    note = serializers.CharField(max_length=300, default="", allow_blank=True)
    sets = SetIn(many=True, required=False, max_length=MOST_SETS)  # type: ignore[call-arg]
    source = serializers.CharField(max_length=6, required=False)  # type: ignore[assignment]
    external_id = serializers.CharField(max_length=120, default="", allow_blank=True)

    def validate_source(self, value: str) -> str:
        """Take self or import, in any case."""
        if value.lower() not in ("self", "import"):
            raise serializers.ValidationError("self 또는 import / self or import")
        return value.lower()

    @staticmethod
    def draft(values: dict[str, Any], day: Any, started_at: Any) -> Draft:
        """Make the value the actions take."""
        return Draft(
            day=day,
            started_at=started_at,
            ended_at=values.get("ended_at"),
            exercise=values.get("exercise"),
            name=values["name"],
            minutes=values.get("minutes"),
            rpe=values.get("rpe"),
            note=values["note"],
            sets=sets_of(values) or (),
            external_id=values["external_id"],
        )


class LogPatchIn(In):
    """What of a log changes."""

    exercise = IdField(required=False)
    name = serializers.CharField(max_length=200, required=False)
    date = DayField(required=False)
    started_at = InstantField(required=False)
    ended_at = InstantField(required=False)
    minutes = MinutesField()
    rpe = RpeField()
    note = serializers.CharField(max_length=300, required=False, allow_blank=True)
    sets = SetIn(many=True, required=False, max_length=MOST_SETS)  # type: ignore[call-arg]

    @staticmethod
    def change(values: dict[str, Any]) -> Change:
        """Make the value the actions take."""
        kept = {name: values.get(name) for name in ("started_at", "ended_at", "exercise", "name", "minutes", "rpe")}
        return Change(day=values.get("date"), note=values.get("note"), sets=sets_of(values), **kept)


class MovementIn(In):
    """How somebody wants to train; what is not said gets its default."""

    goal = serializers.ChoiceField(MovementProfile.Goal.choices, default=MovementProfile.Goal.HEALTH)
    days_a_week = serializers.IntegerField(min_value=1, max_value=7, default=3)
    minutes = serializers.IntegerField(min_value=10, max_value=120, default=30)
    places = CodesField(exercises.PLACES, default=lambda: ["home", "outdoor"])
    equipment = CodesField(exercises.EQUIPMENT, default=list)
    level = serializers.IntegerField(min_value=1, max_value=3, default=1)
    spare = CodesField(exercises.LOADS, default=list)
    avoid = CodesField(exercises.CAUTIONS, default=list)
    week_start = serializers.IntegerField(min_value=0, max_value=6, default=0, help_text="0 Monday … 6 Sunday")
