"""The words of what cannot be said or aimed at, Korean and English, by the code of the rule."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _

from onharu.kernel.problems import Invalid
from onharu.records.goals.rules.guards import Refusal

GUARDS: Mapping[str, tuple[str, str]] = {
    "target_under_floor": (
        "하루 열량 목표는 {floor} kcal보다 낮게 정할 수 없어요. 의료진의 지도를 받고 있다면 그렇다고 표시해 주세요.",
        "A daily energy target cannot be below {floor} kcal. If medical staff guide you, please say so.",
    ),
    "target_deficit_too_big": (
        "필요한 열량보다 하루 750 kcal 넘게 줄일 수 없어요. {least} kcal부터 정할 수 있어요.",
        "No more than 750 kcal below what you need in a day. The target can begin at {least} kcal.",
    ),
    "target_deficit_not_now": (
        "지금은 필요한 열량({needed} kcal)보다 적게 먹는 목표를 정하지 않아요.",
        "A target below what you need ({needed} kcal) is not set right now.",
    ),
    "protein_over_limit": (
        "단백질 목표는 체중 1 kg에 2.0 g, 하루 {limit} g까지 정할 수 있어요.",
        "A protein target can be up to 2.0 g per kg of body weight, {limit} g a day.",
    ),
    "weight_unknown": (
        "체중을 먼저 적어 주세요. 어디서 시작하는지 알아야 해요.",
        "Please record your weight first: the goal has to start somewhere.",
    ),
    "weight_goal_needs_facts": (
        "체중을 줄이는 목표에는 키와 태어난 해가 필요해요. 나에서 적어 주세요.",
        "A goal to lose weight needs your height and year of birth. Please add them to your profile.",
    ),
    "weight_goal_under_bmi": (
        "체질량지수 18.5 아래로 내려가는 목표는 정할 수 없어요.",
        "A goal below a body mass index of 18.5 cannot be set.",
    ),
    "weight_goal_under_age": (
        "19세 전에는 체중을 줄이는 목표를 정할 수 없어요. 자라는 중이에요.",
        "A goal to lose weight cannot be set before the age of 19: the body is still growing.",
    ),
    "weight_goal_pregnant": (
        "임신 중이거나 젖을 먹일 때는 체중을 줄이는 목표를 정할 수 없어요.",
        "A goal to lose weight cannot be set while pregnant or breastfeeding.",
    ),
    "weight_goal_numbers_hidden": (
        "숫자를 보지 않는 동안에는 체중을 줄이는 목표를 정하지 않아요.",
        "While numbers are kept out of sight, no goal to lose weight is set.",
    ),
    "weight_goal_too_fast": (
        "한 주에 체중의 1 %, 하루 750 kcal보다 빠르게 줄일 수 없어요. 빨라도 {soonest}이에요.",
        "No faster than 1 % of the weight a week or 750 kcal a day. The earliest day is {soonest}.",
    ),
}


def guard(refusal: Refusal | None) -> None:
    """Pass what may be aimed at. Raises Invalid with the code of the guard otherwise."""
    if refusal is None:
        return
    ko, en = GUARDS[refusal.code]
    raise Invalid(refusal.code, ko.format(**refusal.params), en.format(**refusal.params))


def field_words(code: str) -> str:
    """Say what is wrong with a field."""
    words = {
        "choice": _("보기 중에서 골라 주세요."),
        "missing": _("값을 적어 주세요."),
        "unexpected": _("여기에는 쓰지 않는 값이에요."),
        "bounds": _("잴 수 있는 범위를 벗어난 값이에요."),
        "decimals": _("소수점 아래를 줄여 주세요."),
        "not_below": _("아래 값이 위 값보다 클 수 없어요."),
        "past": _("지난 날은 바꾸지 않아요. 오늘부터 정해 주세요."),
        "future": _("아직 오지 않은 때예요."),
        "far": _("너무 먼 날이에요."),
        "long": _("글이 너무 길어요."),
        "unknown": _("찾을 수 없는 것이에요."),
    }
    return words[code]


def refuse(wrong: Mapping[str, str]) -> None:
    """Pass when nothing is wrong. Raises Invalid that names the fields otherwise."""
    if wrong:
        raise Invalid(errors={field: [field_words(code)] for field, code in wrong.items()})
