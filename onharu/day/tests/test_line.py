"""One line by the clock: meals, workouts and the report where they happened, live and without a script."""

import re
from dataclasses import fields, replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onharu.day.pages import timeline
from onharu.day.parts import Parts
from onharu.day.tests.days import DAY, eat, move
from onharu.kernel.quantities import Nutrients, total
from onharu.records.journal import public as journal
from onharu.records.meals import public as meals
from onharu.records.workouts import public as workouts

HTMX = {"HX-Request": "true"}
pytestmark = pytest.mark.usefixtures("noon")


def line(browser, day=DAY):
    return browser.get(f"/today/timeline/?date={day}").content.decode()


def times(page):
    return re.findall(r'<time datetime="[^"]+">(\d\d:\d\d)</time>', page)


def test_meals_and_workouts_stand_in_clock_order(browser, owner, rice, stew):
    eat(owner, stew, at="19:10", slot="DINNER")
    move(owner, at="07:00", name="달리기")
    eat(owner, rice, at="08:20", slot="BREAKFAST")
    move(owner, at="18:00", name="스쿼트")
    page = line(browser)
    assert times(page) == ["07:00", "08:20", "18:00", "19:10"]
    assert [page.index(word) for word in ("달리기", "쌀밥", "스쿼트", "김치찌개")] == sorted(
        page.index(word) for word in ("달리기", "쌀밥", "스쿼트", "김치찌개")
    )


def test_workouts_with_no_meal_between_are_one_moment(browser, owner, rice):
    move(owner, at="18:00", minutes=10, name="스쿼트")
    move(owner, at="18:10", minutes=15, name="런지")
    eat(owner, rice, at="18:30", slot="DINNER")
    move(owner, at="20:00", minutes=20, name="걷기")
    page = line(browser)
    assert times(page) == ["18:00", "18:30", "20:00"]
    assert page.index("스쿼트") < page.index("런지") < page.index("쌀밥") < page.index("걷기")
    assert '<span class="row-value">25 <small>분</small></span>' in page


def test_the_report_stands_where_it_was_written(browser, owner, rice):
    eat(owner, rice, at="08:20", slot="BREAKFAST")
    said = {"mood": 4, "sleep_hours": Decimal(7), "highlights": "공원을 걸었다.\n또 한 줄"}
    journal.write_report(owner_id=owner.pk, day=DAY, said=said)
    eat(owner, rice, at="19:10", slot="DINNER")
    page = line(browser)
    assert times(page) == ["08:20", "12:00", "19:10"]
    assert "기분 좋음 · 잠 7시간" in page
    assert "공원을 걸었다." in page
    assert "또 한 줄" not in page
    assert f'href="/journal/?date={DAY}"' in page


def test_a_report_of_another_day_stands_last_without_a_time(browser, owner, rice):
    day = date(2026, 11, 20)
    eat(owner, rice, day=day, at="08:20", slot="BREAKFAST")
    journal.write_report(owner_id=owner.pk, day=day, said={"mood": 2})
    page = line(browser, day)
    assert times(page) == ["08:20"]
    assert page.index("쌀밥") < page.index("기분 나쁨")


def test_a_report_that_says_nothing_is_not_in_the_line(browser, owner):
    journal.write_report(owner_id=owner.pk, day=DAY, said={"mood": 3})
    journal.write_report(owner_id=owner.pk, day=DAY, said={"mood": None})
    assert "아직 기록이 없어요" in line(browser)


def test_the_line_is_part_of_the_page_without_any_script(browser, owner, rice):
    eat(owner, rice)
    move(owner)
    page = browser.get("/today/").content.decode()
    assert times(page) == ["12:00", "18:30"]
    assert f'hx-get="/today/timeline/?date={DAY}" hx-trigger="onharu:day:{DAY} from:body' in page
    assert f'hx-get="/meals/water/part/?date={DAY}" hx-trigger="load, onharu:day:{DAY} from:body' in page


def test_a_change_in_either_room_renews_the_line_and_nothing_else_does(browser, owner, rice):
    eat(owner, rice)
    seen = re.search(r'name="seen" value="(\d+)"', line(browser))[1]
    asked = f"/today/timeline/?date={DAY}&seen={seen}"
    assert browser.get(asked, headers=HTMX).status_code == 204
    move(owner)
    assert "걷기" in browser.get(asked, headers=HTMX).content.decode()


def test_the_line_costs_two_statements_more_after_a_workout(browser, owner, rice, django_assert_max_num_queries):
    for hour in range(10, 20):
        eat(owner, rice, at=f"{hour}:00")
        move(owner, at=f"{hour}:30")
    line(browser)
    with django_assert_max_num_queries(2):
        line(browser)
    move(owner, at="20:30")
    with django_assert_max_num_queries(4):
        line(browser)


def test_guesses_and_what_nobody_knows_are_marked(browser, owner, rice, stew):
    stew.kcal = None
    stew.save()
    eat(owner, stew)
    move(owner, minutes=None)
    page = line(browser)
    assert "1개 음식은 열량을 몰라요" in page
    assert "1개 운동은 시간을 몰라요" in page
    assert "—" in page


def test_sets_are_summed_up_in_a_word(browser, owner):
    move(owner, name="벤치프레스", sets=[{"reps": 8, "weight_kg": 40}, {"reps": 6, "weight_kg": 42.5}])
    assert "2세트 · 42.5\N{NO-BREAK SPACE}kg" in line(browser)


def test_an_empty_day_says_so_and_a_past_one_offers_two_ways_in(browser):
    assert "아직 기록이 없어요" in line(browser)
    past = line(browser, date(2026, 11, 20))
    assert "이날은 기록이 없어요" in past
    assert past.count('class="button') == 2


def test_today_ends_with_a_way_to_write_more(browser, owner, rice):
    eat(owner, rice)
    assert "점심 더 담기" in line(browser)


def test_times_are_those_of_the_persons_wall(browser, owner, rice):
    eat(owner, rice)
    owner.profile.zone = "America/New_York"
    owner.profile.save()
    assert times(line(browser)) == ["22:00"]


def test_a_stranger_sees_nothing_of_the_line(stranger_browser, owner, rice):
    eat(owner, rice)
    move(owner)
    assert "data-row" not in line(stranger_browser)


def test_nobody_signed_in_is_sent_to_sign_in(client, db):
    assert client.get("/today/timeline/", headers=HTMX)["HX-Redirect"].startswith("/login/")


def test_a_workouts_name_is_never_markup(browser, owner):
    move(owner, name="<script>alert(1)</script>")
    assert "<script>alert" not in line(browser)


@given(hours=st.lists(st.tuples(st.booleans(), st.integers(0, 23), st.integers(0, 59)), max_size=12))
def test_any_day_is_in_clock_order_and_loses_no_row(hours):
    shown = timeline.moments(made_up(hours))
    assert [moment.at for moment in shown] == sorted(moment.at for moment in shown)
    rows = [row.id for moment in shown for row in moment.rows]
    assert sorted(rows) == sorted(
        f"{'item' if eaten else 'log'}-{number}" for number, (eaten, _, _) in enumerate(hours)
    )


def made_up(hours):
    """Make a day of meals and workouts at these times up."""
    eaten, moved = [], []
    for number, (is_meal, hour, minute) in enumerate(hours):
        at = datetime(2026, 11, 22, hour, minute, tzinfo=UTC)
        (eaten.append(a_meal(number, at)) if is_meal else moved.append(a_log(number, at)))
    return Parts(
        meals=replace(meals.empty_day(DAY), meals=tuple(eaten)),
        workouts=replace(workouts.empty_day(DAY), logs=tuple(moved)),
        goals=None,
        journal=None,
        failed=(),
    )


def a_meal(number, at):
    known = {"id": number, "meal_id": number, "name": "쌀밥", "unit": "g", "basis_unit": "g", "nutrients": Nutrients()}
    item = meals.ItemEntry(**{**nothing(meals.ItemEntry), **known, "quantity": Decimal(1), "grams": Decimal(1)})
    summed = total([item.nutrients])
    return meals.MealEntry(number, "LUNCH", DAY, at, "", None, (item,), summed)


def a_log(number, at):
    known = {"id": number, "day": DAY, "name": "걷기", "started_at": at, "sets": ()}
    return workouts.LogEntry(**{**nothing(workouts.LogEntry), **known})


def nothing(kind):
    return {field.name: "" if "str" in str(field.type) else None for field in fields(kind)}


def test_the_line_speaks_english_when_asked(browser, owner, rice):
    eat(owner, rice)
    move(owner, name="Rowing", sets=[{"reps": 8, "weight_kg": 40}])
    browser.cookies["onharu_language"] = "en"
    page = line(browser)
    assert "1 set · 40\N{NO-BREAK SPACE}kg" in page
    assert "<small>min</small>" in page
    assert re.search(r">Lunch</a>", page)
