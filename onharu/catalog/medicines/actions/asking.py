"""Asks the chosen model what medicines are for: each label once, at a bounded rate, and stores what may stand.

A label about which a model was asked is not asked about again until it, or the model, changes, whether its sentence
was shown or not. Products with the same efficacy and ingredients share one answer. Each answer is stored as it
comes, so a run may be stopped at any moment and goes on where it was.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from django.db.models import Count, Min, Q

from onharu.catalog.medicines.actions.indexing import changed
from onharu.catalog.medicines.actions.summaries import LONGEST
from onharu.catalog.medicines.models import PlainWords
from onharu.catalog.medicines.queries.labels import Told, label_words, labels_told
from onharu.catalog.medicines.rules.plain_words import Calls
from onharu.kernel import clock
from onharu.upstream import plain_words

CALLS_A_MINUTE = 30
MOST_FAILURES = 3
LONGEST_MODEL = 80
Progress = Callable[[int, int | None], None]


def improve(
    *,
    limit: int | None = None,
    symptoms: bool = False,
    a_minute: int = CALLS_A_MINUTE,
    seconds: float | None = None,
    progress: Progress | None = None,
) -> Calls:
    """Ask the chosen model about every summary it was not asked about, the general ones first; tell what became of it.

    Makes at most `limit` calls, `a_minute` of them in a minute (0: no bound), for about `seconds`, and ends when the
    model fails three times in a row. Without a model nothing is asked, and every summary counts as saved.
    """
    model = plain_words.model_for_labels()[:LONGEST_MODEL]
    rows = PlainWords.objects.all() if symptoms else PlainWords.objects.filter(symptom="")
    calls = Calls(saved=rows.filter(model=model).count() if model else rows.count())
    if not model:
        return calls
    run = _Run(calls, model, a_minute=a_minute)
    owed = _owed(model, symptoms=symptoms)
    until = clock.monotonic() + seconds if seconds is not None else None
    for place, one in enumerate(owed):
        full = limit is not None and calls.made >= limit
        if full or run.in_a_row >= MOST_FAILURES or (until is not None and clock.monotonic() >= until):
            calls.left = sum(later.rows for later in owed[place:])
            break
        run.ask(one)
        if progress:
            progress(place + 1, len(owed))
    if calls.kept:
        changed()
    return calls


@dataclass(frozen=True, slots=True)
class _Owed:
    """One label and symptom to be asked about, for so many rows that share it."""

    mark: str
    symptom: str
    product_id: int
    rows: int


def _owed(model: str, *, symptoms: bool) -> list[_Owed]:
    rows = PlainWords.objects.filter(~Q(model=model))
    rows = rows if symptoms else rows.filter(symptom="")
    shared = rows.values("label_mark", "symptom").annotate(product=Min("product_id"), rows=Count("id"))
    found = [_Owed(one["label_mark"], one["symptom"], one["product"], one["rows"]) for one in shared]
    return sorted(found, key=lambda one: (one.symptom != "", one.product_id, one.symptom))


@dataclass(slots=True)
class _Run:
    """One run over what is owed: its counts, and when it may ask again."""

    calls: Calls
    model: str
    a_minute: int
    in_a_row: int = 0
    _next_at: float = 0.0
    _words: dict[str, tuple[str, ...]] = field(default_factory=label_words)

    def ask(self, owed: _Owed) -> None:
        """Answer for all rows that share a label: from what stands there already, else with one call."""
        rows = PlainWords.objects.filter(label_mark=owed.mark, symptom=owed.symptom)
        stands = rows.filter(model=self.model).values("text", "source", "model", "made_at").first()
        if stands:
            rows.exclude(model=self.model).update(**stands)
            self.calls.saved += owed.rows
            return
        told = _told(owed)
        if told is None:
            return
        self._wait()
        said = plain_words.explain(
            plain_words.Label(name="", ingredients=told.ingredients, sections={"efficacy": told.efficacy}),
            owed.symptom,
            named_by=self._words.get(owed.symptom, ()),
        )
        self.calls.made += 1
        self._store(owed, said)

    def _store(self, owed: _Owed, said: plain_words.Said) -> None:
        # The label may have changed while the model was thinking: then its mark is another, and nothing is written.
        rows = PlainWords.objects.filter(label_mark=owed.mark, symptom=owed.symptom)
        if said.by_model:
            self.in_a_row = 0
            self.calls.kept += rows.update(
                text=said.text[:LONGEST], source=PlainWords.Source.MODEL, model=self.model, made_at=clock.now()
            )
        elif said.flaw:
            self.in_a_row = self.in_a_row + 1 if said.flaw in plain_words.UNUSABLE else 0
            self.calls.refuse(said.flaw)
            rows.update(model=self.model)
        else:
            self.in_a_row += 1
            self.calls.failed += 1
            return
        self.calls.saved += owed.rows - 1

    def _wait(self) -> None:
        if self.a_minute > 0:
            time.sleep(max(0.0, self._next_at - clock.monotonic()))
            self._next_at = clock.monotonic() + 60 / self.a_minute


def _told(owed: _Owed) -> Told | None:
    """Read the label anew; None when it is no more the one that was owed."""
    for part in labels_told([owed.product_id]):
        for told in part:
            if told.mark == owed.mark:
                return told
    return None
