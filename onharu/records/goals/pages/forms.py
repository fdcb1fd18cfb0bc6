"""The forms of the pages. They only shape fields; what may be said is decided by the actions."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from onharu.catalog.intakes.public import AT_LEAST, AT_MOST, WITHIN
from onharu.records.goals.queries.wording import CONTEXT_WORDS, GOAL_WORDS, HABIT_WORDS
from onharu.records.goals.rules.measuring import MEASURES, WEIGHT

DECIMAL = {"inputmode": "decimal", "autocomplete": "off"}
WHOLE = {"inputmode": "numeric", "autocomplete": "off"}
DIRECTIONS = [(AT_LEAST, _("이만큼 이상")), (AT_MOST, _("이만큼 이하")), (WITHIN, _("이 사이"))]


class Amount(forms.DecimalField):
    """A number that a person writes, with a dot or a comma for decimals."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput({**DECIMAL, "maxlength": 9}))
        super().__init__(max_digits=9, **kwargs)

    def to_python(self, value: Any) -> Any:
        """Read the number."""
        return super().to_python(value.strip().replace(",", ".") if isinstance(value, str) else value)


class MeasureForm(forms.Form):
    """One measurement; the fields of its kind only."""

    value = Amount(decimal_places=1)
    value2 = Amount(decimal_places=1, label=_("이완기 (낮은 값)"))
    context = forms.ChoiceField(
        label=_("언제 쟀나요?"), required=False, choices=list(CONTEXT_WORDS.items()), widget=forms.RadioSelect
    )
    date = forms.DateField(label=_("날짜"), required=False, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))
    time = forms.TimeField(label=_("시각"), required=False, widget=forms.TimeInput({"type": "time"}, format="%H:%M"))
    note = forms.CharField(label=_("메모"), required=False, max_length=200)

    def __init__(self, kind: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        measure = MEASURES[kind]
        labels = {
            WEIGHT: _("체중"),
            "WAIST": _("허리둘레"),
            "BLOOD_PRESSURE": _("수축기 (높은 값)"),
            "GLUCOSE": _("혈당"),
        }
        self.fields["value"].label = labels[kind]
        if measure.low2 is None:
            del self.fields["value2"]
        if not measure.in_context:
            del self.fields["context"]


class TargetForm(forms.Form):
    """A daily target: a direction and its ends."""

    direction = forms.ChoiceField(label=_("방향"), choices=DIRECTIONS, widget=forms.RadioSelect)
    low = Amount(label=_("적어도"), required=False, decimal_places=2)
    high = Amount(label=_("많아도"), required=False, decimal_places=2)
    guidance = forms.BooleanField(
        label=_("의료진의 지도를 받아 정했어요"),
        required=False,
        help_text=_("켜면 열량과 단백질의 안전 범위를 따지지 않아요."),
    )

    def __init__(self, key: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if key not in ("kcal", "protein_g"):
            del self.fields["guidance"]


class GoalForm(forms.Form):
    """A long goal of one kind."""

    exercise_name = forms.CharField(
        label=_("운동 이름"), max_length=100, widget=forms.TextInput({"autocomplete": "off"})
    )
    habit = forms.ChoiceField(label=_("무엇을 할까요?"), choices=list(HABIT_WORDS.items()))
    target = Amount(decimal_places=1)
    due = forms.DateField(
        label=_("언제까지"), required=False, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )
    title = forms.CharField(label=_("이름"), required=False, max_length=60, help_text=_("비워 두면 알아서 지어요."))

    def __init__(self, kind: str, *args: Any, old: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = {
            "WEIGHT": _("목표 체중"),
            "STRENGTH": _("들고 싶은 무게"),
            "HABIT": _("한 주에 며칠"),
            "MINUTES": _("한 주에 몇 분"),
        }
        self.fields["target"].label = labels[kind]
        if kind == "MINUTES":
            self.fields["target"].help_text = _("세계보건기구(2020)는 어른에게 한 주 150~300분의 중강도 활동을 권해요.")
        if kind != "STRENGTH" or old:
            del self.fields["exercise_name"]
        if kind != "HABIT" or old:
            del self.fields["habit"]


KINDS = list(GOAL_WORDS.items())
