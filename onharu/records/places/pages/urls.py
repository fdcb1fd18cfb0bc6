"""Addresses of the pages of this room."""

from __future__ import annotations

from django.urls import path

from onharu.records.places.pages import finding, mine, one

urlpatterns = [
    path("pharmacies/", finding.pharmacies_page, name="pharmacies"),
    path("pharmacies/find/", finding.find, name="pharmacies-find"),
    path("pharmacies/near/", finding.near, name="pharmacies-near"),
    path("pharmacies/live/", finding.live, name="pharmacies-live"),
    path("pharmacies/mine/", mine.mine, name="pharmacies-mine"),
    path("pharmacies/<int:pk>/", one.pharmacy, name="pharmacy"),
    path("pharmacies/<int:pk>/keep/", mine.keep, name="pharmacy-keep"),
    path("pharmacies/<int:pk>/let-go/", mine.let_go, name="pharmacy-let-go"),
]
