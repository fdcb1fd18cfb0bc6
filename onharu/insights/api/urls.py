"""The insights' addresses below /api/."""

from django.urls import path

from onharu.insights.api import views

urlpatterns = [
    path("recommendations/", views.Recommendations.as_view()),
    path("recommendations/<slug:rule>/away/", views.Away.as_view()),
    path("insights/today/", views.Today.as_view()),
    path("achievements/", views.Achievements.as_view()),
]
