"""The form of an invitation and of what a viewer may. It only shapes fields; the action decides."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from onharu.records.medication.actions.shares import LONGEST_LABEL, ShareSaid

LOOK, MARK = "look", "mark"


class ShareForm(forms.Form):
    """Who is to look, what they may do, whether they are told, and until when."""

    label = forms.CharField(
        label=_("부르는 이름"), help_text=_("나만 보는 이름이에요. 예: 딸"), max_length=LONGEST_LABEL, required=False
    )
    may = forms.ChoiceField(
        label=_("할 수 있는 것"),
        choices=[(LOOK, _("보기만 해요")), (MARK, _("보고, 먹었다고 표시도 해요"))],
        initial=LOOK,
        widget=forms.RadioSelect,
    )
    is_told = forms.BooleanField(
        label=_("표시가 없으면 그분에게도 알려요"),
        help_text=_("정한 시각에서 한 시간 뒤예요. 알림 설정에서 바꿀 수 있어요."),
        required=False,
    )
    until = forms.DateField(
        label=_("마지막 날"),
        help_text=_("비워 두면 그만둘 때까지예요."),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def said(self) -> ShareSaid:
        """Say what the form says; its values are clean."""
        values: dict[str, Any] = self.cleaned_data
        return {
            "label": values["label"],
            "may_mark": values["may"] == MARK,
            "is_told": values["is_told"],
            "until": values["until"],
        }


class CodeForm(forms.Form):
    """The code of an invitation."""

    code = forms.CharField(
        label=_("초대 코드"),
        help_text=_("네 글자씩 네 묶음이에요. 줄표와 대소문자는 달라도 돼요."),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )
