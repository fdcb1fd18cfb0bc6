"""Cards, words and achievements over HTTP. Everything is worked out for the person who asks."""

from __future__ import annotations

from django.utils.translation import get_language
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from onharu.accounts.public import asker_id, visit_of
from onharu.insights.actions import away, saying
from onharu.insights.api import examples, shapes
from onharu.insights.queries.cards import cards_from, cards_on
from onharu.insights.queries.day_words import facts_of, words_for
from onharu.insights.queries.life import achievements_of_visitor
from onharu.insights.queries.reading import seen_by
from onharu.insights.queries.standing import standing_of
from onharu.kernel.web import asked_day


class Recommendations(APIView):
    """`/api/recommendations/`."""

    @extend_schema(
        parameters=[OpenApiParameter("date", OpenApiTypes.DATE, description="Today when absent.")],
        responses=shapes.CardsOut,
        examples=[examples.CARDS],
    )
    def get(self, request: Request) -> Response:
        """Read what the rules have to say of a day, at most five cards; none when there is nothing to say."""
        visit = visit_of(request)
        return Response(shapes.cards(cards_on(visit, asked_day(request, "date") or visit.today)))


class Away(APIView):
    """`/api/recommendations/{rule}/away/`."""

    @extend_schema(request=shapes.AwayIn, responses=shapes.AwayOut, examples=[examples.AWAY_IN, examples.AWAY])
    def put(self, request: Request, rule: str) -> Response:
        """Put a rule's card away until a day is over. Saying it twice changes nothing."""
        values = shapes.AwayIn(data=request.data)
        values.is_valid(raise_exception=True)
        visit, until = visit_of(request), values.validated_data["until"]
        away.put_away(owner_id=visit.person.id, rule=rule, until=until, today=visit.today, at=visit.at)
        return Response(shapes.away(rule, until.isoformat()))

    @extend_schema(responses={204: None})
    def delete(self, request: Request, rule: str) -> Response:
        """Let a rule speak again."""
        away.bring_back(owner_id=asker_id(request), rule=rule)
        return Response(status=204)


class Today(APIView):
    """`/api/insights/today/`."""

    @extend_schema(responses=shapes.InsightsOut, examples=[examples.INSIGHTS])
    def get(self, request: Request) -> Response:
        """Read today in a few sentences, with today's cards."""
        visit = visit_of(request)
        standing = standing_of(visit)
        seen = seen_by(visit, visit.today, standing)
        words = words_for(visit, facts_of(visit, seen, "en" if get_language() == "en" else "ko"))
        saying.owe_words(visit, words)
        cards = [shapes.card(one) for one in cards_from(visit, standing, seen).cards]
        return Response({"date": visit.today.isoformat(), "words": shapes.words(words), "cards": cards})


class Achievements(APIView):
    """`/api/achievements/`."""

    @extend_schema(responses=shapes.AchievementsOut, examples=[examples.ACHIEVEMENTS])
    def get(self, request: Request) -> Response:
        """Read every achievement, worked out from the rows as they are now; nothing of it is stored."""
        visit = visit_of(request)
        found = achievements_of_visitor(visit)
        results = [shapes.achievement(one) for one in found]
        return Response({"count": len(found), "earned": sum(one.earned for one in found), "results": results})
