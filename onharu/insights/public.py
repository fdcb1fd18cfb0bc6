"""The door of the insights: what they keep of a person."""

from onharu.insights.belongings import BELONGINGS

__all__ = ["BELONGINGS"]
