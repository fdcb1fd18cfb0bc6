"""The nearest pharmacies, and the nearest that are open."""

from datetime import datetime

import pytest

from onharu.catalog.pharmacies.models import Pharmacy, WeekHours
from onharu.catalog.pharmacies.public import Place, facts_of, from_place, nearby
from onharu.catalog.pharmacies.rules.geo import on_sphere
from onharu.catalog.pharmacies.rules.hours import SEOUL, read, spell

pytestmark = pytest.mark.django_db
GANGNAM = Place(37.4979, 127.0276)
NOON = datetime(2026, 11, 24, 12, 0, tzinfo=SEOUL)


def week(opens, closes):
    return WeekHours.objects.get_or_create(text=spell((read(opens, closes),) * 8))[0]


def pharmacy(name, north_m=0, *, hours=None, **more):
    place = Place(GANGNAM.latitude + north_m / 111_195, GANGNAM.longitude)
    x, y, z = on_sphere(place)
    return Pharmacy.objects.create(
        name=name,
        latitude=place.latitude,
        longitude=place.longitude,
        x=x,
        y=y,
        z=z,
        week=week(*hours) if hours else None,
        source="시험",
        **more,
    )


def names(answer):
    return [near.pharmacy.name for near in answer.found]


def test_the_nearest_come_first_with_metres_and_minutes():
    pharmacy("먼", 900)
    pharmacy("가까운", -300)
    answer = nearby(GANGNAM, at=NOON)
    assert names(answer) == ["가까운", "먼"]
    assert [(near.distance_m, near.walk_minutes) for near in answer.found] == [(300, 6), (900, 18)]


def test_only_open_ones_leave_out_those_of_unknown_hours_and_count_them():
    pharmacy("모름", 100)
    pharmacy("닫힘", 200, hours=("1300", "1900"))
    pharmacy("열림", 300, hours=("900", "1900"))
    pharmacy("더 먼 모름", 400)
    answer = nearby(GANGNAM, at=NOON, open_only=True, limit=1)
    assert (names(answer), answer.hidden_unknown) == (["열림"], 1)
    assert names(nearby(GANGNAM, at=NOON, open_only=True, with_unknown=True)) == ["모름", "열림", "더 먼 모름"]


def test_a_folded_one_answers_as_the_one_that_lives_on():
    last = pharmacy("사는")
    middle = pharmacy("접힌", same_as=last)
    first = pharmacy("먼저 접힌", same_as=middle)
    assert {one: facts.name for one, facts in facts_of([first.pk, middle.pk, last.pk, 999_999]).items()} == {
        first.pk: "사는",
        middle.pk: "사는",
        last.pk: "사는",
    }
    assert names(nearby(GANGNAM, at=NOON)) == ["사는"]


def test_one_alone_has_its_distance_too():
    facts = facts_of([(one := pharmacy("약국", 1000, hours=("900", "1900"))).pk])[one.pk]
    near = from_place(facts, GANGNAM, NOON)
    assert (near.distance_m, near.hours.state) == (1000, "open")
    assert from_place(facts, None, NOON).distance_m is None
