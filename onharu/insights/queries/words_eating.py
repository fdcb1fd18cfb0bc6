"""Words of the cards about meals and water."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from onharu.insights.queries.telling import Told, count, number, sentences

Params = Mapping[str, str | int]


def sodium_week(params: Params) -> Told:
    """Say the sodium of the last days."""
    return Told(
        title=_("최근 며칠의 나트륨"),
        seen=sentences(_above(params, "mg"), _unknown(params)),
        known=_("하루 나트륨의 기준은 {high} mg 이하예요.").format(high=number(params, "high")),
        todo=_("국물을 조금 남기거나 소스를 따로 두고 찍어 먹어 볼 수 있어요."),
        action=_("식사 보기"),
    )


def sugars_week(params: Params) -> Told:
    """Say the sugars of the last days."""
    return Told(
        title=_("최근 며칠의 당류"),
        seen=sentences(_above(params, "g"), _unknown(params)),
        known=_("하루 당류의 기준은 {high} g 이하예요.").format(high=number(params, "high")),
        todo=_("단 음료 한 잔을 물이나 차로 바꿔 볼 수 있어요."),
        action=_("식사 보기"),
    )


def fiber_week(params: Params) -> Told:
    """Say the fibre of the last days."""
    days = count(params, "days")
    seen = ngettext("기록한 {days}일의 평균이 {mean} g이에요.", "기록한 {days}일의 평균이 {mean} g이에요.", days)
    return Told(
        title=_("최근 며칠의 식이섬유"),
        seen=seen.format(days=days, mean=number(params, "mean")),
        known=_("하루 식이섬유의 기준은 {low} g 이상이에요.").format(low=number(params, "low")),
        todo=_("잡곡밥, 콩, 나물 가운데 하나를 더해 볼 수 있어요."),
        action=_("식사 보기"),
    )


def protein_training(params: Params) -> Told:
    """Say the protein of days with training."""
    days = count(params, "days")
    seen = ngettext(
        "운동한 {days}일의 단백질 평균이 {mean} g이에요.", "운동한 {days}일의 단백질 평균이 {mean} g이에요.", days
    )
    return Told(
        title=_("운동한 날의 단백질"),
        seen=seen.format(days=days, mean=number(params, "mean")),
        known=_("하루 단백질의 기준은 {low} g 이상이에요.").format(low=number(params, "low")),
        todo=_("운동한 날에는 두부, 달걀, 생선 같은 한 가지를 더해 볼 수 있어요."),
        action=_("식사 보기"),
    )


def unknown_share(params: Params) -> Told:
    """Say that the sodium cannot be told."""
    foods = count(params, "foods")
    seen = ngettext(
        "최근에 적은 음식 {foods}개 가운데 {unknown}개는 나트륨 정보가 없어요.",
        "최근에 적은 음식 {foods}개 가운데 {unknown}개는 나트륨 정보가 없어요.",
        foods,
    )
    return Told(
        title=_("나트륨은 아직 알 수 없어요"),
        seen=seen.format(foods=foods, unknown=number(params, "unknown")),
        known=_("모르는 값은 0으로 세지 않아서, 많고 적음을 말할 수 없어요."),
        todo=_("영양 정보가 있는 비슷한 음식으로 바꾸면 합계가 또렷해져요."),
        action=_("식사 보기"),
    )


def caffeine_day(params: Params) -> Told:
    """Say the caffeine of a day."""
    return Told(
        title=_("이날의 카페인"),
        seen=_("적은 음식의 카페인을 더하면 {amount} mg 이상이에요.").format(amount=number(params, "amount")),
        known=_("성인에게 알려진 하루 최대 권고량은 {high} mg이에요.").format(high=number(params, "high")),
        todo=_("다음 잔은 디카페인이나 물로 바꿔 볼 수 있어요."),
        action=_("식사 보기"),
    )


def late_breakfast(params: Params) -> Told:
    """Say how mornings without breakfast followed late evenings."""
    skipped, eaten = count(params, "skipped"), count(params, "eaten")
    first = ngettext(
        "아침을 적지 않은 {skipped}일 가운데 {late}일은 전날 밤 9시 뒤에 먹은 기록이 있어요.",
        "아침을 적지 않은 {skipped}일 가운데 {late}일은 전날 밤 9시 뒤에 먹은 기록이 있어요.",
        skipped,
    )
    second = ngettext(
        "아침을 적은 {eaten}일 가운데는 {other}일이에요.", "아침을 적은 {eaten}일 가운데는 {other}일이에요.", eaten
    )
    return Told(
        title=_("늦은 밤과 다음 날 아침"),
        seen=sentences(
            first.format(skipped=skipped, late=number(params, "late")),
            second.format(eaten=eaten, other=number(params, "other_late")),
        ),
        known=_("순서를 보여 드릴 뿐, 무엇이 원인인지는 알 수 없어요."),
        todo=_("저녁을 조금 앞당긴 날을 며칠 만들어 견주어 볼 수 있어요."),
        action=_("식사 보기"),
    )


def water_today(params: Params) -> Told:
    """Say that water was not written today."""
    days = count(params, "days")
    seen = ngettext(
        "지난 7일 가운데 {days}일은 물을 적었고 평균 {mean} ml였어요. 오늘은 아직 적지 않았어요.",
        "지난 7일 가운데 {days}일은 물을 적었고 평균 {mean} ml였어요. 오늘은 아직 적지 않았어요.",
        days,
    )
    return Told(
        title=_("오늘의 물"),
        seen=seen.format(days=days, mean=number(params, "mean")),
        known="",
        todo=_("지금까지 마신 만큼 적어 둘 수 있어요."),
        action=_("물 적기"),
    )


def _above(params: Params, unit: str) -> str:
    days = count(params, "days")
    at_least = ngettext(
        "기록한 {days}일의 평균이 {mean} {unit} 이상이고, 그중 {over}일이 {high} {unit}을 넘었어요.",
        "기록한 {days}일의 평균이 {mean} {unit} 이상이고, 그중 {over}일이 {high} {unit}을 넘었어요.",
        days,
    )
    exactly = ngettext(
        "기록한 {days}일의 평균이 {mean} {unit}이고, 그중 {over}일이 {high} {unit}을 넘었어요.",
        "기록한 {days}일의 평균이 {mean} {unit}이고, 그중 {over}일이 {high} {unit}을 넘었어요.",
        days,
    )
    numbers = {name: number(params, name) for name in ("mean", "over", "high")}
    return (at_least if count(params, "unknown") else exactly).format(days=days, unit=unit, **numbers)


def _unknown(params: Params) -> str:
    unknown = count(params, "unknown")
    words = ngettext(
        "음식 {unknown}개는 정보가 없어 실제로는 더 많을 수 있어요.",
        "음식 {unknown}개는 정보가 없어 실제로는 더 많을 수 있어요.",
        unknown,
    )
    return words.format(unknown=unknown) if unknown else ""


WORDS = {
    one.__name__: one
    for one in (
        sodium_week,
        sugars_week,
        fiber_week,
        protein_training,
        unknown_share,
        caffeine_day,
        late_breakfast,
        water_today,
    )
}
