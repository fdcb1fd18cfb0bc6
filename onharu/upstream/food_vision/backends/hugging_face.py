"""Asks an image classifier at Hugging Face, or at any server of the same contract. The photograph leaves the house."""

from __future__ import annotations

import io
from ipaddress import ip_address
from urllib.parse import urlsplit

from PIL import Image

from onharu.kernel import clock, images
from onharu.upstream.faults import Refused
from onharu.upstream.food_vision.backends.labelled import guesses_of, is_understood
from onharu.upstream.food_vision.port import Sight
from onharu.upstream.http import Http, Limits
from onharu.upstream.vendors import hugging_face

MODEL = "nateraw/food"
# Classifiers look at about 300 pixels; servers refuse big bodies (413), and less leaves the house.
LONGEST_SIDE = 768
LIMITS = Limits(deadline=25.0, connect=3.0, max_bytes=200_000, attempts=3)


class Backend:
    """One model at one address; `nateraw/food` knows the 101 dishes of Food-101, one of them Korean."""

    source = "hugging_face"

    def __init__(
        self,
        token: str = "",
        model: str = MODEL,
        base_url: str = "",
        limits: Limits = LIMITS,
    ) -> None:
        self.model = model or MODEL
        self._base_url = base_url or hugging_face.BASE_URL
        self._token = token
        self._http = Http(self.source, homes=[base_url] if base_url else [], limits=limits)
        self.leaves_home = not _is_this_machine(self._base_url)

    def look(self, photo: bytes) -> Sight:
        """Send a small copy and return what the model says of it."""
        if self.lacks():
            raise Refused(self.source, "key_missing")
        labels = hugging_face.classify(
            self._http, base_url=self._base_url, model=self.model, token=self._token, jpeg=_smaller(photo)
        )
        guesses = guesses_of(labels)
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
        """Name the token, which only Hugging Face itself asks for."""
        return "" if self._token or self._base_url != hugging_face.BASE_URL else "HF_TOKEN"

    def prepare(self) -> None:
        """Nothing can be done ahead."""


def _smaller(photo: bytes) -> bytes:
    """Return a copy of at most 768 pixels a side, drawn anew; raises Invalid when it is no JPEG."""
    try:
        image = Image.open(io.BytesIO(photo), formats=("JPEG",))
        image.thumbnail((LONGEST_SIDE, LONGEST_SIDE), reducing_gap=1.0)
        rgb = image.convert("RGB")
    except images.UNREADABLE as fault:
        raise images.unreadable() from fault
    rgb.info = {}
    out = io.BytesIO()
    rgb.save(out, "JPEG", quality=images.QUALITY)
    return out.getvalue()


def _is_this_machine(url: str) -> bool:
    host = urlsplit(url).hostname or ""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
