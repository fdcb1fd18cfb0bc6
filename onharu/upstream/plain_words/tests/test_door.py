"""The door: who answers, and how openly it says so when somebody else had to."""

import subprocess
import sys

import pytest

from onharu.upstream import plain_words, registry, tally
from onharu.upstream.checks import chosen_backends
from onharu.upstream.faults import Refused, Unavailable
from onharu.upstream.plain_words.tests.conftest import MODEL, WHERE
from onharu.upstream.plain_words.tests.days import BRIEF, FULL

TEXT = "오늘은 식사를 3번 적었고 열량은 1,850 kcal예요."
CLOUD = {"BACKEND": MODEL, "OPTIONS": {"base_url": "https://models.example.com/v1", "model": "m", "key": "CANARY"}}


@pytest.fixture
def cloud(settings, monkeypatch):
    """A model outside of the house; whoever asks it fails the test."""
    settings.UPSTREAM = {"plain_words": CLOUD}
    registry.reset()
    backend = registry.backend_of("plain_words")
    for asking in ("say_day", "propose_plan"):
        monkeypatch.setattr(backend.__class__, asking, lambda *_: pytest.fail("a model outside was asked"))


def test_without_a_setting_nothing_is_asked(settings):
    settings.UPSTREAM = {}
    said = plain_words.say_day(FULL, may_leave=True)
    assert (said.source, said.by_model, said.fallback_of) == ("embedded", False, "")
    assert plain_words.propose_plan(BRIEF, may_leave=True) is None
    assert plain_words.asks_a_model(may_leave=True) is False
    assert plain_words.leaves_home() is False


def test_the_chosen_model_answers(chosen, writes):
    writes(TEXT)
    said = plain_words.say_day(FULL)
    assert (said.text, said.source, said.by_model, said.fallback_of) == (TEXT, "openai_compatible", True, "")


def test_nothing_leaves_before_the_person_agreed(cloud):
    assert plain_words.leaves_home() is True
    assert plain_words.asks_a_model(may_leave=False) is False
    assert plain_words.say_day(FULL).source == "embedded"
    assert plain_words.propose_plan(BRIEF) is None
    assert plain_words.asks_a_model(may_leave=True) is True


@pytest.mark.parametrize(
    ("status", "reason"), [(401, "unauthorised"), (404, "not_found"), (429, "rate_limited"), (500, "status_500")]
)
def test_when_it_fails_the_embedded_sentences_stand_in_and_say_so(no_waiting, chosen, httpserver, status, reason):
    httpserver.expect_request(WHERE).respond_with_data("no", status=status)
    said = plain_words.say_day(FULL)
    assert said.text == plain_words.say_day_at_home(FULL).text
    assert said.source == "embedded (instead of openai_compatible)"
    assert said.fallback_of == f"openai_compatible: {reason}"
    assert not said.leaves_home


def test_a_server_that_is_down_is_left_alone_after_five_failures(no_waiting, chosen, httpserver):
    httpserver.expect_request(WHERE).respond_with_data("no", status=500)
    reasons = [plain_words.say_day(FULL).fallback_of for _ in range(4)]
    assert reasons[-1] == "openai_compatible: breaker_open"
    assert len(httpserver.log) == 5


def test_a_fault_of_ours_is_not_hidden_by_a_fallback(chosen, monkeypatch):
    monkeypatch.setattr(registry.backend_of("plain_words").__class__, "say_day", lambda *_: 1 // 0)
    with pytest.raises(ZeroDivisionError):
        plain_words.say_day(FULL)


def test_a_plan_is_handed_on_or_its_failure_is(no_waiting, chosen, httpserver, answers):
    httpserver.expect_ordered_request(WHERE).respond_with_data("no", status=401)
    with pytest.raises(Refused):
        plain_words.propose_plan(BRIEF)
    httpserver.clear()
    answers("no plan today")
    with pytest.raises(Unavailable):
        plain_words.propose_plan(BRIEF)
    httpserver.clear()
    answers('{"tasks": [{"exercise_id": 11, "name": "스쿼트", "sets": 3}]}')
    proposal = plain_words.propose_plan(BRIEF)
    assert proposal is not None
    assert (proposal.tasks[0].exercise_id, proposal.model) == (11, "tiny-7b")


def test_refusals_are_counted(chosen, writes):
    writes("약을 두 알 드세요. 오늘은 식사를 3번 적었어요.")
    plain_words.say_day(FULL)
    assert tally.counted()["openai_compatible", "not_grounded_medical"] == 1


def test_the_operator_is_told_what_leaves_home(settings):
    settings.UPSTREAM = {"plain_words": CLOUD}
    registry.reset()
    (message,) = chosen_backends(None)
    assert message.id == "onharu.W101"
    assert "plain_words" in message.msg
    assert "CANARY" not in repr(message)


def test_the_operator_is_told_what_is_lacking(settings):
    settings.UPSTREAM = {"plain_words": {"BACKEND": MODEL, "OPTIONS": {"base_url": "http://localhost:11434/v1"}}}
    registry.reset()
    (message,) = chosen_backends(None)
    assert message.id == "onharu.W102"
    assert "LLM_MODEL" in message.msg


def test_the_door_says_exactly_what_it_offers():
    assert all(hasattr(plain_words, name) for name in plain_words.__all__)
    assert sorted(plain_words.__all__) == sorted(
        ["UNUSABLE", "DayFacts", "Label", "Measure", "Offered", "PlanBrief", "Proposal", "ProposedTask", "Refused", "Said", "Unavailable",
         "asks_a_model", "explain", "explain_at_home", "leaves_home", "model_for_labels", "propose_plan", "say_day", "say_day_at_home"]
    )  # fmt: skip


def test_opening_the_door_loads_no_wire():
    code = "import sys, onharu.upstream.plain_words; print([m for m in ('httpx', 'httpcore') if m in sys.modules])"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "[]"
