"""From what the network says of itself to the share of such guesses that are right."""

from __future__ import annotations

import math

# Fitted by `python -m bench.vision` on 142 labelled photographs; see docs/performance/vision.md.
SLOPE = 0.85
OFFSET = 0.47


def calibrated(share: float) -> float:
    """Return how often a guess with this share of the probability names the right family, 0 to 1."""
    held = min(max(share, 0.001), 0.999)  # a handful of pictures cannot tell impossible from rare
    odds = SLOPE * math.log(held / (1 - held)) + OFFSET
    return round(1 / (1 + math.exp(-odds)), 3)
