"""Finding the same scene again."""

import io
import time

import numpy as np
import pytest
from PIL import Image, ImageEnhance

from onharu.kernel.images import sanitise
from onharu.upstream import food_vision
from onharu.upstream.food_vision.backends.embedded import Backend
from onharu.upstream.food_vision.likeness import most_alike, similarities, similarity
from onharu.upstream.food_vision.tests.pictures import photo


def feature(seed: int, scale: float = 1.0) -> bytes:
    numbers = np.random.default_rng(seed).random(1280) * scale
    return numbers.astype("<f2").tobytes()


def test_a_feature_is_exactly_like_itself():
    assert similarity(feature(1), feature(1)) == pytest.approx(1, abs=1e-4)


def test_brightness_of_the_numbers_does_not_matter():
    assert similarity(feature(1), feature(1, scale=7)) == pytest.approx(1, abs=1e-3)


def test_likeness_is_the_cosine():
    one, other = (np.frombuffer(feature(seed), "<f2").astype(float) for seed in (1, 2))
    cosine = one @ other / np.linalg.norm(one) / np.linalg.norm(other)
    assert similarity(feature(1), feature(2)) == pytest.approx(cosine, abs=1e-4)
    assert similarity(feature(1), feature(2)) == pytest.approx(similarity(feature(2), feature(1)), abs=1e-6)


@pytest.mark.parametrize("other", [b"", b"short", bytes(2560), np.full(1280, np.nan, "<f2").tobytes()])
def test_what_is_no_feature_is_like_nothing(other):
    assert similarity(feature(1), other) == 0
    assert similarity(other, feature(1)) == 0


def test_many_are_compared_at_once_in_their_order():
    found = similarities(feature(3), [feature(1), b"", feature(3), feature(2)])
    assert found.shape == (4,)
    assert found.argmax() == 2
    assert found[1] == 0


def test_the_most_alike_is_named_by_its_place():
    best = most_alike(feature(3), [feature(1), feature(2), feature(3)])
    assert best.index == 2
    assert best.similarity == pytest.approx(1, abs=1e-4)
    assert most_alike(feature(3), []) is None


def test_the_door_compares_too():
    assert food_vision.most_alike(feature(3), [feature(1), feature(3)]).index == 1
    assert food_vision.most_alike(feature(3), []) is None


def test_a_thousand_memories_are_compared_in_a_blink():
    stored = [feature(seed) for seed in range(1000)]
    started = time.perf_counter()
    similarities(feature(5), stored)
    assert time.perf_counter() - started < 0.2


def test_the_same_plate_in_other_light_is_found_and_another_dish_is_not(models):
    eye = Backend(folder=models)
    image = Image.open(io.BytesIO(photo("shakshouka-01.jpg")))
    out = io.BytesIO()
    again = ImageEnhance.Brightness(image.rotate(4).crop((30, 30, image.width - 20, image.height - 25)))
    again.enhance(0.8).save(out, "JPEG")
    first = eye.look(photo("shakshouka-01.jpg")).feature
    second = eye.look(sanitise(out.getvalue()).jpeg).feature
    assert similarity(first, second) >= food_vision.SAME_SCENE
    for other in ("shakshouka-02.jpg", "lasagna.jpg", "cacio-e-pepe.jpg", "borscht.jpg"):
        assert similarity(first, eye.look(photo(other)).feature) < food_vision.SAME_SCENE
