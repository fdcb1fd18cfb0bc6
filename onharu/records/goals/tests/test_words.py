"""How targets, goals and measurements are written, in both languages."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.utils import translation

from onharu.catalog.intakes.public import Body
from onharu.catalog.intakes.public import targets as references
from onharu.kernel.problems import Invalid
from onharu.records.goals.actions.refusals import GUARDS, guard, refuse
from onharu.records.goals.pages.words import (
    goal_shown,
    goal_title,
    measurement_shown,
    reference_words,
    target_shown,
    trend_words,
    visible,
)
from onharu.records.goals.queries.days import GoalEntry, MeasurementEntry
from onharu.records.goals.queries.progress import GoalProgress
from onharu.records.goals.queries.targets import TargetEntry, reference_entry
from onharu.records.goals.queries.wording import NOTE_WORDS, TARGET_WORDS, bound, unit_of, value_words
from onharu.records.goals.rules.guards import Refusal
from onharu.records.goals.rules.measuring import Trend
from onharu.records.goals.rules.progress import Progress
from onharu.records.goals.rules.suggestion import MIFFLIN
from onharu.records.goals.rules.targets import KEYS

DAY = date(2026, 11, 22)
AT = datetime(2026, 11, 22, 3, tzinfo=UTC)


def goal(kind="WEIGHT", target="65", **more):
    facts = {"id": 1, "title": "", "unit": "kg", "direction": "UP", "start_value": None, "start_day": DAY, "due": None,
             "habit": "", "exercise": None, "exercise_name": "", "state": "ACTIVE"}  # fmt: skip
    return GoalEntry(kind=kind, target=Decimal(target), **{**facts, **more})


def entry(**more):
    facts = {"id": 3, "key": "sodium_mg", "direction": "at_most", "low": None, "high": Decimal(2000), "source": "OWN",
             "reference": "직접 정한 목표", "edition": "2026-11-22", "from_day": DAY, "guidance": False, "assumed": False}  # fmt: skip
    return TargetEntry(**{**facts, **more})


def test_every_target_has_a_name_and_a_unit_in_both_languages():
    for key in KEYS:
        assert str(TARGET_WORDS[key].name)
        assert unit_of(key)
        with translation.override("en"):
            assert str(TARGET_WORDS[key].name).isascii()
            assert unit_of(key).isascii()


@pytest.mark.parametrize(
    ("direction", "low", "high", "amount", "word"),
    [
        ("at_least", 60, None, "60", "이상"),
        ("at_most", None, 2000, "2,000", "이하"),
        ("within", 1864, 2278, "1,864~2,278", ""),
        ("at_least", "7.5", None, "7.5", "이상"),
    ],
)
def test_a_target_says_its_direction(direction, low, high, amount, word):
    ends = [None if end is None else Decimal(end) for end in (low, high)]
    written = bound(direction, *ends)
    assert (written.amount, written.word) == (amount, word)


@pytest.mark.parametrize(
    ("values", "words"), [(("62.40",), "62.4"), (("60.0",), "60"), (("118", "76.0"), "118/76"), (("100",), "100")]
)
def test_a_measurement_is_written_plainly(values, words):
    assert value_words(*(Decimal(value) for value in values)) == words


def test_ones_own_target_says_since_when_and_a_reference_its_edition():
    assert target_shown(entry()).why == "직접 정한 목표 · 11월 22일부터"
    taken = target_shown(entry(source="SUGGESTION", reference="권장섭취량", edition="KDRI 2020"))
    assert taken.why == "권장섭취량 · KDRI 2020 · 11월 22일부터"
    assert (taken.own, target_shown(entry(source="REFERENCE")).own) == (True, False)


def test_a_reference_for_an_unknown_age_says_so():
    (sodium,) = (reference_entry(one) for one in references(Body()))
    assert target_shown(sodium).why == "만성질환위험감소섭취량 · KDRI 2020 · 나이를 몰라 어른 기준으로 보여 드려요"


def test_every_source_of_a_reference_is_said_in_english():
    with translation.override("en"):
        for one in references(Body("FEMALE", 40, Decimal(160), Decimal(70))):
            assert reference_words(one.source).replace("±", "").isascii()
            assert reference_words(one.source, short=True).replace("±", "").isascii()
        less = f"에너지필요추정량 − 385 kcal, 안정 시 대사량({MIFFLIN}) 이상"
        assert reference_words(less).startswith("Estimated energy requirement − 385 kcal")
    assert reference_words(less) == "에너지필요추정량 − 385 kcal, 안정 시 대사량(Mifflin–St Jeor) 이상"


def test_hidden_numbers_leave_the_energy_out():
    shown = [target_shown(entry()), target_shown(entry(key="kcal"))]
    assert [one.key for one in visible(shown, hide_numbers=True)] == ["sodium_mg"]
    assert len(visible(shown, hide_numbers=False)) == 2


@pytest.mark.parametrize(
    ("wanted", "title", "english"),
    [
        (goal(), "체중 65 kg", "Weight 65 kg"),
        (goal("STRENGTH", "60", exercise_name="스쿼트"), "스쿼트 60 kg", "스쿼트 60 kg"),
        (goal("HABIT", "3", habit="WORKOUT"), "한 주 3일 운동하기", "3 days a week: exercise"),
        (goal("MINUTES", "150"), "한 주 150분 움직이기", "Move 150 minutes a week"),
        (goal(title="건강하게"), "건강하게", "건강하게"),
    ],
)
def test_a_goal_names_itself(wanted, title, english):
    assert goal_title(wanted) == title
    with translation.override("en"):
        assert goal_title(wanted) == english


def test_a_goal_is_shown_with_where_it_began_and_until_when():
    wanted = goal(direction="DOWN", start_value=Decimal(70), due=date(2026, 12, 2))
    shown = goal_shown(GoalProgress(wanted, Progress(40, Decimal(68), reached=False)), DAY)
    assert shown.note == "11월 22일 70 kg에서 시작 · 12월 2일까지 10일"
    assert (shown.value, shown.target, shown.percent, shown.state, shown.direction) == (
        "68",
        "65",
        40,
        "under",
        "at_most",
    )
    assert shown.sentence == "체중 65 kg, 지금 68kg, 목표 65kg, 40퍼센트"


def test_a_goal_that_is_past_its_day_says_only_the_day():
    shown = goal_shown(GoalProgress(goal(due=date(2026, 11, 1)), Progress(40, Decimal(68), reached=False)), DAY)
    assert shown.note == "11월 1일까지"


def test_a_goal_that_nobody_can_tell_is_no_zero():
    shown = goal_shown(GoalProgress(goal("MINUTES", "150"), Progress(None, None, reached=False)), DAY)
    assert (shown.value, shown.percent, shown.state) == (None, None, "none")
    assert shown.sentence == "한 주 150분 움직이기, 아직 알 수 없어요"
    assert shown.note == "이번 주"


def test_a_goal_that_was_reached_is_within():
    shown = goal_shown(GoalProgress(goal(), Progress(100, Decimal(66), reached=True)), DAY)
    assert (shown.state, shown.direction) == ("within", "at_least")


def test_a_measurement_is_shown_with_its_unit_and_moment():
    measured = MeasurementEntry(1, "GLUCOSE", DAY, AT, Decimal("98.0"), None, "mg/dL", "FASTING", "")
    shown = measurement_shown(measured)
    assert (shown.name, shown.value, shown.unit, shown.context) == ("혈당", "98", "mg/dL", "공복")


@pytest.mark.parametrize(("slope", "words"), [("-0.35", "−0.35 kg"), ("0.10", "＋0.10 kg"), ("0.00", "±0.00 kg")])
def test_a_trend_says_n_span_and_slope_and_judges_nothing(slope, words):
    told = trend_words(Trend((), 12, 40, Decimal(slope), ""), "kg")
    assert told == f"12일 잰 값(40일 동안)의 추세: 한 주에 {words}"
    with translation.override("en"):
        assert trend_words(Trend((), 12, 40, Decimal(slope), ""), "kg").startswith(
            "Trend of 12 measured days (over 40 days)"
        )


@pytest.mark.parametrize("lack", ["few", "short"])
def test_what_a_trend_lacks_is_said(lack):
    assert "5일 이상 재면 알려 드려요. 지금은 3일이에요" in trend_words(Trend((), 3, 4, None, lack), "kg")


PARAMS = {"floor": "1200", "least": "1350", "needed": "2100", "limit": "140", "soonest": "2027-01-03"}


@pytest.mark.parametrize("code", sorted(GUARDS))
def test_every_refusal_has_words_in_both_languages_with_its_numbers(code):
    with pytest.raises(Invalid) as refused:
        guard(Refusal(code, PARAMS))
    problem = refused.value
    assert (problem.code, problem.status) == (code, 400)
    assert "{" not in problem.ko + problem.en
    assert problem.en.isascii()
    assert not problem.ko.isascii()


def test_no_refusal_passes():
    guard(None)
    refuse({})


@pytest.mark.parametrize(
    "code",
    ["choice", "missing", "unexpected", "bounds", "decimals", "not_below", "past", "future", "far", "long", "unknown"],
)
def test_every_wrong_field_has_words_in_both_languages(code):
    with pytest.raises(Invalid) as korean:
        refuse({"value": code})
    with translation.override("en"), pytest.raises(Invalid) as english:
        refuse({"value": code})
    assert not korean.value.errors["value"][0].isascii()
    assert english.value.errors["value"][0].isascii()


def test_no_words_diagnose_or_judge():
    said = [str(words) for words in NOTE_WORDS.values()] + [ko for ko, _ in GUARDS.values()]
    for word in ("비만", "과체중", "정상", "위험", "진단", "실패", "나쁜"):
        assert not [words for words in said if word in words]
