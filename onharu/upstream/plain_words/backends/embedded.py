"""Says a day with sentences that come with the product, and a medicine with its label's own: no network, no model."""

from __future__ import annotations

from onharu.kernel import clock
from onharu.upstream.faults import Unavailable
from onharu.upstream.plain_words.backends import labels_ko, sentences_en, sentences_ko
from onharu.upstream.plain_words.port import DayFacts, Label, PlanBrief, Proposal, Said


class Backend:
    """Templates over numbers. It proposes no plan: the planner of the workouts room is the one without a model."""

    source = "embedded"
    model = "sentences"
    leaves_home = False

    def say_day(self, facts: DayFacts) -> Said:
        """Say a day in two to four sentences."""
        written = sentences_en if facts.language == "en" else sentences_ko
        return self._said(" ".join(written.sentences(facts)), "en" if facts.language == "en" else "ko")

    def explain(self, label: Label, symptom: str, named_by: tuple[str, ...]) -> Said:
        """Draw what a medicine is for from its label; the text is empty where the label does not say it."""
        words = (symptom, *named_by) if symptom else ()
        return self._said(labels_ko.for_what(label.sections.get("efficacy", ""), words), "ko")

    def _said(self, text: str, language: str) -> Said:
        return Said(
            text=text,
            language=language,
            source=self.source,
            model=self.model,
            leaves_home=self.leaves_home,
            by_model=False,
            as_of=clock.now(),
        )

    def propose_plan(self, brief: PlanBrief) -> Proposal:
        """Raise Unavailable: nobody here thinks up plans."""
        raise Unavailable(self.source, "no_model")

    def lacks(self) -> str:
        """Nothing is needed."""
        return ""
