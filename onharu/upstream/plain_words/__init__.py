"""Putting facts into plain words: the door, and what is told when no model may answer, or answers wrongly.

It knows no person and stores nothing. A model never adds a fact: what it writes is shown only when it is grounded in
what it was given, else the embedded sentences stand in, and the refusal is counted.
"""

from __future__ import annotations

from dataclasses import replace

from onharu.kernel import measures
from onharu.upstream import registry, tally
from onharu.upstream.plain_words import label_grounding, label_text
from onharu.upstream.plain_words.grounding import flaw_of, spelled
from onharu.upstream.plain_words.port import (
    Backend,
    DayFacts,
    Label,
    Measure,
    Offered,
    PlanBrief,
    Proposal,
    ProposedTask,
    Refused,
    Said,
    Unavailable,
)

__all__ = [
    "UNUSABLE",
    "DayFacts",
    "Label",
    "Measure",
    "Offered",
    "PlanBrief",
    "Proposal",
    "ProposedTask",
    "Refused",
    "Said",
    "Unavailable",
    "asks_a_model",
    "explain",
    "explain_at_home",
    "leaves_home",
    "model_for_labels",
    "propose_plan",
    "say_day",
    "say_day_at_home",
]

CAPABILITY = "plain_words"
# A model did answer, but no sentence could be read from it.
UNUSABLE = frozenset({"garbled", "declined", "finish_length", "finish_content_filter"})


def say_day(facts: DayFacts, *, may_leave: bool = False) -> Said:
    """Say a day in a few sentences. Whatever goes wrong with a model, the embedded sentences are the answer.

    Facts are shown to a backend outside of the house only when the person agreed (`may_leave`).
    """
    if not asks_a_model(may_leave=may_leave):
        return say_day_at_home(facts)
    chosen: Backend = registry.backend_of(CAPABILITY)
    try:
        said = chosen.say_day(facts)
        said = replace(said, text=spelled(said.text))
    except (Unavailable, Refused) as fault:
        return _instead(facts, chosen, fault.reason)
    if flaw := flaw_of(said.text, facts):
        tally.count(chosen.source, f"not_grounded_{flaw}")
        return _instead(facts, chosen, flaw)
    measures.count("ai_analysis_total", provider=chosen.source, outcome="ok")
    return said


def say_day_at_home(facts: DayFacts) -> Said:
    """Say a day with the embedded sentences: at once, and without asking anybody."""
    embedded: Backend = registry.embedded_of(CAPABILITY)
    return embedded.say_day(facts)


def explain(label: Label, symptom: str = "", *, named_by: tuple[str, ...] = ()) -> Said:
    """Say in one or two sentences what a medicine is for; the text is empty where its label does not say it.

    A label is everybody's and nobody's: no fact of a person goes with it, so it may leave the house wherever the
    operator named a model outside. A symptom goes with it only where the label itself names it, by its own name or
    by one of `named_by`; any other is left at home, and the medicine is told in general.
    """
    chosen: Backend = registry.backend_of(CAPABILITY)
    symptom = symptom if _names(label, (symptom, *named_by)) else ""
    if chosen is registry.embedded_of(CAPABILITY) or not label.sections.get("efficacy", "").strip():
        return explain_at_home(label, symptom, named_by=named_by)
    try:
        said = chosen.explain(label, symptom, named_by)
    except (Unavailable, Refused) as fault:
        flaw = fault.reason if fault.reason in UNUSABLE else ""
        return replace(_stood_in(explain_at_home(label, symptom, named_by=named_by), chosen, fault.reason), flaw=flaw)
    if flaw := label_grounding.flaw_of(said.text, label):
        tally.count(chosen.source, f"label_not_grounded_{flaw}")
        return replace(_stood_in(explain_at_home(label, symptom, named_by=named_by), chosen, flaw), flaw=flaw)
    measures.count("ai_analysis_total", provider=chosen.source, outcome="ok")
    return replace(said, text=label_text.plain(said.text))


def explain_at_home(label: Label, symptom: str = "", *, named_by: tuple[str, ...] = ()) -> Said:
    """Say what a medicine is for with its label's own words: at once, and without asking anybody."""
    embedded: Backend = registry.embedded_of(CAPABILITY)
    return embedded.explain(label, symptom if _names(label, (symptom, *named_by)) else "", named_by)


def model_for_labels() -> str:
    """Name the model that `explain` asks, "" when it asks none."""
    chosen: Backend = registry.backend_of(CAPABILITY)
    return "" if chosen is registry.embedded_of(CAPABILITY) or chosen.lacks() else chosen.model


def _names(label: Label, words: tuple[str, ...]) -> bool:
    efficacy = "".join(label_text.plain(label.sections.get("efficacy", "")).split())
    return bool(words[0]) and any("".join(word.split()) in efficacy for word in words if word.strip())


def propose_plan(brief: PlanBrief, *, may_leave: bool = False) -> Proposal | None:
    """Ask a model for a day's exercises, unjudged. None when there is no model that may be asked.

    Raises Unavailable or Refused when the model that was asked does not answer usably.
    """
    if not asks_a_model(may_leave=may_leave):
        return None
    chosen: Backend = registry.backend_of(CAPABILITY)
    return chosen.propose_plan(brief)


def asks_a_model(*, may_leave: bool) -> bool:
    """Whether somebody else than the embedded sentences would be asked, given what the person agreed to."""
    chosen: Backend = registry.backend_of(CAPABILITY)
    return chosen is not registry.embedded_of(CAPABILITY) and (may_leave or not chosen.leaves_home)


def leaves_home() -> bool:
    """Whether the chosen backend sends facts to another company."""
    chosen: Backend = registry.backend_of(CAPABILITY)
    return chosen.leaves_home


def _instead(facts: DayFacts, chosen: Backend, reason: str) -> Said:
    return _stood_in(say_day_at_home(facts), chosen, reason)


def _stood_in(said: Said, chosen: Backend, reason: str) -> Said:
    measures.count("ai_analysis_total", provider=chosen.source, outcome=reason)
    return replace(said, source=f"{said.source} (instead of {chosen.source})", fallback_of=f"{chosen.source}: {reason}")
