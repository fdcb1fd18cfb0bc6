"""What the embedded model says and what the catalogue calls it must fit together: two rooms that never meet."""

import csv
from pathlib import Path

import pytest

import onharu.catalog.foods
from onharu.catalog.foods.rules import household
from onharu.upstream.food_vision.backends.imagenet_foods import NAMED_FOODS


@pytest.mark.parametrize("food", NAMED_FOODS, ids=lambda food: food.name)
def test_the_catalogue_has_a_korean_name_for_every_word_of_the_embedded_model(food):
    assert household.korean_names(food.name)


def test_both_rooms_put_the_words_into_the_same_places_and_families():
    folder = Path(onharu.catalog.foods.__path__[0])
    with (folder / "labels" / "labels_imagenet.csv").open(encoding="utf-8") as file:
        table = {(int(row["index"]), row["english"], row["family"]) for row in csv.DictReader(file)}
    assert {(food.index, food.name, food.family) for food in NAMED_FOODS} <= table
