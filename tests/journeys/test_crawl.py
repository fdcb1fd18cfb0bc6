"""Every page in a real browser, by people whose every word is hostile: nothing runs, nothing is refused, nobody else is asked.

The pages come from the URL resolver and from the links that stand on them. A page without a row to open it fails.
"""

import json
import os
import subprocess
import sys
import time

import pytest
from django.conf import settings

from tests.isolation import every_route
from tests.journeys.conftest import PASSWORD, REPOSITORY, new_phone, register, sign_in
from tests.journeys.crawling import DESK, READERS, Crawler, faults, timed
from tests.page_routes import ABSENT, THE_VIEWERS, filled, page_routes

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.timeout(900)]
# Addresses that a crawl leaves alone: they end a session, never end, or are files.
LEFT_ALONE = ("/logout/", "/admin/logout/", "/events/", "/static/", "/admin/jsi18n/", "/openapi.json")
# Django's own tables, made for a desk; they scroll sideways within a small screen.
STAFFS = "/admin/"
# Answers of the API under old names, and what asks for more than its address.
ANSWERED_ELSE: dict[str, int] = {}
WHO = ("owner", "viewer", "staff", "careful")
# So that nothing passes by not being opened: how many whole pages there are at least.
LEAST = {"owner": 80, "abroad": 60, "viewer": 0, "staff": 30, "careful": 0, "nobody": 5}
# Pages whose row is made, used up or ended by hand, and how the tests of that room open them.
ONCE = {
    "calendar/<slug:secret>.ics": "a calendar, no page",
    "erased/<slug:receipt>/": "the receipt of somebody who has left",
    "erased/<slug:receipt>/file/": "a file",
    "me/export/file/": "a file",
}


def furnish(server, *names):
    """Fill the server's house from beside it."""
    environment = {
        **os.environ,
        "ONHARU_DATA": str(server.log.parent / "data"),
        "DJANGO_SETTINGS_MODULE": "onharu.site.settings",
        "PYTHONPATH": str(REPOSITORY),
        "PYTHONWARNINGS": "ignore",
    }
    for name in ("SECRET_KEY", "ONHARU_FIELD_KEYS", "ONHARU_FIELD_KEYS_FILE", "DATABASE_URL", "REDIS_URL", "CACHE_URL"):
        environment.pop(name, None)
    done = subprocess.run(
        [sys.executable, "-m", "tests.journeys.furnish", *names],
        env=environment,
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout.splitlines()[-1])


def house_of(server):
    """A person with hostile words in every room, one who was let in, one of the staff, one with a second step."""
    names = [register(server) for _ in WHO]
    return dict(zip(WHO, names, strict=True)), furnish(server, *names)


def crawled(server, chromium):
    """What every page did, by who opened it."""
    began = time.monotonic()
    names, rows = house_of(server)
    timed("furnished", began)
    mine = [filled(route, rows) for route in page_routes() if route not in {*ABSENT, *ONCE, *THE_VIEWERS}]
    paths = {
        "owner": mine,
        "abroad": mine,
        "viewer": [filled(route, rows) for route in THE_VIEWERS],
        "staff": [STAFFS],
        "careful": ["/login/second/"],
        "nobody": mine,
    }
    names["abroad"] = names["owner"]
    return {who: by(server, chromium, who, names.get(who), addresses) for who, addresses in paths.items()}


def by(server, chromium, who, name, addresses):
    began = time.monotonic()
    context = new_phone(chromium, server)
    crawler = Crawler(context, server.base)
    if who == "careful":
        half_sign_in(crawler.page, name)
    elif name:
        sign_in(crawler.page, name)
    if who == "abroad":
        crawler.size = DESK
        crawler.page.set_viewport_size(DESK)
        context.add_cookies([{"name": settings.LANGUAGE_COOKIE_NAME, "value": "en", "url": server.base}])
    crawler.open_all(
        addresses, follow=following(who), audited=who not in {"abroad", "staff"}, dark_first=who == "abroad"
    )
    context.close()
    timed(f"{who} opened {len(crawler.seen)} addresses", began)
    return crawler.seen


def half_sign_in(page, name):
    page.goto("/login/")
    page.fill("[name=username]", name)
    page.fill("[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/login/second/")


def following(who):
    """Tell whose links are followed: the owner's within the pages of people, the staff's within those of staff."""

    def follow(link):
        if link.startswith(LEFT_ALONE) or (who == "staff") != link.startswith(STAFFS):
            return False
        # Staff's tables have a link for each way to sort and sift them.
        return who == "owner" or (who == "staff" and "?" not in link)

    return follow


def test_every_route_that_is_left_out_is_a_route():
    assert {*ABSENT, *ONCE, *THE_VIEWERS} <= set(every_route())


def test_every_page_in_a_real_browser_does_nothing_but_show_itself(server, chromium):
    """One test, as all of it is one walk through the house."""
    found = crawled(server, chromium)
    pages = {f"{who} {path}": one for who, opened in found.items() for path, one in opened.items()}
    whole = {name: one for name, one in pages.items() if one.full and not one.path.startswith(READERS)}
    # Every page has a row that opens it, and leads to nothing that is missing.
    assert faults(found["owner"], lambda one: one.status >= 400 and one.status != 405 and one.status) == ANSWERED_ELSE
    assert faults(found["viewer"], lambda one: one.status != 200 and one.status) == {}
    assert {who: len([one for one in opened.values() if one.full]) > LEAST[who] for who, opened in found.items()} == (
        dict.fromkeys(LEAST, True)
    )
    wrong = {
        "refused by the content policy": faults(pages, lambda one: one.refused),
        "ran": faults(pages, lambda one: one.ran),
        "would run when pressed": faults(pages, lambda one: one.armed),
        "said in the console": faults(pages, lambda one: one.said),
        "asked of another house": faults(pages, lambda one: one.elsewhere),
        "failed": faults(pages, lambda one: one.failed),
        "broke": faults(pages, lambda one: one.status >= 500 and one.status),
        # With Kakao's key and a person's switch one page may ask Kakao (docs/decisions/0083): asked for in its journey.
        "may ask another house": faults(pages, lambda one: "://" in one.policy and one.policy),
        "is loose": faults(pages, lambda one: "'unsafe" in one.policy and not one.path.startswith(READERS)),
        "scrolls sideways": faults(whole, lambda one: not one.path.startswith(STAFFS) and max(one.wider, 0)),
        "is hard to use": faults(pages, lambda one: one.hard_to_use),
        "has no title": faults(whole, lambda one: not one.title.strip()),
        "says no language": faults(whole, lambda one: one.language not in {"ko", "en"} and "lang"),
        "is not English": faults(
            found["abroad"], lambda one: one.full and one.language != "en" and not one.path.startswith(READERS)
        ),
        "has not one heading": faults(whole, lambda one: one.headings != 1 and f"{one.headings} h1"),
    }
    assert {what: where for what, where in wrong.items() if where} == {}
