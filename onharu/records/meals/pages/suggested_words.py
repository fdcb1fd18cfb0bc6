"""How suggestions are said: what is not known is asked, where it comes from is told, % only from a model."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from onharu.catalog.foods.public import FoodFacts
from onharu.kernel.problems import Problem
from onharu.kernel.wording import amount
from onharu.records.meals.pages import words
from onharu.records.meals.queries import wording

SURE_FROM, LIKELY_FROM = 0.85, 0.6
GROUP_TITLES: dict[str, Promise] = {
    "memory": gettext_lazy("지난 사진과 닮은 음식"),
    "found": gettext_lazy("찾은 음식"),
    "text": gettext_lazy("이름이 비슷한 음식"),
    "model": gettext_lazy("사진으로 추정"),
    "habit": gettext_lazy("자주 드신 음식"),
}
MODEL_NAMES = {"efficientnet-lite2": "EfficientNet-Lite2"}


def told(problem: Problem) -> str:
    """Say a problem in the language of the page."""
    return problem.en if (get_language() or "ko").startswith("en") else problem.ko


def group_title(origin: str) -> str:
    """Say why foods are offered."""
    return str(GROUP_TITLES[origin])


def question(kind: str, suggestion: Mapping[str, Any] | None) -> str:
    """Ask for the food of a row that has none."""
    if suggestion is None:
        return _("어떤 재료인가요?") if kind == "RECIPE" else _("무엇을 드셨나요?")
    if suggestion["why"] == "not_food":
        return _("음식이 아닌 것 같아요")
    if kind == "TEXT":
        return _("‘{words}’ — 어떤 음식인가요?").format(words=suggestion["label_ko"])
    return _("무슨 음식인지 확실하지 않아요 — 골라 주세요")


def why(kind: str, suggestion: Mapping[str, Any] | None, food: int | None, today: date) -> str:
    """Say where a row's food comes from; what the person picked needs no reason."""
    if suggestion is None:
        return ""
    if food is None:
        return _asked(kind, suggestion)
    return _("직접 고른 음식") if food != suggestion["food"] else _because(suggestion, today)


def _because(suggestion: Mapping[str, Any], today: date) -> str:
    origin, reason = suggestion["origin"], suggestion["why"]
    if origin == "memory":
        day = words.day_words(date.fromisoformat(reason), today)
        return _("{day} 사진과 닮았어요").format(day=day)
    if origin == "text":
        return words.found_words(suggestion["label_ko"], reason) if reason else ""
    return _("자주 드신 음식") if origin == "habit" else _("사진으로 추정")


def _asked(kind: str, suggestion: Mapping[str, Any]) -> str:
    if kind == "TEXT":
        return _("딱 맞는 이름을 찾지 못했어요.")
    if suggestion["why"] == "not_food":
        return _("음식이 맞다면 아래에서 골라 주세요.")
    if suggestion["label_ko"]:
        return _("{food} 같기도 해요.").format(food=suggestion["label_ko"])
    return ""


def sure(suggestion: Mapping[str, Any] | None, food: int | None) -> str:
    """Say how sure a model is of the food it named, with its percentage; nobody else's."""
    if suggestion is None or suggestion["origin"] != "model" or suggestion["confidence"] is None:
        return ""
    if food is None or food != suggestion["food"]:
        return ""
    share = float(suggestion["confidence"])
    said = _("확실하지 않아요")
    if share >= SURE_FROM:
        said = _("거의 확실해요")
    elif share >= LIKELY_FROM:
        said = _("아마 맞을 거예요")
    return f"{said} {round(share * 100)}%"


def energy(facts: FoodFacts) -> str:
    """Say the energy of 100 g or ml."""
    if facts.per_100.kcal is None:
        return _("열량 정보 없음")
    return f"100\N{NO-BREAK SPACE}{facts.basis_unit} · {amount(facts.per_100.kcal)}\N{NO-BREAK SPACE}kcal"


def where_it_was_read(kind: str, answer: Mapping[str, Any]) -> str:
    """Say who looked, and whether it left the house."""
    if kind == "TEXT":
        return _("글은 이 서버 안에서만 읽었어요.")
    source, model = str(answer.get("source") or ""), str(answer.get("model") or "")
    model = MODEL_NAMES.get(model, model)
    if answer.get("leaves_home"):
        return _("사진을 {source}에 보내 알아봤어요 · 모델 {model}").format(source=source, model=model)
    if "instead of" in source:
        return _("바깥 서비스가 답하지 않아 이 서버가 직접 봤어요 · 모델 {model}").format(model=model)
    return _("사진은 이 서버 밖으로 나가지 않았어요 · 모델 {model}").format(model=model)


def logged(slot: str, count: int) -> str:
    """Say what was written down: "점심에 2개를 담았어요."."""
    said = ngettext("{slot}에 {count}개를 담았어요.", "{slot}에 {count}개를 담았어요.", count)
    return said.format(slot=wording.SLOT_WORDS[slot], count=count)
