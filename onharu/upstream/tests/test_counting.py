"""What went out is counted, call by call, for whoever named it."""

import time

import pytest

from onharu.kernel import leaving
from onharu.kernel.leaving import leaving as left_for
from onharu.upstream import mail
from onharu.upstream.faults import Refused, Unavailable
from onharu.upstream.http import Http, Limits


def went_out(trip):
    return [(one.upstream, one.sent, one.ok) for one in trip.calls]


@pytest.fixture(autouse=True)
def nobody_listens(monkeypatch):
    monkeypatch.setattr(leaving, "_ears", [])


@pytest.fixture
def home(httpserver):
    http = Http("stub", homes=[httpserver.url_for("/")], limits=Limits(deadline=5.0, attempts=2))
    yield http
    http.close()


def test_address_and_body_are_counted_and_keys_are_not(home, httpserver):
    httpserver.expect_request("/a").respond_with_data("ok")
    with left_for(1, "photo") as trip:
        home.request("POST", httpserver.url_for("/a?q=1"), content=b"x" * 50, headers={"Authorization": "k" * 99})
    assert went_out(trip) == [("stub", len("/a?q=1") + 50, True)]


def test_every_try_counts_and_a_refused_one_says_so(home, httpserver):
    httpserver.expect_request("/a").respond_with_data("no", status=500)
    with left_for(1, "photo") as trip, pytest.raises(Unavailable):
        home.request("GET", httpserver.url_for("/a"))
    assert went_out(trip) == [("stub", 2, False), ("stub", 2, False)]


def test_what_was_sent_counts_though_no_answer_came(httpserver):
    httpserver.expect_request("/a").respond_with_handler(lambda _: time.sleep(0.6))
    hurried = Http("stub", homes=[httpserver.url_for("/")], limits=Limits(deadline=0.3, attempts=1))
    with left_for(1, "photo") as trip, pytest.raises(Unavailable):
        hurried.request("POST", httpserver.url_for("/a"), content=b"x" * 50)
    hurried.close()
    assert went_out(trip) == [("stub", len("/a") + 50, False)]


def test_nothing_left_where_nobody_was_reached():
    nowhere = Http("stub", homes=["http://127.0.0.1:9/"], limits=Limits(deadline=1.0, attempts=1))
    with left_for(1, "photo") as trip, pytest.raises((Unavailable, Refused)):
        nowhere.request("POST", "http://127.0.0.1:9/", content=b"x")
    nowhere.close()
    assert went_out(trip) == []


def test_a_letter_is_counted_whole(settings):
    settings.MAIL_OFFERED = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    with left_for(1, "mail") as trip:
        mail.send(to="a@example.com", subject="복용 시간", body="두 개", name="n-1")
    ((upstream, size, ok),) = went_out(trip)
    assert (upstream, ok) == ("mail", True)
    assert size > 200
