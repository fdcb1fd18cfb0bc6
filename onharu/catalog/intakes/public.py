"""The door of the reference intakes."""

from onharu.catalog.intakes.rules import (
    ADULT_FROM,
    AT_LEAST,
    AT_MOST,
    WITHIN,
    Body,
    Target,
    eer,
    resting_energy,
    shares,
    targets,
)

__all__ = [
    "ADULT_FROM",
    "AT_LEAST",
    "AT_MOST",
    "WITHIN",
    "Body",
    "Target",
    "eer",
    "resting_energy",
    "shares",
    "targets",
]
