"""A model that the operator brought: its labels, its scaling, its faults."""

import json

import pytest

from onharu.upstream.faults import Refused
from onharu.upstream.food_vision.backends.onnx_file import Backend
from onharu.upstream.food_vision.tests.conftest import LABELS, tiny_model
from onharu.upstream.food_vision.tests.pictures import plain


def top(backend, colour):
    return backend.look(plain(colour)).guesses[0].label


@pytest.mark.parametrize(("colour", "label"), list(zip(["#f00", "#0f0", "#00f"], LABELS, strict=True)))
def test_it_sees_what_the_model_sees(own_model, colour, label):
    assert top(Backend(path=str(own_model)), colour) == label


def test_a_korean_label_is_its_own_korean_name(own_model):
    red, green = (Backend(path=str(own_model)).look(plain(colour)).guesses[0] for colour in ("#f00", "#0f0"))
    assert (red.label_ko, green.label_ko) == ("김치찌개", "")


@pytest.mark.parametrize("shape", [{"channels_last": True}, {"side": "h"}, {"probabilities": True}])
def test_other_layouts_are_understood(tmp_path, shape):
    path = tiny_model(tmp_path / "m.onnx", **shape)
    path.with_suffix(".labels.txt").write_text("\n".join(LABELS), "utf-8-sig")
    sight = Backend(path=str(path)).look(plain("#00f"))
    assert sight.guesses[0].label == LABELS[2]
    assert sight.understood
    assert sight.model == "m"


def test_labels_may_be_named_in_the_settings(tmp_path):
    path = tiny_model(tmp_path / "m.onnx")
    names = tmp_path / "names.txt"
    names.write_text("a\nb\nc\n\n", "utf-8")
    assert top(Backend(path=str(path), labels=str(names)), "#0f0") == "b"


def test_labels_may_come_with_an_export(tmp_path):
    path = tiny_model(tmp_path / "m.onnx")
    (tmp_path / "config.json").write_text(json.dumps({"id2label": {"2": "c", "0": "a", "1": "b"}}), "utf-8")
    assert top(Backend(path=str(path)), "#00f") == "c"


def test_an_exports_scaling_is_followed(own_model):
    usual = Backend(path=str(own_model)).look(plain("#800")).guesses[0].confidence
    config = own_model.with_name("preprocessor_config.json")
    config.write_text(json.dumps({"image_mean": [0.5] * 3, "image_std": [50.0] * 3}), "utf-8")
    flat = Backend(path=str(own_model)).look(plain("#800")).guesses[0].confidence
    assert flat < 0.5 < usual


@pytest.mark.parametrize("missing", ["model", "labels"])
def test_a_missing_file_is_lacking_and_refused(tmp_path, jpeg, missing):
    path = tmp_path / "m.onnx"
    if missing == "labels":
        tiny_model(path)
    backend = Backend(path=str(path))
    assert "m.onnx" in backend.lacks()
    with pytest.raises(Refused) as refused:
        backend.look(jpeg)
    assert refused.value.reason == "model_missing"


def test_a_file_that_is_no_model_is_refused(own_model, jpeg):
    own_model.write_bytes(b"not a model")
    with pytest.raises(Refused) as refused:
        Backend(path=str(own_model)).look(jpeg)
    assert refused.value.reason == "model_unreadable"


def test_labels_that_do_not_fit_the_model_are_refused(own_model, jpeg):
    own_model.with_suffix(".labels.txt").write_text("only\ntwo", "utf-8")
    with pytest.raises(Refused) as refused:
        Backend(path=str(own_model)).look(jpeg)
    assert refused.value.reason == "labels_unfit"


def test_a_config_that_is_no_json_is_refused(own_model, jpeg):
    own_model.with_name("preprocessor_config.json").write_text("{", "utf-8")
    with pytest.raises(Refused) as refused:
        Backend(path=str(own_model)).look(jpeg)
    assert refused.value.reason == "model_unreadable"
