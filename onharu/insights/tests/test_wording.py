"""How cards, rows and achievements are said: in Korean and English, never as a verdict."""

import re
from datetime import date
from decimal import Decimal

import pytest
from django.utils import translation

from onharu.insights.queries.wording import (
    ACHIEVEMENTS,
    AMOUNTS,
    ROWS,
    WORDS,
    achievement_rule,
    achievement_title,
    row_url,
    row_words,
    source_words,
)
from onharu.insights.rules.achievements import Life, achievements_of
from onharu.insights.rules.cards import CAFFEINE, SLEEP_ADULTS, SLEEP_STRENGTH, WHO_MOVING, Card, Evidence, Source

DAY = date(2026, 11, 20)
ABOVE = {"days": 7, "mean": "3120", "high": "2300", "over": 6, "unknown": 2}
LOW = {"days": 5, "mean": "12.4", "low": "20"}
RECORD = {
    "name": "스쿼트",
    "kind": "heaviest",
    "value": "62.5",
    "before": "60",
    "weight": "",
    "estimated": 0,
    "count": 1,
}
WEIGHT = {"n": 5, "days": 26, "change": "1.2", "a_week": "0.3", "down": 1, "fast": 0}
MINUTES = {"minutes": "110", "goal": "150", "left": "40", "days": 4, "untimed": 1, "reached": 0}
SAID = [
    ("sodium_week", ABOVE, "기록한 7일의 평균이 3,120 mg 이상이고, 그중 6일이 2,300 mg을 넘었어요. 음식 2개는 정보가 없어 실제로는 더 많을 수 있어요."),
    ("sodium_week", {**ABOVE, "unknown": 0}, "기록한 7일의 평균이 3,120 mg이고, 그중 6일이 2,300 mg을 넘었어요."),
    ("sugars_week", {**ABOVE, "mean": "131", "high": "100", "unknown": 0}, "기록한 7일의 평균이 131 g이고, 그중 6일이 100 g을 넘었어요."),
    ("fiber_week", LOW, "기록한 5일의 평균이 12.4 g이에요."),
    ("protein_training", LOW, "운동한 5일의 단백질 평균이 12.4 g이에요."),
    ("unknown_share", {"foods": 12, "unknown": 7}, "최근에 적은 음식 12개 가운데 7개는 나트륨 정보가 없어요."),
    ("caffeine_day", {"amount": "450", "high": "400"}, "적은 음식의 카페인을 더하면 450 mg 이상이에요."),
    ("late_breakfast", {"skipped": 5, "late": 4, "eaten": 9, "other_late": 1}, "아침을 적지 않은 5일 가운데 4일은 전날 밤 9시 뒤에 먹은 기록이 있어요. 아침을 적은 9일 가운데는 1일이에요."),
    ("water_today", {"days": 6, "mean": "1450"}, "지난 7일 가운데 6일은 물을 적었고 평균 1,450 ml였어요. 오늘은 아직 적지 않았어요."),
    ("still_days", {"days": 3}, "3일 동안 적은 운동이 없어요."),
    ("week_minutes", MINUTES, "지난 7일 동안 4일, 모두 110분 움직였어요. 150분까지 40분 남았어요. 시간을 적지 않은 운동 1개는 더하지 않았어요."),
    ("week_minutes", {**MINUTES, "minutes": "160", "left": "0", "untimed": 0, "reached": 1}, "지난 7일 동안 4일, 모두 160분 움직였어요. 150분을 채웠어요."),
    ("sleep_heavy", {"hours": "5.5", "short": "6", "tasks": 2, "rpe": "8"}, "어젯밤 5.5시간 잤고(6시간 미만), 오늘 계획에 RPE 8 이상인 운동이 2개 있어요."),
    ("hard_sessions", {"hard": 3, "sessions": 4, "rpe": "9"}, "최근 운동 4번 가운데 3번이 RPE 9 이상이었어요."),
    ("record_today", RECORD, "스쿼트: 62.5 kg. 그전 기록은 60 kg이었어요."),
    ("record_today", {**RECORD, "kind": "one_rep_max", "estimated": 1}, "스쿼트: 추정 1RM 62.5 kg. 그전에는 60 kg이었어요."),
    ("record_today", {**RECORD, "kind": "most_reps", "value": "12", "before": "10", "weight": "40"}, "스쿼트: 40 kg으로 12회. 그전 기록은 10회였어요."),
    ("record_today", {**RECORD, "kind": "most_reps", "value": "12", "before": "10"}, "스쿼트: 12회. 그전 기록은 10회였어요."),
    ("record_today", {**RECORD, "kind": "longest", "value": "90", "before": "75", "count": 3}, "스쿼트: 90초. 그전 기록은 75초였어요. 다른 운동 2개에서도 기록을 새로 썼어요."),
    ("skip_reasons", {"reason": "no_time", "count": 3, "days": 14}, "지난 14일 동안 시간이 없어서 건너뛴 운동이 3개예요."),
    ("sleep_week", {"nights": 5, "mean": "6.2", "enough": "7"}, "지난 7일 가운데 적은 5일의 평균이 6.2시간이에요."),
    ("mood_moving", {"moved": 6, "mood": "4.2", "still": 5, "other": "3.4"}, "움직인 6일의 기분은 평균 4.2점이에요. 그렇지 않은 5일은 3.4점이에요."),
    ("weight_trend", WEIGHT, "26일 동안 5번 쟀고, 추세로는 1.2 kg 줄었어요(일주일에 0.3 kg)."),
    ("weight_trend", {**WEIGHT, "down": 0}, "26일 동안 5번 쟀고, 추세로는 1.2 kg 늘었어요(일주일에 0.3 kg)."),
    ("streak_risk", {"days": 12, "more": 0}, "기록이 12일 이어지고 있고, 쉬어 가는 날은 이번 7일 안에 이미 썼어요."),
    ("streak_risk", {"days": 33, "more": 1}, "기록이 33일 넘게 이어지고 있고, 쉬어 가는 날은 이번 7일 안에 이미 썼어요."),
    ("report_missing", {"days": 5}, "하루 기록을 5일 쉬었어요."),
]  # fmt: skip
FORBIDDEN = re.compile("진단|치료|완치|안전합니다|중단하세요|AI가 판단|하십시오|해야 (?:해|합)|나쁜|부족|과다|실패")
EVERY = [(rule, params) for rule, params, _ in SAID]


@pytest.mark.parametrize(("rule", "params", "seen"), SAID, ids=range(len(SAID)))
def test_what_was_seen_is_said_with_its_numbers(rule, params, seen):
    assert WORDS[rule](params).seen == seen


@pytest.mark.parametrize(("rule", "params"), EVERY, ids=range(len(EVERY)))
def test_no_card_judges_or_commands(rule, params):
    told = WORDS[rule](params)
    for words in (told.title, told.seen, told.known, told.todo, told.action):
        assert not FORBIDDEN.search(words)
    assert told.todo.endswith(".")


@pytest.mark.parametrize(("rule", "params"), EVERY, ids=range(len(EVERY)))
def test_every_card_is_said_in_english_with_the_same_numbers(rule, params):
    korean = WORDS[rule](params)
    with translation.override("en"):
        english = WORDS[rule](params)
    whole = f"{english.title} {english.seen} {english.known} {english.todo} {english.action}"
    assert not re.search("[가-힣]", whole.replace("스쿼트", ""))
    numbers = re.compile(r"\d[\d,.]*\d|\d")
    missing = set(numbers.findall(korean.seen)) - set(numbers.findall(english.seen))
    assert missing <= {"7", "9"}, "a week and nine in the evening may be written otherwise"


def test_every_rule_is_said_here():
    assert {rule for rule, _ in EVERY} == set(WORDS)


@pytest.mark.parametrize("reason", ["pain", "no_time", "tired", "no_equipment"])
def test_every_reason_for_skipping_has_its_own_offer(reason):
    told = WORDS["skip_reasons"]({"reason": reason, "count": 3, "days": 14})
    assert len(told.todo) > 10
    if reason == "pain":
        assert "의료진과 이야기해 보세요" in told.todo


def test_a_fast_change_of_weight_points_to_people_and_not_to_a_diet():
    assert "의료진과 이야기해 보세요" in WORDS["weight_trend"]({**WEIGHT, "fast": 1}).todo
    assert "의료진" not in WORDS["weight_trend"](WEIGHT).todo


def test_comparisons_say_that_no_cause_follows():
    for rule in ("late_breakfast", "mood_moving"):
        params = next(params for one, params in EVERY if one == rule)
        assert "원인" in WORDS[rule](params).known


@pytest.mark.parametrize(
    ("row", "words", "url"),
    [
        (Evidence("meals", "item", 4, DAY, "김치찌개", Decimal(1980), "mg"), "김치찌개 · 1,980 mg", "/meals/?date=2026-11-20"),
        (Evidence("meals", "water", None, DAY, "", Decimal(1500), "ml"), "물 · 1,500 ml", "/meals/?date=2026-11-20"),
        (Evidence("workouts", "log", 4, DAY, "걷기", Decimal(45), "min"), "걷기 · 45분", "/workouts/?date=2026-11-20"),
        (Evidence("workouts", "task", 4, DAY, "스쿼트", Decimal(8), "rpe"), "스쿼트 · RPE 8", "/workouts/?date=2026-11-20"),
        (Evidence("workouts", "log", 4, DAY, "플랭크", Decimal(90), "s"), "플랭크 · 90초", "/workouts/?date=2026-11-20"),
        (Evidence("journal", "report", 4, DAY, "", Decimal("5.5"), "h"), "하루 기록 · 5.5시간", "/journal/?date=2026-11-20"),
        (Evidence("journal", "report", 4, DAY), "하루 기록", "/journal/?date=2026-11-20"),
        (Evidence("goals", "measurement", 4, DAY, "", Decimal("62.3"), "kg"), "측정 · 62.3 kg", "/goals/"),
        (Evidence("day", "written", None, DAY), "기록한 날", "/today/?date=2026-11-20"),
    ],
)  # fmt: skip
def test_a_row_is_said_and_linked(row, words, url):
    assert (row_words(row), row_url(row)) == (words, url)


def test_rows_and_units_are_said_in_english_too():
    with translation.override("en"):
        said = [str(one) for one in (*ROWS.values(), *AMOUNTS.values())]
    assert not [one for one in said if re.search("[가-힣]", one)]


def test_a_source_is_named_and_an_assumption_is_said():
    card = Card("sodium_week", {}, (), Source("기준표", "2020", assumed=True))
    assert source_words(card) == "기준표 · 2020 · 나이를 몰라 성인 기준으로 봤어요"
    assert source_words(Card("still_days", {}, ())) == ""


@pytest.mark.parametrize("source", [SLEEP_ADULTS, SLEEP_STRENGTH, WHO_MOVING, CAFFEINE])
def test_every_source_says_where_and_when(source):
    assert re.search(r"\d{4}", source.edition)
    assert source.url == "" or source.url.startswith("https://")


@pytest.mark.parametrize("language", ["ko", "en"])
def test_every_achievement_has_a_name_and_a_rule(language):
    with translation.override(language):
        said = [(achievement_title(one), achievement_rule(one)) for one in achievements_of(Life())]
    assert len(said) == len(ACHIEVEMENTS) == len(set(said))
    if language == "en":
        assert not [one for one in said if re.search("[가-힣]", "".join(one))]
