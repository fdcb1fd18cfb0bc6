"""How background work is done: which adapter the environment chooses, and what is wrong with it. No Django here."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec

from onharu.kernel.broker_urls import broker_of
from onharu.kernel.redis_urls import RedisUrlWrong
from onharu.site import env

KINDS = ("", "thread", "celery")
SCHEDULE = ("django_celery_beat", "onharu.kernel.schedule")


def chosen() -> str:
    """Read the adapter: "thread", "celery", or "" where jobs are owed and wait for somebody else."""
    return env.text("ONHARU_JOBS")


def usable() -> str:
    """Tell the adapter that will be used: none where something is wrong with the one that was chosen."""
    return "" if next(faults(), None) else chosen()


def broker() -> str:
    """Read where the broker is: an address of its own, or the Redis that there is anyway."""
    return env.text("CELERY_BROKER_URL") or env.text("REDIS_URL") or env.text("CACHE_URL")


def apps() -> list[str]:
    """Name the apps that the adapter brings along."""
    return list(SCHEDULE) if usable() == "celery" else []


def installed() -> bool:
    """Whether what only several processes need is installed."""
    return all(find_spec(name) for name in ("celery", "django_celery_beat"))


def faults() -> Iterator[str]:
    """Say what cannot be, each in a sentence."""
    if chosen() not in KINDS:
        yield f"ONHARU_JOBS must be thread or celery, not {chosen()!r}."
    if chosen() != "celery":
        return
    if not installed():
        yield "ONHARU_JOBS=celery needs packages that are not installed. Run: uv sync --extra prod"
    if not broker():
        yield "ONHARU_JOBS=celery needs a broker. Set REDIS_URL or CELERY_BROKER_URL."
        return
    try:
        broker_of(broker())
    except RedisUrlWrong as error:
        yield f"The address of the broker {error}."
