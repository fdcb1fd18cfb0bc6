"""The form of one's own rule. It only shapes fields; what may be said is decided by the action."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from onharu.records.medication.rules.reminding import Rule

NEVER = ("", _("알리지 않아요"))


def _minutes(*values: int) -> list[tuple[int, Any]]:
    return [(value, format_lazy(_("{n}분"), n=value)) for value in values]


def _hours(*values: int) -> list[tuple[int, Any]]:
    return [(value * 60, format_lazy(_("{n}시간"), n=value)) for value in values]


REPEATS = [
    (0, _("다시 알리지 않아요")),
    *((value, format_lazy(_("{n}번 더"), n=value)) for value in (1, 2, 3, 5, 8, 12)),
]
GROUPS = [(0, _("따로 알려요")), *_minutes(5, 10, 15, 30, 60)]
CLOCK = {"type": "time"}


class RuleForm(forms.Form):
    """How somebody wants to be reminded."""

    by_push = forms.BooleanField(label=_("기기로 알려요"), required=False)
    by_email = forms.BooleanField(label=_("이메일로도 알려요"), required=False)
    names_shown = forms.BooleanField(
        label=_("알림에 약 이름을 보여요"),
        help_text=_("꺼 두면 “복용 시간이에요 · 2개”처럼만 보여요. 잠금 화면을 남이 볼 수 있다면 꺼 두세요."),
        required=False,
    )
    repeat_minutes = forms.TypedChoiceField(
        label=_("다시 알리는 간격"), coerce=int, choices=_minutes(5, 10, 15, 20, 30, 60, 120)
    )
    repeats = forms.TypedChoiceField(label=_("표시할 때까지"), coerce=int, choices=REPEATS)
    group_minutes = forms.TypedChoiceField(
        label=_("가까운 복용 묶기"),
        help_text=_("이 시간 안에 이어지는 복용은 알림 하나로 모아요."),
        coerce=int,
        choices=GROUPS,
    )
    quiet_from = forms.TimeField(
        label=_("조용한 시간 시작"), required=False, widget=forms.TimeInput(attrs=CLOCK, format="%H:%M")
    )
    quiet_to = forms.TimeField(
        label=_("조용한 시간 끝"), required=False, widget=forms.TimeInput(attrs=CLOCK, format="%H:%M")
    )
    rings_in_quiet = forms.BooleanField(
        label=_("조용한 시간에 먹기로 한 약은 그 시각에 한 번 알려요"),
        help_text=_("다시 알림은 조용한 시간이 끝난 뒤에 모아서 보내요. 꺼 두면 첫 알림도 그때 와요."),
        required=False,
    )
    escalate_minutes = forms.TypedChoiceField(
        label=_("함께 챙기는 사람에게 알리기"),
        help_text=_("표시가 없을 때, 알림을 받기로 서로 동의한 사람에게만 보내요."),
        coerce=int,
        empty_value=None,
        required=False,
        choices=[NEVER, *_minutes(15, 30, 45), *_hours(1, 2, 3, 6)],
    )

    def __init__(self, rule: Rule, *args: Any, **kwargs: Any) -> None:
        """Offer a value that is set already, even where the usual choices lack it."""
        super().__init__(*args, **kwargs)
        for name in ("repeat_minutes", "repeats", "group_minutes", "escalate_minutes"):
            field, now = self.fields[name], getattr(rule, name)
            if now is not None and now not in dict(field.choices):  # type: ignore[attr-defined]  # a choice field
                field.choices = [*field.choices, (now, str(now))]  # type: ignore[attr-defined]
