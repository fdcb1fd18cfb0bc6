"""The 오늘 page: what it says, what it costs, and what happens when a part fails."""

import re
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from conftest import signed_in
from onharu.day import summary
from onharu.day.pages import next_thing
from onharu.kernel import clock
from onharu.kernel.days import touch

HTMX = {"HX-Request": "true"}


@pytest.fixture
def today(noon):
    return noon.astimezone(clock.zone("Asia/Seoul")).date()


def eat(person, at, *foods, day, slot="LUNCH"):
    """Write a meal down the way a client does."""
    items = [{"food": food.pk} for food in foods]
    body = {"log_date": day.isoformat(), "meal_type": slot, "eaten_at": at.isoformat(), "items": items}
    response = signed_in(person).post("/api/meals/", body, content_type="application/json")
    assert response.status_code == 201, response.content


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
    touch(owner.pk, today)
    assert browser.get(asked, headers=HTMX).status_code == 200


def test_a_failing_part_is_shown_as_failing_and_the_page_stands(browser, noon, monkeypatch):
    def broken(*_):
        raise ConnectionError

    monkeypatch.setattr(summary.meals, "day_of", broken)
    response = browser.get("/today/")
    page = response.content.decode()
    assert response.status_code == 200
    assert "식사 기록을 지금 읽지 못했어요" in page
    assert "next-title" not in page
    assert "day-nutrients" not in page
    assert 'class="meter' not in page


def test_a_week_that_fails_takes_only_its_marks_along(browser, owner, noon, today, rice, monkeypatch):
    def broken(*_):
        raise ConnectionError

    eat(owner, noon, rice, day=today)
    monkeypatch.setattr(next_thing.meals, "days_of", broken)
    page = shown(browser)
    assert "점심을 기록했어요" in page
    assert "week-marked" not in page


def test_the_timeline_comes_by_address_and_without_scripts_by_link(browser, noon, today):
    page = shown(browser)
    assert f'hx-get="/meals/timeline/?date={today}" hx-trigger="load, onharu:day:{today} from:body' in page
    assert f'<a href="/meals/?date={today}">이날 식사 보기</a>' in page


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
