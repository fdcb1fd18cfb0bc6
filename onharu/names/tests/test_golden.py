"""The golden questions over the real names. The promises are in docs/performance/names.md."""

import pytest

from onharu.names.public import replace, search
from onharu.names.tests import golden

pytestmark = pytest.mark.django_db

KINDS = {
    "exact", "prefix", "chosung", "half_typed", "spacing", "nfd", "vowel", "typo", "keyboard_ko", "keyboard_latin",
    "latin_hangul", "one_syllable", "synonym", "multi_word", "brand",
}  # fmt: skip


@pytest.fixture
def real_shelf():
    if not golden.REAL_NAMES.is_file():
        pytest.skip(golden.WHY_ABSENT)
    entries = golden.real_entries()
    assert replace("foods", entries) == 14_584
    return entries


def test_the_golden_set_asks_enough_of_every_kind():
    asked = golden.questions()
    counts = {kind: sum(question.kind == kind for question in asked) for kind in KINDS}
    assert {question.kind for question in asked} == KINDS
    assert len(asked) >= 220
    assert min(counts.values()) >= 15


def test_the_golden_set_expects_names_that_exist(real_shelf):
    texts = {entry.text for entry in real_shelf}
    for question in golden.questions():
        for wanted in question.expected:
            assert any(golden.fnmatchcase(text, wanted) for text in texts), (question.query, wanted)


def test_people_find_what_they_mean(real_shelf):
    graded = golden.grades(golden.questions(), lambda query: search("foods", query))
    overall = graded.pop("overall")
    assert overall.first >= 0.90
    assert overall.reciprocal >= 0.93
    assert {kind: grade for kind, grade in graded.items() if grade.first < 0.75} == {}


def test_one_wrong_stroke_anywhere_seldom_hides_a_dish(real_shelf):
    asked = golden.slips_in(real_shelf, 200, seed=20261122)
    assert golden.grades(asked, lambda query: search("foods", query, distinct=True))["overall"].first >= 0.93


def test_asking_costs_one_statement_on_a_full_shelf(real_shelf, django_assert_num_queries):
    search("foods", "김치")
    asked = golden.questions()[::10]
    with django_assert_num_queries(len(asked)):
        for question in asked:
            search("foods", question.query)
