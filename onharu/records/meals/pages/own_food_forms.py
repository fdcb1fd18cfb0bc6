"""The forms of one's own foods and recipes. They shape fields; what may be said is decided by the actions."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from onharu.kernel.quantities import NUTRIENTS
from onharu.kernel.wording import NUTRIENT_WORDS
from onharu.records.meals.actions.own_foods import OwnFoodDraft
from onharu.records.meals.models import OwnFood
from onharu.records.meals.pages import door
from onharu.records.meals.queries.amounts import AmountRefused
from onharu.records.meals.rules import per_100_of

MAIN = ("kcal", "carbohydrate_g", "sugars_g", "protein_g", "fat_g", "saturated_fat_g", "sodium_mg")
PER_100, PER_SERVING = "100", "serving"
MOST_GRAMS = 100_000


class AmountField(forms.CharField):
    """An amount with a dot or a comma for decimals; empty is unknown, never zero."""

    default_error_messages = {"amount": _("숫자로 적어 주세요. 모르면 비워 두세요.")}

    def __init__(self, *, above_zero: bool = False, most: int = MOST_GRAMS, **options: Any) -> None:
        options.setdefault("required", False)
        super().__init__(
            max_length=12, widget=forms.TextInput({"inputmode": "decimal", "autocomplete": "off"}), **options
        )
        self.above_zero, self.most = above_zero, most

    def clean(self, value: Any) -> Decimal | None:
        """Read the amount, None when nothing was written."""
        try:
            amount = door.amount_said(super().clean(value))
        except AmountRefused:
            raise ValidationError(self.error_messages["amount"], code="amount") from None
        if amount is not None and (amount > self.most or (self.above_zero and not amount)):
            raise ValidationError(_("0보다 크고 {most:,} 이하여야 해요.").format(most=self.most), code="range")
        return amount


class OwnFoodForm(forms.Form):
    """A food as its label describes it: for 100 g or ml, or for one serving of a stated weight."""

    name = forms.CharField(label=_("이름"), max_length=100)
    maker = forms.CharField(label=_("만든 곳"), max_length=60, required=False)
    basis = forms.ChoiceField(
        label=_("재는 단위"),
        choices=[(OwnFood.Basis.GRAMS, _("g (음식)")), (OwnFood.Basis.MILLILITRES, _("ml (음료)"))],
        initial=OwnFood.Basis.GRAMS,
        widget=forms.RadioSelect,
    )
    said_for = forms.ChoiceField(
        label=_("영양성분의 기준"),
        choices=[(PER_100, _("100 g · 100 ml")), (PER_SERVING, _("1회 제공량"))],
        initial=PER_100,
        widget=forms.RadioSelect,
        help_text=_("포장의 영양정보가 무엇을 기준으로 적혀 있는지 골라 주세요."),
    )
    serving_name = forms.CharField(label=_("한 번 먹는 단위"), max_length=20, initial=_("인분"))
    serving_grams = AmountField(
        label=_("그 무게"), above_zero=True, most=10_000, help_text=_("g 또는 ml. 예: 1봉지 30")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for key in NUTRIENTS:
            words = NUTRIENT_WORDS[key]
            self.fields[key] = AmountField(label=words.name)

    def nutrient_fields(self, keys: tuple[str, ...]) -> list[tuple[Any, str]]:
        """List nutrients' fields with their units."""
        return [(self[key], NUTRIENT_WORDS[key].unit) for key in keys]

    def main_fields(self) -> list[tuple[Any, str]]:
        """List what every label says."""
        return self.nutrient_fields(MAIN)

    def more_fields(self) -> list[tuple[Any, str]]:
        """List what some labels say."""
        return self.nutrient_fields(tuple(key for key in NUTRIENTS if key not in MAIN))

    def clean(self) -> dict[str, Any]:
        """Ask for the serving's weight where the label speaks of a serving."""
        said: dict[str, Any] = super().clean() or {}
        if said.get("said_for") == PER_SERVING and not said.get("serving_grams") and "serving_grams" not in self.errors:
            self.add_error("serving_grams", _("1회 제공량이 몇 g(ml)인지 적어 주세요."))
        return said

    def draft(self) -> OwnFoodDraft:
        """Make the value the actions take, per 100."""
        said = self.cleaned_data
        amounts = {key: said[key] for key in NUTRIENTS}
        if said["said_for"] == PER_SERVING:
            amounts = per_100_of(amounts, said["serving_grams"])
        return OwnFoodDraft(
            name=said["name"],
            maker=said["maker"],
            basis=said["basis"],
            amounts=amounts,
            serving_name=said["serving_name"],
            serving_grams=said["serving_grams"],
        )


class RecipeForm(forms.Form):
    """A recipe besides its ingredients: how many it feeds, and what the whole pot weighs."""

    name = forms.CharField(label=_("이름"), max_length=100)
    servings = AmountField(label=_("몇 인분인가요?"), above_zero=True, most=100, required=True, initial="2")
    cooked_grams = AmountField(
        label=_("다 만든 무게"),
        above_zero=True,
        help_text=_("냄비를 뺀 무게예요. 비워 두면 재료 무게를 더해서 계산해요."),
    )
