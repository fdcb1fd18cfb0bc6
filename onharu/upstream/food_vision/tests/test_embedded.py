"""The default that needs nobody: what it can see, what it admits not to know, and where its graph comes from."""

import hashlib
import pickle
import pickletools
import struct
import subprocess

import numpy as np
import pytest

from onharu.upstream.faults import Refused, Unavailable
from onharu.upstream.food_vision.backends import build_graph, imagenet_foods, weights
from onharu.upstream.food_vision.backends.confidence import calibrated
from onharu.upstream.food_vision.backends.embedded import Backend
from onharu.upstream.food_vision.backends.torch_file import MAGIC, PROTOCOL, UntrustedPickle, read_tensors
from onharu.upstream.food_vision.tests.pictures import photo, plain


@pytest.fixture(scope="module")
def backend(models):
    return Backend(folder=models)


SEEN = [
    ("guacamole.jpg", "guacamole", "avocado"),
    ("mapo-tofu-02.jpg", "hot pot", "stew"),
    ("bread.jpg", "French loaf", "bread"),
    ("carbonara.jpg", "carbonara", "pasta"),
    ("wholemeal-pizza.jpg", "pizza", "pizza"),
    ("italian-mulled-wine.jpg", "red wine", "wine"),
]


@pytest.mark.parametrize(("name", "label", "family"), SEEN)
def test_it_names_what_it_learned(backend, name, label, family):
    sight = backend.look(photo(name))
    assert sight.is_food
    assert sight.understood
    assert (sight.guesses[0].label, sight.guesses[0].family) == (label, family)
    assert sight.guesses[0].confidence >= 0.6


@pytest.mark.parametrize("name", ["lamb-biriyani.jpg", "hoisin-pork-belly.jpg", "korv-stroganoff.jpg", "pho-soup.jpg"])
def test_a_dish_it_never_learned_is_food_without_a_name(backend, name):
    sight = backend.look(photo(name))
    assert sight.is_food
    assert not sight.understood


@pytest.mark.parametrize("name", ["mortar-and-pestle.jpg", "tanzania-tea-with-milk-02.jpg"])
def test_a_thing_that_is_no_food_gets_no_guess(backend, name):
    sight = backend.look(photo(name))
    assert sight.is_food is False
    assert sight.guesses == ()
    assert not sight.understood


def test_a_plain_grey_wall_is_no_food(backend):
    assert backend.look(plain("gray")).is_food is False


def test_words_that_fit_every_table_are_never_said():
    said = {food.name for food in imagenet_foods.NAMED_FOODS}
    assert said.isdisjoint({"dough", "potpie", "cup"})
    assert len(said) == 52


def test_the_vocabulary_has_each_place_and_each_word_once():
    foods = imagenet_foods.FOODS
    assert len({food.index for food in foods}) == len({food.name for food in foods}) == len(foods) == 55
    assert {food.index: food.name for food in foods}[926] == "hot pot"
    assert {food.index: food.name for food in foods}[997] == "bolete"


def test_confidence_grows_with_what_the_network_says_and_stays_a_share():
    steps = [calibrated(share / 100) for share in range(101)]
    assert steps == sorted(steps)
    assert 0 < steps[0] < 0.02
    assert 0.98 < steps[-1] < 1


def test_the_feature_is_1280_finite_numbers(backend, jpeg):
    feature = np.frombuffer(backend.look(jpeg).feature, "<f2")
    assert feature.shape == (1280,)
    assert np.isfinite(feature).all()
    assert feature.any()


def test_the_graph_answers_as_pytorch_does(models):
    """Logits that PyTorch 1.13 gave for these pixels with the same weights, through the published model code."""
    session = Backend(folder=models)._ready()
    ramp = np.arange(260 * 260 * 3, dtype=np.uint32).reshape(1, 260, 260, 3)
    pixels = ((ramp * np.uint32(2654435761)) >> np.uint32(24)).astype(np.uint8)
    logits, feature = session.run(["logits", "feature"], {"pixels": pixels})
    assert np.allclose(logits[0, PYTORCH_PLACES], PYTORCH_LOGITS, atol=1e-4)
    assert np.allclose(feature[0, :4], PYTORCH_FEATURE, atol=1e-4)


PYTORCH_PLACES = [0, 118, 500, 926, 963, 999]
PYTORCH_LOGITS = [-2.48069, -1.38126, -1.4827, -1.3412, -1.25901, 2.33392]
PYTORCH_FEATURE = [0.0, 0.0, 0.28587, 0.20857]


def test_the_graph_is_built_once_and_found_again(models, monkeypatch):
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: pytest.fail("built again"))
    assert weights.graph_in(models).is_file()


@pytest.mark.parametrize("damage", ["cut", "changed", "no digest"])
def test_a_damaged_graph_is_built_again(models, tmp_path, damage):
    graph = tmp_path / weights.GRAPH_NAME
    whole = (models / weights.GRAPH_NAME).read_bytes()
    graph.write_bytes({"cut": whole[:-9], "changed": whole[:-1] + b"\0", "no digest": whole}[damage])
    if damage != "no digest":
        graph.with_suffix(".sha256").write_text(hashlib.sha256(whole).hexdigest())
    assert weights.graph_in(tmp_path).read_bytes() == whole
    assert sorted(path.name for path in tmp_path.iterdir()) == [graph.name, graph.with_suffix(".sha256").name]


def test_changed_weights_are_refused(tmp_path, monkeypatch):
    other = tmp_path / "other.pth"
    other.write_bytes(weights.packaged_weights().read_bytes()[:-1] + b"\0")
    monkeypatch.setattr(weights, "packaged_weights", lambda: other)
    with pytest.raises(Refused) as refused:
        weights.graph_in(tmp_path)
    assert refused.value.reason == "weights_changed"


def test_missing_weights_are_refused_and_lacking(tmp_path, monkeypatch):
    monkeypatch.setattr(weights, "PACKAGE", "no-such-package")
    backend = Backend(folder=tmp_path)
    assert "no-such-package" in backend.lacks()
    with pytest.raises(Refused):
        backend.prepare()


def test_a_folder_that_cannot_be_written_is_unavailable(tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    with pytest.raises(Unavailable) as fault:
        weights.graph_in(blocked / "models")
    assert fault.value.reason == "graph_not_built"


def test_a_write_that_fails_leaves_the_old_file_and_no_litter(tmp_path, monkeypatch):
    target = tmp_path / "graph.onnx"
    build_graph.write_whole(target, b"old")
    monkeypatch.setattr(build_graph.os, "fsync", lambda _: (_ for _ in ()).throw(OSError("disk full")))
    with pytest.raises(OSError, match="disk full"):
        build_graph.write_whole(target, b"new")
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


# --- the checkpoint reader ---------------------------------------------------------------------------------


def checkpoint(state: bytes, keys: list[str], storages: bytes) -> bytes:
    return (
        pickle.dumps(MAGIC, 2)
        + pickle.dumps(PROTOCOL, 2)
        + pickle.dumps({}, 2)
        + state
        + pickle.dumps(keys, 2)
        + storages
    )


def tensor_state(offset: int, shape: tuple[int, ...], strides: tuple[int, ...]) -> bytes:
    """Write `{"w": tensor}` as PyTorch would, by hand."""
    storage = b"(X\x07\x00\x00\x00storagectorch\nFloatStorage\nX\x01\x00\x00\x00kX\x03\x00\x00\x00cpuK\x06NtQ"
    numbers = b"".join(b"(" + b"".join(b"J" + struct.pack("<i", n) for n in row) + b"t" for row in (shape, strides))
    rebuild = b"ctorch._utils\n_rebuild_tensor_v2\n(" + storage + b"J" + struct.pack("<i", offset) + numbers
    state = b"\x80\x02}X\x01\x00\x00\x00w" + rebuild + b"\x89ccollections\nOrderedDict\n)RtRs."
    assert list(pickletools.genops(state))
    return state


SIX = struct.pack("<q6f", 6, *range(6))


def test_tensors_are_read_in_their_shape():
    tensors = read_tensors(checkpoint(tensor_state(0, (2, 3), (3, 1)), ["k"], SIX))
    assert tensors["w"].tolist() == [[0, 1, 2], [3, 4, 5]]


def test_a_transposed_tensor_is_turned():
    tensors = read_tensors(checkpoint(tensor_state(0, (3, 2), (1, 3)), ["k"], SIX))
    assert tensors["w"].tolist() == [[0, 3], [1, 4], [2, 5]]


@pytest.mark.parametrize(
    "state",
    [
        tensor_state(1, (2, 3), (3, 1)),
        tensor_state(-1, (2, 3), (3, 1)),
        tensor_state(0, (2, 3), (30, 1)),
        tensor_state(5, (2,), (-1,)),
        tensor_state(0, (2, 3), (3,)),
    ],
)
def test_a_tensor_that_reaches_outside_its_storage_is_refused(state):
    with pytest.raises(UntrustedPickle):
        read_tensors(checkpoint(state, ["k"], SIX))


class Evil:
    def __reduce__(self):
        return (print, ("the pickle ran",))


def test_a_pickle_that_wants_to_call_something_is_refused_and_does_not_run(capsys):
    with pytest.raises(UntrustedPickle, match="not part of a weights file"):
        read_tensors(checkpoint(pickle.dumps({"w": Evil()}, 2), [], b""))
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    "name", ["os\nsystem", "builtins\neval", "torch\nload", "torch._utils\n_rebuild", "numpy\nload"]
)
def test_no_other_name_is_known(name):
    state = b"\x80\x02c" + name.encode() + b"\n."
    with pytest.raises(UntrustedPickle):
        read_tensors(checkpoint(state, [], b""))


@pytest.mark.parametrize("junk", [b"", b"junk", b"PK\x03\x04zip", pickle.dumps(7, 2), pickle.dumps(MAGIC, 2)])
def test_another_kind_of_file_is_refused(junk):
    with pytest.raises(UntrustedPickle):
        read_tensors(junk)


@pytest.mark.parametrize("cut", [1, 8, 30, 200])
def test_a_cut_file_is_refused(cut):
    with pytest.raises(UntrustedPickle):
        read_tensors(checkpoint(tensor_state(0, (2, 3), (3, 1)), ["k"], SIX)[:-cut])
