"""People find the medicine they mean among the real names. The figures stand in docs/performance/medicines.md."""

import pytest

from onharu.catalog.medicines.public import import_medicines, load_starter
from onharu.catalog.medicines.tests import golden

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def real_shelf(real_files):
    load_starter()
    import_medicines(path=real_files / "medicines" / "easy_drug_20240603.csv")


def test_the_golden_set_asks_enough_of_every_kind():
    asked = golden.questions()
    counts = {kind: sum(one.kind == kind for one in asked) for kind in golden.KINDS}
    assert {one.kind for one in asked} == set(golden.KINDS)
    assert len({one.query for one in asked}) == len(asked) >= 150
    assert min(counts.values()) >= 6
    assert len(golden.sentences()) >= 70


def test_people_find_what_they_mean(real_shelf):
    by_kind, wrong = golden.graded()
    assert by_kind["overall"][1] >= 0.90, wrong
    assert {kind: share for kind, (_, share) in by_kind.items() if share < 0.75} == {}, wrong


def test_sentences_bring_medicines_whose_label_says_so(real_shelf):
    mean, scores = golden.ndcg()
    assert mean >= 0.80, [pair for pair in scores if pair[1] < 0.5]
