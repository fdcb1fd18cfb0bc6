"""Says a day with sentences that come with the product: no network, no key, no model, the same for the same day."""

from __future__ import annotations

from onharu.kernel import clock
from onharu.upstream.faults import Unavailable
from onharu.upstream.plain_words.backends import sentences_en, sentences_ko
from onharu.upstream.plain_words.port import DayFacts, PlanBrief, Proposal, Said


class Backend:
    """Templates over numbers. It proposes no plan: the planner of the workouts room is the one without a model."""

    source = "embedded"
    model = "sentences"
    leaves_home = False

    def say_day(self, facts: DayFacts) -> Said:
        """Say a day in two to four sentences."""
        written = sentences_en if facts.language == "en" else sentences_ko
        return Said(
            text=" ".join(written.sentences(facts)),
            language="en" if facts.language == "en" else "ko",
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
