"""Where the broker is, in the words of Celery's transport. Plain Python, no Celery."""

from __future__ import annotations

import ssl
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from onharu.kernel.redis_urls import Kind, RedisUrl, RedisUrlWrong, parsed

CERTIFICATES = {"required": ssl.CERT_REQUIRED, "optional": ssl.CERT_OPTIONAL, "none": ssl.CERT_NONE}


@dataclass(frozen=True, slots=True)
class Broker:
    """An address as the transport wants it, and what does not fit into one."""

    url: str = field(repr=False)
    options: dict[str, Any] = field(default_factory=dict, repr=False)
    tls: dict[str, Any] | None = None


def broker_of(url: str) -> Broker:
    """Read an address as `REDIS_URL` has them: one server, or one behind Sentinels. Raises RedisUrlWrong."""
    said = parsed(url)
    if said.kind is Kind.CLUSTER:
        raise RedisUrlWrong("cannot be a cluster: a queue is one list on one server. Name another in CELERY_BROKER_URL")
    if said.socket:
        return Broker(f"redis+socket://{said.socket}?virtual_host={said.database}")
    signed = f"{quote(said.username, safe='')}:{quote(said.password, safe='')}@" if said.password else ""
    behind = said.kind is Kind.SENTINEL
    scheme = "sentinel" if behind else "rediss" if said.tls else "redis"
    url = ";".join(f"{scheme}://{signed}{host}:{port}/{said.database}" for host, port in said.hosts)
    return Broker(url, _of_sentinels(said) if behind else {}, _tls(said) if said.tls else None)


def _of_sentinels(said: RedisUrl) -> dict[str, Any]:
    own = dict(said.options)
    words = {"username": own.get("sentinel_username"), "password": own.get("sentinel_password")}
    tls = {"ssl": True, **_tls(said)} if said.tls else {}
    return {
        "master_name": said.master,
        "sentinel_kwargs": {**{name: word for name, word in words.items() if word}, **tls},
    }


def _tls(said: RedisUrl) -> dict[str, Any]:
    own = {name: word for name, word in said.options if name.startswith("ssl_")}
    return {**own, "ssl_cert_reqs": CERTIFICATES.get(own.get("ssl_cert_reqs", "required"), ssl.CERT_REQUIRED)}
