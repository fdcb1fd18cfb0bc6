"""A plan that a language model proposes: checked against the catalogue and the limits, never taken as it came."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from onharu.kernel import clock, rates
from onharu.kernel.days import touch
from onharu.kernel.leaving import leaving
from onharu.kernel.problems import Conflict, Refused
from onharu.records.workouts.actions.planning import task_rows
from onharu.records.workouts.actions.writing import PART
from onharu.records.workouts.models import Task, WorkoutPlan
from onharu.records.workouts.queries.moving import history_of, mover_of, pool
from onharu.records.workouts.queries.offers import brief_of
from onharu.records.workouts.queries.rows import plan_by_id
from onharu.records.workouts.rules.planning import Checked, Move, Proposed, Reason, Refusal, check_proposal
from onharu.upstream import plain_words
from onharu.upstream.plain_words import Proposal


class LanguageModelAbsent(Conflict):
    """No language model is configured; nothing was changed and nothing left the house."""

    code = "language_model_absent"
    ko = (
        "연결된 언어 모델이 없어요. 서버에 LLM_BASE_URL과 LLM_MODEL을 적으면 켜져요. 집 안의 모델도 돼요. "
        "지금 계획은 그대로예요."
    )
    en = (
        "No language model is connected. Set LLM_BASE_URL and LLM_MODEL on the server to switch it on; a model at home "
        "will do. The plan is unchanged."
    )


class WordsMayNotLeave(Refused):
    """The configured model is another company's, and the person did not agree that words go there."""

    code = "words_may_not_leave"
    ko = "이 기능은 운동 기록을 바깥 언어 모델에 보내요. 나 > 개인정보에서 보내기를 켜면 쓸 수 있어요."
    en = "This sends workouts to an outside language model. Agree to it under Me > privacy first."


@dataclass(frozen=True, slots=True)
class ModelPlan:
    """What became of a proposal: rows taken, rows refused and why, and who proposed."""

    plan_id: int
    accepted: int
    refused: tuple[Refusal, ...]
    source: str
    model: str
    leaves_home: bool


def propose_plan(*, owner_id: int, plan_id: int, may_leave: bool, language: str = "ko", wish: str = "") -> ModelPlan:
    """Let a model propose the tasks of a plan that are still to do; what is done or skipped stays.

    With nothing acceptable the plan stays as it is. The model is asked outside of any transaction.
    Raises LanguageModelAbsent, WordsMayNotLeave, TooMany, and the upstream's Unavailable or Refused.
    """
    day = plan_by_id(owner_id, plan_id).plan.day
    if not plain_words.asks_a_model(may_leave=may_leave):
        raise WordsMayNotLeave if plain_words.asks_a_model(may_leave=True) else LanguageModelAbsent
    rates.spend_costly(owner_id)
    mover, _ = mover_of(owner_id, day)
    moves = pool()
    past = history_of(owner_id, day)
    brief = brief_of(mover, moves, past, day, language=language, wish=wish)
    with leaving(owner_id, "plan_proposal"):
        proposal = plain_words.propose_plan(brief, may_leave=may_leave)
    if proposal is None:
        raise LanguageModelAbsent
    checked = check_proposal(mover=mover, pool=moves, proposal=_proposed(proposal), day=day, history=past)
    if checked.accepted:
        _take(owner_id, plan_id, day, checked, moves, proposal)
    return ModelPlan(
        plan_id=plan_id,
        accepted=len(checked.accepted),
        refused=checked.refused,
        source=proposal.source,
        model=proposal.model,
        leaves_home=proposal.leaves_home,
    )


def _proposed(proposal: Proposal) -> list[Proposed]:
    return [
        Proposed(
            exercise_id=one.exercise_id,
            name=one.name,
            sets=one.sets,
            reps_low=one.reps_low,
            reps_high=one.reps_high,
            weight_kg=one.weight_kg,
            minutes=one.minutes,
            seconds=one.seconds,
            rpe_target=one.rpe_target,
            rest_seconds=one.rest_seconds,
        )
        for one in proposal.tasks
    ]


@transaction.atomic
def _take(
    owner_id: int, plan_id: int, day: date, checked: Checked, moves: tuple[Move, ...], proposal: Proposal
) -> None:
    """Put the accepted rows in place of the tasks that are still to do."""
    plan: WorkoutPlan = WorkoutPlan.objects.alive().select_for_update().one_of(owner_id, plan_id)
    standing = Task.objects.of(owner_id).alive().filter(plan=plan)
    standing.filter(state=Task.State.PLANNED).update(deleted_at=clock.now())
    last = standing.order_by("-order").values_list("order", flat=True).first()
    plan.source, plan.rest_day, plan.minutes = WorkoutPlan.Source.MODEL, False, checked.minutes
    plan.reasons = [Reason("proposed", {"model": proposal.model}).as_dict()]
    plan.save()
    Task.objects.bulk_create(task_rows(plan, checked.accepted, moves, after=0 if last is None else last + 1))
    touch(owner_id, day, part=PART)
