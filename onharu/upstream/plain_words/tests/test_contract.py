"""What every backend that puts facts into words promises, asked of each of them."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from onharu.kernel import clock
from onharu.upstream.faults import Unavailable
from onharu.upstream.plain_words.backends import embedded
from onharu.upstream.plain_words.grounding import flaw_of
from onharu.upstream.plain_words.label_grounding import flaw_of as flaw_of_label
from onharu.upstream.plain_words.port import Proposal, Said
from onharu.upstream.plain_words.tests.days import BRIEF, EMPTY, FULL
from onharu.upstream.plain_words.tests.labels import PLAIN

WRITTEN = {
    "ko": "오늘은 식사를 3번 적었고 열량은 1,850 kcal예요. 운동은 45분 했어요.",
    "en": "So far you noted 3 meals with 1,850 kcal. You moved for 45 minutes.",
}


@pytest.fixture(params=["embedded", "openai_compatible"])
def backend(request):
    if request.param == "embedded":
        return embedded.Backend()
    return request.getfixturevalue("model")


@pytest.fixture(params=["ko", "en"])
def facts(request):
    request.getfixturevalue("writes")(WRITTEN[request.param])
    return replace(FULL, language=request.param)


def test_it_says_who_found_the_words_and_when(backend, facts):
    said = backend.say_day(facts)
    assert isinstance(said, Said)
    assert (said.source, said.leaves_home) == (backend.source, backend.leaves_home)
    assert said.model
    assert said.language == facts.language
    assert clock.now() - said.as_of < timedelta(seconds=30)
    assert said.fallback_of == ""


def test_only_a_models_words_are_marked_as_such(backend, facts):
    assert backend.say_day(facts).by_model == (backend.source != "embedded")


def test_good_sentences_are_grounded(backend, facts):
    assert flaw_of(backend.say_day(facts).text, facts) == ""


def test_the_same_day_gives_the_same_words(backend, facts):
    assert backend.say_day(facts).text == backend.say_day(facts).text


def test_eight_threads_may_ask_at_once(backend, facts):
    with ThreadPoolExecutor(8) as pool:
        assert len({said.text for said in pool.map(backend.say_day, [facts] * 16)}) == 1


def test_an_unknown_language_is_answered_in_korean(backend, writes):
    writes(WRITTEN["ko"])
    assert backend.say_day(replace(EMPTY, language="fr")).language == "ko"


def test_it_lacks_nothing(backend):
    assert backend.lacks() == ""


def test_a_plan_is_proposed_or_honestly_not(backend, answers):
    answers('{"tasks": [{"exercise_id": 11, "name": "스쿼트", "sets": 3, "reps_low": 5, "reps_high": 8}]}')
    if backend.source == "embedded":
        with pytest.raises(Unavailable) as fault:
            backend.propose_plan(BRIEF)
        assert fault.value.reason == "no_model"
        return
    proposal = backend.propose_plan(BRIEF)
    assert isinstance(proposal, Proposal)
    assert proposal.tasks[0].exercise_id == 11
    assert (proposal.source, proposal.leaves_home) == (backend.source, backend.leaves_home)


def test_a_medicine_is_told_in_korean_and_grounded_in_its_label(backend, writes):
    writes("두통, 치통에 써요.")
    said = backend.explain(PLAIN, "두통", ())
    assert isinstance(said, Said)
    assert (said.language, said.source, said.leaves_home) == ("ko", backend.source, backend.leaves_home)
    assert said.by_model == (backend.source != "embedded")
    assert flaw_of_label(said.text, PLAIN) == ""
