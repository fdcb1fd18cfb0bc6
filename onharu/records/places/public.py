"""The door of the places room: values and ids, never models."""

from onharu.records.places.belongings import BELONGINGS

__all__ = ["BELONGINGS"]
