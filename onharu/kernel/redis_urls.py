"""The one reader of `REDIS_URL`, and the one maker of Redis clients. Plain Python.

One server, one behind Sentinels, or a cluster: whoever asks need not know. Every client gives up after a fifth of a
second, looks after a connection that lay idle before it is used, and repeats nothing by itself: what may be asked twice
is known only to who asks.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

import redis
from redis.backoff import NoBackoff
from redis.cluster import ClusterNode, RedisCluster
from redis.exceptions import RedisClusterException
from redis.retry import Retry
from redis.sentinel import Sentinel

PATIENCE = 0.2
LOOKED_AFTER = 15  # seconds after which a connection that lay idle is asked whether it lives
PORT, SENTINEL_PORT = 6379, 26379
# What a client raises when its server does not do what was asked.
FAULTS = (redis.RedisError, RedisClusterException, OSError)
OPTIONS = {"ssl_ca_certs", "ssl_cert_reqs", "ssl_certfile", "ssl_keyfile", "sentinel_username", "sentinel_password"}
# A password with one of these signs splits an address elsewhere, so no part of one is ever repeated.
QUOTED = " (in a password write / as %2F, ? as %3F, # as %23, @ as %40)"

# RedisCluster answers the same commands; what differs (several keys at once) nobody here uses.
Client = redis.Redis


class Kind(StrEnum):
    """What stands behind an address."""

    ONE = "one"
    SENTINEL = "sentinel"
    CLUSTER = "cluster"


_SCHEMES = {
    "redis": (Kind.ONE, False),
    "rediss": (Kind.ONE, True),
    "unix": (Kind.ONE, False),
    "redis+sentinel": (Kind.SENTINEL, False),
    "rediss+sentinel": (Kind.SENTINEL, True),
    "redis+cluster": (Kind.CLUSTER, False),
    "rediss+cluster": (Kind.CLUSTER, True),
}


class RedisUrlWrong(ValueError):
    """An address that cannot be understood; says why, without the password."""


@dataclass(frozen=True, slots=True)
class RedisUrl:
    """An address in parts. `hosts` are the Sentinels' where there are any; `options` are redis-py's own words."""

    kind: Kind
    hosts: tuple[tuple[str, int], ...] = ()
    master: str = ""
    database: int = 0
    tls: bool = False
    socket: str = ""
    username: str = ""
    password: str = field(default="", repr=False)
    options: tuple[tuple[str, str], ...] = field(default=(), repr=False)


def parsed(url: str) -> RedisUrl:
    """Read `redis://`, `rediss://`, `unix://`, `redis+sentinel://h:p,h:p/master/0` or `redis+cluster://h:p,h:p`.

    Raises RedisUrlWrong.
    """
    parts = urlsplit(url)
    if parts.scheme not in _SCHEMES:
        known = ", ".join(f"{scheme}://" for scheme in _SCHEMES)
        raise RedisUrlWrong(f"must begin with one of {known}, not {parts.scheme or 'nothing'!r}")
    kind, tls = _SCHEMES[parts.scheme]
    signed, _, netloc = parts.netloc.rpartition("@")
    username, _, password = signed.partition(":")
    options = dict(parse_qsl(parts.query))
    if options.keys() - OPTIONS - {"db"}:
        raise RedisUrlWrong(f"knows no option but {', '.join(sorted(OPTIONS))}{QUOTED}")
    master, database = _master_and_database(kind, parts, options.pop("db", ""))
    return RedisUrl(
        kind=kind,
        hosts=() if parts.scheme == "unix" else _hosts(kind, netloc),
        master=master,
        database=database,
        tls=tls,
        socket=unquote(parts.path) if parts.scheme == "unix" else "",
        username=unquote(username),
        password=unquote(password),
        options=tuple(sorted(options.items())),
    )


def _hosts(kind: Kind, netloc: str) -> tuple[tuple[str, int], ...]:
    otherwise = SENTINEL_PORT if kind is Kind.SENTINEL else PORT
    found = tuple(_host(word.strip(), otherwise) for word in netloc.split(",") if word.strip())
    if kind is Kind.ONE and len(found) > 1:
        raise RedisUrlWrong("names several servers; use redis+sentinel:// or redis+cluster://")
    if kind is not Kind.ONE and not found:
        raise RedisUrlWrong("names no server")
    return found or (("localhost", PORT),)


def _host(word: str, otherwise: int) -> tuple[str, int]:
    try:
        parts = urlsplit(f"//{word}")
        return parts.hostname or "localhost", parts.port or otherwise
    except ValueError:
        raise RedisUrlWrong(f"names a server that is none{QUOTED}") from None


def _master_and_database(kind: Kind, parts: SplitResult, asked: str) -> tuple[str, int]:
    words = [unquote(word) for word in parts.path.split("/") if word] if parts.scheme != "unix" else []
    master = ""
    if kind is Kind.SENTINEL:
        if not words:
            raise RedisUrlWrong("names no master: redis+sentinel://host:26379,host:26379/MASTER/0")
        master = words.pop(0)
    database = asked or (words.pop(0) if words else "0")
    if words or not database.isdecimal():
        raise RedisUrlWrong(f"must end with the number of a database{QUOTED}")
    if kind is Kind.CLUSTER and int(database):
        raise RedisUrlWrong("names a database, of which a cluster has only the one")
    return master, int(database)


def client_of(url: str | RedisUrl, *, patience: float = PATIENCE) -> Client:
    """Make a client that gives up after `patience` seconds. One of a cluster asks for its nodes at once: FAULTS."""
    said = parsed(url) if isinstance(url, str) else url
    options = _options(said, patience)
    if said.kind is Kind.CLUSTER:
        return _cluster(said, options)
    if said.kind is Kind.SENTINEL:
        return _behind_sentinels(said, options, patience)
    if said.socket:
        return redis.Redis(unix_socket_path=said.socket, db=said.database, retry=_never(), **_without_tcp(options))
    host, port = said.hosts[0]
    return redis.Redis(host=host, port=port, db=said.database, ssl=said.tls, retry=_never(), **options)


def _never() -> Retry:
    return Retry(NoBackoff(), 0)


def _options(said: RedisUrl, patience: float) -> dict[str, Any]:
    ssl = {name: value for name, value in said.options if name.startswith("ssl_")}
    return {
        "username": said.username or None,
        "password": said.password or None,
        "socket_timeout": patience,
        "socket_connect_timeout": patience,
        "socket_keepalive": True,
        "health_check_interval": LOOKED_AFTER,
        "protocol": 2,  # one round trip less for a new connection, and the same answers from every server
        **(ssl if said.tls else {}),
    }


def _without_tcp(options: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in options.items() if name != "socket_keepalive"}


def _behind_sentinels(said: RedisUrl, options: dict[str, Any], patience: float) -> Client:
    own = dict(said.options)
    sentinels = {
        **options,
        "username": own.get("sentinel_username"),
        "password": own.get("sentinel_password"),
        # All of them may hang, and they are asked one after the other.
        "socket_timeout": patience / len(said.hosts),
        "socket_connect_timeout": patience / len(said.hosts),
        "ssl": said.tls,
        "retry": _never(),
    }
    found: Any = Sentinel(list(said.hosts), sentinel_kwargs=sentinels)  # type: ignore[no-untyped-call]
    client: Client = found.master_for(said.master, db=said.database, ssl=said.tls, retry=_never(), **options)
    return client


def _cluster(said: RedisUrl, options: dict[str, Any]) -> Client:
    nodes = [ClusterNode(host, port) for host, port in said.hosts]  # type: ignore[no-untyped-call]
    found: Any = RedisCluster(startup_nodes=nodes, retry=_never(), ssl=said.tls, **options)
    return found  # type: ignore[no-any-return]


def answers(client: Any) -> bool:
    """Ask whether it is there; of a cluster, whether every master is. Raises one of FAULTS."""
    if isinstance(client, RedisCluster):
        return bool(client.ping(target_nodes=RedisCluster.PRIMARIES))
    return bool(client.ping())
