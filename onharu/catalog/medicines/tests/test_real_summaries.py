"""Summaries of every real label, where this machine has the official file."""

import re

import pytest

from onharu.catalog.medicines.models import LabelSection, PlainWords
from onharu.catalog.medicines.public import import_medicines
from onharu.upstream.plain_words.label_lexicon import DOSE
from onharu.upstream.plain_words.label_text import is_balanced

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def test_every_label_that_says_what_it_is_for_has_a_fit_sentence(real_files):
    import_medicines(path=real_files / "medicines" / "easy_drug_20240603.csv")
    told = dict(PlainWords.objects.values_list("product_id", "text"))
    labels = dict(LabelSection.objects.filter(kind="efficacy").values_list("product_id", "text"))
    assert set(told) == set(labels)
    assert len(told) > 4600
    for product, text in told.items():
        assert 0 < len(text) <= 120
        assert is_balanced(text), text
        assert text.endswith("."), text
        assert "등 등" not in text
        assert not DOSE.search(text), text
        spelled = re.sub(r"\s", "", labels[product])
        foreign = [word for word in re.findall(r"[가-힣A-Za-z0-9]{3,}", text) if word not in spelled]
        assert len(foreign) <= 3, (text, foreign)
