"""The parts that other pages show: fragments for htmx, whole pages without JavaScript."""

import json
import re

import pytest

from onharu.insights.models import PutAway
from onharu.insights.tests.writes import DAY, eat, move, salty_week

PARTS = ["/insights/today/", "/insights/achievements/", "/insights/words/"]


@pytest.fixture(autouse=True)
def _at_noon(noon):
    """The day is today."""


def part(client, path, **query):
    response = client.get(path, query, headers={"hx-request": "true"})
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("path", PARTS)
def test_a_part_is_a_fragment_for_htmx_and_a_page_for_others(browser, path):
    assert "<html" not in part(browser, path)
    page = browser.get(path).content.decode()
    assert "<html" in page
    assert page.count("<h1") == 1


@pytest.mark.parametrize("path", PARTS)
def test_nobody_sees_a_part_without_signing_in(client, path):
    assert client.get(path)["Location"].startswith("/login/")


@pytest.mark.parametrize("path", PARTS)
@pytest.mark.parametrize("language", ["ko", "en"])
def test_nothing_is_inline_and_no_korean_is_left_in_english(browser, owner, stew, path, language):
    salty_week(owner, stew)
    move(owner)
    browser.cookies["onharu_language"] = language
    html = part(browser, path)
    assert not re.search(r"\sstyle=|\son\w+=|<style|<script", html)
    if language == "en":
        names = html.replace("김치찌개", "").replace("걷기", "")
        names = re.sub(r"보건복지부[^<]*", "", names)
        assert not re.search("[가-힣]", names), re.findall("[^<>]*[가-힣][^<>]*", names)


def test_a_card_says_what_was_seen_what_is_known_and_what_one_could_do(browser, owner, stew):
    salty_week(owner, stew)
    html = part(browser, "/insights/today/")
    assert "기록한 7일의 평균이 3,200 mg이고" in html
    assert "하루 나트륨의 기준은 2,300 mg 이하예요." in html
    assert "국물을 조금 남기거나" in html
    assert "KDRI 2020" in html
    assert 'href="/meals/?date=2026-11-21"' in html
    assert "진단이나 처방이 아니에요" in html


def test_silence_is_one_sentence(browser):
    assert "지금은 덧붙일 말이 없어요." in part(browser, "/insights/today/")


def test_a_card_is_put_away_with_a_way_back(browser, owner, stew):
    salty_week(owner, stew)
    answer = browser.post("/insights/sodium_week/away/", {"days": "7"}, headers={"hx-request": "true"})
    told = json.loads(answer["HX-Trigger"])
    assert answer.status_code == 204
    assert told["onharu:toast"] == {"message": "7일 동안 보여 드리지 않을게요.", "undo": "/insights/sodium_week/back/"}
    assert "onharu:insights" in told
    html = part(browser, "/insights/today/")
    assert "최근 며칠의 나트륨" not in html
    assert "꺼 둔 카드 1개 다시 보기" in html
    browser.post("/insights/sodium_week/back/", headers={"hx-request": "true"})
    assert "최근 며칠의 나트륨" in part(browser, "/insights/today/")


def test_without_javascript_the_page_comes_back_with_a_word(browser, owner, stew):
    salty_week(owner, stew)
    answer = browser.post("/insights/sodium_week/away/", {"days": "90", "date": "2026-11-22"}, follow=True)
    assert answer.redirect_chain[0][0] == "/insights/today/?date=2026-11-22"
    assert "90일 동안 보여 드리지 않을게요." in answer.content.decode()
    browser.post("/insights/back/")
    assert not PutAway.objects.exists()


@pytest.mark.parametrize("path", ["/insights/no-such-rule/away/", "/insights/no-such-rule/back/"])
def test_a_rule_that_there_is_not_is_missing(browser, path):
    assert browser.post(path).status_code == 404


def test_a_pause_of_another_length_is_refused(browser):
    assert browser.post("/insights/sodium_week/away/", {"days": "4000"}).status_code == 400
    assert browser.get("/insights/sodium_week/away/").status_code == 405


def test_achievements_show_what_was_earned_and_what_is_ahead(browser, owner, stew):
    eat(owner, stew)
    html = part(browser, "/insights/achievements/")
    assert "첫 끼니" in html
    assert 'datetime="2026-11-22"' in html
    assert "앞으로 이룰 것 15가지" in html
    assert "1/7" in html


def test_a_new_person_has_nothing_earned_and_everything_ahead(browser):
    html = part(browser, "/insights/achievements/")
    assert "아직 이룬 것이 없어요." in html
    assert "앞으로 이룰 것 16가지" in html


def test_a_day_that_has_not_come_is_said_so(browser):
    assert "아직 오지 않은 날이에요." in part(browser, "/insights/words/", date="2026-12-01")
    assert "지금은 덧붙일 말이 없어요." in part(browser, "/insights/today/", date="2026-12-01")


def test_words_from_a_model_are_marked_beside_the_records_own(browser, owner, stew, model, monkeypatch, noon):
    from datetime import timedelta

    from onharu.kernel import jobs

    model()
    eat(owner, stew)
    assert "다듬는 중이에요" in part(browser, "/insights/words/", date=DAY)
    monkeypatch.setattr("onharu.kernel.clock.now", lambda: noon + timedelta(seconds=10))
    jobs.run_due()
    html = part(browser, "/insights/words/", date=DAY)
    assert "AI 요약" in html
    assert "언어 모델(tiny-7b)" in html
    assert "나트륨은 1,600 mg이에요." in html
    assert "기록 그대로 보기" in html
    assert "오늘은 지금까지 식사를 1번 적었고" in html
