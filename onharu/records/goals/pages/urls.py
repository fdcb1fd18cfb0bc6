"""Addresses of the goals pages."""

from __future__ import annotations

from django.urls import path

from onharu.records.goals.pages import goals, history, long, measuring, targets

urlpatterns = [
    path("goals/", goals.goals, name="goals"),
    path("goals/part/", goals.goals_part, name="goals-part"),
    path("goals/suggestion/", goals.accept, name="goals-suggestion"),
    path("goals/new/", long.new, name="goal-new"),
    path("goals/<int:pk>/", long.goal, name="goal"),
    path("goals/<int:pk>/state/", long.state, name="goal-state"),
    path("goals/<int:pk>/delete/", long.delete, name="goal-delete"),
    path("goals/<int:pk>/restore/", long.restore, name="goal-restore"),
    path("goals/targets/<slug:key>/", targets.target, name="daily-target"),
    path("goals/targets/<slug:key>/remove/", targets.remove, name="daily-target-remove"),
    path("goals/targets/<slug:key>/again/", targets.again, name="daily-target-again"),
    path("goals/measure/", measuring.measure, name="measure"),
    path("goals/measurements/", history.history, name="measurements"),
    path("goals/measurements/part/", history.history_part, name="measurements-part"),
    path("goals/measurements/<int:pk>/", measuring.measurement, name="measurement"),
    path("goals/measurements/<int:pk>/delete/", measuring.delete, name="measurement-delete"),
    path("goals/measurements/<int:pk>/restore/", measuring.restore, name="measurement-restore"),
]
