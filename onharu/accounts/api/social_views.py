"""`/auth/{kakao,naver}/` and `/auth/exchange/`: signing in with another company, by browser and by app.

A browser is sent out and comes back; what goes wrong is told on a page. An app gets a code in the address that the
operator listed for it, and exchanges that for tokens: no token ever stands in an address.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from onharu.accounts import actions, social
from onharu.accounts.actions import Begun, Wish
from onharu.accounts.api import shapes
from onharu.accounts.api.auth_views import Public, django_request, read, signed_in
from onharu.accounts.api.authentication import CookieAuthentication
from onharu.accounts.cookies import browser_of, keep_browser
from onharu.accounts.middleware import language_now, speaking
from onharu.accounts.models import SignInStart, User
from onharu.accounts.second import SecondWanted
from onharu.accounts.waiting import ask_code
from onharu.kernel.leaving import leaving
from onharu.kernel.problems import Invalid, Problem
from onharu.kernel.web import problem_of, problem_response

APP, CLIENTS = "app", {"", "browser", "app"}
START = [
    OpenApiParameter(
        "next", str, description="For a browser: the path to go on to; an address of elsewhere is /today/"
    ),
    OpenApiParameter("client", str, enum=["app", "browser"]),
    OpenApiParameter("redirect_uri", str, description="For an app: one of SIGN_IN_APP_REDIRECTS, letter by letter"),
    OpenApiParameter("challenge", str, description="For an app: S256 of its verifier (RFC 7636)"),
]
RETURN = [OpenApiParameter(name, str) for name in ("code", "state", "error")]


class Browsed(Public):
    """A step of a browser on its way; a problem is told on a page, to a script as a document."""

    # DRF forgets who is signed in unless somebody asks the cookie.
    authentication_classes = [CookieAuthentication]
    http_method_names = ["get", "options"]  # a HEAD of somebody's preview must not spend a state
    provider = ""

    def perform_content_negotiation(self, request: Request, force: bool = False) -> Any:  # noqa: FBT001, FBT002 DRF's
        """Take whatever is asked for: the answer is an address."""
        return super().perform_content_negotiation(request, force=True)

    def handle_exception(self, exc: Exception) -> Any:
        """Tell a problem; anything else stays a 500."""
        problem = problem_of(exc)
        return super().handle_exception(exc) if problem is None else told(django_request(self.request), problem)

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        """Let nothing on the way keep a step."""
        answered = super().finalize_response(request, response, *args, **kwargs)
        answered.headers["Cache-Control"] = "no-store"
        return answered


class SocialStart(Browsed):
    """GET /auth/{kakao,naver}/login/."""

    @extend_schema(
        summary="카카오·네이버로 로그인 시작하기",
        tags=["auth"],
        parameters=START,
        responses={302: None, 400: None, 404: None},
    )
    def get(self, request: Request) -> HttpResponse:
        """Send a browser to the company's page; without its keys there is no such address."""
        asked, asking = django_request(request), request.query_params
        actions.require_offered(self.provider)
        wish = _wish(asking.get("client", ""), asking)
        if asked.user.is_authenticated and not wish.app_redirect:
            return redirect(wish.onward)
        begun = actions.begin(request=asked, provider=self.provider, browser=browser_of(asked), wish=wish)
        return sent_out(begun)


class SocialReturn(Browsed):
    """GET /auth/{kakao,naver}/callback/."""

    @extend_schema(
        summary="카카오·네이버에서 돌아오기: 브라우저는 세션, 앱은 한 번 쓰는 코드",
        tags=["auth"],
        parameters=RETURN,
        responses={302: None, 400: None, 404: None, 409: None, 503: None},
    )
    def get(self, request: Request) -> HttpResponseBase:
        """Finish a sign-in that was begun in this browser."""
        asked = django_request(request)
        actions.require_offered(self.provider)
        states = asked.GET.getlist("state")
        state, browser = states[0] if len(states) == 1 else "", browser_of(asked)
        start = actions.take_start(provider=self.provider, browser=browser, state=state)
        try:
            onward = self._finish(asked, start, browser, state)
        except Problem as problem:
            if not start.app_redirect:
                raise
            return _to_app(start, error=problem.code)
        return onward

    def _finish(self, request: HttpRequest, start: SignInStart, browser: str, state: str) -> HttpResponse:
        if start.linker_id and not actions.is_still_linking(request, start):
            raise actions.StateRefused
        if request.user.is_authenticated and not start.linker_id and not start.app_redirect:
            return redirect(social.own_path(start.onward))  # signed in meanwhile: nobody is changed behind their back
        with leaving(start.linker_id, "sign_in") as trip:
            identity = actions.identity_behind(request=request, start=start, browser=browser, state=state)
            if start.linker_id:
                actions.link(request=request, start=start, identity=identity)
                return redirect("/me/#connections")
            user, new = actions.person_behind(request=request, identity=identity, language=language_now())
            trip.owner_id = user.pk
        if start.app_redirect:
            return _to_app(start, code=actions.give_code(user=user, start=start))
        return _enter(request, user, "/setup/" if new else social.own_path(start.onward))


class Exchange(Public):
    """POST /auth/exchange/."""

    @extend_schema(
        operation_id="auth_exchange",
        summary="앱이 받은 코드를 토큰으로 바꾸기: 한 번, 1분 안에",
        tags=["auth"],
        request=shapes.ExchangeIn,
        responses={200: shapes.SignedInOut},
        examples=[shapes.asked(shapes.EXCHANGE), shapes.answered({**shapes.PAIR, "user": shapes.ME})],
    )
    def post(self, request: Request) -> Response:
        """Exchange a code for the first pair of tokens; a code shown twice ends what it opened."""
        said = read(shapes.ExchangeIn, request)
        return signed_in(
            *actions.exchange_code(
                request=django_request(request),
                code=said["code"],
                verifier=said["verifier"],
                app_redirect=said["redirect_uri"],
            )
        )


def sent_out(begun: Begun) -> HttpResponse:
    """Send a browser to a company, with the secret that it must bring back."""
    return keep_browser(HttpResponse(status=302, headers={"Location": begun.url}), begun.browser)


def told(request: HttpRequest, problem: Problem) -> HttpResponse:
    """Tell a person what went wrong, with the way back; a script gets the document."""
    if not request.accepts("text/html"):
        return problem_response(problem)
    response = render(request, "accounts/sign_in_refused.html", {"problem": problem}, status=problem.status)
    if problem.retry_after is not None:
        response["Retry-After"] = str(problem.retry_after)
    return response


def _wish(client: str, asking: Any) -> Wish:
    if client not in CLIENTS:
        raise Invalid(errors={"client": ["app, browser"]})
    if client == APP:
        return Wish(app_redirect=asking.get("redirect_uri") or "-", challenge=asking.get("challenge") or "-")
    return Wish(onward=social.own_path(asking.get("next") or social.HOME))


def _enter(request: HttpRequest, user: User, onward: str) -> HttpResponse:
    try:
        person = actions.open_browser(request=request, user=user, method="socialaccount")
    except SecondWanted as wanted:
        return ask_code(request, wanted, onward)
    return speaking(request, redirect(onward), person.profile.language)


def _to_app(start: SignInStart, **said: str) -> HttpResponse:
    """Send a browser on to its app, at an address that still stands on the list."""
    if start.app_redirect not in settings.SIGN_IN_APP_REDIRECTS:
        raise actions.StateRefused
    joint = "&" if "?" in start.app_redirect else "?"
    return HttpResponse(status=302, headers={"Location": f"{start.app_redirect}{joint}{urlencode(said)}"})
