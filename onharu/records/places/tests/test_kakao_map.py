"""Kakao's map in a real browser: its documented calls in order, nothing before a tap, and words when it cannot load.

Kakao itself cannot be asked here, so a stub stands at its address, and the page has the policy that `allow_map` writes.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from csp.utils import build_policy
from django.http import HttpResponse
from django.template.loader import render_to_string

from onharu.accounts.rules import Person
from onharu.records.places.pages.policy import allow_map
from onharu.upstream import maps, registry

STATIC = Path(__file__).parents[1] / "static" / "places"
HOUSE = "https://house.example"
KAKAO = "onharu.upstream.maps.backends.kakao.Backend"
POINTS = {
    "middle": {"latitude": 37.5006, "longitude": 127.0364},
    "points": [
        {"number": 1, "name": "가약국 <b>", "latitude": 37.501, "longitude": 127.037},
        {"number": 2, "name": "나약국", "latitude": 37.502, "longitude": 127.035},
    ],
}
# Writes down what is called, and marks its own canvas with an inline style, as Kakao's script does.
STUB = """
const calls = (window.calls = []);
const name = (value) => (value instanceof LatLng ? [value.lat, value.lng] : value instanceof Element ? value.outerHTML : value);
const note = (what, ...said) => calls.push([what, ...said]);
class LatLng { constructor(lat, lng) { this.lat = lat; this.lng = lng; note("LatLng", lat, lng); } }
class LatLngBounds { constructor() { note("LatLngBounds"); } extend(at) { note("extend", name(at)); } }
class Map_ {
  constructor(box, { center, level }) {
    note("Map", name(center), level, box.clientHeight > 0);
    box.innerHTML = '<div id="tile" style="position: absolute; width: 77px"></div>';
    this.box = box;
  }
  setBounds(bounds) { note("setBounds", bounds instanceof LatLngBounds); }
  panTo(at) { note("panTo", name(at)); }
}
class CustomOverlay {
  constructor({ position, content }) { this.content = content; note("CustomOverlay", name(position), content.className); }
  setMap(map) { note("setMap"); map.box.append(this.content); }
}
window.kakao = { maps: { load(done) { note("load"); setTimeout(() => {
  Object.assign(window.kakao.maps, { LatLng, LatLngBounds, Map: Map_, CustomOverlay });
  done();
}, 20); } } };
"""


def somebody(**facts):
    return Person(
        id=1, nickname="하루", sex=None, birth_year=None, height_cm=None, weight_kg=None, activity="LOW", zone="Asia/Seoul",
        day_start_hour=0, language="ko", version=1, **facts,
    )  # fmt: skip


@pytest.fixture
def offered(settings):
    settings.UPSTREAM = {"maps": {"BACKEND": KAKAO, "OPTIONS": {"js_key": "abc123"}}}
    registry.reset()
    yield
    registry.reset()


def html():
    box = render_to_string(
        "places/kakao_map.html",
        {"browser_map": maps.browser_map(), "map_points": json.dumps(POINTS), "middle_words": "내 위치"},
    )
    rows = "".join(f'<li data-map-row="{n}"><a href="#{n}" id="row{n}">약국 {n}</a></li>' for n in (1, 2))
    return (
        '<!doctype html><html lang="ko"><meta charset="utf-8"><title>약국</title><link rel="stylesheet" href="/kakao.css">'
        f'<script type="module" src="/kakao.js" nonce="n"></script>{box}<svg id="drawn"></svg><ul>{rows}</ul></html>'
    )


@pytest.fixture
def visit(chromium, offered):
    """Open the page as somebody who agreed; `sdk` answers at Kakao's address."""
    context = chromium.new_context(viewport={"width": 320, "height": 700})
    context.set_default_timeout(25_000)

    def opened(sdk=None, person=None):
        page = context.new_page()
        page.asked, page.complaints = [], []
        response = allow_map(HttpResponse(), person or somebody(place_may_leave=True))
        policy = build_policy(update=getattr(response, "_csp_update", None), nonce="n")
        head = {"Content-Security-Policy": policy, "Referrer-Policy": "same-origin"}

        def house(route):
            name = route.request.url.removeprefix(HOUSE).strip("/").partition("?")[0]
            if name in {"kakao.js", "kakao.css"}:
                kind = "text/javascript" if name.endswith("js") else "text/css"
                route.fulfill(body=(STATIC / name).read_text("utf-8"), content_type=kind)
            else:
                route.fulfill(body=html(), content_type="text/html; charset=utf-8", headers=head)

        def outside(route):
            page.asked.append(route.request)
            sdk(route) if sdk else route.fulfill(body=STUB, content_type="text/javascript")

        page.on("console", lambda said: page.complaints.append(said.text) if said.type == "error" else None)
        page.route("**/*", outside)
        page.route(f"{HOUSE}/**", house)
        page.goto(f"{HOUSE}/pharmacies/?open=1")
        return page

    yield opened
    context.close()


def state(page, wanted):
    page.wait_for_selector(f'[data-map-state="{wanted}"]')
    return page.text_content("[data-map-status]")


def test_nothing_is_asked_of_kakao_before_a_tap(visit):
    page = visit()
    page.focus("#row1")
    page.wait_for_timeout(300)
    assert page.asked == []
    assert page.is_hidden("[data-map-canvas]")
    assert "아무것도 보내지 않아요" in page.text_content("[data-map-status]")


def test_a_tap_calls_the_sdk_as_documented_and_in_order(visit):
    page = visit()
    page.click("[data-map-open]")
    assert "열었어요" in state(page, "shown")
    assert page.evaluate("calls") == [
        ["load"],
        ["LatLng", 37.5006, 127.0364],
        ["Map", [37.5006, 127.0364], 4, True],
        ["LatLngBounds"],
        ["extend", [37.5006, 127.0364]],
        ["CustomOverlay", [37.5006, 127.0364], "map-middle"],
        ["setMap"],
        ["LatLng", 37.501, 127.037],
        ["extend", [37.501, 127.037]],
        ["CustomOverlay", [37.501, 127.037], "map-pin"],
        ["setMap"],
        ["LatLng", 37.502, 127.035],
        ["extend", [37.502, 127.035]],
        ["CustomOverlay", [37.502, 127.035], "map-pin"],
        ["setMap"],
        ["setBounds", True],
    ]
    assert page.complaints == []


def test_the_script_is_asked_for_with_the_key_and_only_the_origin_of_the_page(visit):
    page = visit()
    page.click("[data-map-open]")
    state(page, "shown")
    (sent,) = page.asked
    assert sent.url == "https://dapi.kakao.com/v2/maps/sdk.js?appkey=abc123&autoload=false"
    assert sent.all_headers()["referer"] == f"{HOUSE}/"


def test_pins_carry_numbers_and_names_and_no_markup_of_a_name(visit):
    page = visit()
    page.click("[data-map-open]")
    state(page, "shown")
    pins = page.locator(".map-pin")
    assert pins.all_text_contents() == ["1", "2"]
    assert pins.first.get_attribute("aria-label") == "1 가약국 <b>"
    assert page.locator("[data-map-canvas] b").count() == 0


def test_inline_styles_of_the_map_hold_on_this_page(visit):
    page = visit()
    page.click("[data-map-open]")
    state(page, "shown")
    assert page.evaluate("document.getElementById('tile').offsetWidth") == 77
    assert page.complaints == []


def test_a_row_that_is_focused_is_panned_to_and_a_pin_leads_to_its_row(visit):
    page = visit()
    page.click("[data-map-open]")
    state(page, "shown")
    page.focus("#row2")
    assert page.evaluate("calls.at(-1)") == ["panTo", [37.502, 127.035]]
    page.evaluate("document.querySelector('.map-pin').click()")
    assert page.evaluate("document.activeElement.id") == "row1"
    assert page.evaluate("calls.at(-1)") == ["panTo", [37.501, 127.037]]


FAILURES = {
    "blocked": lambda route: route.abort("blockedbyclient"),
    "address not registered": lambda route: route.fulfill(
        status=401, body='{"errorType":"AccessDeniedError"}', content_type="application/json"
    ),
    "no script": lambda route: route.fulfill(body="<!doctype html>", content_type="text/html"),
    "an empty script": lambda route: route.fulfill(body="", content_type="text/javascript"),
    "a script that throws": lambda route: route.fulfill(body="throw 1", content_type="text/javascript"),
    "a map that throws": lambda route: route.fulfill(
        body=STUB.replace('note("Map"', 'throw 2; note("Map"'), content_type="text/javascript"
    ),
}


@pytest.mark.parametrize("failure", FAILURES)
def test_a_map_that_cannot_load_says_so_and_leaves_the_rest_as_it_was(visit, failure):
    page = visit(FAILURES[failure])
    before = page.inner_html("ul"), page.is_visible("#drawn")
    page.click("[data-map-open]")
    assert "불러오지 못했어요" in state(page, "failed")
    assert (page.inner_html("ul"), page.is_visible("#drawn")) == before
    assert page.is_hidden("[data-map-canvas]")
    assert page.is_visible("[data-map-open]")
    assert page.get_attribute("[data-map-status]", "aria-live") == "polite"


def test_a_second_tap_after_a_failure_tries_again(visit):
    tries = []

    def second_time(route):
        tries.append(1)
        if len(tries) == 1:
            route.abort()
        else:
            route.fulfill(body=STUB, content_type="text/javascript")

    page = visit(second_time)
    page.click("[data-map-open]")
    state(page, "failed")
    page.click("[data-map-open]")
    state(page, "shown")
    assert len(tries) == 2


def test_a_script_that_never_calls_back_is_given_up(visit):
    page = visit(lambda route: route.fulfill(body="window.kakao={maps:{load(){}}}", content_type="text/javascript"))
    page.clock.install()
    page.click("[data-map-open]")
    state(page, "loading")
    page.clock.fast_forward(11_000)
    assert "불러오지 못했어요" in state(page, "failed")


def test_without_a_network_nothing_is_even_tried(visit):
    page = visit()
    page.context.set_offline(True)
    page.click("[data-map-open]")
    assert "인터넷에 연결되어 있지 않아" in state(page, "offline")
    assert page.asked == []


def test_a_page_of_somebody_who_did_not_agree_would_not_load_it_even_if_it_tried(visit):
    page = visit(person=somebody())
    page.click("[data-map-open]")
    state(page, "failed")
    assert page.asked == []
    assert any("Content Security Policy" in said for said in page.complaints)
