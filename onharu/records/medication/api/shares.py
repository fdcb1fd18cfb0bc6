"""Family over HTTP: what a person shares (`/api/shares/`), and what is shared with them (`/api/shared/`)."""

from __future__ import annotations

from datetime import datetime
from typing import Any, cast
from urllib.parse import urlencode

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from onharu.accounts.public import Visit, visit_of
from onharu.kernel import clock
from onharu.kernel.web import Pages, asked_day, idempotent
from onharu.records.medication.actions import marking, shares
from onharu.records.medication.api import share_shapes as shapes
from onharu.records.medication.api.dose_shapes import read
from onharu.records.medication.models import Share
from onharu.records.medication.queries import shares as asked
from onharu.records.medication.queries.entries import DoseEntry

Json = dict[str, Any]
JOIN = "/medicines/family/join/"


def _share(entry: asked.ShareEntry, visit: Visit, code: str | None = None, link: str | None = None) -> Json:
    local = clock.zone(visit.person.zone)
    times = ("created_at", "expires_at", "accepted_at", "ended_at")
    same = ("id", "label", "may_mark", "is_told", "until", "stands")
    return {
        **{name: getattr(entry, name) for name in same},
        **{name: at.astimezone(local) if (at := getattr(entry, name)) else None for name in times},
        "viewer": entry.viewer or None,
        "code": code,
        "link": link,
    }


def _answer(visit: Visit, share_id: int) -> Response:
    return Response(_share(asked.share_of(visit.person, share_id, visit.at), visit))


def _shared(one: asked.Shared, at: datetime) -> Json:
    return {
        "id": one.id,
        "owner": one.owner.nickname,
        "may_mark": one.may_mark,
        "is_told": one.is_told,
        "until": one.until,
        "accepted_at": one.accepted_at.astimezone(clock.zone(one.owner.zone)),
        "zone": one.owner.zone,
        "today": one.today(at),
    }


def _dose(one: asked.SharedDose | DoseEntry, zone: str, *, by_me: bool) -> Json:
    local = clock.zone(zone)
    return {
        "id": one.id,
        "name": one.name,
        "unit": one.unit,
        "amount": one.amount,
        "planned_at": one.planned_at and one.planned_at.astimezone(local),
        "date": one.day,
        "state": one.state,
        "taken_at": one.taken_at and one.taken_at.astimezone(local),
        "taken_amount": one.taken_amount,
        "by_me": by_me,
    }


class Shares(GenericAPIView[Share]):
    """`/api/shares/`: whom a person lets look."""

    serializer_class = shapes.FamilyShareOut
    pagination_class = Pages

    @extend_schema(responses=shapes.FamilyShareOut(many=True), examples=[shapes.LIVING])
    def get(self, request: Request) -> Response:
        """List one's shares, the newest first, ended ones too; never a code."""
        visit = visit_of(request)
        found = asked.ShareList(visit.person, visit.at)
        page = self.paginate_queryset(cast("Any", found)) or []
        return self.get_paginated_response([_share(cast("Any", one), visit) for one in page])

    @extend_schema(
        request=shapes.FamilyShareIn,
        responses={201: shapes.FamilyShareOut},
        examples=[shapes.INVITE, shapes.INVITED],
    )
    def post(self, request: Request) -> Response:
        """Invite somebody; the code is told this once and is good for seven days and one person.

        An answer with a secret is not kept for repetition: after a lost answer, revoke it and make another.
        """
        visit = visit_of(request)
        made = shares.invite(
            person=visit.person, said=cast("Any", read(shapes.FamilyShareIn, request.data)), at=visit.at
        )
        link = request.build_absolute_uri(f"{JOIN}?{urlencode({'code': made.code})}")
        body = _share(asked.share_of(visit.person, made.share.pk, visit.at), visit, made.code, link)
        return Response(body, status=201, headers={"Cache-Control": "no-store"})


class OneShare(APIView):
    """`/api/shares/{id}/`."""

    @extend_schema(responses=shapes.FamilyShareOut, examples=[shapes.LIVING])
    def get(self, request: Request, pk: int) -> Response:
        """Read one's share."""
        return _answer(visit_of(request), pk)

    @extend_schema(
        request=shapes.FamilyShareIn, responses=shapes.FamilyShareOut, examples=[shapes.CHANGE, shapes.LIVING]
    )
    def patch(self, request: Request, pk: int) -> Response:
        """Change what the viewer may, from their next request on."""
        visit, said = visit_of(request), read(shapes.FamilyShareIn, request.data)
        shares.change_share(person=visit.person, share_id=pk, said=cast("Any", said), at=visit.at)
        return _answer(visit, pk)


class Revoked(APIView):
    """`/api/shares/{id}/revoke/`."""

    @extend_schema(request=None, responses=shapes.FamilyShareOut, examples=[shapes.LIVING])
    def put(self, request: Request, pk: int) -> Response:
        """End a share at once: the viewer's next request finds nothing. Twice changes nothing."""
        visit = visit_of(request)
        shares.revoke(person=visit.person, share_id=pk, at=visit.at)
        return _answer(visit, pk)


class Restored(APIView):
    """`/api/shares/{id}/restore/`: undo."""

    @extend_schema(request=None, responses=shapes.FamilyShareOut, examples=[shapes.LIVING])
    def put(self, request: Request, pk: int) -> Response:
        """Take the ending of a share back within a day; 409 where the viewer left or has a newer one."""
        visit = visit_of(request)
        shares.restore(person=visit.person, share_id=pk, at=visit.at)
        return _answer(visit, pk)


class ShareLog(GenericAPIView[Share]):
    """`/api/shares/log/`: who looked at what, and marked what."""

    serializer_class = shapes.ShareLogOut
    pagination_class = Pages

    @extend_schema(responses=shapes.ShareLogOut(many=True), examples=[shapes.LOG])
    def get(self, request: Request) -> Response:
        """List what was done with one's shares, the newest first."""
        visit = visit_of(request)
        page = self.paginate_queryset(cast("Any", asked.LogList(visit.person.id))) or []
        local = clock.zone(visit.person.zone)
        rows = [cast("asked.LogEntry", one) for one in page]
        return self.get_paginated_response(
            [
                {
                    "id": one.id,
                    "share": one.share_id,
                    "who": one.who,
                    "what": one.what,
                    "date": one.day,
                    "dose": one.dose or None,
                    "at": one.at.astimezone(local),
                }
                for one in rows
            ]
        )


class AcceptedShare(APIView):
    """`/api/shares/accept/`."""

    @extend_schema(request=shapes.CodeIn, responses=shapes.SharedOut, examples=[shapes.CODE, shapes.SHARED])
    @idempotent
    def post(self, request: Request) -> Response:
        """Take an invitation up. A wrong, used or old code is 404 like any; ten tries a minute."""
        visit, said = visit_of(request), read(shapes.CodeIn, request.data)
        return Response(_shared(shares.accept(viewer_id=visit.person.id, code=said["code"], at=visit.at), visit.at))


class SharedWithMe(GenericAPIView[Share]):
    """`/api/shared/`: whose doses a person may see."""

    serializer_class = shapes.SharedOut
    pagination_class = Pages

    @extend_schema(responses=shapes.SharedOut(many=True), examples=[shapes.SHARED])
    def get(self, request: Request) -> Response:
        """List whose doses one may see now, the newest first."""
        visit = visit_of(request)
        page = self.paginate_queryset(cast("Any", asked.shared_with(visit.person.id, visit.at))) or []
        return self.get_paginated_response([_shared(cast("Any", one), visit.at) for one in page])


class OneShared(APIView):
    """`/api/shared/{id}/`."""

    @extend_schema(responses=shapes.SharedOut, examples=[shapes.SHARED])
    def get(self, request: Request, pk: int) -> Response:
        """Read a share that one has."""
        visit = visit_of(request)
        return Response(_shared(asked.one_shared(visit.person.id, pk, visit.at), visit.at))

    @extend_schema(responses={204: None})
    def delete(self, request: Request, pk: int) -> Response:
        """Stop looking: nobody but a new invitation brings it back."""
        visit = visit_of(request)
        shares.leave(viewer_id=visit.person.id, share_id=pk, at=visit.at)
        return Response(status=204)


class SharedSchedules(APIView):
    """`/api/shared/{id}/schedules/`: the owner's doses of a day."""

    @extend_schema(
        parameters=[OpenApiParameter("date", OpenApiTypes.DATE, description="The owner's yesterday to tomorrow.")],
        responses=shapes.SharedDayOut,
        examples=[shapes.SHARED_DAY],
    )
    def get(self, request: Request, pk: int) -> Response:
        """List the owner's doses of a day; the owner can read that it was looked at."""
        visit = visit_of(request)
        shared = asked.one_shared(visit.person.id, pk, visit.at)
        day = asked_day(request, "date") or shared.today(visit.at)
        doses = asked.shared_day(shared, day, visit.at)
        shares.note_look(shared=shared, day=day, at=visit.at)
        zone = shared.owner.zone
        return Response({"date": day, "doses": [_dose(one, zone, by_me=one.by_me) for one in doses]})


class SharedTaken(APIView):
    """`/api/shared/{id}/schedules/{dose}/taken/`."""

    @extend_schema(request=shapes.MarkedIn, responses=shapes.SharedDoseOut, examples=[shapes.MARK, shapes.MARKED])
    def put(self, request: Request, pk: int, dose_id: str) -> Response:
        """Have a dose of the owner's taken now, or take one's own word back; 404 for whoever may only look."""
        visit, taken = visit_of(request), read(shapes.MarkedIn, request.data)["taken"]
        mark = marking.take_for if taken else marking.untake_for
        dose = mark(viewer_id=visit.person.id, share_id=pk, dose_id=dose_id, at=visit.at)
        shared = asked.one_shared(visit.person.id, pk, visit.at)
        mine = dose.id in asked.marked_by(shared, dose.day)
        return Response(_dose(dose, shared.owner.zone, by_me=mine))
