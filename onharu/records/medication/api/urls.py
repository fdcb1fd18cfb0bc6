"""The addresses of this room below /api/; those below medicines/ stand before the shelf's, which takes any word."""

from __future__ import annotations

from django.urls import path

from onharu.records.medication.api import (
    adherence,
    calendar,
    medicines,
    push,
    regimens,
    reminders,
    report,
    schedules,
    scraps,
    tags,
)

urlpatterns = [
    path("adherence/report.pdf", report.PaperReport.as_view()),
    path("adherence/ledger.csv", report.LedgerSheet.as_view()),
    path("calendar-feed/", calendar.OwnCalendar.as_view()),
    path("calendar-feed/<int:pk>/restore/", calendar.RestoredCalendar.as_view()),
    path("push/key/", push.PushKey.as_view()),
    path("push/subscriptions/", push.PushSubscriptions.as_view()),
    path("push/subscriptions/<int:pk>/", push.OnePushSubscription.as_view()),
    path("reminders/settings/", reminders.ReminderSettings.as_view()),
    path("reminders/test/", reminders.ReminderTest.as_view()),
    path("reminders/answer/", reminders.ReminderAnswer.as_view()),
    path("regimens/", regimens.Regimens.as_view()),
    path("regimens/sentence/", regimens.ReadSentence.as_view()),
    path("regimens/<int:pk>/", regimens.OneRegimen.as_view()),
    path("regimens/<int:pk>/restore/", regimens.RestoredRegimen.as_view()),
    path("regimens/<int:pk>/end/", regimens.EndedRegimen.as_view()),
    path("regimens/<int:pk>/resume/", regimens.ResumedRegimen.as_view()),
    path("regimens/<int:pk>/versions/", regimens.Wordings.as_view()),
    path("regimens/<int:pk>/stock/", adherence.StockOfRegimen.as_view()),
    path("schedules/", schedules.Schedules.as_view()),
    path("schedules/<str:dose_id>/", schedules.OneSchedule.as_view()),
    path("schedules/<str:dose_id>/taken/", schedules.Taken.as_view()),
    path("schedules/<str:dose_id>/complete/", schedules.Completed.as_view()),
    path("schedules/<str:dose_id>/skipped/", schedules.Skipped.as_view()),
    path("adherence/", adherence.AdherenceOfDays.as_view()),
    path("routine/", adherence.OwnRoutine.as_view()),
    path("scraps/", scraps.Scraps.as_view()),
    path("scraps/by-item/<str:item_seq>/", scraps.ScrapOfProduct.as_view()),
    path("scraps/tags/", tags.ScrapTags.as_view()),
    path("scraps/tags/<int:pk>/", tags.OneScrapTag.as_view()),
    path("scraps/tags/<int:pk>/restore/", tags.RestoredScrapTag.as_view()),
    path("scraps/<int:pk>/", scraps.OneScrap.as_view()),
    path("scraps/<int:pk>/restore/", scraps.RestoredScrap.as_view()),
    path("medicines/recent/", medicines.Recent.as_view()),
    path("medicines/interactions/", medicines.Interactions.as_view()),
]
