"""The nearest pharmacies, and the nearest that are open."""

from datetime import date, datetime, timedelta
from math import inf, nan

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from onharu.catalog.pharmacies.models import Pharmacy, WeekHours
from onharu.catalog.pharmacies.public import Place, drop_kept, facts_of, from_place, haversine_m, hours_of, nearby
from onharu.catalog.pharmacies.rules.geo import on_sphere
from onharu.catalog.pharmacies.rules.hours import SEOUL, read, spell
from onharu.kernel.holidays import ExtraHoliday

pytestmark = pytest.mark.django_db
GANGNAM = Place(37.4979, 127.0276)
NOON = datetime(2026, 11, 24, 12, 0, tzinfo=SEOUL)
NIGHT = NOON.replace(hour=3)
DAY_HOURS, NIGHT_HOURS = ("0900", "1900"), ("2000", "0800")


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


def fill(many, *, hours=None, metres=15_000):
    """Put many pharmacies around Gangnam, denser in the middle."""
    place = (GANGNAM.latitude, GANGNAM.longitude)
    rows = []
    for n in range(many):
        far = metres * (n + 1) / many
        at = Place(place[0] + far / 111_195 * (-1) ** n, place[1] + far / 250_000 * (-1) ** (n // 2))
        x, y, z = on_sphere(at)
        rows.append(
            Pharmacy(
                name=f"약국 {n}",
                latitude=at.latitude,
                longitude=at.longitude,
                x=x,
                y=y,
                z=z,
                week=week(*hours[n % len(hours)]) if hours and hours[n % len(hours)] else None,
                source="시험",
            )
        )
    return Pharmacy.objects.bulk_create(rows)


def asked(**how):
    """Count the statements of a question that a process has been asked before."""
    nearby(GANGNAM, **how)
    with CaptureQueriesContext(connection) as statements:
        nearby(GANGNAM, **how)
    return len(statements)


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


def test_the_radius_is_exact_to_the_metre():
    row = pharmacy("언저리", 1000)
    far = haversine_m(GANGNAM, Place(row.latitude, row.longitude))
    assert names(nearby(GANGNAM, at=NOON, radius=int(far) + 1)) == ["언저리"]
    assert names(nearby(GANGNAM, at=NOON, radius=int(far) - 1)) == []


def test_those_in_one_building_come_in_the_order_of_their_ids():
    made = [pharmacy(f"{n}층") for n in range(1, 8)]
    answer = nearby(GANGNAM, at=NOON, limit=5)
    assert [near.pharmacy.id for near in answer.found] == [one.pk for one in made[:5]]
    assert {near.distance_m for near in answer.found} == {0}


def test_what_is_gone_or_folded_or_nowhere_is_not_near():
    alive = pharmacy("있는")
    pharmacy("없어진", gone_on=date(2026, 1, 1))
    pharmacy("접힌", same_as=alive)
    Pharmacy.objects.create(name="어딘지 모르는", source="시험")
    assert names(nearby(GANGNAM, at=NOON)) == ["있는"]
    gone = Pharmacy.objects.get(name="없어진").pk
    assert facts_of([gone])[gone].gone_on == date(2026, 1, 1)


def test_days_are_days_on_either_engine():
    pharmacy("약국", as_of=date(2025, 12, 1), hours_as_of=date(2024, 12, 20))
    facts = nearby(GANGNAM, at=NOON).found[0].pharmacy
    assert (facts.as_of, facts.hours_as_of, facts.sample) == (date(2025, 12, 1), date(2024, 12, 20), False)
    assert facts == facts_of([facts.id])[facts.id]


@pytest.mark.parametrize("place", [Place(35.68, 139.69), Place(nan, 127), Place(37.5, inf), Place(0, 0)])
def test_outside_korea_nothing_is_asked(place, django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = nearby(place, at=NOON)
    assert (answer.outside, answer.found) == (True, ())


def test_an_empty_shelf_says_so_and_one_that_is_only_far_does_not():
    assert nearby(GANGNAM, at=NOON).empty_shelf
    pharmacy("먼", 50_000)
    answer = nearby(GANGNAM, at=NOON)
    assert (answer.found, answer.empty_shelf) == ((), False)


def test_at_night_those_that_are_open_are_found_far_away():
    fill(300, hours=[DAY_HOURS, None])
    pharmacy("심야", 9000, hours=NIGHT_HOURS)
    answer = nearby(GANGNAM, at=NIGHT, radius=20_000, open_only=True)
    assert (names(answer), answer.hidden_unknown) == (["심야"], 100)
    assert answer.found[0].hours.closes_at == NIGHT.replace(hour=8)


def test_more_than_a_hundred_of_unknown_hours_are_counted_as_a_hundred():
    fill(250)
    for at in (NOON, NIGHT):
        assert nearby(GANGNAM, at=at, radius=20_000, open_only=True).hidden_unknown == 100
    assert nearby(GANGNAM, at=NOON, radius=3000, open_only=True).hidden_unknown < 100


def test_a_week_written_since_the_last_look_is_met():
    fill(50, hours=[DAY_HOURS])
    nearby(GANGNAM, at=NOON, radius=20_000, open_only=True)
    pharmacy("새로운", 0, hours=("1000", "2000"))
    assert names(nearby(GANGNAM, at=NOON, radius=20_000, open_only=True, limit=1)) == ["새로운"]


def test_a_new_week_that_is_closed_is_never_told_as_open():
    fill(400, hours=[DAY_HOURS], metres=2000)
    pharmacy("다른", 19_000, hours=NIGHT_HOURS)
    far = Place(GANGNAM.latitude + 19_000 / 111_195, GANGNAM.longitude)
    for _ in range(2):
        answer = nearby(far, at=NOON, radius=20_000, open_only=True, limit=30)
        assert {near.hours.state for near in answer.found} == {"open"}
        pharmacy("새 밤", 18_900, hours=("2100", "0700"))


def test_a_temporary_holiday_counts_once_the_minute_is_over(monkeypatch):
    pharmacy("약국", hours=DAY_HOURS)
    WeekHours.objects.update(text=spell((*[read(*DAY_HOURS)] * 7, ())))
    assert names(nearby(GANGNAM, at=NOON, open_only=True)) == ["약국"]
    ExtraHoliday.objects.create(day=NOON.date())
    drop_kept()
    answer = nearby(GANGNAM, at=NOON, open_only=True)
    assert names(answer) == []
    assert nearby(GANGNAM, at=NOON).found[0].hours.holiday == "임시공휴일"


@pytest.mark.parametrize(
    "how",
    [
        {"limit": 20},
        {"limit": 100, "radius": 20_000},
        {"open_only": True},
        {"open_only": True, "radius": 20_000, "limit": 100},
        {"open_only": True, "with_unknown": True, "radius": 20_000},
    ],
    ids=str,
)
@pytest.mark.parametrize("at", [NOON, NIGHT], ids=["noon", "night"])
def test_a_question_costs_two_statements_at_most_whether_ten_or_five_thousand(how, at):
    fill(10, hours=[DAY_HOURS, None, NIGHT_HOURS])
    assert asked(at=at, **how) <= 2
    fill(5000, hours=[DAY_HOURS, None, ("1000", "2200"), None, DAY_HOURS, NIGHT_HOURS])
    drop_kept()
    assert asked(at=at, **how) <= 2


def test_the_minute_after_costs_no_more(django_assert_max_num_queries):
    fill(100, hours=[DAY_HOURS])
    nearby(GANGNAM, at=NOON, open_only=True)
    with django_assert_max_num_queries(2):
        nearby(GANGNAM, at=NOON + timedelta(minutes=1), open_only=True)


def test_one_statement_tells_of_many(django_assert_num_queries):
    ids = [one.pk for one in fill(200, hours=[DAY_HOURS, NIGHT_HOURS])]
    facts_of(ids[:2])
    with django_assert_num_queries(1):
        facts = facts_of(ids)
    assert len(facts) == 200
    with django_assert_num_queries(1):
        assert [hours_of(facts[one], NOON).state for one in ids[:3]] == ["open", "closed", "open"]


def test_rows_are_found_by_the_index():
    # PostgreSQL 18 skips over the weeks of the other index too, and finds that as good.
    skips = connection.vendor == "postgresql" and connection.pg_version >= 180000
    fill(3000, hours=[DAY_HOURS, None])
    with CaptureQueriesContext(connection) as statements:
        nearby(GANGNAM, at=NOON, limit=5)
        nearby(GANGNAM, at=NIGHT, radius=20_000, open_only=True)
    asked_for = [one["sql"] for one in statements if one["sql"].startswith("WITH near")]
    assert len(asked_for) == 2
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("ANALYZE pharmacies_pharmacy")
        named = ("pharmacies_by_" if skips else "pharmacies_by_place", "pharmacies_by_week")
        for statement, index in zip(asked_for, named, strict=True):
            cursor.execute(("EXPLAIN QUERY PLAN " if connection.vendor == "sqlite" else "EXPLAIN ") + statement)
            assert index in str(cursor.fetchall())
