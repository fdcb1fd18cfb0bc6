"""Looks with an ONNX classifier that the operator brought: nothing leaves the house.

Beside `model.onnx` lie its labels, one a line in the order of the outputs: the file named in the options, else
`model.labels.txt`, else `id2label` of a `config.json` as exporters write it. A `preprocessor_config.json` there is
followed (mean, standard deviation); without one ImageNet's are taken.
"""

from __future__ import annotations

import json
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np
import structlog

from onharu.kernel import clock
from onharu.upstream.faults import Refused
from onharu.upstream.food_vision.backends import network
from onharu.upstream.food_vision.backends.labelled import guesses_of, is_understood
from onharu.upstream.food_vision.port import Sight

USUAL_SIDE = 224
IMAGENET_MEAN = (0.485, 0.456, 0.406)
IMAGENET_STD = (0.229, 0.224, 0.225)
CHANNELS = 3
UNREADABLE: tuple[type[Exception], ...] = (*network.RUNTIME_FAULTS, ValueError, OSError, LookupError)

log = structlog.get_logger(__name__)


class Backend:
    """One model file: input (n, 3, h, w) or (n, h, w, 3), floats or bytes; first output scores or shares."""

    source = "onnx_file"
    leaves_home = False

    def __init__(self, path: str, labels: str = "") -> None:
        self._path = Path(path)
        self._labels_path = labels
        self.model = self._path.stem
        self._lock = Lock()
        self._loaded: _Model | None = None

    def look(self, photo: bytes) -> Sight:
        """Say what the model sees in the middle of a JPEG."""
        model = self._ready()
        guesses = guesses_of(zip(model.labels, model.shares_of(photo), strict=True))
        return Sight(
            is_food=None,
            understood=is_understood(guesses),
            guesses=guesses,
            source=self.source,
            model=self.model,
            leaves_home=self.leaves_home,
            as_of=clock.now(),
        )

    def lacks(self) -> str:
        """Name the file that is not there."""
        if not self._path.is_file():
            return f"the model file {self._path.name}"
        return "" if _labels_file(self._path, self._labels_path) else f"labels beside {self._path.name}"

    def prepare(self) -> None:
        """Load the model."""
        self._ready()

    def _ready(self) -> _Model:
        with self._lock:
            if self._loaded is None:
                if self.lacks():
                    raise Refused(self.source, "model_missing")
                self._loaded = _Model(self._path, self._labels_path)
            return self._loaded


class _Model:
    """A loaded file with its labels and the scaling it was trained with."""

    def __init__(self, path: Path, labels: str) -> None:
        try:
            self._session = network.open_session(path)
            self._input = self._session.get_inputs()[0]
            self._channels_last = self._input.shape[-1] == CHANNELS
            self._side = _side(self._input.shape, channels_last=self._channels_last)
            self.labels = _labels(_labels_file(path, labels))
            self._mean, self._std = _scaling(path.with_name("preprocessor_config.json"))
        except UNREADABLE as fault:
            log.warning("food_vision_model_unreadable", model=path.name, fault=type(fault).__name__)
            raise Refused("onnx_file", "model_unreadable") from fault

    def shares_of(self, photo: bytes) -> list[float]:
        """Return one share for each label; raises Refused when the labels do not fit the outputs."""
        pixels = network.middle_of(photo, self._side)
        feed: Any = pixels if "uint8" in self._input.type else self._scaled(pixels)
        if not self._channels_last:
            feed = feed.transpose(2, 0, 1)
        try:
            scores = np.asarray(self._session.run(None, {self._input.name: feed[None]})[0], np.float32).reshape(-1)
        except network.RUNTIME_FAULTS as fault:
            raise Refused("onnx_file", "model_unfit") from fault
        if len(scores) != len(self.labels):
            raise Refused("onnx_file", "labels_unfit")
        are_shares = bool((scores >= 0).all()) and abs(float(scores.sum()) - 1) < 0.01
        shares: list[float] = (scores if are_shares else network.softmax(scores)).tolist()
        return shares

    def _scaled(self, pixels: network.Pixels) -> Any:
        kind = np.float16 if "float16" in self._input.type else np.float32
        return ((pixels.astype(np.float32) / 255 - self._mean) / self._std).astype(kind)


def _side(shape: list[Any], *, channels_last: bool) -> int:
    side = shape[1] if channels_last else shape[2]
    return side if isinstance(side, int) and side > 0 else USUAL_SIDE


def _labels_file(model: Path, said: str) -> Path | None:
    beside = [model.with_suffix(".labels.txt"), model.with_name("config.json")]
    return next((path for path in ([Path(said)] if said else beside) if path.is_file()), None)


def _labels(path: Path | None) -> list[str]:
    if path is None:
        raise LookupError("labels")
    text = path.read_text("utf-8-sig")
    if path.suffix == ".json":
        named: dict[str, str] = json.loads(text)["id2label"]
        return [named[key] for key in sorted(named, key=int)]
    return [line.strip() for line in text.splitlines() if line.strip()]


def _scaling(path: Path) -> tuple[network.Numbers, network.Numbers]:
    said: dict[str, Any] = json.loads(path.read_text("utf-8")) if path.is_file() else {}
    mean = np.asarray(said.get("image_mean", IMAGENET_MEAN), np.float32)
    std = np.asarray(said.get("image_std", IMAGENET_STD), np.float32)
    return mean, std
