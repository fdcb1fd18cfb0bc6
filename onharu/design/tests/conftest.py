"""A server of the gallery without any database, and a real browser to look at it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.handlers.wsgi import WSGIHandler
from django.core.servers.basehttp import ThreadedWSGIServer
from playwright.sync_api import Browser, BrowserContext, Page

PHONE, SMALL, DESKTOP = {"width": 390, "height": 844}, {"width": 320, "height": 640}, {"width": 1280, "height": 900}


class GalleryHandler(WSGIHandler):
    """Serves the addresses of these tests without touching the settings that other tests of the process read."""

    def resolve_request(self, request):
        """Look the address up in our own list."""
        request.urlconf = "onharu.design.tests.urls"
        return super().resolve_request(request)


class Quiet(WSGIRequestHandler):
    """Serves without talking."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *args):
        """Say nothing."""


@pytest.fixture(scope="session")
def gallery_server() -> Iterator[str]:
    """Serve the gallery on a free port; pytest-django forbids the database, which proves that the look needs none."""
    application = StaticFilesHandler(GalleryHandler())
    server = make_server("127.0.0.1", 0, application, server_class=ThreadedWSGIServer, handler_class=Quiet)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def complaints() -> list[str]:
    """What the browser's console and the content security policy complained about."""
    return []


@pytest.fixture
def context(chromium: Browser, gallery_server: str) -> Iterator[BrowserContext]:
    """A phone that has never been here."""
    context = chromium.new_context(base_url=gallery_server, viewport=PHONE, locale="ko-KR", reduced_motion="reduce")
    context.set_default_timeout(25_000)  # two cores may be busy with the other half of the tests
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext, complaints: list[str]) -> Page:
    """A tab of that phone. Whatever its console calls an error is kept in `complaints`."""
    page = context.new_page()
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    return page


@pytest.fixture
def gallery(page: Page) -> Page:
    """The gallery, with every module running."""
    page.goto("/design/", wait_until="load")
    return page
