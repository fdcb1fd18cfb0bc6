"""A cache that may be away: a Redis that does not answer is an empty cache, never a failed request."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

import structlog
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

log = structlog.get_logger(__name__)
Asked = Callable[..., Any]


def _forgiving(asked: Asked, instead: Callable[..., Any]) -> Asked:
    """Ask, and answer with `instead` where Redis does not."""

    @wraps(asked)
    def ask(self: ForgivingRedisCache, *args: Any, **kwargs: Any) -> Any:
        try:
            return asked(self, *args, **kwargs)
        except RedisError as error:
            log.warning("cache_away", error=type(error).__name__)
            return instead(*args, **kwargs)

    return ask


def _default_of(_key: str, default: Any = None, *_: Any, **__: Any) -> Any:
    return default


class ForgivingRedisCache(RedisCache):
    """Django's Redis cache; what cannot be read was never kept, what cannot be kept is not."""

    get = _forgiving(RedisCache.get, _default_of)
    set = _forgiving(RedisCache.set, lambda *_, **__: None)
    add = _forgiving(RedisCache.add, lambda *_, **__: True)
    delete = _forgiving(RedisCache.delete, lambda *_, **__: False)
    touch = _forgiving(RedisCache.touch, lambda *_, **__: False)
    has_key = _forgiving(RedisCache.has_key, lambda *_, **__: False)
    incr = _forgiving(RedisCache.incr, lambda _key, delta=1, **__: delta)
    get_many = _forgiving(RedisCache.get_many, lambda *_, **__: {})
    set_many = _forgiving(RedisCache.set_many, lambda *_, **__: [])
    delete_many = _forgiving(RedisCache.delete_many, lambda *_, **__: None)
    clear = _forgiving(RedisCache.clear, lambda *_, **__: False)
