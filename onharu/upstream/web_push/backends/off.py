"""Nothing is sent: for a house that wants no word to leave it."""

from __future__ import annotations

from onharu.upstream.faults import Refused
from onharu.upstream.web_push.port import Gone, Message, Sent, Subscription


class Backend:
    """Offers no messages to browsers."""

    source = "off"
    leaves_home = False
    offered = False
    homes: tuple[str, ...] = ()

    def send(self, subscription: Subscription, message: Message) -> Sent | Gone:
        """Raise Refused: the operator switched messages off."""
        raise Refused(self.source, "off")

    def public_key(self) -> str:
        """There is none."""
        return ""

    def lacks(self) -> str:
        """Nothing is needed."""
        return ""
