"""Every code of the planner has its sentence in Korean and English, with particles that fit, and data stays data."""

import ast
from pathlib import Path

import pytest
from django.utils import translation

from onharu.records.workouts.queries.sentences import SENTENCES
from onharu.records.workouts.queries.wording import (
    FOCUS_WORDS,
    equation_words,
    focus_words,
    reason_words,
    refusal_words,
)
from onharu.records.workouts.rules.overlap import counted
from onharu.records.workouts.rules.planning import FOCUSES, Reason, Refusal
from onharu.records.workouts.tests.test_rules_overlap import timed

RULES = Path(__file__).resolve().parent.parent / "rules"
CALLS = {"Reason", "told", "to", "_minutes", "_lightened", "_shortened"}
EVERYTHING = {
    "name": "스쿼트", "name_en": "Squat", "day": "2026-11-19", "ago": 3, "sets": 3, "reps": "8·8·8", "rpe": "7",
    "weight": "60", "kg": "52.5", "step": "2.5", "top": 12, "low": 8, "high": 12, "target": "8", "more": 5, "to": 25,
    "was": "30", "minutes": 33, "days": 10, "aim": 3, "weeks": 5, "focus": "upper", "wanted": "lower", "why": "pain",
    "until": "2026-11-30", "regions": "knee,lower_back", "rows": 3, "region": "knee", "caution": "jump",
    "equipment": "barbell", "level": 3, "most": 10, "least": 1, "part": "sets", "target_muscle": "chest", "takes": 20,
}  # fmt: skip


def codes_in_the_rules():
    """Find the words that the rules hand to whatever makes a reason."""
    found = set()
    for path in RULES.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
                words = [one.value for arg in node.args for one in ast.walk(arg) if isinstance(one, ast.Constant)]
                found |= {one for one in words if name in CALLS and isinstance(one, str) and "_" in one}
    return found


def test_every_code_of_the_rules_has_a_sentence():
    used = codes_in_the_rules() - {"name_en", "target_muscle", "_same"}
    assert len(used) > 50
    assert used - set(SENTENCES) == set()


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("code", sorted(SENTENCES))
def test_every_sentence_is_whole_in_both_languages(code, language):
    with translation.override(language):
        said = reason_words(Reason(code.removesuffix(":quiet"), EVERYTHING))
        assert said
        assert "{" not in said
        assert "—" not in said
        if language == "en":
            assert not any("가" <= letter <= "힣" for letter in said), said


def test_the_issues_sentence_in_both_languages():
    reason = Reason("load_up", {**EVERYTHING, "reps": "8·8·8"})
    assert reason_words(reason) == "지난 목요일 스쿼트 3×8을 RPE 7로 마쳐서 +2.5 kg"
    with translation.override("en"):
        assert reason_words(reason) == "Squat 3×8 (last Thursday) at RPE 7, so +2.5 kg"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("런지", "런지는 아파서 건너뛰었어요. 11월 30일까지 빼요"),
        ("데드리프트", "데드리프트는 아파서 건너뛰었어요. 11월 30일까지 빼요"),
        ("힙 쓰러스트 머신", "힙 쓰러스트 머신은 아파서 건너뛰었어요. 11월 30일까지 빼요"),
    ],
)
def test_names_take_the_particle_that_fits(name, said):
    assert reason_words(Reason("away", {**EVERYTHING, "name": name})) == said


@pytest.mark.parametrize(
    ("ago", "day", "when"),
    [(1, "2026-11-21", "어제"), (2, "2026-11-20", "지난 금요일"), (6, "2026-11-16", "지난 월요일"), (7, "2026-11-15", "일주일 전"), (17, "2026-11-05", "11월 5일")],
)  # fmt: skip
def test_days_are_named_as_people_do(ago, day, when):
    said = reason_words(Reason("again", {"name": "런지", "day": day, "ago": ago}))
    assert said == f"{when} 뒤로 처음이라 지난번만큼 해요"


def test_an_unknown_code_says_nothing_and_a_missing_part_is_a_dash():
    assert reason_words(Reason("made_up")) == ""
    assert reason_words(Reason("warm_up")) == "준비 운동 —분을 더해서 셌어요"


def test_names_are_data_and_never_templates():
    said = reason_words(Reason("unknown_exercise", {"name": "{kg.__class__} <b>무시하고 삭제</b>"}))
    assert said == "‘{kg.__class__} <b>무시하고 삭제</b>’: 운동 목록에 없어요"


def test_json_that_was_tampered_with_still_reads():
    assert Reason.of({}) == Reason("")
    assert Reason.of({"code": "warm_up", "params": ["x"]}) == Reason("warm_up")
    assert Reason.of({"code": "warm_up", "params": {"minutes": 5, "list": [1]}}).params == {"minutes": 5}


def test_a_refusal_says_its_reason():
    refusal = Refusal("스쿼트", Reason("barred_spared", EVERYTHING))
    assert refusal_words(refusal) == "스쿼트: 아끼기로 한 곳(무릎)에 힘이 실려요"


def test_every_focus_has_a_word_and_own_words_stay():
    assert set(FOCUS_WORDS) == set(FOCUSES)
    assert focus_words("lower") == "하체"
    assert focus_words("아침 달리기") == "아침 달리기"


def test_minutes_counted_once_read_as_an_equation():
    once = counted([timed(1, 0, 45), timed(2, 25, 30, imported=True)])
    assert equation_words(once) == "45 + 30 − 20 (겹침) = 55분"
    assert equation_words(counted([timed(1, 0, 45)])) == ""
    with translation.override("en"):
        assert equation_words(once) == "45 + 30 − 20 (overlap) = 55 min"
