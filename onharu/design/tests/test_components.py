"""What the templates say for the contexts that their first comments promise."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest
from django.core.paginator import Paginator
from django.template import engines
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation

from onharu.design.gallery import DAY, METERS, SampleForm, sample_week
from onharu.design.shell import ROOM

SODIUM = METERS[2]
UNKNOWN = METERS[5]


def drawn(name: str, **context: object) -> str:
    return render_to_string(f"design/{name}.html", context)


def written(source: str, **context: object) -> str:
    return engines["django"].from_string("{% load design %}" + source).render(context)


def test_an_icon_is_decoration():
    icon = written('{% icon "water" size="small" %}')
    assert 'aria-hidden="true"' in icon
    assert 'class="icon icon-small"' in icon
    assert icon.count("icons.svg#water") == 1


def test_an_icons_name_cannot_break_out_of_its_attribute():
    assert "<script>" not in written("{% icon name %}", name='"><script>')


def test_a_meter_reads_its_whole_sentence():
    meter = drawn("meter", **SODIUM)
    assert 'role="meter"' in meter
    assert f'aria-valuetext="{SODIUM["sentence"]}"' in meter
    assert 'aria-valuenow="136"' in meter
    assert 'aria-valuemax="136"' in meter


def test_over_is_said_in_a_word_and_a_hatch_and_not_only_in_a_colour():
    meter = drawn("meter", **SODIUM)
    assert "초과" in meter
    assert 'fill="url(#hatch-over)"' in meter
    assert SODIUM["unknown"] in meter


def test_a_limit_that_was_kept_has_no_hatch():
    meter = drawn("meter", **METERS[3])
    assert "이내" in meter
    assert "이하" in meter
    assert "hatch-over" not in meter


def test_a_target_that_was_passed_on_purpose_is_no_excess():
    meter = drawn("meter", **METERS[1])
    assert "채웠어요" in meter
    assert "초과" not in meter


def test_nothing_known_is_a_dash_and_never_a_zero():
    meter = drawn("meter", **UNKNOWN)
    assert "—" in meter
    assert "정보 없음" in meter
    assert 'role="meter"' not in meter
    assert ">0<" not in meter


def test_zero_is_a_number_and_not_unknown():
    meter = drawn("meter", **{**METERS[0], "value": 0, "percent": 0})
    assert '<span class="meter-value">0</span>' in meter
    assert "정보 없음" not in meter


def test_a_ring_over_its_target_wears_the_hatch_too():
    meter = drawn("meter", **{**SODIUM, "shape": "ring"})
    assert 'stroke="url(#hatch-over)"' in meter
    assert 'stroke-dasharray="36 100"' in meter


def test_a_meters_lengths_keep_their_dot_in_every_language():
    with translation.override("de"):
        assert 'width="33.3%"' in drawn("meter", **{**METERS[0], "percent": 33.333})


def test_a_field_is_tied_to_its_hint_and_its_error():
    form = SampleForm({"nickname": ""})
    field = drawn("field", field=form["nickname"])
    assert 'for="id_nickname"' in field
    assert 'aria-describedby="id_nickname_helptext id_nickname_error"' in field
    assert 'id="id_nickname_helptext"' in field
    assert 'aria-invalid="true"' in field
    assert 'id="id_nickname_error"' in field


def test_an_optional_field_says_so_and_a_required_one_does_not():
    form = SampleForm()
    assert "선택" in drawn("field", field=form["height"], unit="cm")
    assert "선택" not in drawn("field", field=form["nickname"])


def test_a_group_of_choices_is_a_fieldset_with_a_legend():
    field = drawn("field", field=SampleForm()["sex"])
    assert "<fieldset" in field
    assert "<legend" in field
    assert "성별" in field


def test_a_lone_checkbox_is_one_line_to_press():
    field = drawn("field", field=SampleForm()["agree"])
    assert '<label class="check">' in field
    assert "<fieldset" not in field


def test_a_toast_offers_undo_only_where_there_is_one():
    assert 'hx-post="/undo/"' in drawn("toast", message="저장했어요", undo_url="/undo/")
    assert "되돌리기" not in drawn("toast", message="저장했어요")
    assert 'hx-swap-oob="beforeend:#toasts"' in drawn("toast", message="저장했어요", oob=True)


def test_words_of_people_are_escaped():
    assert "<b>" not in drawn("toast", message="<b>밥</b>")
    assert "<b>" not in drawn("meter", **{**SODIUM, "label": "<b>"})


def test_the_date_strip_is_the_heading_and_marks_the_chosen_day():
    strip = drawn("date_strip", day=DAY, is_today=True, previous_url="/a/", next_url="/b/", week=sample_week())
    assert "11월 22일" in strip
    assert "(일)" in strip
    assert "<h1" in strip
    assert strip.count('aria-current="date"') == 1
    assert strip.count("<li>") == 7


def test_the_date_strip_has_no_tomorrow_unless_told():
    strip = drawn("date_strip", day=date(2026, 1, 2), previous_url="/a/", today_url="/today/")
    assert 'rel="next"' not in strip
    assert 'href="/today/"' in strip


def test_pages_keep_the_query():
    pages = drawn("pagination", page=Paginator(range(90), 30).page(2), query="q=밥&")
    assert 'href="?q=밥&amp;page=1"' in pages
    assert "2 / 3" in pages


def test_a_single_page_has_no_neighbours():
    assert "<nav" not in drawn("pagination", page=Paginator(range(3), 30).page(1))


def test_an_empty_day_offers_what_is_likely():
    empty = drawn("empty", icon_name="meals", title="없어요", action_url="/a/", action_label="사진으로")
    assert 'href="/a/"' in empty
    assert "사진으로" in empty


@dataclass(frozen=True, slots=True)
class Told:
    status: int
    ko: str = "지운 기록이에요."
    en: str = "That entry is gone."


@pytest.mark.parametrize("status", [400, 401, 403, 404, 409, 429, 500, 503])
def test_a_problem_is_told_in_the_readers_language(status):
    assert "지운 기록이에요." in drawn("problem", problem=Told(status), request_id="abc-1")
    with translation.override("en"):
        page = drawn("problem", problem=Told(status), request_id="abc-1")
    assert "That entry is gone." in page
    assert "abc-1" in page
    assert '<html lang="en"' in page


@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "500"])
def test_djangos_error_pages_render_without_any_context(name):
    page = engines["django"].get_template(f"{name}.html").render()
    assert page.count("<h1>") == 1
    assert 'href="/"' in page


def test_the_shell_takes_the_theme_from_the_cookie_and_from_nothing_else():
    request = RequestFactory().get("/today/", headers={"cookie": "theme=dark"})
    assert 'data-theme="dark"' in render_to_string("design/base.html", request=request)
    request = RequestFactory().get("/today/", headers={"cookie": 'theme="><script>'})
    assert "data-theme=" not in render_to_string("design/base.html", request=request).split("<body")[0]


def test_the_shell_marks_where_one_is():
    page = render_to_string("design/base.html", request=RequestFactory().get("/meals/2026-11-22/"))
    assert page.count('aria-current="page"') == 1
    assert page.index('href="/meals/" aria-current="page"') > 0


def test_the_shell_listens_only_for_somebody_who_is_signed_in():
    class Someone:
        is_authenticated = True

    request = RequestFactory().get("/today/")
    assert "data-live" not in render_to_string("design/base.html", request=request)
    assert 'data-live="/events/"' in render_to_string("design/base.html", {"user": Someone()}, request=request)


@pytest.mark.parametrize("path", sorted((ROOM / "templates").rglob("*.html")), ids=lambda path: path.name)
def test_every_template_compiles(path):
    assert engines["django"].get_template(path.relative_to(ROOM / "templates").as_posix())


def test_the_record_sheet_records_to_the_day_that_is_looked_at():
    sheet = drawn("record_sheet", day=date(2026, 11, 20), is_today=False)
    assert sheet.count('date=2026-11-20"') == sheet.count('class="choice"') - 1 == 7  # 약 is of no day
    assert "11월 20일에 무엇을 기록할까요?" in sheet


def test_the_record_sheet_of_a_page_without_a_day_records_to_today():
    sheet = drawn("record_sheet")
    assert "date=" not in sheet
    assert "무엇을 기록할까요?" in sheet


def test_the_bar_of_a_phone_has_five_places_and_the_rail_all():
    nav = drawn("nav", request=RequestFactory().get("/workouts/history/"))
    assert nav.count('class="nav-link') == 10
    assert nav.count("nav-item-rail") == 5
    assert 'href="/workouts/" aria-current="page"' in nav
