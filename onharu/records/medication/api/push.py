"""Browsers that ring, over HTTP."""

from __future__ import annotations

from drf_spectacular.utils import extend_schema
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from onharu.accounts.public import asker_id
from onharu.kernel import clock
from onharu.kernel.web import idempotent
from onharu.records.medication.actions import notifying
from onharu.records.medication.api import reminder_shapes as shapes
from onharu.records.medication.models import PushSubscription
from onharu.records.medication.queries.reminders import subscriptions_of
from onharu.upstream import web_push


class PushKey(APIView):
    """`/api/push/key/`: what a browser subscribes with."""

    @extend_schema(responses=shapes.KeyOut, examples=[shapes.KEY])
    def get(self, request: Request) -> Response:
        """Read the public key of this house; "" where messages are switched off."""
        asker_id(request)
        return Response({"key": web_push.public_key()})


class PushSubscriptions(GenericAPIView[PushSubscription]):
    """`/api/push/subscriptions/`: the person's browsers that ring, the newest first."""

    serializer_class = shapes.SubscriptionOut

    @extend_schema(responses=shapes.SubscriptionOut(many=True), examples=[shapes.SUBSCRIPTION])
    def get(self, request: Request) -> Response:
        """List browsers, when each last got a message and what went wrong last."""
        page = self.paginate_queryset(subscriptions_of(asker_id(request))) or []
        return self.get_paginated_response([shapes.subscription_out(row) for row in page])

    @extend_schema(
        request=shapes.SubscriptionIn,
        responses={201: shapes.SubscriptionOut, 200: shapes.SubscriptionOut},
        examples=[shapes.SUBSCRIPTION_IN, shapes.SUBSCRIPTION],
    )
    @idempotent
    def post(self, request: Request) -> Response:
        """Let a browser ring: 201 for a new one, 200 for one that rings already."""
        said = shapes.SubscriptionIn(data=request.data)
        said.is_valid(raise_exception=True)
        words = said.validated_data
        subscription = web_push.Subscription(words["endpoint"], words["keys"]["p256dh"], words["keys"]["auth"])
        row, new = notifying.subscribe(
            owner_id=asker_id(request), said=subscription, label=words["label"], at=clock.now(), how=_how(request)
        )
        return Response(shapes.subscription_out(row), status=201 if new else 200)

    @extend_schema(
        operation_id="api_push_subscriptions_forget_browser",
        request=shapes.EndpointIn,
        responses={204: None},
        examples=[shapes.ENDPOINT_IN],
    )
    def delete(self, request: Request) -> Response:
        """Let the browser with this address ring no more; one that is not on the list is left alone."""
        said = shapes.EndpointIn(data=request.data)
        said.is_valid(raise_exception=True)
        endpoint = said.validated_data["endpoint"]
        notifying.unsubscribe_endpoint(owner_id=asker_id(request), endpoint=endpoint, at=clock.now(), how=_how(request))
        return Response(status=204)


class OnePushSubscription(APIView):
    """`/api/push/subscriptions/{id}/`: one browser."""

    @extend_schema(responses=shapes.SubscriptionOut, examples=[shapes.SUBSCRIPTION])
    def get(self, request: Request, pk: int) -> Response:
        """Read a browser."""
        return Response(shapes.subscription_out(subscriptions_of(asker_id(request)).one_of(asker_id(request), pk)))  # type: ignore[attr-defined]  # an owned queryset

    @extend_schema(responses={204: None})
    def delete(self, request: Request, pk: int) -> Response:
        """Take a browser off the list; buttons of notifications that it still shows do nothing any more."""
        notifying.unsubscribe(owner_id=asker_id(request), subscription_id=pk, at=clock.now(), how=_how(request))
        return Response(status=204)


def _how(request: Request) -> str:
    """Tell an app, which brings a token, from the page of a browser."""
    return "api" if request.auth else "page"
