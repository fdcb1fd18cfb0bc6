"""A day in words: at once from the house, later from a model that was allowed to be asked."""

import json
from datetime import timedelta

import pytest

from onharu.insights.models import DayWords
from onharu.insights.tests.conftest import TEXT
from onharu.insights.tests.writes import DAY, back, eat, move, report, say
from onharu.kernel import jobs
from onharu.kernel.days import version_of
from onharu.kernel.jobs import Job

TODAY = "/api/insights/today/"


@pytest.fixture(autouse=True)
def _at_noon(noon):
    """The day is today."""


@pytest.fixture
def later(monkeypatch, noon):
    """Let the jobs that are owed run a moment later."""

    def run():
        monkeypatch.setattr("onharu.kernel.clock.now", lambda: noon + timedelta(seconds=10))
        ran = [job.name for job in Job.objects.filter(name="insights.say_day", state="waiting")]
        jobs.run_due()
        return len(ran)

    return run


def words(client):
    return client.get(TODAY).json()["words"]


def owed():
    return Job.objects.filter(name="insights.say_day").count()


def test_without_a_model_nobody_is_asked(browser, owner, stew):
    eat(owner, stew)
    assert words(browser)["coming"] is False
    assert owed() == 0
    assert not DayWords.objects.exists()


def test_a_models_words_come_later_and_are_marked(browser, owner, stew, model, later):
    model()
    eat(owner, stew)
    first = words(browser)
    assert (first["by_model"], first["coming"]) == (False, True)
    before = version_of(owner.pk, DAY)
    assert later() == 1
    assert version_of(owner.pk, DAY) > before, "open screens learn of it"
    second = words(browser)
    assert (second["text"], second["by_model"], second["coming"]) == (TEXT, True, False)
    assert (second["source"], second["model"]) == ("openai_compatible", "tiny-7b")


def test_the_same_facts_are_asked_about_once(browser, owner, stew, model, later, httpserver):
    model()
    eat(owner, stew)
    for _ in range(3):
        words(browser)
    assert owed() == 1
    later()
    words(browser)
    assert owed() == 1
    assert len(httpserver.log) == 1


def test_a_changed_day_is_said_anew(browser, owner, stew, model, later):
    model()
    eat(owner, stew)
    words(browser)
    later()
    move(owner)
    changed = words(browser)
    assert (changed["by_model"], changed["coming"]) == (False, True)
    assert "운동(걷기)은 30분" in changed["text"]
    assert owed() == 2


def test_two_quick_changes_cost_one_call(browser, owner, stew, model, later, httpserver):
    model("오늘은 식사를 1번 적었고, 운동은 30분 했어요.")
    eat(owner, stew)
    words(browser)
    move(owner)
    words(browser)
    assert later() == 2
    assert len(httpserver.log) == 1
    assert words(browser)["by_model"] is True


def test_a_model_outside_is_asked_only_after_the_person_agreed(browser, owner, stew, model, later, httpserver):
    model(away=True)
    eat(owner, stew)
    assert words(browser)["coming"] is False
    say(browser, words_may_leave=True)
    assert words(browser)["coming"] is True
    later()
    assert words(browser)["by_model"] is True
    assert len(httpserver.log) == 1


def test_a_switch_turned_back_before_the_job_keeps_everything_at_home(browser, owner, stew, model, later, httpserver):
    model(away=True)
    eat(owner, stew)
    say(browser, words_may_leave=True)
    words(browser)
    say(browser, words_may_leave=False)
    later()
    assert httpserver.log == []
    assert words(browser)["by_model"] is False


def test_nothing_that_names_a_person_leaves(browser, owner, stew, model, later, httpserver):
    model()
    eat(owner, stew)
    report(owner, mood=4, highlights="친구와 걸었다")
    words(browser)
    later()
    sent = json.loads(httpserver.log[0][0].data)["messages"][1]["content"]
    for private in (owner.username, owner.email, str(DAY), "1986", "FEMALE"):
        assert private not in sent
    assert "친구와 걸었다" in sent


@pytest.mark.parametrize(
    "text", ["오늘은 식사를 9번 적었어요. 잘 지냈어요.", "약을 두 알 더 드세요. 식사는 1번이에요."]
)
def test_a_wrong_answer_is_never_shown_and_not_asked_again(browser, owner, stew, model, later, text):
    model(text)
    eat(owner, stew)
    words(browser)
    later()
    shown = words(browser)
    assert (shown["by_model"], shown["coming"]) == (False, False)
    assert text not in json.dumps(shown, ensure_ascii=False)
    row = DayWords.objects.get()
    assert row.text == ""
    assert row.fallback_of.startswith("openai_compatible: ")


def test_an_empty_day_troubles_no_model(browser, owner, model):
    model()
    assert words(browser)["coming"] is False


def test_an_earlier_day_is_said_as_over(browser, owner, stew, model):
    eat(owner, stew, day=back(1))
    page = browser.get("/insights/words/", {"date": back(1)}).content.decode()
    assert "이날은 식사를 1번 적었고" in page


def test_words_of_somebody_who_is_gone_are_not_asked_for(owner, stew, browser, model, later, httpserver):
    model()
    eat(owner, stew)
    words(browser)
    owner.delete()
    later()
    assert httpserver.log == []
    assert Job.objects.get(name="insights.say_day").state == "done"


def test_english_words_are_kept_beside_korean_ones(browser, owner, stew, model, later):
    model()
    eat(owner, stew)
    words(browser)
    later()
    english = browser.get(TODAY, headers={"accept-language": "en"}).json()["words"]
    assert english["language"] == "en"
    assert english["text"].startswith("So far today you noted 1 meal")
    assert english["coming"] is True
