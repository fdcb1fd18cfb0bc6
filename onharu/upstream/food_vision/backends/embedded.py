"""Looks with a small classifier that comes with the product: no network, no key, no cost.

An honest default and no more: it tells food from other things, hints at a family (soup, bread, pizza …) and says
"I don't know" to most Korean dishes. Figures: docs/performance/vision.md.
"""

from __future__ import annotations

from pathlib import Path
from threading import Lock

import numpy as np
import onnxruntime as ort
from django.conf import settings

from onharu.kernel import clock
from onharu.upstream.food_vision.backends import network, weights
from onharu.upstream.food_vision.backends.confidence import calibrated
from onharu.upstream.food_vision.backends.imagenet_foods import GATE, GATE_CLASSES, NAME, NAMED_FOODS
from onharu.upstream.food_vision.port import Guess, Sight

SIDE = 260
MOST_GUESSES = 3
# Guesses below this are noise even as a hint.
HINT = 0.05


class Backend:
    """EfficientNet-Lite2 over ImageNet, read as a food gate and a family hint."""

    source = "embedded"
    model = "efficientnet-lite2"
    leaves_home = False

    def __init__(self, folder: str | Path = "") -> None:
        self._folder = Path(folder) if folder else Path(settings.ONHARU_DATA) / "models"
        self._lock = Lock()
        self._session: ort.InferenceSession | None = None

    def look(self, photo: bytes) -> Sight:
        """Say whether a JPEG shows food, and name it where the network is sure enough."""
        pixels = network.middle_of(photo, SIDE)
        logits, feature = self._ready().run(["logits", "feature"], {"pixels": pixels[None]})
        shares = network.softmax(logits[0])
        is_food = float(shares[list(GATE_CLASSES)].sum()) >= GATE
        return Sight(
            is_food=is_food,
            understood=is_food and max(float(shares[food.index]) for food in NAMED_FOODS) >= NAME,
            guesses=_guesses(shares) if is_food else (),
            source=self.source,
            model=self.model,
            leaves_home=self.leaves_home,
            as_of=clock.now(),
            feature=feature[0].astype("<f2").tobytes(),
        )

    def lacks(self) -> str:
        """Name the weights when their package is not installed."""
        return "" if weights.packaged_weights() else f"the package {weights.PACKAGE}"

    def prepare(self) -> None:
        """Build the graph if need be, load it, and run it once."""
        self._ready().run(None, {"pixels": np.zeros((1, SIDE, SIDE, 3), np.uint8)})

    def _ready(self) -> ort.InferenceSession:
        with self._lock:
            if self._session is None:
                self._session = network.open_session(weights.graph_in(self._folder))
            return self._session


def _guesses(shares: network.Numbers) -> tuple[Guess, ...]:
    likely = sorted(NAMED_FOODS, key=lambda food: -shares[food.index])[:MOST_GUESSES]
    return tuple(
        Guess(label=food.name, confidence=calibrated(float(shares[food.index])), family=food.family)
        for food in likely
        if shares[food.index] >= HINT
    )
