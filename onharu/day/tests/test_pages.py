"""The 오늘 page: what it says, what it costs, and what happens when a part fails."""

import re
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from conftest import signed_in
from onharu.day import parts
from onharu.day.pages import next_thing
from onharu.day.tests.days import measure, move, report, sent, set_target
from onharu.kernel import clock
from onharu.kernel.days import touch

HTMX = {"HX-Request": "true"}


@pytest.fixture
def today(noon):
    return noon.astimezone(clock.zone("Asia/Seoul")).date()


def eat(person, at, *foods, day, slot="LUNCH"):
    """Write a meal down the way a client does."""
    items = [{"food": food.pk} for food in foods]
    return sent(
        person,
        "/api/meals/",
        {"log_date": day.isoformat(), "meal_type": slot, "eaten_at": at.isoformat(), "items": items},
    )


def shown(browser, path="/today/"):
    return browser.get(path).content.decode()


def test_the_page_says_the_day_against_its_targets(browser, owner, noon, today, rice, stew):
    eat(owner, noon, rice, stew, day=today)
    page = shown(browser)
    assert "11월 22일" in page
    assert 'aria-valuetext="단백질 22.3그램, 기준 50 이상, 45퍼센트, 기준에 못 미침"' in page
    assert 'aria-valuetext="나트륨 1,600밀리그램, 기준 2,300 이하, 70퍼센트, 기준 이내"' in page
    assert "1개 음식은 나트륨 정보가 없어 합계가 적게 나올 수 있어요" in page


def test_too_much_is_said_in_words_and_too_much_of_a_good_thing_is_not(browser, owner, noon, today, stew):
    eat(owner, noon, stew, stew, stew, stew, day=today)
    page = shown(browser)
    assert "나트륨 6,400밀리그램, 기준 2,300 이하, 278퍼센트, 기준 초과" in page
    assert "단백질 64그램, 기준 50 이상, 128퍼센트, 기준을 채움" in page


def test_every_target_tells_its_source_and_edition(browser, noon):
    page = shown(browser)
    assert page.count("KDRI 2020") >= 3
    assert "에너지필요추정량" in page
    assert "만성질환위험감소섭취량" in page


def test_a_body_that_is_not_known_is_asked_for_honestly(stranger_browser, noon):
    page = shown(stranger_browser)
    assert "나트륨은 성인 기준이에요." in page
    assert 'href="/me/"' in page
    assert "열량 0킬로칼로리, 기준 없음" in page


def test_somebody_under_nineteen_has_no_targets_and_is_told_why(relative, noon):
    relative.profile.birth_year = 2012
    relative.profile.save()
    page = shown(signed_in(relative))
    assert "19세 미만은" in page
    assert 'role="meter"' not in page
    assert "이번 주 움직임 0분, 기준 없음" in page


def test_who_is_pregnant_has_no_targets_and_is_told_why(browser, owner, noon):
    owner.profile.maternity = "PREGNANT"
    owner.profile.save()
    page = shown(browser)
    assert "임신 중이거나" in page
    assert "기준 위 끝" not in page


def test_numbers_out_of_sight_show_no_energy(browser, owner, noon, today, rice):
    owner.profile.hide_numbers = True
    owner.profile.save()
    eat(owner, noon, rice, day=today)
    page = shown(browser)
    assert "kcal</small>" not in page
    assert "meter-kcal" not in page
    assert "341" not in page
    assert "meter-protein_g" in page


def test_a_day_nobody_knows_anything_of_is_a_dash_and_not_zero(browser, owner, noon, today, rice):
    eat(owner, noon, rice, day=today)
    page = shown(browser)
    sodium = page[page.index('id="meter-sodium_mg"') :][:900]
    assert "나트륨 정보 없음" in sodium
    assert "—" in sodium


@pytest.mark.parametrize(
    ("hour", "words"),
    [
        (8, "아침 먹을 시간이에요"),
        (12, "점심 먹을 시간이에요"),
        (19, "저녁 먹을 시간이에요"),
        (22, "간식 생각날 때예요"),
    ],
)
def test_the_clock_chooses_what_comes_next(browser, monkeypatch, hour, words):
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 11, 22, hour - 9 if hour > 8 else 23, tzinfo=UTC))
    assert words in shown(browser)


def test_yesterdays_meal_is_one_press_away(browser, owner, noon, today, rice):
    eat(owner, noon - timedelta(days=1), rice, day=today - timedelta(days=1))
    page = shown(browser)
    assert "어제 점심을 그대로 담을까요?" in page
    form = page[page.index('action="/meals/copy/"') :][:700]
    said = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form))
    assert browser.post("/meals/copy/", said, headers=HTMX).status_code == 204
    assert "점심을 기록했어요" in shown(browser)


def test_the_same_weekday_a_week_ago_is_second_choice(browser, owner, noon, today, rice):
    eat(owner, noon - timedelta(days=7), rice, day=today - timedelta(days=7))
    assert "지난주 오늘 점심을 그대로 담을까요?" in shown(browser)


def test_the_day_before_yesterday_is_none(browser, owner, noon, today, rice):
    eat(owner, noon - timedelta(days=2), rice, day=today - timedelta(days=2))
    page = shown(browser)
    assert "그대로 담을까요" not in page
    assert "무엇을 드셨나요?" in page


def test_an_empty_first_day_offers_two_ways_in_and_nothing_is_filled_in(browser, noon):
    page = shown(browser, "/today/now/")
    assert ("음식 찾기" in page, "사진으로" in page) == (True, True)
    assert page.count('class="button') == 2
    assert "week-marked" not in page


def plan(person, *names, **more):
    """Plan today by hand."""
    return sent(person, "/api/workoutplans/", {"title": "상체", "tasks": [{"name": name} for name in names], **more})


def done(person, task):
    return sent(person, f"/api/tasks/{task['id']}/completion/", {"completed": True}, method="put")


def test_after_the_meal_comes_what_is_left_of_the_plan(browser, owner, noon, today, rice):
    tasks = plan(owner, "팔굽혀펴기", "턱걸이", "플랭크")["tasks"]
    assert "점심 먹을 시간이에요" in shown(browser)
    eat(owner, noon, rice, day=today)
    page = shown(browser)
    assert "오늘 운동: 상체 3가지" in page
    assert "팔굽혀펴기, 턱걸이, 플랭크" in page
    assert f'id="next-move" href="/workouts/?date={today}"' in page
    done(owner, tasks[0])
    page = shown(browser)
    assert "오늘 운동: 상체 2가지" in page
    assert "이어서 하기" in page
    assert "next-done" not in page
    done(owner, tasks[1])
    action = re.search(r'action="(/workouts/tasks/\d+/done/)"', shown(browser))[1]
    assert browser.post(action, {"completed": "1"}, headers=HTMX).status_code == 204
    assert "점심을 기록했어요" in shown(browser)


def test_nobody_has_to_eat_a_snack_before_the_plan(browser, owner, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 11, 22, 7, tzinfo=UTC))
    assert "간식 생각날 때예요" in shown(browser)
    plan(owner, "걷기")
    assert "오늘 운동: 상체 1가지" in shown(browser)


def test_a_day_of_rest_asks_for_no_workout(browser, owner, noon, today, rice):
    plan(owner, rest_day=True)
    eat(owner, noon, rice, day=today)
    assert "점심을 기록했어요" in shown(browser)


def test_how_much_may_still_be_eaten_is_said_with_its_sum(browser, owner, noon, today, rice, stew, walking):
    eat(owner, noon, rice, day=today)
    move(owner, exercise=walking.pk)
    page = shown(browser)
    sum_said = re.search(r"기준 위 끝 ([\d,]+) − 먹은 양 341 \+ 운동 ([\d.,]+) = ([\d,]+) kcal", page)
    high, net, left = (float(one.replace(",", "")) for one in sum_said.groups())
    assert high - 341 + net == pytest.approx(left, abs=1)
    assert f"{sum_said[3]} kcal 더 먹어도 기준 안이에요" in page
    for _ in range(4):
        eat(owner, noon, stew, stew, stew, day=today)
    assert "kcal 많아요" in shown(browser)


def test_what_stands_in_the_way_of_that_sum_is_named(browser, owner, noon, today, rice):
    move(owner, name="집안일")
    assert "열량을 모르는 운동이 있어 셈하지 않아요" in shown(browser)
    rice.kcal = None
    rice.save()
    eat(owner, noon, rice, day=today)
    assert "열량을 모르는 음식이 있어 셈하지 않아요" in shown(browser)


def test_movement_is_the_weeks_against_the_whos_until_a_target_is_set(browser, owner, noon, today):
    move(owner, day=today - timedelta(days=2), minutes=45)
    move(owner, minutes=30)
    assert "이번 주 움직임 75분, 기준 150분 이상, 50퍼센트" in shown(browser)
    set_target(owner, "workout_minutes", low=40)
    assert "오늘 움직임 30분, 기준 40분 이상, 75퍼센트" in shown(browser)


def test_an_earlier_week_is_not_called_this_one(browser, owner, noon, today):
    move(owner, day=today - timedelta(days=8), minutes=45)
    page = shown(browser, f"/today/?date={today - timedelta(days=8)}")
    assert "그 주 움직임 45분, 기준 150분 이상, 30퍼센트" in page
    assert "그 주 1일 기록 · 운동 1일, 45분" in page


@pytest.mark.parametrize("path", ["/workouts/", "/goals/", "/journal/", "/trends/"])
def test_the_other_rooms_are_one_press_away(browser, noon, path):
    page = shown(browser)
    assert re.search(rf'class="chip" id="place-[a-z]+" href="{path}', page)


def test_the_rule_of_days_in_a_row_is_said(browser, owner, noon, today, rice):
    for back in (0, 1, 3, 4):
        eat(owner, noon - timedelta(days=back), rice, day=today - timedelta(days=back))
    page = shown(browser)
    assert "연속 4일 기록" in page
    assert "쉬어 간 날 1일" in page
    assert "이레 가운데 하루는 쉬어도 끊기지 않아요" in page


def test_the_days_in_a_row_are_a_part_for_other_pages(browser, owner, noon, today, rice):
    assert "아직 이어 쓴 날이 없어요" in shown(browser, "/day/streak/")
    eat(owner, noon, rice, day=today)
    assert "연속 1일 기록" in shown(browser, "/day/streak/")
    part = browser.get("/day/streak/", headers=HTMX).content.decode()
    assert ("연속 1일 기록" in part, "<html" in part) == (True, False)


def test_findings_come_by_address(browser, noon, today):
    page = shown(browser)
    assert f'hx-get="/insights/today/?date={today}" hx-trigger="load, onharu:day:{today} from:body' in page
    assert "day-insights" not in shown(browser, f"/today/?date={today - timedelta(days=1)}")


def test_another_day_has_no_next_thing(browser, noon, today):
    page = shown(browser, f"/today/?date={today - timedelta(days=1)}")
    assert "next-title" not in page
    assert 'href="/today/"' in page


def test_there_is_a_tomorrow_only_for_past_days(browser, noon, today):
    assert 'rel="next"' not in shown(browser)
    assert 'rel="next"' in shown(browser, f"/today/?date={today - timedelta(days=1)}")


def test_the_week_marks_days_with_meals(browser, owner, noon, today, rice):
    eat(owner, noon - timedelta(days=2), rice, day=today - timedelta(days=2))
    assert shown(browser).count("week-marked") == 1


def test_the_page_costs_at_most_four_statements_and_its_part_three(
    browser, owner, noon, today, rice, stew, django_assert_max_num_queries
):
    for back in range(10):
        for slot in ("BREAKFAST", "LUNCH", "DINNER"):
            at = noon - timedelta(days=back)
            eat(owner, at, rice, stew, day=today - timedelta(days=back), slot=slot)
    browser.get("/today/")
    with django_assert_max_num_queries(4):
        browser.get("/today/")
    with django_assert_max_num_queries(3):
        browser.get("/today/now/")


def test_a_part_says_nothing_when_the_screen_has_its_version(browser, owner, noon, today):
    seen = re.search(r'name="seen" value="(\d+)"', shown(browser))[1]
    asked = f"/today/now/?date={today}&seen={seen}"
    assert browser.get(asked, headers=HTMX).status_code == 204
    touch(owner.pk, today, part="meals")
    assert browser.get(asked, headers=HTMX).status_code == 200


def broken(*_):
    raise ConnectionError


def test_a_failing_part_is_shown_as_failing_and_the_page_stands(browser, owner, noon, today, rice, monkeypatch):
    eat(owner, noon, rice, day=today)
    monkeypatch.setattr(parts.meals, "day_of", broken)
    response = browser.get("/today/")
    page = response.content.decode()
    assert response.status_code == 200
    assert "식사 기록을 지금 읽지 못했어요" in page
    assert "next-title" not in page
    assert "day-nutrients" not in page
    assert "meter-kcal" not in page
    assert "연속" not in page.replace("연속 기록을 세는 법", "")


def test_failing_workouts_leave_the_meals_standing(browser, owner, noon, today, rice, monkeypatch):
    eat(owner, noon, rice, day=today)
    move(owner)
    monkeypatch.setattr(parts.workouts, "day_of", broken)
    page = shown(browser)
    assert "운동 기록을 지금 읽지 못했어요" in page
    assert "meter-kcal" in page
    assert "meter-movement" not in page
    assert "쌀밥" in page


def test_a_week_before_that_fails_offers_nothing_again_and_that_is_all(browser, owner, noon, today, rice, monkeypatch):
    eat(owner, noon - timedelta(days=1), rice, day=today - timedelta(days=1))
    monkeypatch.setattr(next_thing.meals, "days_of", broken)
    page = shown(browser)
    assert "그대로 담을까요" not in page
    assert page.count("week-marked") == 1


def test_the_week_marks_days_with_anything_written(browser, owner, noon, today):
    move(owner, day=today - timedelta(days=1))
    report(owner, day=today - timedelta(days=2))
    measure(owner, "60", day=today - timedelta(days=3))
    page = shown(browser)
    assert page.count("week-marked") == 3
    assert "연속 3일 기록" in page
    assert "이번 주 3일 기록 · 운동 1일, 30분" in page


def test_a_stranger_sees_their_own_empty_day(stranger_browser, owner, noon, today, rice):
    eat(owner, noon, rice, day=today)
    page = shown(stranger_browser)
    assert "쌀밥" not in page
    assert "week-marked" not in page


def test_nobody_is_sent_to_sign_in(client, db):
    assert client.get("/today/?date=2026-11-20")["Location"] == "/login/?next=%2Ftoday%2F%3Fdate%3D2026-11-20"


@pytest.mark.parametrize("said", ["soon", "2026-13-01", "0001-01-01"])
def test_a_day_that_is_none_is_refused(browser, noon, said):
    assert browser.get(f"/today/?date={said}").status_code == 400


def test_no_word_of_the_page_is_written_into_it_by_a_food(browser, owner, noon, today, rice):
    rice.name = "<script>alert(1)</script>"
    rice.save()
    eat(owner, noon, rice, day=today)
    assert "<script>alert" not in shown(browser)


def test_the_page_speaks_english_when_asked(browser, owner, noon, today, rice, stew):
    eat(owner, noon, rice, stew, day=today)
    browser.cookies["onharu_language"] = "en"
    page = shown(browser)
    assert "You noted your lunch" in page
    assert "Sodium 1,600 milligrams, limit 2,300, 70 percent, within it" in page


def test_amounts_have_commas_and_one_decimal(browser, owner, noon, today, stew):
    stew.kcal = Decimal("301.26")
    stew.save()
    eat(owner, noon, stew, day=today)
    assert '<span class="meter-value">1,205</span>' in shown(browser)
