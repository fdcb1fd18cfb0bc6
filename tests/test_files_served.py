"""Every answer that is a file: typed, never guessed, to be kept rather than opened, and shut in a box if it is opened."""

import io
import re

import pytest
from django.core.files.base import ContentFile
from PIL import Image

from onharu.kernel import clock, images
from onharu.records.meals.models import Photo
from onharu.rights.models import Erasure, Export
from tests.isolation import every_route
from tests.page_routes import SHARED
from tests.test_strangers import about, address, rows_of

pytestmark = pytest.mark.django_db
# Every address that answers with a file, its type, and whether a browser may show it: a picture that we drew anew alone.
KEPT, SHOWN = "attachment", "inline"
FILES = {
    "photos/<int:pk>/": ("image/jpeg", SHOWN),
    "photos/<int:pk>/?size=thumb": ("image/jpeg", SHOWN),
    "medicines/ledger.csv": ("text/csv; charset=utf-8", KEPT),
    "medicines/report.pdf": ("application/pdf", KEPT),
    "api/adherence/ledger.csv": ("text/csv; charset=utf-8", KEPT),
    "api/adherence/report.pdf": ("application/pdf", KEPT),
    "calendar/<slug:secret>.ics": ("text/calendar; charset=utf-8", KEPT),
    "me/export/file/": ("application/zip", KEPT),
    "api/me/export/": ("application/zip", KEPT),
    "erased/<slug:receipt>/file/": ("application/json", KEPT),
}
# What else an address may answer with: a page, an answer to a program, and the shell of the installed app.
READ = ("text/html", "application/json", "application/problem+json", "application/vnd.oai.openapi", "text/event-stream")
SHELL = {"manifest.webmanifest": "application/manifest+json", "sw.js": "text/javascript; charset=utf-8"}
RECEIPT = "a-receipt-for-a-test-of-files"


@pytest.fixture
def asked(browser, owner, relative, rice, noon):
    """Ask for every address once; returns the answers by route."""
    rows = rows_of(browser, relative, rice)
    feed = browser.post("/api/calendar-feed/", {}, content_type="application/json").json()
    said = {"@secret": re.search(r"calendar/([\w-]+)\.ics", str(feed))[1], "@receipt": RECEIPT}
    ready(owner)

    def ask(route):
        bare = route.partition("?")[0]
        value = next((said.get(name, name) for begins, name in SHARED.items() if bare.startswith(begins)), "1")
        path = address(bare, rows[about(bare)]) if "<" in bare and about(bare) and "@" not in value else None
        path = path or "/" + re.sub(r"<[^>]+>", value.lstrip("@"), bare, count=1)
        return browser.get(re.sub(r"<[^>]+>", "1", path) + route.removeprefix(bare))

    return ask


def ready(owner):
    """An archive that can be fetched, and a receipt of an erasure."""
    now = clock.now()
    made = Export(owner=owner, state=Export.State.READY, asked_at=now, ready_at=now, percent=100, size=4)
    made.file.save("archive.zip", ContentFile(b"PK\x03\x04"), save=False)
    made.save()
    Erasure.objects.create(receipt=RECEIPT, mark="m", asked_at=now, due_at=now)


def test_every_file_is_typed_and_kept_or_shown_as_a_picture_that_we_drew(asked):
    for route, (kind, shown) in FILES.items():
        answer = asked(route)
        assert (answer.status_code, answer["Content-Type"]) == (200, kind), route
        assert answer["Content-Disposition"].partition(";")[0] == shown, route
        assert re.search(r'filename="[\w.-]+"$', answer["Content-Disposition"]), route
        assert answer["X-Content-Type-Options"] == "nosniff", route
        policy = answer["Content-Security-Policy"].split("; ")
        assert {"default-src 'none'", "frame-ancestors 'none'", "sandbox"} == set(policy), route
        assert "no-store" in answer["Cache-Control"], route


def test_nothing_else_answers_with_a_file(asked):
    """A new address that sends a file must be named above."""
    for route in sorted(every_route()):
        if route in FILES or route.startswith(("admin/", "events/", "^")) or "$" in route:
            continue
        answer = asked(route)
        kind = answer.headers.get("Content-Type", "text/html")
        assert kind.startswith(READ) or kind == SHELL.get(route), (route, kind)
        assert "Content-Disposition" not in answer or route == "openapi.json", route


def test_what_is_stored_is_not_served_by_its_name(browser, owner, rice, relative, noon):
    rows_of(browser, relative, rice)
    for name in Photo.objects.values_list("file", flat=True):
        for begins in ("/media/", "/static/", "/static/../media/", "/photos/"):
            assert browser.get(begins + name).status_code in {400, 404}, begins


def test_a_picture_is_drawn_anew_before_it_is_kept():
    raw = io.BytesIO()
    Image.new("RGB", (64, 48), "green").save(raw, "JPEG", comment=b"<script>alert(1)</script>")
    clean = images.sanitise(raw.getvalue() + b"<script>alert(2)</script>")
    for kept in (clean.jpeg, images.thumbnail(clean)):
        assert kept[:3] == b"\xff\xd8\xff"
        assert b"script" not in kept
