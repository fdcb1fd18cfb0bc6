"""Turns the packaged EfficientNet-Lite2 weights into an ONNX graph: `python -m … SOURCE.pth TARGET.onnx`.

A program of its own, because the `onnx` package and the weights cost 100 MB of memory that the server should not keep.
The architecture is Tan & Le's EfficientNet without squeeze-and-excitation, ReLU6 everywhere, stem and head unscaled.
"""

import hashlib
import os
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
from onnx import TensorProto, helper, numpy_helper

from onharu.upstream.food_vision.backends.torch_file import read_tensors

SIDE = 260
CLASSES = 1000
FEATURES = 1280
BATCH_NORM_EPSILON = 1e-3
BLOCKS = 21
BLOCKS_THAT_HALVE = frozenset({1, 4, 7, 15})
# Fixed, so that one set of weights gives one graph whatever version of the onnx package writes it.
OPSET = 17
IR_VERSION = 8

Tensors = Mapping[str, npt.NDArray[Any]]


class GraphBuilder:
    """Collects the nodes and weights of one graph; every method adds a step and names its output."""

    def __init__(self, tensors: Tensors) -> None:
        self._tensors = tensors
        self._nodes: list[onnx.NodeProto] = []
        self._weights: list[onnx.TensorProto] = []

    def model(self) -> onnx.ModelProto:
        """Lay out the whole network: RGB bytes in, logits and the feature before the head out."""
        x = self._relu6(self._conv(self._pixels(), "_conv_stem", "_bn0", stride=2))
        for index in range(BLOCKS):
            x = self._block(x, index)
        x = self._relu6(self._conv(x, "_conv_head", "_bn1"))
        self._add("ReduceMean", [x], "feature", axes=[2, 3], keepdims=0)
        head = [self._keep(name, self._tensors[name]) for name in ("_fc.weight", "_fc.bias")]
        self._add("Gemm", ["feature", *head], "logits", transB=1)
        return self._wrapped()

    def _pixels(self) -> str:
        """Take bytes as a decoder gives them (N, H, W, 3) and scale as the weights were trained: (x - 127) / 128."""
        self._add("Cast", ["pixels"], "pixels_f", to=TensorProto.FLOAT)
        middle, width = self._keep("middle", np.float32(127)), self._keep("width", np.float32(128))
        self._add("Sub", ["pixels_f", middle], "pixels_0")
        self._add("Div", ["pixels_0", width], "pixels_1")
        return self._add("Transpose", ["pixels_1"], "pixels_nchw", perm=[0, 3, 1, 2])

    def _block(self, x: str, index: int) -> str:
        """Add one inverted bottleneck: expand, filter each channel by itself, project, and add the input back."""
        name = f"_blocks.{index}"
        y = x
        if f"{name}._expand_conv.weight" in self._tensors:
            y = self._relu6(self._conv(y, f"{name}._expand_conv", f"{name}._bn0"))
        stride = 2 if index in BLOCKS_THAT_HALVE else 1
        y = self._relu6(self._conv(y, f"{name}._depthwise_conv", f"{name}._bn1", stride=stride))
        y = self._conv(y, f"{name}._project_conv", f"{name}._bn2")
        if stride == 1 and self._channels_stay(name):
            return self._add("Add", [x, y], f"{name}.sum")
        return y

    def _channels_stay(self, name: str) -> bool:
        first = self._tensors.get(f"{name}._expand_conv.weight", self._tensors[f"{name}._depthwise_conv.weight"])
        entering = first.shape[1] if f"{name}._expand_conv.weight" in self._tensors else first.shape[0]
        return bool(entering == self._tensors[f"{name}._project_conv.weight"].shape[0])

    def _conv(self, x: str, conv: str, norm: str, stride: int = 1) -> str:
        """Add a convolution with its batch normalisation folded into weight and bias."""
        weight = self._tensors[f"{conv}.weight"].astype(np.float64)
        gamma, beta, mean, variance = (
            self._tensors[f"{norm}.{part}"].astype(np.float64)
            for part in ("weight", "bias", "running_mean", "running_var")
        )
        scale = gamma / np.sqrt(variance + BATCH_NORM_EPSILON)
        folded = (weight * scale[:, None, None, None]).astype(np.float32)
        bias = (beta - mean * scale).astype(np.float32)
        inputs = [x, self._keep(f"{conv}.weight", folded), self._keep(f"{conv}.bias", bias)]
        groups = weight.shape[0] if conv.endswith("_depthwise_conv") else 1
        return self._add("Conv", inputs, conv, strides=[stride, stride], group=groups, auto_pad="SAME_UPPER")

    def _relu6(self, x: str) -> str:
        zero, six = self._keep("zero", np.float32(0)), self._keep("six", np.float32(6))
        return self._add("Clip", [x, zero, six], f"{x}.relu6")

    def _keep(self, name: str, value: npt.NDArray[Any] | np.float32) -> str:
        if all(weight.name != name for weight in self._weights):
            self._weights.append(numpy_helper.from_array(np.asarray(value), name))
        return name

    def _add(self, kind: str, inputs: list[str], output: str, **attributes: Any) -> str:
        self._nodes.append(helper.make_node(kind, inputs, [output], name=output, **attributes))
        return output

    def _wrapped(self) -> onnx.ModelProto:
        pixels = helper.make_tensor_value_info("pixels", TensorProto.UINT8, ["n", SIDE, SIDE, 3])
        logits = helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["n", CLASSES])
        feature = helper.make_tensor_value_info("feature", TensorProto.FLOAT, ["n", FEATURES])
        graph = helper.make_graph(self._nodes, "efficientnet-lite2", [pixels], [logits, feature], self._weights)
        return helper.make_model(
            graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=IR_VERSION, producer_name="onharu"
        )


def build(source: Path, target: Path) -> str:
    """Write the graph of `source` to `target` in one move and return its sha256, kept beside it as `.sha256`."""
    model = GraphBuilder(read_tensors(source.read_bytes())).model()
    onnx.checker.check_model(model)
    graph = model.SerializeToString(deterministic=True)
    digest = hashlib.sha256(graph).hexdigest()
    target.parent.mkdir(parents=True, exist_ok=True)
    write_whole(target, graph)
    write_whole(target.with_suffix(".sha256"), digest.encode("ascii"))
    return digest


def write_whole(target: Path, content: bytes) -> None:
    """Put a file in place so that a reader sees all of it or none."""
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


if __name__ == "__main__":
    build(Path(sys.argv[1]), Path(sys.argv[2]))
