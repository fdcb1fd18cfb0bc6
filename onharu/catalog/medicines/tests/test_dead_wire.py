"""The official wire dead, slow, refusing or talking nonsense: the shelf answers, and soon without asking anybody."""

import json
import time

import pytest
import stamina

from onharu.catalog.medicines.models import Product, Question
from onharu.catalog.medicines.public import NAME, Asked, answer, drop_kept, load_starter
from onharu.upstream import registry, tally
from onharu.upstream.medicine_facts.tests.answers import LABEL
from onharu.upstream.tests.data_go_kr import KEY, as_json, gateway_xml
from onharu.upstream.tests.sockets import saying, serving, silent

pytestmark = pytest.mark.django_db
OFFICIAL = "onharu.upstream.medicine_facts.backends.data_go_kr.Backend"
# Names that resemble nothing on the shelf.
UNKNOWN = [f"{one}{other}크롬벨" for one in "뷁쉙챸" for other in "꿟뒑럏뭙"]


def answered(body, status=200):
    body = body.encode()
    return saying(f"HTTP/1.1 {status} X\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n".encode() + body)


DEAD = {
    "500": answered("<html>oops</html>", 500),
    "too fast": answered("API rate limit exceeded", 429),
    "nonsense": answered("<!doctype html><title>점검</title>"),
    "truncated": answered('{"header":{"resultCode":"00"'),
    "broken inside": answered(gateway_xml(4, "HTTP_ERROR")),
    "zero bytes": answered(""),
    "hung up": saying(b""),
}


@pytest.fixture
def wired(settings):
    """Let the official backend ask a server."""

    def to(url):
        settings.UPSTREAM = {"medicine_facts": {"BACKEND": OFFICIAL, "OPTIONS": {"key": KEY, "base_url": url}}}
        registry.reset()
        drop_kept()
        tally.reset()

    with stamina.set_testing(testing=True, attempts=2, cap=True):
        yield to
    registry.reset()


def ask(name):
    return answer(Asked(NAME, name, False, 20))


@pytest.mark.parametrize("serve", DEAD.values(), ids=DEAD)
def test_after_five_failures_the_shelf_answers_alone_and_at_once(wired, serve):
    load_starter()
    with serving(serve) as (url, hits):
        wired(url)
        for name in UNKNOWN[:6]:
            assert json.loads(ask(name).body)["results"] == []
        asked = sum(hits)
        assert 5 <= asked <= 6
        took = []
        for name in UNKNOWN[6:]:
            started = time.perf_counter()
            assert json.loads(ask(name).body)["results"] == []
            took.append(time.perf_counter() - started)
        assert sum(hits) == asked
    assert sorted(took)[len(took) // 2] < 0.2
    assert json.loads(ask("게보린정").body)["results"]
    assert tally.counted()["data_go_kr", "breaker_opened"] == 1


def test_a_refused_key_costs_nothing_but_the_question(wired):
    load_starter()
    with serving(answered("Forbidden", 403)) as (url, hits):
        wired(url)
        for name in UNKNOWN[:3]:
            assert json.loads(ask(name).body)["results"] == []
        assert sum(hits) == 3
        assert json.loads(ask(UNKNOWN[0]).body)["results"] == []
        assert sum(hits) == 3


@pytest.mark.slow
def test_a_server_that_hangs_is_waited_for_three_seconds(wired):
    load_starter()
    with serving(silent) as (url, _):
        wired(url)
        started = time.monotonic()
        assert json.loads(ask(UNKNOWN[0]).body)["results"] == []
        assert 2.5 < time.monotonic() - started < 6


def test_what_the_wire_knows_is_on_the_shelf_for_everybody(wired, httpserver):
    load_starter()
    name = f"{UNKNOWN[0]}정"
    path = "/1471000/DrbEasyDrugInfoService/getDrbEasyDrugList"
    row = {**LABEL, "itemName": name, "itemSeq": "209999999"}
    httpserver.expect_request(path).respond_with_data(as_json([row]))
    wired(httpserver.url_for(""))
    assert [one["item_seq"] for one in json.loads(ask(name).body)["results"]] == ["209999999"]
    drop_kept()
    assert json.loads(ask(name).body)["results"]
    assert len(httpserver.log) == 1
    assert Product.objects.get(item_seq="209999999").refreshed_at is not None
    assert Question.objects.get(text=name).found == 1
