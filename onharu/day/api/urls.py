"""The day's addresses below /api/."""

from django.urls import path

from onharu.day.api import aims, views

urlpatterns = [
    path("today/", views.Today.as_view()),
    path("today/summary/", views.Today.as_view()),
    path("goalprogress/", aims.GoalProgress.as_view()),
    path("workoutplans/<int:pk>/self-feedback/", aims.SelfFeedback.as_view()),
    path("days/", views.Days.as_view()),
    path("days/<day:day>/summary/", views.OneDay.as_view()),
]
