"""Asks a language model over the chat dialect: OpenAI, Ollama, vLLM, or a gateway, by its base URL."""

from __future__ import annotations

import json
import math
import unicodedata
from collections.abc import Mapping
from decimal import Decimal
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from onharu.kernel import clock
from onharu.upstream.faults import Refused, Unavailable
from onharu.upstream.http import Http, Limits
from onharu.upstream.plain_words.backends import prompts
from onharu.upstream.plain_words.port import DayFacts, Label, PlanBrief, Proposal, ProposedTask, Said
from onharu.upstream.vendors import openai_compatible as dialect

SECONDS = 45.0
MOST_BYTES = 200_000
TEXT_TOKENS, LABEL_TOKENS, PLAN_TOKENS = 500, 300, 1500
MOST_TASKS = 30
MOST_NUMBER = 1_000_000_000
LONGEST_NAME = 60
HOME_NAMES = (".local", ".lan", ".internal", ".home.arpa", ".localhost")


class Backend:
    """One model at one address.

    It is at home on this machine. `at_home` says that a server of this house's own network is, too; for an address
    on the internet it says nothing.
    """

    source = "openai_compatible"

    def __init__(
        self, base_url: str = "", model: str = "", key: str = "", seconds: float = SECONDS, *, at_home: bool = False
    ) -> None:
        self.model = model
        self._base_url = base_url or dialect.BASE_URL
        self._key = key
        limits = Limits(deadline=float(seconds), connect=3.0, max_bytes=MOST_BYTES, attempts=2)
        self._http = Http(self.source, homes=[base_url] if base_url else [], limits=limits)
        self.leaves_home = not _is_home(self._base_url, own_network=at_home)
        self._bare = False

    def say_day(self, facts: DayFacts) -> Said:
        """Ask for a day in sentences. What comes back is the model's word: the door judges it."""
        language = "en" if facts.language == "en" else "ko"
        reply = self._asked(
            dialect.Question(
                messages=[("system", prompts.SAY_DAY[language]), ("user", prompts.facts_document(facts))],
                schema_name="day_in_words",
                schema=prompts.TEXT_SCHEMA,
                most_tokens=TEXT_TOKENS,
            )
        )
        return self._said(reply, language)

    def explain(self, label: Label, symptom: str, named_by: tuple[str, ...]) -> Said:
        """Ask what a medicine is for. The label goes as data; the answer is the model's word: the door judges it."""
        reply = self._asked(
            dialect.Question(
                messages=[("system", prompts.EXPLAIN), ("user", prompts.label_document(label, symptom))],
                schema_name="medicine_in_words",
                schema=prompts.TEXT_SCHEMA,
                most_tokens=LABEL_TOKENS,
            )
        )
        return self._said(reply, "ko")

    def _said(self, reply: dialect.Reply, language: str) -> Said:
        return Said(
            text=self._text(reply.text),
            language=language,
            source=self.source,
            model=reply.model,
            leaves_home=self.leaves_home,
            by_model=True,
            as_of=clock.now(),
        )

    def propose_plan(self, brief: PlanBrief) -> Proposal:
        """Ask for a day's exercises as ids and numbers, unjudged."""
        language = "en" if brief.language == "en" else "ko"
        reply = self._asked(
            dialect.Question(
                messages=[("system", prompts.PROPOSE_PLAN[language]), ("user", prompts.brief_document(brief))],
                schema_name="day_of_exercises",
                schema=prompts.PLAN_SCHEMA,
                most_tokens=PLAN_TOKENS,
            )
        )
        return Proposal(
            tasks=self._tasks(reply.text),
            source=self.source,
            model=reply.model,
            leaves_home=self.leaves_home,
            as_of=clock.now(),
        )

    def lacks(self) -> str:
        """Name the model, and the key that OpenAI itself asks for."""
        if not self.model:
            return "LLM_MODEL"
        return "" if self._key or self._base_url.rstrip("/") != dialect.BASE_URL else "LLM_API_KEY"

    def _asked(self, question: dialect.Question) -> dialect.Reply:
        if self.lacks():
            raise Refused(self.source, "key_missing" if self.model else "model_missing")
        reply = dialect.chat(
            self._http, question, base_url=self._base_url, model=self.model, key=self._key, bare=self._bare
        )
        self._bare = reply.bare  # what this model refused once, it would refuse at every call
        return reply

    def _text(self, words: str) -> str:
        """Read `{"text": …}`; a model that speaks no JSON is taken at its plain words."""
        if not words.startswith(("{", "[")):
            return words
        text = _object(words).get("text")
        if not isinstance(text, str):
            raise Unavailable(self.source, "garbled")
        return text

    def _tasks(self, words: str) -> tuple[ProposedTask, ...]:
        first, last = words.find("{"), words.rfind("}")
        rows = _object(words[first : last + 1]).get("tasks")
        if not isinstance(rows, list) or not rows:
            raise Unavailable(self.source, "garbled")
        return tuple(_task(row) for row in rows[:MOST_TASKS] if isinstance(row, dict))


def _object(words: str) -> dict[str, Any]:
    try:
        said = json.loads(words)
    except (ValueError, RecursionError):
        return {}
    return said if isinstance(said, dict) else {}


def _task(row: Mapping[str, Any]) -> ProposedTask:
    numbers = {field: _whole(row.get(field)) for field in prompts.NUMBERS}
    return ProposedTask(
        exercise_id=_whole(row.get("exercise_id")),
        name=_name(row.get("name")),
        weight_kg=_tenths(row.get("weight_kg")),
        rpe_target=_tenths(row.get("rpe_target")),
        **numbers,
    )


def _whole(said: object) -> int | None:
    """Read a whole number; anything else is left open."""
    number = _tenths(said)
    return int(number) if number is not None and number == number.to_integral_value() else None


def _tenths(said: object) -> Decimal | None:
    if isinstance(said, bool) or not isinstance(said, int | float) or not math.isfinite(said):
        return None
    return Decimal(str(round(said, 1))) if 0 <= said <= MOST_NUMBER else None


def _name(said: object) -> str:
    text = said if isinstance(said, str) else ""
    return " ".join("".join(one for one in text if unicodedata.category(one)[0] != "C").split())[:LONGEST_NAME]


def _is_home(url: str, *, own_network: bool) -> bool:
    """Whether a server stands on this machine, or in this house when the operator says that it is theirs."""
    host = urlsplit(url).hostname or ""
    try:
        address = ip_address(host)
    except ValueError:
        near = "." not in host or host.endswith(HOME_NAMES)
        return host == "localhost" or (own_network and near)
    return address.is_loopback or (own_network and address.is_private)
