"""The living style page: every component in every state, at /design/ while DEBUG is on.

Its words are samples, not data.
"""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_http_methods, require_safe
from django_htmx.http import trigger_client_event

from onharu.design.charts import Chart, Series, Slot, Target, bar_chart, line_chart

DAY = date(2026, 11, 22)

METERS: tuple[dict[str, Any], ...] = (
    {
        "label": "단백질",
        "value": "48",
        "unit": "g",
        "target": "65",
        "direction": "at_least",
        "percent": 74,
        "state": "under",
        "sentence": "단백질 48그램, 목표 65그램의 74퍼센트",
    },
    {
        "label": "식이섬유",
        "value": "31",
        "unit": "g",
        "target": "25",
        "direction": "at_least",
        "percent": 124,
        "state": "within",
        "sentence": "식이섬유 31그램, 목표 25그램의 124퍼센트, 채웠어요",
    },
    {
        "label": "나트륨",
        "value": "3,120",
        "unit": "mg",
        "target": "2,300",
        "direction": "at_most",
        "percent": 136,
        "state": "over",
        "sentence": "나트륨 3,120밀리그램, 기준 2,300의 136퍼센트, 기준 초과",
        "unknown": "2개 음식은 나트륨 정보가 없어 합계가 적게 나올 수 있어요",
    },
    {
        "label": "포화지방",
        "value": "9",
        "unit": "g",
        "target": "15",
        "direction": "at_most",
        "percent": 60,
        "state": "within",
        "sentence": "포화지방 9그램, 기준 15그램의 60퍼센트, 기준 이내",
    },
    {
        "label": "탄수화물",
        "value": "212",
        "unit": "g",
        "target": "260–340",
        "direction": "within",
        "percent": 62,
        "floor_percent": 76,
        "state": "under",
        "sentence": "탄수화물 212그램, 권장 260에서 340그램보다 적어요",
    },
    {"label": "칼슘", "value": None, "unit": "mg", "percent": None, "state": "none", "sentence": "칼슘, 정보 없음"},
)
RINGS: tuple[dict[str, Any], ...] = (
    {
        "label": "열량",
        "value": "1,240",
        "unit": "kcal",
        "target": "2,000",
        "direction": "within",
        "percent": 62,
        "state": "under",
        "sentence": "열량 1,240킬로칼로리, 목표 2,000의 62퍼센트",
        "shape": "ring",
    },
    {
        "label": "열량",
        "value": "2,610",
        "unit": "kcal",
        "target": "2,000",
        "direction": "within",
        "percent": 131,
        "state": "over",
        "sentence": "열량 2,610킬로칼로리, 목표 2,000의 131퍼센트, 초과",
        "shape": "ring",
    },
    {
        "label": "열량",
        "value": "0",
        "unit": "kcal",
        "state": "none",
        "sentence": "열량 0킬로칼로리, 목표 없음",
        "shape": "ring",
    },
)


class SampleForm(forms.Form):
    """One field of each kind, so that field.html shows them all."""

    nickname = forms.CharField(label="별명", help_text="다른 사람에게 보이지 않아요.", max_length=20)
    password = forms.CharField(label="비밀번호", widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}))
    height = forms.DecimalField(label="키", required=False, min_value=50, max_value=250)
    activity = forms.ChoiceField(label="활동량", choices=[("low", "거의 앉아 있어요"), ("high", "자주 움직여요")])
    sex = forms.ChoiceField(label="성별", choices=[("female", "여성"), ("male", "남성")], widget=forms.RadioSelect)
    memo = forms.CharField(label="메모", required=False, widget=forms.Textarea)
    agree = forms.BooleanField(label="사진을 이 서버에서만 살펴보는 데 동의해요")


def sample_week() -> list[dict[str, Any]]:
    """Seven days around the sample day, in the shape that date_strip.html asks for."""
    monday = DAY - timedelta(days=DAY.weekday())
    days = (monday + timedelta(days=step) for step in range(7))
    return [
        {
            "day": day,
            "url": f"?day={day}",
            "selected": day == DAY,
            "is_today": day == DAY,
            "marked": day.day % 3 != 0,
            "future": day > DAY,
        }
        for day in days
    ]


def sample_context() -> dict[str, Any]:
    """What both sample pages show."""
    return {
        "day": DAY,
        "week": sample_week(),
        "meters": METERS,
        "rings": RINGS,
        "page": Paginator(range(90), 30).page(2),
    }


def sample_charts() -> list[Chart]:
    """One chart of each kind: a mean and a band, gaps, bars with a limit, two rows of bars, and nothing at all."""
    days = [DAY - timedelta(days=step) for step in range(13, -1, -1)]
    slots = [Slot(f"{day.month}.{day.day}", f"{day.month}월 {day.day}일", day.toordinal()) for day in days]
    week = slots[-7:]
    weights = [63.8, None, 63.5, 63.6, None, None, 63.1, 63.2, 62.9, None, 62.8, 62.9, 62.5, 62.4]
    means = [None, None, 63.6, 63.6, None, None, 63.4, 63.3, 63.1, None, 62.9, 62.9, 62.7, 62.6]
    sodium = Series("나트륨", [2140, 3120, None, 1890, 0, 2560, 1710])
    moved, planned = Series("움직임", [30, 0, 45, None, 20, 60, 35]), Series("계획", [30, 30, 30, 0, 30, 60, 30])
    band = Target("목표 60–62 kg", 60, 62)
    return [
        line_chart(
            title="체중",
            unit="kg",
            slots=[slot for slot, value in zip(slots, weights, strict=True) if value],
            series=[
                Series("잰 값", [value for value in weights if value]),
                Series("7일 평균", [mean for mean, value in zip(means, weights, strict=True) if value], marks=False),
            ],
            target=band,
            decimals=1,
        ),
        line_chart(title="수축기", unit="mmHg", slots=slots, series=[Series("수축기", weights)], decimals=1),
        bar_chart(title="나트륨", unit="mg", slots=week, series=[sodium], target=Target("2,300 mg 이하", high=2300)),
        bar_chart(title="움직임과 계획", unit="분", slots=week, series=[moved, planned]),
        line_chart(title="허리둘레", unit="cm", slots=[], series=[Series("허리", [])]),
    ]


@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """Show every component in every state."""
    wrong = SampleForm({"nickname": "", "password": "", "height": "900", "activity": "low"})
    context = {**sample_context(), "form": SampleForm(prefix="new"), "wrong": wrong, "charts": sample_charts()}
    return render(request, "design/gallery.html", context)


@require_safe
def gallery_day(request: HttpRequest) -> HttpResponse:
    """Show the components together, as one day would use them."""
    return render(request, "design/gallery_day.html", sample_context())


@require_safe
def gallery_plain(request: HttpRequest) -> HttpResponse:
    """Show the shell without navigation, with a form that was refused."""
    wrong = SampleForm({"nickname": "온하루", "height": "900", "activity": "low"})
    return render(request, "design/gallery_plain.html", {"form": wrong})


@require_safe
def gallery_sheet(request: HttpRequest) -> HttpResponse:
    """Answer the fragment that opens by itself in #sheet-slot."""
    return render(request, "design/gallery_sheet.html")


@require_http_methods(["POST"])
def gallery_press(_request: HttpRequest) -> HttpResponse:
    """Answer a press the way pages do: nothing to swap, and a toast that can be undone."""
    toast = {"message": "저장했어요", "undo": "/design/press/"}
    return trigger_client_event(HttpResponse(status=204), "onharu:toast", toast)


urlpatterns = [
    path("design/", gallery, name="gallery"),
    path("design/day/", gallery_day, name="gallery-day"),
    path("design/plain/", gallery_plain, name="gallery-plain"),
    path("design/sheet/", gallery_sheet, name="gallery-sheet"),
    path("design/press/", gallery_press, name="gallery-press"),
]
