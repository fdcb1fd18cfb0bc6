"""The addresses of the gallery, with an event stream and slow answers to try the modules against."""

from __future__ import annotations

import itertools
import time
from pathlib import Path

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.template import engines
from django.urls import include, path

from onharu.design import gallery

connections: list[str] = []
presses: list[str] = []
numbers = itertools.count(1)
PAGES = Path(__file__).parent / "pages"


def page_of(request: HttpRequest, name: str, **context: object) -> HttpResponse:
    """Render a page that only these tests know."""
    template = engines["django"].from_string((PAGES / name).read_text())
    return HttpResponse(template.render(context, request))


def events(request: HttpRequest) -> StreamingHttpResponse:
    """Send one event and end; remember where the client says it left off."""
    connections.append(request.GET.get("last_event_id") or request.headers.get("Last-Event-ID") or "")
    number = next(numbers)
    lines = (f'id: {number}\nretry: 50\nevent: day\ndata: {{"date": "2026-11-22", "version": {number}}}\n\n',)
    return StreamingHttpResponse(lines, content_type="text/event-stream")


def broken_events(request: HttpRequest) -> HttpResponse:
    """Refuse, as a server does while it restarts."""
    connections.append("refused")
    return HttpResponse(status=503)


def slow(request: HttpRequest) -> HttpResponse:
    """Count a press and answer late."""
    presses.append(request.method or "")
    time.sleep(0.7)
    return HttpResponse("<p>slow</p>")


def told(request: HttpRequest) -> HttpResponse:
    """Answer late, with something to tell."""
    time.sleep(0.5)
    return gallery.gallery_press(request)


def refuse(request: HttpRequest) -> HttpResponse:
    """Answer with a problem document."""
    return HttpResponse('{"detail": "이미 지운 기록이에요."}', status=409, content_type="application/problem+json")


def live(request: HttpRequest) -> HttpResponse:
    """A page that listens to the stream named in the address."""
    return page_of(request, "live.html", stream=request.GET["stream"])


def forms(request: HttpRequest) -> HttpResponse:
    """A page with slow and refused requests, and a search."""
    return page_of(request, "forms.html")


def found(request: HttpRequest) -> HttpResponse:
    """Results of a search: what was asked, and how often."""
    presses.append(request.GET.get("q", ""))
    return HttpResponse('<li><a href="/design/">첫째</a></li><li><a href="/design/">둘째</a></li>')


urlpatterns = [
    path("", include("onharu.design.urls")),
    *gallery.urlpatterns,
    path("events/", events),
    path("broken-events/", broken_events),
    path("slow/", slow),
    path("told/", told),
    path("refuse/", refuse),
    path("found/", found),
    path("live/", live),
    path("forms/", forms),
    path("logout/", slow),
    path("i18n/", include("django.conf.urls.i18n")),
]
