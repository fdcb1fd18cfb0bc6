"""The workouts room's addresses below /api/."""

from __future__ import annotations

from django.urls import path

from onharu.records.workouts.api import logs, plans, tasks

_TASKS = [
    ("", tasks.Tasks),
    ("weekly_progress/", plans.WeeklyProgress),
    ("<int:pk>/", tasks.OneTask),
    ("<int:pk>/restore/", tasks.RestoredTask),
    ("<int:pk>/completion/", tasks.TaskCompletion),
    ("<int:pk>/toggle-complete/", tasks.ToggledTask),
    ("<int:pk>/skip/", tasks.SkippedTask),
    ("<int:pk>/swap/", tasks.SwappedTask),
    ("<int:pk>/alternatives/", tasks.Alternatives),
]

urlpatterns = [
    path("movement/", logs.MovementView.as_view()),
    path("workoutplans/", plans.Plans.as_view()),
    path("workoutplans/today/", plans.TodaysPlan.as_view()),
    path("workoutplans/today/ensure/", plans.EnsuredPlan.as_view()),
    path("workoutplans/by-date/", plans.PlanOfDate.as_view()),
    path("workoutplans/summary/", plans.DaySummary.as_view()),
    path("workoutplans/copy_week/", plans.CopiedWeek.as_view()),
    path("workoutplans/<int:pk>/", plans.OnePlan.as_view()),
    path("workoutplans/<int:pk>/restore/", plans.RestoredPlan.as_view()),
    path("workoutplans/<int:pk>/order/", plans.Order.as_view()),
    path("workoutplans/<int:pk>/generate-ai/", plans.Generated.as_view()),
    *(path(f"{name}/{rest}", view.as_view()) for name in ("tasks", "taskitems") for rest, view in _TASKS),
    path("workoutlogs/", logs.Logs.as_view()),
    path("workoutlogs/records/", logs.Records.as_view()),
    path("workoutlogs/<int:pk>/", logs.OneLog.as_view()),
    path("workoutlogs/<int:pk>/restore/", logs.RestoredLog.as_view()),
]
