import pytest

from onharu.kernel.cache import ForgivingRedisCache
from tests.engines import Engines, free_port

OPTIONS = {"OPTIONS": {"socket_timeout": 0.2, "socket_connect_timeout": 0.2}}


@pytest.fixture
def away():
    return ForgivingRedisCache(f"redis://127.0.0.1:{free_port()}/0", OPTIONS)


def test_a_redis_that_is_away_is_an_empty_cache(away):
    away.set("key", 1)
    assert away.get("key") is None
    assert away.get("key", 7) == 7
    assert away.add("key", 1) is True
    assert away.incr("key") == 1
    assert away.get_many(["a", "b"]) == {}
    assert away.set_many({"a": 1}) == []
    assert not away.has_key("key")
    assert not away.touch("key")
    away.delete("key")
    away.delete_many(["a"])
    away.clear()


def test_a_redis_that_comes_back_is_used_again(tmp_path):
    engines = Engines(tmp_path)
    cache = ForgivingRedisCache(engines.start_redis(), OPTIONS)
    try:
        cache.set("key", {"밥": 1})
        assert cache.get("key") == {"밥": 1}
    finally:
        engines.stop()
    assert cache.get("key") is None
