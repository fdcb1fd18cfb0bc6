"""One built graph for all tests of this room, and a tiny model of one's own."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper

from onharu.upstream.food_vision.backends import weights

LABELS = ("김치찌개", "fried rice", "pizza")


@pytest.fixture(scope="session")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the embedded graph, built once."""
    folder = tmp_path_factory.mktemp("models")
    weights.graph_in(folder)
    return folder


def tiny_model(path: Path, *, channels_last: bool = False, side: int | str = 32, probabilities: bool = False) -> Path:
    """Write a classifier that says how red, green and blue a picture is."""
    shape: list[int | str] = ["n", side, side, 3] if channels_last else ["n", 3, side, side]
    axes = [1, 2] if channels_last else [2, 3]
    nodes = [
        helper.make_node("ReduceMean", ["pixels"], ["means"], axes=axes, keepdims=0),
        helper.make_node("Mul", ["means", "ten"], ["scores"]),
    ]
    last = "scores"
    if probabilities:
        nodes.append(helper.make_node("Softmax", ["scores"], ["shares"], axis=1))
        last = "shares"
    graph = helper.make_graph(
        nodes,
        "tiny",
        [helper.make_tensor_value_info("pixels", TensorProto.FLOAT, shape)],
        [helper.make_tensor_value_info(last, TensorProto.FLOAT, ["n", 3])],
        [numpy_helper.from_array(np.float32(10), "ten")],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    onnx.save(model, path)
    return path


@pytest.fixture
def own_model(tmp_path: Path) -> Path:
    """A model file with its labels beside it."""
    path = tiny_model(tmp_path / "colours.onnx")
    path.with_suffix(".labels.txt").write_text("\n".join(LABELS), "utf-8")
    return path
