"""Pharmacies over HTTP, for everybody: the nearest ones, those of a 동 or of a name, one by itself.

A position is read, answered and forgotten: it is in no log, no table and no key of a cache.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import APIException
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from onharu.catalog.pharmacies import public as pharmacies
from onharu.catalog.pharmacies.api import shapes
from onharu.catalog.pharmacies.api.answering import SAID, in_seoul, listed
from onharu.catalog.pharmacies.api.asking import MOST, Question, fields_of, instant_of, place_of, question_of
from onharu.catalog.pharmacies.api.words import by_words
from onharu.kernel import clock, rates
from onharu.kernel.callers import address_of
from onharu.kernel.problems import Invalid, Missing, Problem
from onharu.kernel.storing import computes_only
from onharu.kernel.web import Json, dumps

MOST_A_MINUTE = 120
OLD_RADIUS, OLD_AT = 1000, 100
LARGEST_ID = 2**63 - 1


class Open(APIView):
    """Anybody may ask, signed in or not; only how often is counted, by person or else by address."""

    permission_classes = [AllowAny]

    def perform_content_negotiation(self, request: Request, force: bool = False) -> tuple[Json, str]:  # noqa: FBT001, FBT002 as DRF calls it
        """Answer in the one format there is, whatever a client accepts."""
        return Json(), Json.media_type

    def perform_authentication(self, request: Request) -> None:
        """Leave who asks aside: a token that is over keeps nobody from a pharmacy."""

    def check_throttles(self, request: Request) -> None:
        """Count the asking. Raises TooMany."""
        rates.spend(f"pharmacies:{caller_of(request)}", most=MOST_A_MINUTE)

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Response:
        """Keep every answer out of every cache: where somebody stands is nobody's business."""
        answer = super().finalize_response(request, response, *args, **kwargs)
        answer["Cache-Control"] = "private, no-store"
        return answer


class Pharmacies(Open):
    """`/api/pharmacies/`: the nearest ones, or those of a 동 or a name."""

    @extend_schema(
        parameters=shapes.ASKING,
        responses=shapes.PharmaciesOut,
        examples=[shapes.FOUND, shapes.NOTHING],
        operation_id="pharmacies_list",
    )
    def get(self, request: Request) -> HttpResponse:
        """Find pharmacies, the nearest first. With `open_at`, only those that are known to be open then.

        Unknown hours are null, never closed. 400 names every field that is wrong; 429 after 120 askings in a minute.
        """
        return _answered(question_of(request.query_params, now=clock.now()))


@computes_only
class Nearest(Open):
    """`/api/pharmacies/nearest/`: the same question in a body, so that no address holds a position."""

    @extend_schema(
        request=shapes.AskingIn,
        responses=shapes.PharmaciesOut,
        examples=[shapes.ASKED, shapes.FOUND],
        operation_id="pharmacies_nearest",
    )
    def post(self, request: Request) -> HttpResponse:
        """Find pharmacies, the nearest first. Nothing is written: no form token, no `Idempotency-Key` is wanted."""
        return _answered(question_of(body_of(request), now=clock.now()))


class OnePharmacy(Open):
    """`/api/pharmacies/{id}/`: what is known of one, with its week."""

    @extend_schema(
        parameters=shapes.AT,
        responses=shapes.OnePharmacyOut,
        examples=[shapes.ONE],
        operation_id="pharmacies_retrieve",
    )
    def get(self, request: Request, pharmacy_id: int) -> HttpResponse:
        """Tell place, phone, hours by kind of day, and whether it is open now or at `open_at`.

        `gone_on`: since when no source lists it any more. The id of one that was folded into another tells the other.
        """
        at = instant_of(request.query_params, now=clock.now())
        found = pharmacies.facts_of([pharmacy_id]).get(pharmacy_id) if pharmacy_id <= LARGEST_ID else None
        if found is None:
            raise Missing("no_such_pharmacy", "그런 약국을 찾을 수 없어요.", "There is no such pharmacy.")
        shown = pharmacies.shown_pharmacy(pharmacies.Near(found, pharmacies.hours_of(found, at)))
        return _json({"at": in_seoul(at), **shown, "said": SAID})


@computes_only
class OldPharm(Open):
    """`/pharm` and `/pharm/`, as a predecessor's clients know them; not in the API document."""

    schema = None
    authentication_classes: list[Any] = []

    def get(self, request: Request) -> HttpResponse:
        """List the pharmacies within a kilometre, the nearest first, at most a hundred."""
        found = pharmacies.nearby(place_of(request.query_params), at=clock.now(), radius=OLD_RADIUS, limit=MOST)
        return _json([pharmacies.shown_as_before(one.pharmacy) for one in found.found])

    def post(self, request: Request) -> HttpResponse:
        """Tell the pharmacy that somebody stands at: the nearest one within a hundred metres."""
        found = pharmacies.nearby(place_of(body_of(request)), at=clock.now(), radius=OLD_AT, limit=1)
        if not found.found:
            raise Invalid(
                "no_pharmacy_here",
                "데이터베이스 상에 존재하지 않는 약국입니다.",
                "No pharmacy is known at this place.",
            )
        return _json(pharmacies.shown_as_before(found.found[0].pharmacy))


def caller_of(request: Request) -> str:
    """Name whom an asking counts for: the person who is signed in, else the address it comes from."""
    sent = _plain(request)
    if "HTTP_AUTHORIZATION" not in sent.META and settings.SESSION_COOKIE_NAME not in sent.COOKIES:
        return f"address:{address_of(sent)}"
    try:
        person = request.user.pk
    except (Problem, APIException):  # a token that is over, a cookie without its form token: anybody may ask
        person = None
    return f"person:{person}" if person else f"address:{address_of(sent)}"


def body_of(request: Request) -> Any:
    """Read the fields of a body. Raises Invalid for one that is none, or nested beyond all reading."""
    try:
        return fields_of(request.data)
    except RecursionError:
        return fields_of(None)


def _plain(request: Request) -> HttpRequest:
    return request._request  # noqa: SLF001 DRF offers no other way


def _answered(question: Question) -> HttpResponse:
    if question.place is None:
        return _json(by_words(question))
    found = pharmacies.nearby(
        question.place,
        at=question.at,
        radius=question.radius,
        limit=question.limit,
        open_only=question.open_only,
        with_unknown=question.with_unknown,
    )
    return _json(listed(found, question))


def _json(body: object) -> HttpResponse:
    return HttpResponse(dumps(body), content_type="application/json")
