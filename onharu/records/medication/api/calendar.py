"""The secret address of one's calendar over HTTP."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from onharu.accounts.public import asker_id, visit_of
from onharu.kernel import clock
from onharu.records.medication.actions import feeds
from onharu.records.medication.queries.calendar import FeedEntry, feed_of

_FEED = {
    "id": 4,
    "active": True,
    "url": "https://onharu.example/calendar/9b1c…43 letters….ics",
    "names_shown": False,
    "alarms": True,
    "created_at": "2026-11-22T12:00:00+09:00",
    "read_at": None,
}
MADE = OpenApiExample("made", value=_FEED, response_only=True)
FEED = OpenApiExample("living", value={**_FEED, "url": None}, response_only=True)
FEED_IN = OpenApiExample("with names", value={"names_shown": True, "alarms": True}, request_only=True)


class CalendarFeedIn(serializers.Serializer[Any]):
    """What the calendar shows: names of medicines or only that it is time, and whether calendar programs ring."""

    names_shown = serializers.BooleanField(default=False)
    alarms = serializers.BooleanField(default=True)


class CalendarFeedOut(serializers.Serializer[Any]):
    """The living address. `url` is told once, in the answer that made it; `active` false is no address at all."""

    id = serializers.IntegerField(allow_null=True)
    active = serializers.BooleanField()
    url = serializers.CharField(allow_null=True)
    names_shown = serializers.BooleanField()
    alarms = serializers.BooleanField()
    created_at = serializers.DateTimeField(allow_null=True)
    read_at = serializers.DateTimeField(allow_null=True)


def _shown(request: Request, url: str | None = None, status: int = 200) -> Response:
    person = visit_of(request).person
    feed = feed_of(person.id)
    return Response(_written(feed, person.zone, url), status=status, headers={"Cache-Control": "no-store"})


def _written(feed: FeedEntry | None, zone: str, url: str | None) -> dict[str, object]:
    if feed is None:
        nothing = dict.fromkeys(("id", "url", "created_at", "read_at"))
        return {**nothing, "active": False, "names_shown": False, "alarms": False}
    local = clock.zone(zone)
    return {
        "id": feed.id,
        "active": True,
        "url": url,
        "names_shown": feed.names_shown,
        "alarms": feed.alarms,
        "created_at": feed.created_at.astimezone(local),
        "read_at": feed.read_at and feed.read_at.astimezone(local),
    }


def _said(request: Request) -> dict[str, bool]:
    values = CalendarFeedIn(data=request.data)
    values.is_valid(raise_exception=True)
    said: dict[str, bool] = values.validated_data
    return said


class OwnCalendar(APIView):
    """`/api/calendar-feed/`: the address of one's own calendar."""

    @extend_schema(responses=CalendarFeedOut, examples=[FEED])
    def get(self, request: Request) -> Response:
        """Tell whether there is an address, what it shows and when it was last read; never the address itself."""
        return _shown(request)

    @extend_schema(request=CalendarFeedIn, responses={201: CalendarFeedOut}, examples=[FEED_IN, MADE])
    def post(self, request: Request) -> Response:
        """Make an address and tell it, this once; the one before ends at once.

        An answer with a secret is not kept for repetition: after a lost answer, make another.
        """
        made = feeds.make_feed(owner_id=asker_id(request), **_said(request))
        return _shown(request, request.build_absolute_uri(f"/calendar/{made.secret}.ics"), 201)

    @extend_schema(request=CalendarFeedIn, responses=CalendarFeedOut, examples=[FEED_IN, FEED])
    def put(self, request: Request) -> Response:
        """Let the living address show names or not, and ring or not."""
        feeds.change_feed(owner_id=asker_id(request), **_said(request))
        return _shown(request)

    @extend_schema(responses={204: None})
    def delete(self, request: Request) -> Response:
        """End the address; `restore` lets the same one live again for a day."""
        feeds.revoke_feed(owner_id=asker_id(request))
        return Response(status=204)


class RestoredCalendar(APIView):
    """`/api/calendar-feed/{id}/restore/`: undo."""

    @extend_schema(request=None, responses=CalendarFeedOut, examples=[FEED])
    def put(self, request: Request, pk: int) -> Response:
        """Let an ended address live again; 409 when a newer one was made since."""
        feeds.restore_feed(owner_id=asker_id(request), feed_id=pk)
        return _shown(request)
