"""The door, and what every backend behind it promises."""

import subprocess
import sys
from itertools import pairwise

import pytest

from onharu.upstream import checks, pharmacy_directory, registry
from onharu.upstream.pharmacy_directory.backends import embedded
from onharu.upstream.pharmacy_directory.backends.data_go_kr import Backend
from onharu.upstream.pharmacy_directory.port import DIRECTORY, LIST, Page, PharmacyFact
from onharu.upstream.pharmacy_directory.tests.answers import ROW
from onharu.upstream.tests.data_go_kr import KEY, as_json, as_xml

OFFICIAL = "onharu.upstream.pharmacy_directory.backends.data_go_kr.Backend"
FULL = "/B552657/ErmctInsttInfoInqireService/getParmacyFullDown"
TABLES = (DIRECTORY, LIST)


def choose(settings, **options):
    settings.UPSTREAM = {"pharmacy_directory": {"BACKEND": OFFICIAL, "OPTIONS": options}}
    registry.reset()


@pytest.fixture(params=["embedded", "data_go_kr"])
def backend(request):
    if request.param == "embedded":
        return embedded.Backend()
    say = request.getfixturevalue("say")
    for table in TABLES:
        say(table, as_xml([ROW]), content_type="application/xml")
    return request.getfixturevalue("source")


@pytest.mark.parametrize("table", TABLES)
def test_pages_follow_each_other_and_end(backend, table):
    pages = list(backend.pages(table))
    assert all(isinstance(page, Page) and page.table == table for page in pages)
    assert all(isinstance(row, PharmacyFact) and len(row.hours) == 8 for page in pages for row in page.rows)
    assert all(one.next_start == other.start for one, other in pairwise(pages))
    assert all(page.next_start is None for page in pages[-1:])
    assert bool(pages) == (backend.source != "embedded")


def test_each_says_what_it_lacks_and_whether_anything_leaves_the_house(backend):
    assert bool(backend.lacks()) == (backend.source == "embedded")
    assert backend.leaves_home == (backend.source != "embedded")


def test_without_a_setting_nobody_is_asked(settings):
    settings.UPSTREAM = {}
    assert pharmacy_directory.may_be_asked() is False
    assert pharmacy_directory.lacks() == "DATA_GO_KR_KEY"
    assert list(pharmacy_directory.pages(DIRECTORY)) == []


def test_with_a_key_the_source_is_asked_for_pages_and_nothing_else(settings, httpserver):
    httpserver.expect_request(FULL).respond_with_data(as_json([ROW], inside=True))
    choose(settings, key=KEY, base_url=httpserver.url_for(""))
    assert pharmacy_directory.may_be_asked() is True
    assert [page.arrived for page in pharmacy_directory.pages(DIRECTORY)] == [1]
    (request, _) = httpserver.log[0]
    assert dict(request.args) == {"serviceKey": KEY, "pageNo": "1", "numOfRows": "1000", "type": "json"}


def test_a_source_without_a_key_may_not_be_asked(settings):
    choose(settings, key=" ")
    assert pharmacy_directory.may_be_asked() is False


def test_an_operator_can_name_a_newer_path(httpserver, no_waiting):
    httpserver.expect_request("/B552657/Other/getAll").respond_with_data(as_json([ROW]))
    source = Backend(key=KEY, base_url=httpserver.url_for(""), paths={DIRECTORY: "Other/getAll"})
    assert next(source.pages(DIRECTORY)).rows
    with pytest.raises(ValueError, match="no such table"):
        Backend(key=KEY, paths={"hospitals": "x/y"})


def test_the_start_says_honestly_that_nothing_about_anybody_leaves(settings):
    choose(settings, key=KEY)
    (message,) = checks.chosen_backends(None)
    assert message.msg == (
        "pharmacy_directory sends the operator's key and numbers of pages, nothing about anybody, "
        "to another company (data_go_kr_nmc)."
    )


def test_the_door_says_exactly_what_it_offers():
    assert all(hasattr(pharmacy_directory, name) for name in pharmacy_directory.__all__)
    assert {"lacks", "may_be_asked", "pages"} <= set(pharmacy_directory.__all__)


def test_opening_the_door_loads_no_wire():
    code = "import sys, onharu.upstream.pharmacy_directory; print([m for m in ('httpx', 'redis', 'defusedxml') if m in sys.modules])"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "[]"
