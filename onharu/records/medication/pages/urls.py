"""Addresses of the pages of this room."""

from __future__ import annotations

from django.urls import path, register_converter

from onharu.records.medication import rules
from onharu.records.medication.pages import (
    adherence,
    calendar_feed,
    dose_acts,
    doses,
    family,
    family_day,
    finding,
    history,
    product,
    regimen_form,
    regimens,
    reminders,
    report,
    routine,
    scraps,
)


class ItemSeqConverter:
    """The number of a product: nine digits."""

    regex = rules.ITEM_SEQ.pattern

    def to_python(self, value: str) -> str:
        """Read the number."""
        return value

    def to_url(self, value: str) -> str:
        """Write the number."""
        return value


class DoseConverter:
    """The name of a dose: the number of its regimen, a dot, its key."""

    regex = r"[0-9]{1,18}\.[0-9A-Za-z.]{1,60}"

    def to_python(self, value: str) -> str:
        """Read the name."""
        return value

    def to_url(self, value: str) -> str:
        """Write the name."""
        return value


register_converter(ItemSeqConverter, "item_seq")
register_converter(DoseConverter, "dose")

urlpatterns = [
    path("calendar/<slug:secret>.ics", calendar_feed.feed, name="calendar-feed"),
    path("medicines/report.pdf", report.paper, name="medicines-report"),
    path("medicines/ledger.csv", report.ledger, name="medicines-ledger"),
    path("medicines/calendar/", calendar_feed.calendar_page, name="medicines-calendar"),
    path("medicines/calendar/make/", calendar_feed.make, name="medicines-calendar-make"),
    path("medicines/calendar/change/", calendar_feed.change, name="medicines-calendar-change"),
    path("medicines/calendar/revoke/", calendar_feed.revoke, name="medicines-calendar-revoke"),
    path("medicines/calendar/<int:pk>/restore/", calendar_feed.restore, name="medicines-calendar-restore"),
    path("medicines/", finding.medicines_page, name="medicines"),
    path("medicines/find/", finding.find, name="medicines-find"),
    path("medicines/identify/", finding.identify, name="medicines-identify"),
    path("medicines/understood/", finding.understood, name="medicines-understood"),
    path("medicines/recent/forget/", finding.forget, name="medicines-recent-forget"),
    path("medicines/recent/restore/", finding.remember, name="medicines-recent-restore"),
    path("medicines/scraps/", scraps.scrapped, name="medicines-scraps"),
    path("medicines/scraps/<int:pk>/delete/", scraps.delete, name="medicines-scrap-delete"),
    path("medicines/scraps/<int:pk>/restore/", scraps.restore, name="medicines-scrap-restore"),
    path("medicines/scraps/tags/", scraps.tag_rows, name="medicines-tags"),
    path("medicines/scraps/tags/<int:pk>/", scraps.rename_tag, name="medicines-tag"),
    path("medicines/scraps/tags/<int:pk>/delete/", scraps.delete_tag, name="medicines-tag-delete"),
    path("medicines/scraps/tags/<int:pk>/restore/", scraps.restore_tag, name="medicines-tag-restore"),
    path("medicines/doses/", doses.doses_page, name="doses"),
    path("medicines/doses/part/", doses.part, name="doses-part"),
    path("medicines/doses/now/", doses.now, name="doses-now"),
    path("medicines/doses/all/", dose_acts.take_all, name="doses-all"),
    path("medicines/doses/all/undo/", dose_acts.undo_all, name="doses-all-undo"),
    path("medicines/doses/<dose:dose_id>/", dose_acts.one, name="dose"),
    path("medicines/doses/<dose:dose_id>/take/", dose_acts.take, name="dose-take"),
    path("medicines/doses/<dose:dose_id>/skip/", dose_acts.skip, name="dose-skip"),
    path("medicines/doses/<dose:dose_id>/undo/", dose_acts.undo, name="dose-undo"),
    path("medicines/history/", history.history, name="doses-history"),
    path("medicines/adherence/", adherence.adherence, name="doses-adherence"),
    path("medicines/routine/", routine.routine, name="routine"),
    path("medicines/regimens/", regimens.listed, name="regimens"),
    path("medicines/regimens/new/", regimen_form.new, name="regimen-new"),
    path("medicines/regimens/understand/", regimen_form.understand, name="regimen-understand"),
    path("medicines/regimens/suggest/", regimen_form.suggest, name="regimen-suggest"),
    path("medicines/regimens/<int:pk>/", regimens.one, name="regimen"),
    path("medicines/regimens/<int:pk>/edit/", regimen_form.edit, name="regimen-edit"),
    path("medicines/regimens/<int:pk>/take/", dose_acts.take_needed, name="regimen-take"),
    path("medicines/regimens/<int:pk>/stock/", regimens.stock, name="regimen-stock"),
    path("medicines/regimens/<int:pk>/end/", regimens.end, name="regimen-end"),
    path("medicines/regimens/<int:pk>/resume/", regimens.resume, name="regimen-resume"),
    path("medicines/regimens/<int:pk>/delete/", regimens.delete, name="regimen-delete"),
    path("medicines/regimens/<int:pk>/restore/", regimens.restore, name="regimen-restore"),
    path("medicines/family/", family.family, name="family"),
    path("medicines/family/invite/", family.invite, name="family-invite"),
    path("medicines/family/join/", family.join, name="family-join"),
    path("medicines/family/<int:pk>/", family_day.day_page, name="family-day"),
    path("medicines/family/<int:pk>/part/", family_day.part, name="family-day-part"),
    path("medicines/family/<int:pk>/leave/", family_day.leave, name="family-leave"),
    path("medicines/family/<int:pk>/settings/", family.settings, name="family-share"),
    path("medicines/family/<int:pk>/revoke/", family.revoke, name="family-revoke"),
    path("medicines/family/<int:pk>/restore/", family.restore, name="family-restore"),
    path("medicines/family/<int:pk>/doses/<dose:dose_id>/take/", family_day.take, name="family-take"),
    path("medicines/family/<int:pk>/doses/<dose:dose_id>/undo/", family_day.undo, name="family-undo"),
    path("medicines/reminders/", reminders.reminders_page, name="reminders"),
    path("medicines/reminders/test/", reminders.test, name="reminders-test"),
    path("medicines/reminders/browsers/<int:pk>/remove/", reminders.remove, name="reminders-browser-remove"),
    path("medicines/<item_seq:item_seq>/", product.product, name="medicine"),
    path("medicines/<item_seq:item_seq>/mine/", product.mine, name="medicine-mine"),
    path("medicines/<item_seq:item_seq>/beside-mine/", product.beside_mine, name="medicine-beside-mine"),
]
