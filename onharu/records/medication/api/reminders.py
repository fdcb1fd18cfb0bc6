"""Reminders over HTTP: the rule, the test, and what was pressed on a notification."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from onharu.accounts.public import asker_id
from onharu.kernel import clock
from onharu.records.medication.actions import answering, notifying
from onharu.records.medication.api import reminder_shapes as shapes
from onharu.records.medication.queries.reminders import last_test, rule_of


class ReminderSettings(APIView):
    """`/api/reminders/settings/`: how the person wants to be reminded."""

    @extend_schema(responses=shapes.RuleOut, examples=[shapes.RULE])
    def get(self, request: Request) -> Response:
        """Read the rule that holds; the usual one where nothing was said."""
        return Response(shapes.rule_out(rule_of(asker_id(request))))

    @extend_schema(request=shapes.RuleIn, responses=shapes.RuleOut, examples=[shapes.RULE_IN, shapes.RULE])
    def put(self, request: Request) -> Response:
        """Set the rule; what is left out stays. It counts from the next telling on."""
        said = shapes.RuleIn(data=request.data)
        said.is_valid(raise_exception=True)
        rule = notifying.set_rule(owner_id=asker_id(request), said=said.validated_data, at=clock.now())
        return Response(shapes.rule_out(rule))


class ReminderTest(APIView):
    """`/api/reminders/test/`: a message over every way that is switched on, by the road that reminders take."""

    @extend_schema(responses=shapes.TestOut, examples=[shapes.TEST])
    def get(self, request: Request) -> Response:
        """Read how far the last test came; `shown_at` is what the browser itself said."""
        return Response(_last(asker_id(request)))

    @extend_schema(request=None, responses={202: shapes.TestOut}, examples=[shapes.TEST])
    def post(self, request: Request) -> Response:
        """Send a test; a second one within ten seconds is the first. 409 when there is no way to send it."""
        notifying.send_test(owner_id=asker_id(request), at=clock.now())
        return Response(_last(asker_id(request)), status=202)


class ReminderAnswer(APIView):
    """`/api/reminders/answer/`: *public*; the token that came in the notification is the proof.

    It stands in the body, as addresses are logged. It is good for one notification's doses, for a day.
    """

    authentication_classes: list[Any] = []
    permission_classes = [AllowAny]

    @extend_schema(
        request=shapes.AnswerIn, responses=shapes.AnswerOut, examples=[shapes.ANSWER_IN, shapes.ANSWER], auth=[]
    )
    def post(self, request: Request) -> Response:
        """Do what was pressed; saying it twice changes nothing. 403 `ticket_over` for a token that is over."""
        said = shapes.AnswerIn(data=request.data)
        said.is_valid(raise_exception=True)
        done = answering.answer(token=said.validated_data["token"], what=said.validated_data["answer"], at=clock.now())
        return Response({"answer": done.what, "doses": done.doses, "to_check": done.to_check})


def _last(owner_id: int) -> dict[str, object]:
    found = last_test(owner_id)
    return shapes.test_out(None, []) if found is None else shapes.test_out(found[0], list(found[1]))
