"""Where everybody is: each service of the compose files has an address of its own on loopback, and keeps its port.

So the configuration of `deploy/` is read as it is, with addresses in the place of names. A port that somebody of this
machine holds on every address is given up for a free one.
"""

from __future__ import annotations

import random
import re
import socket
import struct
import threading

from tests.engines import free_port

# Service, the port that others ask it at, and the last number of its address.
SERVICES = {
    "front": (8443, 10),
    "prepare": (8000, 15),
    "api": (8000, 20),
    "events": (8000, 30),
    "worker": (9000, 40),
    "beat": (9000, 50),
    "names": (5353, 53),
    "postgres": (5432, 60),
    "redis": (6379, 61),
    "files": (8333, 62),
    "prometheus": (9090, 70),
    "alertmanager": (9093, 71),
    "blackbox": (9115, 72),
    "node-exporter": (9100, 73),
    "postgres-exporter": (9187, 74),
    "redis-exporter": (9121, 75),
    "letters": (8080, 80),
}
NAMED = re.compile(r"(?<![\w.-])(" + "|".join(sorted(SERVICES, key=len, reverse=True)) + r"):(\d+)\b")


class Places:
    """A network of 127.0.0.0/8 that nobody is in."""

    def __init__(self) -> None:
        chance = random.SystemRandom()
        self.net = f"127.{chance.randint(20, 250)}.{chance.randint(1, 250)}"
        self._ports: dict[tuple[str, int], int] = {}

    def address(self, service: str, number: int = 0) -> str:
        """Tell the address of a service, or of its further processes."""
        return f"{self.net}.{SERVICES[service][1] + number}"

    def port(self, service: str, port: int = 0) -> int:
        """Tell at which port a service listens: its own, unless that is taken."""
        wanted = port or SERVICES[service][0]
        if (service, wanted) not in self._ports:
            self._ports[service, wanted] = wanted if _free(self.address(service), wanted) else free_port()
        return self._ports[service, wanted]

    def at(self, service: str, port: int = 0, number: int = 0) -> str:
        """Tell address and port."""
        return f"{self.address(service, number)}:{self.port(service, port)}"

    def somewhere(self, number: int) -> str:
        """Tell an address that a person comes from."""
        return f"{self.net}.{100 + number % 150}"

    def placed(self, text: str) -> str:
        """Write addresses in the place of `name:port`."""
        return NAMED.sub(lambda found: self.at(found[1], int(found[2])), text)


def _free(address: str, port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
            probe.listen(1)
        except OSError:
            return False
    return True


class Names(threading.Thread):
    """Tells the addresses of a name, all of them, as the network of containers does."""

    def __init__(self, address: str, port: int) -> None:
        super().__init__(name="names", daemon=True)
        self.zone: dict[str, list[str]] = {}
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind((address, port))

    def run(self) -> None:
        """Answer until closed."""
        while True:
            try:
                asked, who = self._socket.recvfrom(512)
                self._socket.sendto(self._answer(asked), who)
            except OSError:
                return

    def _answer(self, asked: bytes) -> bytes:
        name, end = _read_name(asked)
        kind = struct.unpack(">H", asked[end : end + 2])[0]
        found = self.zone.get(name, [])
        records = found if kind == 1 else []
        head = asked[:2] + struct.pack(">HHHHH", 0x8180 if found else 0x8183, 1, len(records), 0, 0)
        told = [struct.pack(">HHHIH", 0xC00C, 1, 1, 1, 4) + socket.inet_aton(address) for address in records]
        return head + asked[12 : end + 4] + b"".join(told)

    def close(self) -> None:
        """Answer no more."""
        self._socket.close()


def _read_name(asked: bytes) -> tuple[str, int]:
    parts, at = [], 12
    while length := asked[at]:
        parts.append(asked[at + 1 : at + 1 + length].decode())
        at += 1 + length
    return ".".join(parts), at + 1
