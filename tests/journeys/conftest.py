"""The real server, people who have just signed up, and their phones."""

from __future__ import annotations

import io
import os
import uuid
from collections.abc import Callable, Iterator
from ipaddress import IPv6Address
from pathlib import Path

import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

from tests.booted import Booted

PHONE = {"width": 390, "height": 844}
PASSWORD = "a-long-password-9"
REPOSITORY = Path(__file__).resolve().parent.parent.parent
REAL_DATA = Path(os.environ.get("ONHARU_REAL_DATA") or REPOSITORY.parent / "shared" / "data")
Phone = Callable[..., BrowserContext]


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Booted]:
    """`onharu up` in an empty folder, behind a proxy: people come from many places, as sign-ups from one are limited."""
    found = Booted(tmp_path_factory.mktemp("journeys"), TRUSTED_PROXIES="1")
    try:
        found.wait_ready()
        yield found
    finally:
        found.stop()


@pytest.fixture
def phone(chromium: Browser, server: Booted) -> Iterator[Phone]:
    """Make phones that have never been here."""
    made: list[BrowserContext] = []

    def make(**options: object) -> BrowserContext:
        made.append(new_phone(chromium, server, **options))
        return made[-1]

    yield make
    for context in made:
        context.close()


def new_phone(chromium: Browser, server: Booted, **options: object) -> BrowserContext:
    """A phone that has never been here."""
    settings = {"viewport": PHONE, "locale": "ko-KR", "reduced_motion": "reduce", **options}
    context = chromium.new_context(base_url=server.base, extra_http_headers=somewhere(), **settings)
    context.set_default_timeout(25_000)  # two cores may be busy with the other half of the tests
    return context


def somewhere() -> dict[str, str]:
    """An address that nobody else comes from."""
    return {"X-Forwarded-For": str(IPv6Address(uuid.uuid4().int))}


@pytest.fixture
def username(server: Booted) -> str:
    """Somebody who has just registered."""
    return register(server)


def register(server: Booted) -> str:
    """Register somebody, and tell the name to sign in with."""
    name = f"p{uuid.uuid4().hex[:10]}"
    body = {
        "username": name,
        "email": f"{name}@example.com",
        "password": PASSWORD,
        "nickname": "하루",
        "health_data": True,
    }
    status, answer = server.ask("POST", "/auth/register/", body, **somewhere())
    assert status == 201, answer
    return name


def sign_in(page: Page, username: str) -> None:
    """Sign a browser in the way people do."""
    page.goto("/login/")
    page.fill("[name=username]", username)
    page.fill("[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/today/")


@pytest.fixture
def complaints() -> list[str]:
    """What the browser's console and the content security policy complained about."""
    return []


@pytest.fixture
def page(phone: Phone, username: str, complaints: list[str]) -> Page:
    """The phone of somebody signed in; what its console calls an error is kept in `complaints`."""
    page = phone().new_page()
    watch(page, complaints)
    sign_in(page, username)
    return page


# A refused form (422) is said in words on the page, and an older question that a newer one replaced is no error.
NO_COMPLAINTS = ("422", "htmx:afterRequest", "htmx:sendAbort")


def watch(page: Page, complaints: list[str]) -> None:
    """Keep what the console calls an error."""

    def keep(message: ConsoleMessage) -> None:
        if message.type == "error" and not any(part in message.text for part in NO_COMPLAINTS):
            complaints.append(message.text)

    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", keep)


def drawn(side: int = 640, *, noise: bool = False) -> bytes:
    """Draw a plate, so that a journey has a picture where the real photographs are absent."""
    picture = (
        Image.effect_noise((side, side), 90).convert("RGB") if noise else Image.new("RGB", (side, side), "#d8c7a8")
    )
    pen = ImageDraw.Draw(picture)
    pen.ellipse((side // 8, side // 8, 7 * side // 8, 7 * side // 8), fill="#f7f4ee")
    pen.ellipse((side // 4, side // 4, 3 * side // 4, 3 * side // 4), fill="#b4472d")
    raw = io.BytesIO()
    picture.save(raw, "JPEG", quality=95)
    return raw.getvalue()


@pytest.fixture
def photograph(tmp_path: Path) -> Path:
    """A real photograph of a dish, else a drawn one."""
    real = REAL_DATA / "photos" / "pan-pizza.jpg"
    if real.exists():
        return real
    made = tmp_path / "plate.jpg"
    made.write_bytes(drawn())
    return made
