"""The forms of the pages. They only shape fields; what may be said is decided by the actions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.functional import lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from onharu.accounts import rules
from onharu.accounts.middleware import language_now
from onharu.accounts.models import Profile
from onharu.accounts.wordings import PHOTOS, PLACE, WORDS, newest
from onharu.kernel.clock import DEFAULT_ZONE
from onharu.kernel.problems import Problem

DECIMAL = {"inputmode": "decimal", "step": "0.1"}
WHOLE = {"inputmode": "numeric"}
UNKNOWN = ("", _("밝히지 않음"))
HOURS = [
    (0, _("자정")),
    *((hour, format_lazy(_("새벽 {hour}시"), hour=hour)) for hour in range(1, rules.LAST_DAY_START + 1)),
]


# What is agreed to is shown in the very words that are recorded.
title_of: Callable[[str], Any] = lazy(lambda purpose: newest(purpose).text(language_now()).title, str)
body_of: Callable[[str], Any] = lazy(lambda purpose: newest(purpose).text(language_now()).body, str)


class YesNoSelect(forms.NullBooleanSelect):
    """Yes, no, or not said, in our words."""

    def __init__(self) -> None:
        super().__init__()
        self.choices = [("unknown", UNKNOWN[1]), ("true", _("있어요")), ("false", _("없어요"))]


def zone_choices() -> list[tuple[str, str]]:
    """List the time zones, this country's first."""
    return [(name, name) for name in sorted(rules.zones(), key=lambda name: (name != DEFAULT_ZONE, name))]


class SignInForm(forms.Form):
    """Who comes back."""

    username = forms.CharField(
        label=_("아이디 또는 이메일"),
        max_length=254,
        widget=forms.TextInput({"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )
    password = forms.CharField(
        label=_("비밀번호"),
        strip=False,
        max_length=1000,
        widget=forms.PasswordInput({"autocomplete": "current-password"}),
    )


class SignUpForm(forms.Form):
    """Who comes for the first time. The rules are said before, not after."""

    username = forms.CharField(
        label=_("아이디"),
        max_length=90,
        help_text=_("3~30자. 한글, 영문, 숫자와 . _ - 를 쓸 수 있어요."),
        widget=forms.TextInput({"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )
    password = forms.CharField(
        label=_("비밀번호"),
        strip=False,
        max_length=1000,
        help_text=_("8자 이상. 흔한 비밀번호와 아이디를 닮은 것은 쓸 수 없어요. 긴 문장이 좋아요."),
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )
    nickname = forms.CharField(
        label=_("별명"),
        required=False,
        max_length=200,
        help_text=_("화면에서 부를 이름이에요. 비워 두면 아이디로 불러요."),
        widget=forms.TextInput({"autocomplete": "nickname"}),
    )
    email = forms.EmailField(
        label=_("이메일"),
        required=False,
        help_text=_("적어 두면 이메일로도 로그인할 수 있어요."),
        widget=forms.EmailInput({"autocomplete": "email", "autocapitalize": "none"}),
    )


class BodyForm(forms.Form):
    """What targets are computed from. Every fact may stay unknown."""

    sex = forms.ChoiceField(label=_("성별"), required=False, choices=[UNKNOWN, *Profile.Sex.choices])
    birth_year = forms.IntegerField(
        label=_("태어난 해"), required=False, widget=forms.NumberInput({**WHOLE, "autocomplete": "bday-year"})
    )
    height_cm = forms.DecimalField(
        label=_("키"), required=False, max_digits=4, decimal_places=1, widget=forms.NumberInput(DECIMAL)
    )
    weight_kg = forms.DecimalField(
        label=_("몸무게"), required=False, max_digits=4, decimal_places=1, widget=forms.NumberInput(DECIMAL)
    )


class ProfileForm(BodyForm):
    """Everything a person may change about themselves."""

    nickname = forms.CharField(
        label=_("별명"), required=False, max_length=200, widget=forms.TextInput({"autocomplete": "nickname"})
    )
    activity = forms.ChoiceField(label=_("평소 움직임"), choices=Profile.Activity.choices)
    purpose = forms.ChoiceField(
        label=_("쓰는 까닭"), required=False, choices=[("", _("정하지 않았어요")), *Profile.Purpose.choices]
    )
    takes_medicine = forms.NullBooleanField(label=_("먹는 약"), widget=YesNoSelect)
    maternity = forms.ChoiceField(
        label=_("임신·수유"),
        required=False,
        choices=[("", _("해당하지 않거나 밝히지 않음")), *Profile.Maternity.choices],
        help_text=_("알려 주시면 맞지 않는 기준과 체중 감량 목표를 내지 않아요."),
    )
    hide_numbers = forms.BooleanField(
        label=_("열량과 체중을 숫자로 보지 않을래요"),
        required=False,
        help_text=_("켜면 목표 화면에서 열량과 체중 숫자를 감추고, 체중을 줄이는 목표를 정하지 않아요."),
    )
    photos_may_leave = forms.BooleanField(label=title_of(PHOTOS), required=False, help_text=body_of(PHOTOS))
    words_may_leave = forms.BooleanField(label=title_of(WORDS), required=False, help_text=body_of(WORDS))
    place_may_leave = forms.BooleanField(label=title_of(PLACE), required=False, help_text=body_of(PLACE))
    zone = forms.ChoiceField(label=_("시간대"), choices=zone_choices)
    day_start_hour = forms.TypedChoiceField(
        label=_("하루가 시작하는 시각"),
        coerce=int,
        choices=HOURS,
        help_text=_("늦게 주무신다면 새벽에 먹은 것을 전날로 칠 수 있어요."),
    )
    language = forms.ChoiceField(label=_("언어"), choices=Profile.Language.choices)


def told(form: forms.Form) -> dict[str, Any]:
    """Read a valid form as facts: an empty choice is an unknown fact."""
    return {name: None if value == "" and name != "nickname" else value for name, value in form.cleaned_data.items()}


def add_problem(form: forms.Form, problem: Problem, *, english: bool) -> None:
    """Put a problem's words next to the fields they are about; what is about no field stands at the top."""
    for name, words in problem.errors.items():
        form.add_error(name if name in form.fields else None, list(words))
    if not problem.errors:
        form.add_error(None, problem.en if english else problem.ko)
