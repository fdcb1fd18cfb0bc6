"""The journal's addresses below /api/."""

from __future__ import annotations

from django.urls import path

from onharu.records.journal.api import notes, reports

urlpatterns = [
    path("dailyreports/", reports.Reports.as_view()),
    path("dailyreports/by-date/<day:day>/", reports.ReportOfDay.as_view()),
    path("dailyreports/<int:pk>/", reports.OneReport.as_view()),
    path("dailyreports/<int:pk>/restore/", reports.RestoredReport.as_view()),
    path("feedbacks/", notes.Feedbacks.as_view()),
    path("feedbacks/<int:pk>/", notes.OneFeedback.as_view()),
    path("feedbacks/<int:pk>/restore/", notes.RestoredFeedback.as_view()),
    path("tags/", notes.Tags.as_view()),
    path("tags/<int:pk>/", notes.OneTag.as_view()),
    path("tags/<int:pk>/restore/", notes.RestoredTag.as_view()),
]
