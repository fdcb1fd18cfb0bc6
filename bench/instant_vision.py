"""A recogniser that answers at once."""

from __future__ import annotations

from onharu.kernel import clock
from onharu.upstream.food_vision import Guess, Sight


class Backend:
    """Sees kimchi stew in everything, in no time."""

    source = "bench"
    model = "instant"
    leaves_home = False

    def look(self, photo: bytes) -> Sight:
        """Answer without looking."""
        guess = Guess(label="kimchi stew", confidence=0.9, label_ko="김치찌개")
        return Sight(True, True, (guess,), self.source, self.model, self.leaves_home, clock.now())

    def lacks(self) -> str:
        """Nothing."""
        return ""

    def prepare(self) -> None:
        """Nothing."""
