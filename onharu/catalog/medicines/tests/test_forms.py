"""A notice that names dosage forms is about products of these; what cannot be told is never ruled out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onharu.catalog.medicines.rules.forms import forms_in, of_form
from onharu.kernel.sheets import lines_in

INJECTIONS = "용액주사제/유화주사제/용액용분말주사제/서방성현탁액용분말주사제/용액용동결건조분말주사제"
EYES = "점안용액제/용액용점안분말제/현탁액점안제/안연고제/안겔/점안주사제"
SLOW = "서방정/서방성필름코팅정/서방성당의정/서방성다층정/서방성장용필름코팅정"


@pytest.mark.parametrize(
    ("said", "form", "about"),
    [
        ("정제", "필름코팅정", True),
        ("정제", "나정", True),
        ("정제", "당의정", True),
        ("정제", "추어블정(저작정)", True),
        ("정제", "구강붕해정", True),
        ("정제", "서방성필름코팅정", True),
        ("정제", "설하정", True),
        ("정제", "정제, 미분류", True),
        ("정제", "경질캡슐제, 산제", False),
        ("정제", "질정", False),
        ("정제", "트로키제", False),
        ("정제", "지지체가있는첩부제", False),
        ("캡슐", "연질캡슐제, 액상", True),
        ("캡슐", "경질캡슐제, 정제", True),
        ("캡슐", "스팬슐", True),
        ("캡슐", "질연질캡슐제", False),
        ("캡슐", "필름코팅정", False),
        ("정제/캡슐", "젤라틴코팅성경질캡슐제", True),
        ("정제/캡슐", "구강붕해필름", False),
        ("경질캡슐제|산제", "경질캡슐제, 산제", True),
        ("연질캡슐제|액상", "연질캡슐제, 현탁상", True),
        ("장용성캡슐제|펠렛", "경질캡슐제, 산제", False),
        ("서방성캡슐제|펠렛/나정", "서방성캡슐제, 펠렛", True),
        ("서방성캡슐제|펠렛/나정", "필름코팅정", True),
        (SLOW, "서방성다층정", True),
        (SLOW, "필름코팅정", False),
        ("필름코팅정", "나정", True),
        ("필름코팅정", "서방성필름코팅정", False),
        ("장용성필름코팅정", "필름코팅정", False),
        ("서방정", "정제", None),
        (INJECTIONS, "필름코팅정", False),
        (INJECTIONS, "용액주사제", True),
        (EYES, "나정", False),
        (EYES, "점안용액제", True),
        ("시럽", "액상시럽제", True),
        ("액상시럽제/건조시럽용과립제", "과립제", False),
        ("과립제", "경질캡슐제, 과립제", False),
        ("산제", "경질캡슐제, 산제", False),
        ("주정제", "나정", False),
        ("직장용현탁액제", "좌제", True),
        ("경피흡수제/서방성경피흡수제", "지지체가있는첩부제", True),
        ("설하정/박칼정/트로키제", "나정", False),
        ("정량흡입제|용액제/흡입제|미분류", "정량흡입제, 분말제", True),
        ("고형제/반고형제/액제", "나정", None),
        ("환제", "나정", None),
        ("", "나정", True),
        ("", "", True),
        ("정제", "", None),
        ("정제", "처음 보는 모양", None),
    ],
)
def test_a_notice_is_about_forms_that_go_the_same_way_into_the_body(said, form, about):
    assert of_form(said, form) is about


def test_a_bar_is_a_comma_and_a_slash_stands_between_forms():
    assert forms_in("정제/경질캡슐제|산제/ 경구용현탁액제 /") == ("정제", "경질캡슐제,산제", "경구용현탁액제")


@given(
    st.lists(st.sampled_from(["정제", "캡슐", "환제", "용액주사제", "크림"]), min_size=1),
    st.sampled_from(["나정", "크림", ""]),
)
def test_a_notice_on_more_forms_is_never_about_less(said, form):
    order = {False: 0, None: 1, True: 2}
    each = max((of_form(one, form) for one in said), key=order.__getitem__)
    assert of_form("/".join(said), form) is each


def test_nearly_every_form_of_the_official_tables_is_understood(real_files):
    """An unknown word keeps a notice in sight; a misread one would hide it."""
    unknown = {}
    for file in sorted((real_files / "dur").glob("dur_*.csv")):
        lines = lines_in(file)
        column = next(lines)[1].index("제형")
        for _, cells in lines:
            for form in forms_in(cells[column] if cells[column] != "-" else ""):
                if of_form(form, "나정") is None:
                    unknown[form] = unknown.get(form, 0) + 1
    assert set(unknown) <= {
        "방향수제", "관류제", "방광내적용용액", "환제", "치약", "페이스트제", "젤리형겔", "경구용겔제",
        "체외진단용의약품,정량용", "치과용겔제", "약물이포함된거즈", "약물이포함된스폰지", "약물이포함된면봉", "장관용겔",
        "고형제", "반고형제", "엘릭서제",
    }  # fmt: skip
