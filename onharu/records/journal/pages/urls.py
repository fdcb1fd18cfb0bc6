"""Addresses of the journal's pages."""

from __future__ import annotations

from django.urls import path

from onharu.records.journal.pages import journal, notes, report, tags

urlpatterns = [
    path("journal/", journal.journal, name="journal"),
    path("journal/past/", journal.past, name="journal-past"),
    path("journal/report/", report.report, name="journal-report"),
    path("journal/report/delete/", report.delete, name="journal-report-delete"),
    path("journal/report/<int:pk>/restore/", report.restore, name="journal-report-restore"),
    path("journal/notes/", notes.part, name="journal-notes"),
    path("journal/notes/new/", notes.write, name="journal-note-new"),
    path("journal/notes/<int:pk>/", notes.note, name="journal-note"),
    path("journal/notes/<int:pk>/delete/", notes.delete, name="journal-note-delete"),
    path("journal/notes/<int:pk>/restore/", notes.restore, name="journal-note-restore"),
    path("journal/tags/", tags.tags, name="journal-tags"),
    path("journal/tags/<int:pk>/", tags.rename, name="journal-tag"),
    path("journal/tags/<int:pk>/delete/", tags.delete, name="journal-tag-delete"),
    path("journal/tags/<int:pk>/restore/", tags.restore, name="journal-tag-restore"),
]
