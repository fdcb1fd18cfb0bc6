"""What every backend that looks at a photograph promises, asked of each of them."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from onharu.kernel import clock
from onharu.kernel.problems import Invalid
from onharu.upstream.food_vision.backends import embedded, hugging_face, onnx_file
from onharu.upstream.food_vision.port import Guess, Sight
from onharu.upstream.food_vision.tests.pictures import plain

CLASSIFIED = [{"label": "pizza", "score": 0.9}, {"label": "김밥", "score": 0.08}, {"label": "sushi", "score": 0.02}]


@pytest.fixture(params=["embedded", "hugging_face", "onnx_file"])
def backend(request):
    if request.param == "embedded":
        return embedded.Backend(folder=request.getfixturevalue("models"))
    if request.param == "onnx_file":
        return onnx_file.Backend(path=str(request.getfixturevalue("own_model")))
    server = request.getfixturevalue("httpserver")
    server.expect_request("/nateraw/food", method="POST").respond_with_json(CLASSIFIED)
    return hugging_face.Backend(token="t", base_url=server.url_for(""))


def test_it_says_who_answered_and_when(backend, jpeg):
    sight = backend.look(jpeg)
    assert isinstance(sight, Sight)
    assert (sight.source, sight.model, sight.leaves_home) == (backend.source, backend.model, backend.leaves_home)
    assert sight.source
    assert sight.model
    assert clock.now() - sight.as_of < timedelta(seconds=30)
    assert sight.fallback_of == ""


def test_guesses_are_ordered_and_confidences_are_shares(backend, jpeg):
    guesses = backend.look(jpeg).guesses
    assert all(isinstance(guess, Guess) and guess.label for guess in guesses)
    assert all(0 <= guess.confidence <= 1 for guess in guesses)
    assert list(guesses) == sorted(guesses, key=lambda guess: -guess.confidence)
    assert len(guesses) <= 5


def test_nothing_is_understood_without_a_guess(backend):
    for colour in ("black", "white", "red", "green", "blue"):
        sight = backend.look(plain(colour))
        assert sight.guesses or not sight.understood


def test_korean_names_are_hangul_or_nothing(backend, jpeg):
    for guess in backend.look(jpeg).guesses:
        assert guess.label_ko == "" or any("가" <= letter <= "힣" for letter in guess.label_ko)


@pytest.mark.parametrize("size", [(1, 1), (1, 900), (1600, 3), (260, 260), (1600, 1200)])
def test_any_shape_of_picture_is_looked_at(backend, size):
    assert backend.look(plain("tan", size)).source == backend.source


@pytest.mark.parametrize("mode", ["L", "CMYK"])
def test_any_colours_are_looked_at(backend, mode):
    colour = 90 if mode == "L" else (10, 20, 30, 40)
    assert backend.look(plain(colour, mode=mode)).source == backend.source


@pytest.mark.parametrize("junk", [b"", b"junk", b"\xff\xd8\xff\xe0junk", b"\x89PNG\r\n\x1a\n", b"GIF89a"])
def test_what_is_no_jpeg_is_invalid(backend, junk):
    with pytest.raises(Invalid) as invalid:
        backend.look(junk)
    assert invalid.value.code == "photo_unreadable"


def test_the_same_picture_gives_the_same_answer(backend, jpeg):
    one, other = backend.look(jpeg), backend.look(jpeg)
    assert (one.guesses, one.feature, one.is_food) == (other.guesses, other.feature, other.is_food)


def test_eight_threads_may_look_at_once(backend, jpeg):
    with ThreadPoolExecutor(8) as pool:
        sights = list(pool.map(backend.look, [jpeg] * 16))
    assert len({sight.guesses for sight in sights}) == 1


def test_it_lacks_nothing_and_can_prepare(backend, jpeg):
    backend.prepare()
    assert backend.lacks() == ""
    assert backend.look(jpeg)


def test_only_the_embedded_model_gives_a_feature(backend, jpeg):
    feature = backend.look(jpeg).feature
    assert (feature is not None) == (backend.source == "embedded")
    assert feature is None or len(feature) == 2560
