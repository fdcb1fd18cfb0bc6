"""The goals room's addresses below /api/."""

from __future__ import annotations

from django.urls import path

from onharu.records.goals.api import measuring, views

urlpatterns = [
    path("goals/", views.Goals.as_view()),
    path("goals/suggestion/", views.Suggested.as_view()),
    path("goals/<int:pk>/", views.OneGoal.as_view()),
    path("goals/<int:pk>/restore/", views.RestoredGoal.as_view()),
    path("dailygoals/", views.DailyTargets.as_view()),
    path("dailygoals/<int:pk>/", views.OneDailyTarget.as_view()),
    path("dailygoals/<int:pk>/restore/", views.RestoredDailyTarget.as_view()),
    path("measurements/", measuring.Measurements.as_view()),
    path("measurements/trend/", measuring.MeasurementTrend.as_view()),
    path("measurements/<int:pk>/", measuring.OneMeasurement.as_view()),
    path("measurements/<int:pk>/restore/", measuring.RestoredMeasurement.as_view()),
]
