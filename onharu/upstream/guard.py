"""Which addresses may be connected to, and until when: the socket itself refuses, so nothing can slip past.

Names are resolved here, once, every address is judged, and the connection goes to an address that was judged: a
name that answers differently a moment later (DNS rebinding) gains nothing. What the operator wrote into the
settings may live on this machine or in this house's network, because people run their own model servers there;
every other address must be public. Where clouds keep their machines' keys nobody may go, the operator's own names
included: link-local addresses, and the few that are not.
Every read and write is held to the deadline of the call, so a server that drips bytes cannot stretch it.
"""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as FutureTimeout
from contextvars import ContextVar
from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Any

import httpcore

from onharu.kernel import clock

Address = IPv4Address | IPv6Address
Origin = tuple[str, int]
Resolve = Callable[[str, int], list[str]]

# The instant, on the monotonic clock, at which the call being made by this thread must be over.
deadline: ContextVar[float] = ContextVar("upstream_deadline")

# Where clouds tell their machines keys and secrets, outside the link-local range: Azure, Alibaba, Oracle, AWS, Google.
KEYS_OF_CLOUDS = tuple(
    map(
        ip_network,
        (
            "168.63.129.16/32",
            "100.100.100.200/32",
            "192.0.0.192/32",
            "fd00:ec2::/32",
            "fd00:c1::a9fe:a9fe/128",
            "fd20:ce::/64",
        ),
    )
)
# Special ranges that `ipaddress` calls public, at least in some versions of Python (RFC 6890, 7526, 8215, 9602, 9637).
NOT_PUBLIC = tuple(
    map(
        ip_network,
        (
            "192.0.0.0/24",
            "192.88.99.0/24",
            "64:ff9b:1::/48",
            "100::/64",
            "2001::/23",
            "3fff::/20",
            "5f00::/16",
            "fec0::/10",
        ),
    )
)
NAT64 = bytes.fromhex("0064ff9b0000000000000000")
ISATAP = frozenset({bytes.fromhex("00005efe"), bytes.fromhex("02005efe")})


class AddressRefused(Exception):
    """The name leads to an address that must not be connected to."""


def resolved(host: str, port: int) -> list[str]:
    """Ask the system for the addresses of a name."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def is_allowed(address: Address, *, at_home: bool) -> bool:
    """Say whether an address may be connected to; `at_home` is for what the operator configured."""
    inner = _inner(address)
    if inner.is_loopback:
        return at_home
    if inner.is_link_local or inner.is_multicast or inner.is_unspecified or inner.is_reserved:
        return False
    if _is_within(inner, KEYS_OF_CLOUDS):
        return False
    return at_home or (inner.is_global and not _is_within(inner, NOT_PUBLIC))


def _is_within(address: Address, ranges: Iterable[IPv4Network | IPv6Network]) -> bool:
    return any(address in one for one in ranges)


def _inner(address: Address) -> Address:
    """Unwrap an IPv4 address that travels inside an IPv6 one (mapped, 6to4, Teredo, NAT64, ISATAP)."""
    if isinstance(address, IPv4Address):
        return address
    if wrapped := address.ipv4_mapped or address.sixtofour:
        return wrapped
    if address.teredo:
        return address.teredo[1]
    if address.packed[:12] == NAT64 or address.packed[8:12] in ISATAP:
        return IPv4Address(address.packed[12:])
    return address


@lru_cache
def _resolvers(name: str) -> ThreadPoolExecutor:
    """Wait for the system's resolver, which cannot be interrupted, in other threads: four for everybody of a name.

    A stranger's name server that never answers holds up strangers' names alone.
    """
    return ThreadPoolExecutor(max_workers=4, thread_name_prefix=f"resolve-{name}")


def seconds_left() -> float:
    """Return the time left for this call, at least a hair; raises httpcore.ReadTimeout when there is none."""
    left = deadline.get() - clock.monotonic()
    if left <= 0:
        raise httpcore.ReadTimeout("deadline")
    return left


class _DeadlineStream(httpcore.NetworkStream):
    """A socket whose every wait ends with the call's deadline."""

    def __init__(self, stream: httpcore.NetworkStream) -> None:
        self._stream = stream

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, _sooner(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, _sooner(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        return _DeadlineStream(self._stream.start_tls(ssl_context, server_hostname, _sooner(timeout)))

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def _sooner(timeout: float | None) -> float:
    left = seconds_left()
    return left if timeout is None else min(timeout, left)


class GuardedNetwork(httpcore.NetworkBackend):
    """Opens connections only to allowed addresses. `homes` are the origins that the operator configured.

    `name` is whose names are looked up, so that the slow ones of one do not hold up another's.
    """

    def __init__(self, homes: Iterable[Origin], resolve: Resolve = resolved, name: str = "") -> None:
        self._homes = frozenset(homes)
        self._name = name
        self._resolve = resolve
        self._network = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to the first address of `host` that answers; refuse when any of its addresses is not allowed."""
        fault: httpcore.ConnectError | httpcore.ConnectTimeout | None = None
        for address in self._addresses(host, port):
            try:
                stream = self._network.connect_tcp(address, port, _sooner(timeout), local_address, socket_options)
                return _DeadlineStream(stream)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as one:
                fault = one
        raise fault or httpcore.ConnectError("the name has no address")

    def _addresses(self, host: str, port: int) -> list[str]:
        try:
            found = _resolvers(self._name).submit(self._resolve, host, port).result(timeout=seconds_left())
        except FutureTimeout as late:
            raise httpcore.ConnectTimeout("name resolution") from late
        except OSError as fault:
            raise httpcore.ConnectError("name resolution") from fault
        at_home = (host, port) in self._homes
        for address in found:
            if not is_allowed(ip_address(address.partition("%")[0]), at_home=at_home):
                raise AddressRefused
        return found
