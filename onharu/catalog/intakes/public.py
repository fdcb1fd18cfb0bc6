"""The door of the reference intakes."""

from onharu.catalog.intakes.rules import AT_LEAST, AT_MOST, WITHIN, Body, Target, eer, resting_energy, targets

__all__ = ["AT_LEAST", "AT_MOST", "WITHIN", "Body", "Target", "eer", "resting_energy", "targets"]
