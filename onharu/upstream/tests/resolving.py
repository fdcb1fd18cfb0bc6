"""A resolver of our own: names that lie, and spellings of numbers as the system reads them. Nobody outside is asked."""

from __future__ import annotations

import socket
from collections.abc import Iterator

PUBLIC = "93.184.215.14"
NAMES: dict[str, list[str]] = {
    "localhost": ["127.0.0.1"],
    "localhost.": ["127.0.0.1"],
    "a.localhost": ["127.0.0.1"],
    "localhost.localdomain": ["127.0.0.1"],
    "ip6-localhost": ["::1"],
    "127.0.0.1.nip.example": ["127.0.0.1"],
    "loopback6.example": ["::1"],
    "mapped.example": ["::ffff:127.0.0.1"],
    "zoned.example": ["fe80::1%lo"],
    "metadata.google.internal": ["169.254.169.254"],
    "router.example": ["192.168.0.1"],
    "carrier.example": ["100.64.0.1"],
    "two-faced.example": [PUBLIC, "127.0.0.1"],
    "two-faced-6.example": ["2606:4700::1111", "::1"],
    "first-private.example": ["127.0.0.1", PUBLIC],
    "xn--oi2b43d7wmla.example": ["127.0.0.1"],
    "public.example": [PUBLIC],
}


def resolve(host: str, port: int) -> list[str]:
    """Answer as a hostile name server would; numbers in any spelling go to the system, which needs nobody for them."""
    if host in NAMES:
        return NAMES[host]
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_NUMERICHOST)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


class Rebinding:
    """A name server that answers each question from the next list of addresses, and the last one for ever."""

    def __init__(self, *answers: list[str]) -> None:
        self.asked: list[str] = []
        self._answers = list(answers)

    def __call__(self, host: str, port: int) -> list[str]:
        self.asked.append(host)
        return self._answers[min(len(self.asked), len(self._answers)) - 1]


class Canary:
    """A server on loopback that nobody may reach, and a note of every address that a connection was begun to."""

    def __init__(self) -> None:
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.listener.settimeout(0.05)
        self.port = self.listener.getsockname()[1]
        self.begun: list[str] = []

    def connections(self) -> int:
        """Count who came."""
        return sum(1 for _ in self._came())

    def _came(self) -> Iterator[socket.socket]:
        while True:
            try:
                connection, _ = self.listener.accept()
            except TimeoutError:
                return
            connection.close()
            yield connection

    def refuse(self, address: tuple[str, int], *_: object, **__: object) -> socket.socket:
        """Stand in for `socket.create_connection`: note where to, and let no byte out of this machine."""
        self.begun.append(address[0])
        raise ConnectionRefusedError
