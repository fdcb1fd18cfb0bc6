from datetime import UTC, date, datetime, time

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.test import RequestFactory

from onharu.accounts.public import signed_in, visit_of
from onharu.kernel.problems import Invalid, Unsigned


@signed_in
def page(request):
    return HttpResponse(visit_of(request).person.nickname)


def asked(user, path="/today/?date=2026-11-20", method="get", **headers):
    request = getattr(RequestFactory(), method)(path, headers=headers)
    request.user = user
    return request


def test_a_visit_settles_today_and_the_wall_clock(owner, noon):
    visit = visit_of(asked(owner))
    assert (visit.today, visit.clock_time) == (date(2026, 11, 22), time(12, 0))


def test_a_night_owls_two_in_the_morning_is_still_yesterday(owner, monkeypatch):
    monkeypatch.setattr("onharu.kernel.clock.now", lambda: datetime(2026, 11, 21, 17, 0, tzinfo=UTC))
    owner.profile.day_start_hour = 4
    assert visit_of(asked(owner)).today == date(2026, 11, 21)


def test_a_visit_reads_days_and_refuses_what_is_none(owner, noon):
    visit = visit_of(asked(owner))
    assert visit.day("2026-11-20") == date(2026, 11, 20)
    assert visit.day(None) == visit.day("") == visit.today
    for rubbish in ("yesterday", "2026-02-30", "0001-01-01", "9999-12-31", "20261"):
        with pytest.raises(Invalid):
            visit.day(rubbish)


def test_nobody_has_no_visit(db):
    with pytest.raises(Unsigned):
        visit_of(asked(AnonymousUser()))


def test_somebody_signed_in_sees_the_page_and_no_cache_keeps_it(owner):
    response = page(asked(owner))
    assert response.content == b"owner"
    assert "no-store" in response["Cache-Control"]


def test_somebody_else_is_sent_to_sign_in_and_comes_back():
    response = page(asked(AnonymousUser()))
    assert (response.status_code, response["Location"]) == (302, "/login/?next=%2Ftoday%2F%3Fdate%3D2026-11-20")


def test_a_lost_form_does_not_come_back_as_a_page():
    assert page(asked(AnonymousUser(), "/meals/add/", method="post"))["Location"] == "/login/?next=%2F"


def test_a_fragment_sends_its_whole_page_to_sign_in():
    headers = {"HX-Request": "true", "HX-Current-URL": "https://evil.example/today/?date=2026-11-20"}
    response = page(asked(AnonymousUser(), "/today/timeline/", **headers))
    assert response["HX-Redirect"] == "/login/?next=%2Ftoday%2F%3Fdate%3D2026-11-20"
    assert response.content == b""
