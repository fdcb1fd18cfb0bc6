"""The door: who answers, and how openly it says so when somebody else had to."""

import subprocess
import sys

import pytest

from onharu.kernel.problems import Invalid
from onharu.upstream import food_vision, registry
from onharu.upstream.food_vision.backends import embedded

FACE = "onharu.upstream.food_vision.backends.hugging_face.Backend"
FILE = "onharu.upstream.food_vision.backends.onnx_file.Backend"


@pytest.fixture(autouse=True)
def _built(models, monkeypatch, settings):
    settings.UPSTREAM = {}
    monkeypatch.setattr(registry, "EMBEDDED", f"{__name__}.{{capability}}_at_home")
    monkeypatch.setitem(globals(), "food_vision_at_home", lambda: embedded.Backend(folder=models))


def choose(settings, backend, **options):
    settings.UPSTREAM = {"food_vision": {"BACKEND": backend, "OPTIONS": options}}
    registry.reset()


def test_without_a_setting_the_embedded_model_answers(jpeg):
    sight = food_vision.look(jpeg, may_leave=True)
    assert (sight.source, sight.leaves_home, sight.fallback_of) == ("embedded", False, "")
    assert food_vision.leaves_home() is False


def test_the_chosen_backend_answers(settings, httpserver, jpeg):
    httpserver.expect_request("/nateraw/food").respond_with_json([{"label": "pizza", "score": 0.9}])
    choose(settings, FACE, token="t", base_url=httpserver.url_for(""))
    sight = food_vision.look(jpeg, may_leave=True)
    assert (sight.source, sight.fallback_of) == ("hugging_face", "")
    assert sight.guesses[0].label == "pizza"


@pytest.mark.parametrize(
    ("status", "reason"), [(401, "unauthorised"), (402, "no_credit"), (404, "not_found"), (503, "status_503")]
)
def test_when_it_fails_the_embedded_model_answers_and_says_so(no_waiting, settings, httpserver, jpeg, status, reason):
    httpserver.expect_request("/nateraw/food").respond_with_data("no", status=status)
    choose(settings, FACE, token="t", base_url=httpserver.url_for(""))
    sight = food_vision.look(jpeg, may_leave=True)
    assert sight.source == "embedded (instead of hugging_face)"
    assert sight.fallback_of == f"hugging_face: {reason}"
    assert sight.leaves_home is False
    assert sight.feature


def test_a_missing_key_or_file_falls_back_too(settings, jpeg, tmp_path):
    choose(settings, FACE)
    assert food_vision.look(jpeg, may_leave=True).fallback_of == "hugging_face: key_missing"
    choose(settings, FILE, path=str(tmp_path / "none.onnx"))
    assert food_vision.look(jpeg, may_leave=True).fallback_of == "onnx_file: model_missing"


def test_a_server_that_is_down_is_left_alone_after_five_failures(no_waiting, settings, httpserver, jpeg):
    httpserver.expect_request("/nateraw/food").respond_with_data("no", status=500)
    choose(settings, FACE, token="t", base_url=httpserver.url_for(""))
    reasons = [food_vision.look(jpeg, may_leave=True).fallback_of for _ in range(4)]
    assert reasons[-1] == "hugging_face: breaker_open"
    assert len(httpserver.log) == 5


def test_a_broken_photograph_is_nobodys_failure(settings):
    choose(settings, FACE, token="t")
    with pytest.raises(Invalid):
        food_vision.look(b"junk", may_leave=True)


def test_a_fault_of_ours_is_not_hidden_by_a_fallback(settings, monkeypatch, jpeg):
    choose(settings, FACE, token="t")
    monkeypatch.setattr(registry.backend_of("food_vision"), "look", lambda _: 1 // 0)
    with pytest.raises(ZeroDivisionError):
        food_vision.look(jpeg, may_leave=True)


def test_the_photograph_leaves_home_only_with_a_cloud_backend(settings):
    choose(settings, FACE, token="t")
    assert food_vision.leaves_home() is True
    choose(settings, FILE, path="/none.onnx")
    assert food_vision.leaves_home() is False


def test_a_photograph_stays_here_until_its_owner_agreed(settings, monkeypatch, jpeg):
    choose(settings, FACE, token="t")
    seen = []
    at_home = food_vision.look(jpeg)
    sights = lambda _, photo: (seen.append(photo), at_home)[1]  # noqa: E731
    monkeypatch.setattr(registry.backend_of("food_vision").__class__, "look", sights)
    assert food_vision.look(jpeg).source == "embedded"
    assert seen == []
    food_vision.look(jpeg, may_leave=True)
    assert seen == [jpeg]


def test_preparing_makes_the_first_look_quick(jpeg):
    food_vision.prepare()
    assert registry.backend_of("food_vision")._session is not None


def test_the_door_says_exactly_what_it_offers():
    assert sorted(food_vision.__all__) == sorted(
        ["SAME_SCENE", "Guess", "Refused", "Sight", "Unavailable", "leaves_home", "look", "most_alike", "prepare"]
    )
    assert all(hasattr(food_vision, name) for name in food_vision.__all__)


def test_opening_the_door_loads_no_model():
    """A server that never looks pays nothing: numpy, the runtime and the wire come with the first use."""
    code = "import sys, onharu.upstream.food_vision; print([m for m in ('numpy', 'onnxruntime', 'httpx') if m in sys.modules])"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "[]"
