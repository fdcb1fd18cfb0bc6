"""The 흐름 page: what it draws, what it says, what it costs and whose it is."""

import re
from datetime import timedelta

import pytest

from conftest import signed_in
from onharu.day import parts
from onharu.day.tests.days import DAY, eat, measure, move, report, sent, set_target

WEEK_AGO = DAY - timedelta(days=7)


@pytest.fixture(autouse=True)
def _at_noon(noon):
    """The day is today."""


def shown(browser, query="", status=200):
    answer = browser.get(f"/trends/{query}")
    assert answer.status_code == status, answer.content
    return answer.content.decode()


def card(page, key):
    """The words of one chart's card, without tags."""
    assert f'id="trend-{key}"' in page, key
    return " ".join(re.sub(r"<[^>]+>", " ", page.split(f'id="trend-{key}"')[1].split('id="trend-')[0]).split())


def pressure(person, high, low, *, day=DAY):
    body = {"kind": "BLOOD_PRESSURE", "value": high, "value2": low, "date": day.isoformat()}
    return sent(person, "/api/measurements/", body)


def a_week(owner, rice):
    """Three days with meals, two with workouts, two weights, two reports."""
    for back in (1, 2, 4):
        eat(owner, rice, day=DAY - timedelta(days=back))
    for back, minutes in ((1, 30), (3, 50)):
        move(owner, day=DAY - timedelta(days=back), minutes=minutes)
    for back, kg in ((5, "56.0"), (1, "55.4")):
        measure(owner, kg, day=DAY - timedelta(days=back))
    report(owner, day=DAY - timedelta(days=1), mood=4, sleep_hours="7.5")
    report(owner, day=DAY - timedelta(days=2), mood=2, sleep_hours="6")


def test_a_person_without_a_past_is_helped_and_shown_no_zero(browser, owner):
    page = shown(browser)
    assert page.count('class="empty"') == 4
    assert "chart-frame" not in page
    for address in ("/meals/", "/workouts/", "/goals/", "/journal/"):
        assert f'href="{address}"' in page
    assert "평균 0" not in page


def test_means_are_of_the_days_that_were_written(browser, owner, rice):
    a_week(owner, rice)
    page = shown(browser)
    assert "평균 341 kcal (3일)" in card(page, "kcal")
    assert "기록 3개" in card(page, "kcal")
    assert "빈 곳 4개는 기록이 없어요." in card(page, "kcal")
    assert "평균 6.8 시간 (2일)" in card(page, "sleep_hours")
    assert "평균 3.0 점 (2일)" in card(page, "mood")


def test_workouts_add_up(browser, owner, rice):
    a_week(owner, rice)
    said = card(shown(browser), "workout_minutes")
    assert "합계 80 분" in said
    assert "평균 40.0 분 (2일)" in said


def test_what_is_not_over_yet_stays_out_of_the_mean_and_in_the_chart(browser, owner, rice, stew):
    eat(owner, rice, day=DAY - timedelta(days=1))
    eat(owner, stew, day=DAY)
    page = shown(browser)
    assert "평균 341 kcal (1일)" in card(page, "kcal")
    assert "기록 2개" in card(page, "kcal")
    assert "오늘 먹고 마신 것은 아직 다 적히지 않아서 평균에서 빼요." in page
    assert "오늘 먹고 마신 것은" not in shown(browser, f"?date={WEEK_AGO}")


def test_a_workout_of_today_counts_at_once(browser, owner):
    move(owner, day=DAY, minutes=25)
    assert "합계 25 분" in card(shown(browser), "workout_minutes")


def test_what_nobody_measured_is_a_gap_in_the_table_too(browser, owner, rice):
    eat(owner, rice, day=DAY - timedelta(days=1))
    page = shown(browser)
    assert 'id="trend-sodium_mg"' not in page
    rows = page.split('id="trend-kcal"')[1].split("</table>")[0]
    assert rows.count("정보 없음") == 6


def test_sums_with_an_unknown_in_them_are_said_to_be_low(browser, owner, rice, stew):
    day = DAY - timedelta(days=1)
    eat(owner, rice, day=day)
    eat(owner, stew, day=day, slot="DINNER", at="19:00")
    page = shown(browser)
    assert "1일은 모르는 값이 있어서 실제보다 적을 수 있어요." in card(page, "sodium_mg")
    assert "모르는 값" not in card(page, "kcal")


def test_the_span_before_is_said_with_its_own_number(browser, owner, rice, stew):
    eat(owner, rice, day=DAY - timedelta(days=1))
    eat(owner, stew, day=WEEK_AGO)
    eat(owner, stew, day=WEEK_AGO - timedelta(days=2))
    said = card(shown(browser), "kcal")
    assert "그 앞 7일은 평균 200 kcal (2일)" in said


def test_a_weight_joins_the_days_it_was_measured_on(browser, owner, rice):
    a_week(owner, rice)
    said = card(shown(browser), "weight")
    assert "평균 55.7 kg (2일)" in said
    assert "빈 곳" not in said
    assert "M3 " in shown(browser).split('id="trend-weight"')[1].split("</figure>")[0]


def test_the_later_of_two_measurements_is_the_days(browser, owner):
    measure(owner, "56.0")
    measure(owner, "55.0")
    assert "평균 55.0 kg (1일)" in card(shown(browser), "weight")


def test_blood_pressure_has_two_lines(browser, owner):
    pressure(owner, 120, 80)
    pressure(owner, 130, 84, day=DAY - timedelta(days=2))
    page = shown(browser)
    assert "평균 125/82 mmHg (2일)" in card(page, "blood_pressure")
    assert "수축기" in card(page, "blood_pressure")
    assert "이완기" in card(page, "blood_pressure")


def test_a_chart_is_seen_against_what_was_aimed_at(browser, owner, rice):
    a_week(owner, rice)
    set_target(owner, "workout_minutes", low=20)
    page = shown(browser)
    assert "기준 20 이상" in card(page, "workout_minutes")
    assert "기준 50 이상" in card(page, "protein_g")


def test_who_keeps_energy_out_of_sight_sees_none(browser, owner, rice):
    a_week(owner, rice)
    owner.profile.hide_numbers = True
    owner.profile.save()
    page = shown(signed_in(owner))
    assert "kcal" not in page
    assert 'id="trend-protein_g"' in page
    shown(signed_in(owner), "?one=kcal&other=mood", status=400)


def test_the_period_is_switched_and_kept(browser, owner):
    page = shown(browser, f"?span=month&date={WEEK_AGO}&one=mood&other=sleep_hours")
    links = [link.replace("&amp;", "&") for link in re.findall(r'href="(/trends/\?[^"]+)"', page)]
    assert f"/trends/?span=week&date={WEEK_AGO}&one=mood&other=sleep_hours" in links
    assert f"/trends/?span=month&date={WEEK_AGO - timedelta(days=30)}&one=mood&other=sleep_hours" in links
    assert f"/trends/?span=month&date={DAY}&one=mood&other=sleep_hours" in links
    assert 'rel="next"' in page
    assert 'rel="next"' not in shown(browser)


def test_a_day_to_come_shows_today(browser, owner):
    assert 'datetime="2026-11-22"' in shown(browser, "?date=2027-01-01")


@pytest.mark.parametrize("query", ["?span=year", "?date=soon", "?date=2026-13-01", "?one=height", "?other=<script>"])
def test_what_cannot_be_asked_is_a_problem(browser, owner, query):
    shown(browser, query, status=400)


def test_two_measures_stand_side_by_side(browser, owner, rice):
    a_week(owner, rice)
    page = shown(browser, "?one=sleep_hours&other=mood")
    pair = page.split('id="trends-pair"')[1]
    assert pair.count("chart-frame") == 2
    assert "둘 다 적힌 날은 2일이에요." in pair
    table = pair.split('id="pair-table"')[1]
    assert "11월 21일 (토)" in table
    assert "<td>7.5 시간</td><td>4 점</td>" in table
    assert "까닭인 것은 아니에요" in pair


def test_a_measure_against_itself_is_asked_again(browser, owner, rice):
    a_week(owner, rice)
    page = shown(browser, "?one=mood&other=mood")
    assert "서로 다른 두 가지를 골라 주세요." in page
    assert 'id="pair-table"' not in page


def test_two_measures_that_never_meet_have_no_table(browser, owner, rice):
    a_week(owner, rice)
    page = shown(browser, "?one=blood_pressure&other=mood")
    assert "둘 다 적힌 날은 0일이에요." in page
    assert 'id="pair-table"' not in page


@pytest.mark.parametrize(("room", "key"), [("meals", "kcal"), ("workouts", "workout_minutes"), ("journal", "mood")])
def test_a_room_that_fails_is_said_and_the_others_are_drawn(browser, owner, rice, monkeypatch, room, key):
    a_week(owner, rice)

    def broken(*_):
        raise RuntimeError

    monkeypatch.setattr(getattr(parts, room), "days_of", broken)
    page = shown(browser)
    assert "이 기록을 지금 읽지 못했어요." in page
    assert f'id="trend-{key}"' not in page
    assert 'id="trend-weight"' in page


def test_a_stranger_sees_nothing_of_it(browser, stranger_browser, owner, rice):
    a_week(owner, rice)
    assert "chart-frame" not in shown(stranger_browser)


def test_nobody_sees_it_without_signing_in(client, db):
    answer = client.get("/trends/")
    assert answer.status_code == 302
    assert "/login/" in answer["Location"]


def test_nothing_is_written_here(browser, owner):
    assert browser.post("/trends/").status_code == 405


@pytest.mark.parametrize("query", ["", "?span=month", "?span=month&one=kcal&other=weight"])
def test_a_month_costs_what_a_week_costs(browser, owner, rice, django_assert_max_num_queries, query):
    a_week(owner, rice)
    shown(browser)
    with django_assert_max_num_queries(6):
        shown(browser, query)


def test_it_is_told_in_english(browser, owner, rice):
    a_week(owner, rice)
    browser.cookies["onharu_language"] = "en"
    page = shown(browser, "?one=sleep_hours&other=mood")
    assert "(3 days)" in card(page, "kcal")
    assert "Side by side" in page
    words = re.sub(r"<[^>]+>", " ", page.split('id="main"')[1].split("</main>")[0])
    assert re.findall("[가-힣]+", words) == []


def test_the_rooms_of_the_day_lead_here(browser, owner):
    assert 'href="/trends/"' in browser.get("/today/").content.decode()
