"""Letting go for good of what was deleted a while ago."""

from __future__ import annotations

from datetime import timedelta

from onharu.kernel import clock
from onharu.records.workouts.models import Task, WorkoutLog, WorkoutPlan, WorkoutSet

UNDO_FOR = timedelta(days=1)


def forget_deleted() -> int:
    """Remove what was deleted more than a day ago; returns how many rows.

    An imported log that was deleted stays as its bare id and instants, so that the next import does not bring it back.
    """
    gone = {"deleted_at__lt": clock.now() - UNDO_FOR}
    logs = WorkoutLog.objects.filter(**gone, external_id="").delete()[0]
    imports = WorkoutLog.objects.filter(**gone).exclude(name="")
    WorkoutSet.objects.filter(log__in=imports).delete()
    logs += imports.update(name="", note="", rpe=None, body_kg=None, body_kg_source="", body_kg_day=None)
    tasks = Task.objects.filter(**gone).delete()[0]
    return logs + tasks + WorkoutPlan.objects.filter(**gone).delete()[0]
