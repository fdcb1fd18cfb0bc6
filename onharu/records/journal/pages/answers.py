"""What a report's form says: only what differs from what its page showed, so that two screens overwrite nothing.

Each question has a hidden twin `was-…` with what the page showed. Last word wins, question by question.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from onharu.kernel.problems import Problem
from onharu.kernel.spelling import LONGEST_TAG, text_spelling
from onharu.records.journal import rules
from onharu.records.journal.actions.reports import ReportSaid
from onharu.records.journal.actions.tags import TagRefused, spelling_of
from onharu.records.journal.queries.days import ReportEntry

STEPS = ("mood", "condition")
TEXTS = ("highlights", "challenges")
MOST_CHOSEN = 200


@dataclass(frozen=True, slots=True)
class Read:
    """What changes, and words beside the fields that could not be read."""

    said: ReportSaid
    errors: Mapping[str, str]


def changes(form: QueryDict, known_tags: Mapping[int, str]) -> Read:
    """Read what a form changes. `known_tags` are the person's own, by number."""
    said: dict[str, Any] = {}
    errors: dict[str, str] = {}
    readers: dict[str, Callable[[str], Any]] = {
        **dict.fromkeys(STEPS, _step),
        "sleep": lambda text: _sleep(text, form.get("sleep-step", "")),
        **dict.fromkeys(TEXTS, _text),
    }
    for name, read in readers.items():
        if not _changed(form, name):
            continue
        try:
            said["sleep_hours" if name == "sleep" else name] = read(form.get(name, ""))
        except ValueError as error:
            errors[name] = str(error)
    said.update(_tags(form, known_tags, errors))
    return Read(said=ReportSaid(**said), errors=errors)  # type: ignore[typeddict-item]  # keys are those of ReportSaid


def _changed(form: QueryDict, name: str) -> bool:
    """Whether a question was asked and its answer is another than the page showed."""
    if name == "sleep" and form.get("sleep-step"):
        return True
    spelled = text_spelling(form.get(name, ""))
    return name in form and spelled != text_spelling(form.get(f"was-{name}", ""))


def _step(text: str) -> int | None:
    if not text:
        return None
    if text not in {"1", "2", "3", "4", "5"}:
        raise ValueError(_("다섯 가지 중에서 골라 주세요."))
    return int(text)


def _sleep(text: str, step: str) -> Decimal | None:
    hours = rules.hours_said(text)
    if step:
        return rules.hours_stepped(hours, up=step == "up")
    if text.strip() and hours is None:
        raise ValueError(_("0시간에서 24시간까지, 7.5나 7:30처럼 적어 주세요."))
    return hours


def _text(text: str) -> str:
    words = text_spelling(text)
    if len(words) > rules.LONGEST_TEXT:
        raise ValueError(_("{most}자까지 적을 수 있어요.").format(most=f"{rules.LONGEST_TEXT:,}"))
    return words


def _tags(form: QueryDict, known: Mapping[int, str], errors: dict[str, str]) -> dict[str, Any]:
    """Read which tags come and go, and the one that was typed when its button or 저장 was pressed."""
    chosen = {int(one) for one in form.getlist("tags")[:MOST_CHOSEN] if one.isdecimal()}
    was = {int(one) for one in form.get("was-tags", "").split(",") if one.isdecimal()}
    added = [known[tag] for tag in sorted(chosen - was) if tag in known]
    typed = form.get("tag", "").strip() if {"add", "save"} & form.keys() else ""
    if typed:
        try:
            spelling_of(typed)
            added.append(typed)
        except TagRefused:
            errors["tag"] = _("태그는 1~{most}자로 적어 주세요.").format(most=LONGEST_TAG)
    if not added and not was - chosen:
        return {}
    return {"tags_added": added, "tags_removed": sorted(was - chosen)}


def words_of(problem: Problem, language: str) -> str:
    """Say a problem in a language."""
    return problem.en if language.startswith("en") else problem.ko


def shown_values(report: ReportEntry | None) -> dict[str, Any]:
    """Tell what a form shows of a report, by the names of its questions."""
    if report is None:
        return {"mood": None, "condition": None, "sleep": None, "highlights": "", "challenges": "", "tags": ()}
    return {
        "mood": report.mood,
        "condition": report.condition,
        "sleep": report.sleep_hours,
        "highlights": report.highlights,
        "challenges": report.challenges,
        "tags": report.tags,
    }
