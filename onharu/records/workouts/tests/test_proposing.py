"""A model's plan: nothing leaves unasked, nothing unchecked is taken, what is refused is named."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from onharu.accounts import principal
from onharu.kernel.days import version_of
from onharu.records.workouts.actions.completion import Said, set_completion
from onharu.records.workouts.actions.writing import SetValues
from onharu.records.workouts.models import Task
from onharu.records.workouts.queries.moving import Movement, history_of, mover, pool
from onharu.records.workouts.queries.offers import brief_of, done_words
from onharu.records.workouts.queries.rows import plan_by_id
from onharu.records.workouts.rules.planning import Done, DoneSet
from onharu.upstream import registry
from onharu.upstream.plain_words import Proposal, ProposedTask, Unavailable

JSON = "application/json"
DAY = date(2026, 11, 22)
ASKED, SAYS = [], []


class Model:
    """Answers what a test wants."""

    source, model = "a model of the test", "tiny"

    def __init__(self, *, leaves_home=False):
        self.leaves_home = leaves_home

    def propose_plan(self, brief):
        ASKED.append(brief)
        if not SAYS:
            raise Unavailable(self.source, "timeout")
        return Proposal(tuple(SAYS), self.source, self.model, self.leaves_home, datetime(2026, 11, 22, tzinfo=UTC))


@pytest.fixture
def connect(settings):
    """Connect the test's model, at home or not."""

    def use(*, leaves_home=False):
        options = {"leaves_home": leaves_home}
        settings.UPSTREAM = {"plain_words": {"BACKEND": f"{__name__}.Model", "OPTIONS": options}}
        registry.reset()

    ASKED.clear()
    SAYS.clear()
    yield use
    registry.reset()


def generate(client, plan, **body):
    return client.post(f"/api/workoutplans/{plan}/generate-ai/", body, content_type=JSON)


def test_without_a_model_the_answer_says_how_to_switch_it_on_and_nothing_changes(browser, owner, plan):
    version = version_of(owner.pk, DAY)
    response = generate(browser, plan)
    problem = response.json()
    assert (response.status_code, problem["code"]) == (409, "language_model_absent")
    assert "LLM_BASE_URL" in problem["messages"]["ko"]
    assert "LLM_BASE_URL" in problem["messages"]["en"]
    assert plan_by_id(owner.pk, plan).plan.source == "OWN"
    assert version_of(owner.pk, DAY) == version


def test_nothing_leaves_the_house_without_the_persons_switch(browser, owner, plan, shelf, connect):
    connect(leaves_home=True)
    SAYS.append(ProposedTask(shelf["squat"], "맨몸 스쿼트", sets=3, reps_low=8, reps_high=10))
    response = generate(browser, plan)
    assert (response.status_code, response.json()["code"]) == (403, "words_may_not_leave")
    assert ASKED == []
    browser.patch("/api/users/me/", {"words_may_leave": True}, content_type=JSON)
    principal.reset()
    assert generate(browser, plan).status_code == 200
    assert len(ASKED) == 1


def test_a_model_at_home_is_asked_and_only_what_passes_is_planned(browser, owner, plan, shelf, connect):
    connect()
    SAYS.extend(
        [
            ProposedTask(shelf["squat"], "맨몸 스쿼트", sets=3, reps_low=8, reps_high=10, rest_seconds=60),
            ProposedTask(shelf["goblet"], "덤벨 고블릿 스쿼트", sets=3, reps_low=8, reps_high=10),
            ProposedTask(987654, "용 타기", sets=3, reps_low=8, reps_high=10),
            ProposedTask(shelf["push-up"], "팔굽혀펴기", sets=999, reps_low=8, reps_high=10),
        ]
    )
    answer = generate(browser, plan, wish="다리 위주로").json()
    assert [task["name"] for task in answer["plan"]["tasks"]] == ["맨몸 스쿼트"]
    assert (answer["accepted"], answer["plan"]["source"], answer["model"]) == (1, "MODEL", "tiny")
    refused = {one["what"]: one["reason"]["code"] for one in answer["refused"]}
    assert refused == {
        "덤벨 고블릿 스쿼트": "barred_equipment", "용 타기": "unknown_exercise", "팔굽혀펴기": "out_of_bounds"
    }  # fmt: skip
    assert all(one["reason"]["text"] for one in answer["refused"])
    assert ASKED[0].wish == "다리 위주로"


def test_what_is_done_stays_and_comes_first(browser, owner, plan, squat, shelf, noon, connect):
    connect()
    SAYS.append(ProposedTask(shelf["bridge"], "글루트 브리지", sets=2, reps_low=8, reps_high=12))
    set_completion(owner_id=owner.pk, task_id=squat, completed=True, at=noon, today=DAY)
    generate(browser, plan)
    found = plan_by_id(owner.pk, plan)
    assert [(task.name, task.state) for task in found.tasks] == [
        ("덤벨 고블릿 스쿼트", "done"), ("글루트 브리지", "planned")
    ]  # fmt: skip


def test_a_proposal_of_nothing_usable_changes_nothing(browser, owner, plan, connect):
    connect()
    SAYS.append(ProposedTask(None, "<script>", sets=1))
    answer = generate(browser, plan).json()
    assert (answer["accepted"], len(answer["refused"]), answer["plan"]["source"]) == (0, 1, "OWN")
    assert Task.objects.alive().count() == 3


def test_a_model_that_does_not_answer_changes_nothing(browser, plan, connect):
    connect()
    response = generate(browser, plan)
    assert (response.status_code, response.json()["code"]) == (503, "upstream_unavailable")
    assert Task.objects.alive().count() == 3


def test_a_model_is_told_limits_and_past_but_not_who_the_person_is(owner, plan, squat, noon):
    said = Said(sets=[SetValues(reps=8, weight_kg=Decimal("12.5"))] * 3, rpe=Decimal(7))
    set_completion(owner_id=owner.pk, task_id=squat, completed=True, at=noon, today=DAY, said=said)
    habits = Movement(equipment=("dumbbell",), spare=("wrist",), minutes=45)
    after = DAY + timedelta(days=3)
    brief = brief_of(mover(habits, age=40), pool(), history_of(owner.pk, after), after)
    offered = {one.name: one.lately for one in brief.offered}
    assert offered["덤벨 고블릿 스쿼트"] == "3×8 12.5 kg RPE 7"
    assert brief.offered[0].lately
    assert "팔굽혀펴기" not in offered
    assert (brief.minutes, brief.spare, brief.language) == (45, ("wrist",), "ko")
    assert "owner" not in repr(brief)


@pytest.mark.parametrize(
    ("done", "words"),
    [
        (Done(DAY, 1, sets=(DoneSet(reps=8),) * 3), "3×8"),
        (Done(DAY, 1, sets=(DoneSet(seconds=30),) * 2, rpe=Decimal("6.5")), "2×30 s RPE 6.5"),
        (Done(DAY, 1, minutes=Decimal("20.00")), "20 min"),
        (Done(DAY, 1), ""),
    ],
)
def test_what_was_done_is_said_in_a_few_signs(done, words):
    assert done_words(done) == words
