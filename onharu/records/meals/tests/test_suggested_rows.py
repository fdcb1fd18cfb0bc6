"""Suggestions laid out as rows: what each could be and why, what its amount holds, and what a form may say."""

import json
from datetime import date
from urllib.parse import urlencode

import pytest
from django.http import QueryDict

from onharu.kernel.problems import Invalid
from onharu.records.meals.actions.own_foods import OwnFoodDraft, save_own_food
from onharu.records.meals.pages import suggested_words
from onharu.records.meals.pages.suggested_rows import ladders, shown_rows
from onharu.records.meals.pages.suggested_said import Said, Suggestions, new_row, said_first, said_in

DAY = date(2026, 11, 22)


def suggestion(**said):
    row = {
        "photo": None, "label": "", "label_ko": "", "confidence": None, "origin": "model", "why": "", "food": None,
        "alternatives": [], "quantity": "1", "unit": "", "grams": None, "grams_source": "GUESS",
    }  # fmt: skip
    return row | said


def laid_out(owner, *saids, rows=(), kind="PHOTO"):
    return shown_rows(Suggestions(owner.pk, kind, rows), saids, DAY)


def test_the_steppers_walk_the_same_amounts_as_the_rest_of_the_product():
    found = ladders()
    assert found["portion"][:5] == [0.25, 0.5, 1, 1.5, 2]
    assert found["piece"][:4] == [0.25, 0.5, 1, 2]
    assert all(steps == sorted(set(steps)) for steps in found.values())
    assert found["weight"][-1] == 2000


def test_the_sum_leaves_out_what_was_left_out_and_counts_what_is_unknown(owner, rice, stew):
    form = laid_out(
        owner,
        Said("0", rice.pk, "1", "공기"),
        Said("1", stew.pk, "1", "그릇"),
        Said("2", stew.pk, "9", "그릇", removed=True),
        new_row(),
    )
    assert (form.count, form.weighed, form.kcal, form.sodium) == (3, 2, "541", "1,600")
    assert (form.unknown_kcal, form.unknown_sodium) == (0, 1)


def test_what_the_page_reckons_with_is_what_the_catalogue_says(owner, rice):
    (row,) = laid_out(owner, Said("0", rice.pk)).rows
    facts = json.loads(row.groups[0].choices[0].facts)
    assert (facts["kcal"], facts["sodium"], facts["basis"], facts["usual"]) == (162.5, None, "g", ["1", "공기"])
    assert ["공기", 210.0, False, "portion", "공기 (210 g)"] in facts["units"]
    assert facts["units"][-1] == ["g", 1.0, False, "weight", "g"]


def test_a_unit_that_the_food_does_not_have_is_offered_and_marked_as_a_guess(owner, stew):
    (row,) = laid_out(owner, Said("0", stew.pk, "1", "사발")).rows
    assert [unit.guess for unit in row.units if unit.name == "사발"] == [True]
    assert row.guess


def test_foods_stand_under_the_reason_they_are_offered_for(owner, rice, stew, lunch):
    own = save_own_food(owner_id=owner.pk, draft=OwnFoodDraft(name="내 국"))
    said = Said("0", None, offered=(rice.pk, stew.pk), found=(-own.pk,))
    (row,) = laid_out(owner, said, rows=[suggestion(alternatives=[rice.pk, stew.pk])]).rows
    assert [(group.origin, [one.food for one in group.choices]) for group in row.groups] == [
        ("found", [-own.pk]),
        ("habit", [rice.pk]),
        ("model", [stew.pk]),
    ]


def test_a_bowl_that_was_weighed_is_said_in_grams_again(owner, rice):
    weighed = suggestion(origin="memory", why="2026-11-03", food=rice.pk, unit="공기", grams="187.5")
    (said,) = said_first(Suggestions(owner.pk, "PHOTO", [weighed | {"grams_source": "WEIGHED"}]))
    assert (said.quantity, said.unit) == ("187.5", "g")
    (said,) = said_first(Suggestions(owner.pk, "PHOTO", [weighed | {"grams_source": "UNIT"}]))
    assert (said.quantity, said.unit) == ("1", "공기")


def test_nothing_suggested_is_one_empty_row(owner):
    (said,) = said_first(Suggestions(owner.pk, "TEXT", []))
    assert laid_out(owner, said, kind="TEXT").rows[0].title == "무엇을 드셨나요?"


def test_a_guessed_amount_stops_being_one_when_it_is_touched(owner, rice):
    guessed = [suggestion(origin="text", food=rice.pk, quantity="2.5", unit="공기", grams_source="GUESS")]
    untouched, touched = (
        laid_out(owner, Said("0", rice.pk, quantity, "공기"), rows=guessed, kind="TEXT").rows[0]
        for quantity in ("2.5", "2")
    )
    assert (untouched.guess, touched.guess) == (True, False)


def test_a_strangers_own_food_is_not_laid_out(owner, stranger):
    theirs = save_own_food(owner_id=stranger.pk, draft=OwnFoodDraft(name="남의 국"))
    (row,) = laid_out(owner, Said("0", -theirs.pk, offered=(-theirs.pk,))).rows
    assert (row.groups, row.holds) == ((), None)


@pytest.mark.parametrize(
    ("share", "words"),
    [(0.93, "거의 확실해요 93%"), (0.7, "아마 맞을 거예요 70%"), (0.31, "확실하지 않아요 31%"), (None, "")],
)
def test_how_sure_a_model_is_stands_in_words_and_percent(share, words):
    assert suggested_words.sure(suggestion(food=7, confidence=share), 7) == words
    assert suggested_words.sure(suggestion(food=7, confidence=share), 8) == ""
    assert suggested_words.sure(suggestion(food=7, confidence=share, origin="habit"), 7) == ""


def test_who_looked_is_named_and_whether_it_left_the_house():
    def said(**answer):
        return suggested_words.where_it_was_read("PHOTO", answer)

    assert "밖으로 나가지 않았어요" in said(source="embedded", model="efficientnet-lite2", leaves_home=False)
    assert "hugging_face에 보내" in said(source="hugging_face", model="nateraw/food", leaves_home=True)
    assert "직접 봤어요" in said(source="embedded (instead of hugging_face)", model="m", leaves_home=False)


def test_a_form_is_read_row_by_row_each_once_and_nothing_foreign():
    form = QueryDict("row=0&row=0&row=n1&row=..%2F&food-0=12&quantity-0=+0,5+&unit-0=그릇&remove-n1=1&offered-0=12,-3")
    first, second = said_in(form)
    assert (first.food, first.quantity, first.unit, first.offered) == (12, "0,5", "그릇", (12, -3))
    assert (second.row, second.food, second.removed) == ("n1", None, True)


@pytest.mark.parametrize("food", ["abc", "1.5", "1; drop", "9" * 30])
def test_a_food_is_a_number(food):
    with pytest.raises(Invalid):
        said_in(QueryDict(urlencode({"row": "0", "food-0": food})))


def test_a_long_form_ends_at_fifty_rows():
    form = QueryDict("&".join(f"row={at}" for at in range(80)))
    assert len(said_in(form)) == 50
