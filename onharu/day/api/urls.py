"""The day's addresses below /api/."""

from django.urls import path

from onharu.day.api import views

urlpatterns = [
    path("today/", views.Today.as_view()),
    path("today/summary/", views.Today.as_view()),
    path("days/", views.Days.as_view()),
    path("days/<day:day>/summary/", views.OneDay.as_view()),
]
