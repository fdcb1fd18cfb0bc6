"""Addresses of the pages of this room."""

from __future__ import annotations

from django.urls import path, register_converter

from onharu.records.medication import rules
from onharu.records.medication.pages import calendar_feed, finding, product, scraps


class ItemSeqConverter:
    """The number of a product: nine digits."""

    regex = rules.ITEM_SEQ.pattern

    def to_python(self, value: str) -> str:
        """Read the number."""
        return value

    def to_url(self, value: str) -> str:
        """Write the number."""
        return value


register_converter(ItemSeqConverter, "item_seq")

urlpatterns = [
    path("calendar/<slug:secret>.ics", calendar_feed.feed, name="calendar-feed"),
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
    path("medicines/<item_seq:item_seq>/", product.product, name="medicine"),
    path("medicines/<item_seq:item_seq>/mine/", product.mine, name="medicine-mine"),
    path("medicines/<item_seq:item_seq>/beside-mine/", product.beside_mine, name="medicine-beside-mine"),
]
