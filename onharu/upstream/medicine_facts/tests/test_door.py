"""The door, and what every backend behind it promises."""

import subprocess
import sys
from itertools import pairwise

import pytest

from onharu.upstream import medicine_facts, registry
from onharu.upstream.medicine_facts.backends import embedded
from onharu.upstream.medicine_facts.backends.data_go_kr import Backend
from onharu.upstream.medicine_facts.port import TABLES, Page, ProductFact
from onharu.upstream.medicine_facts.tests.answers import LABEL, ROWS, items_of
from onharu.upstream.tests.data_go_kr import KEY, as_json

OFFICIAL = "onharu.upstream.medicine_facts.backends.data_go_kr.Backend"


def choose(settings, **options):
    settings.UPSTREAM = {"medicine_facts": {"BACKEND": OFFICIAL, "OPTIONS": options}}
    registry.reset()


@pytest.fixture(params=["embedded", "data_go_kr"])
def backend(request):
    if request.param == "embedded":
        return embedded.Backend()
    say = request.getfixturevalue("say")
    for table, row in ROWS.items():
        say(table, as_json(items_of(table, [row])))
    return request.getfixturevalue("source")


def test_products_named_are_products_of_that_name(backend):
    found = backend.products_named("활명수")
    assert isinstance(found, tuple)
    assert all(isinstance(one, ProductFact) and "활명수" in one.name and len(one.item_seq) == 9 for one in found)
    assert bool(found) == (backend.source != "embedded")


@pytest.mark.parametrize("table", TABLES)
def test_pages_follow_each_other_and_end(backend, table):
    pages = list(backend.pages(table))
    assert all(isinstance(page, Page) and page.table == table for page in pages)
    assert all(one.next_start == other.start for one, other in pairwise(pages))
    assert all(page.next_start is None for page in pages[-1:])
    assert bool(pages) == (backend.source != "embedded")


def test_each_says_what_it_lacks_and_whether_words_leave_the_house(backend):
    assert bool(backend.lacks()) == (backend.source == "embedded")
    assert backend.leaves_home == (backend.source != "embedded")


def test_without_a_setting_nobody_is_asked(settings):
    settings.UPSTREAM = {}
    assert medicine_facts.may_be_asked() is False
    assert medicine_facts.lacks() == "DATA_GO_KR_KEY"
    assert medicine_facts.products_named("활명수") == ()
    assert list(medicine_facts.pages(medicine_facts.LABELS)) == []


def test_with_a_key_the_source_is_asked(settings, httpserver):
    httpserver.expect_request("/1471000/DrbEasyDrugInfoService/getDrbEasyDrugList").respond_with_data(as_json([LABEL]))
    choose(settings, key=KEY, base_url=httpserver.url_for(""))
    assert medicine_facts.may_be_asked() is True
    assert [found.name for found in medicine_facts.products_named("활명수")] == ["활명수"]
    assert [page.arrived for page in medicine_facts.pages(medicine_facts.LABELS)] == [1]


def test_a_source_without_a_key_may_not_be_asked(settings):
    choose(settings, key=" ")
    assert medicine_facts.may_be_asked() is False


def test_the_official_address_must_be_a_public_one():
    """Only an address that the operator wrote may lie in this house."""
    assert Backend(key=KEY)._wire._base_url == "https://apis.data.go.kr"


def test_the_door_says_exactly_what_it_offers():
    assert all(hasattr(medicine_facts, name) for name in medicine_facts.__all__)
    assert {"lacks", "may_be_asked", "pages", "products_named"} <= set(medicine_facts.__all__)


def test_opening_the_door_loads_no_wire():
    code = "import sys, onharu.upstream.medicine_facts; print([m for m in ('httpx', 'redis', 'defusedxml') if m in sys.modules])"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "[]"
