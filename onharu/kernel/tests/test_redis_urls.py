"""One reader of Redis addresses and one maker of clients."""

import ast
import subprocess
from pathlib import Path

import pytest

from onharu.kernel.redis_urls import Kind, RedisUrlWrong, client_of, parsed

ROOT = Path(__file__).resolve().parents[3]
MAKER = "onharu/kernel/redis_urls.py"


def test_one_server():
    said = parsed("redis://onharu:p%40ss@cache.example:6380/3")
    assert (said.kind, said.hosts, said.database) == (Kind.ONE, (("cache.example", 6380),), 3)
    assert (said.username, said.password, said.tls) == ("onharu", "p@ss", False)


def test_one_server_said_shortly():
    assert parsed("redis://").hosts == (("localhost", 6379),)
    assert parsed("rediss://cache?ssl_ca_certs=/etc/ca.pem").tls
    assert parsed("redis://[::1]:7000/0").hosts == (("::1", 7000),)
    assert parsed("redis://cache?db=4").database == 4
    assert parsed("unix:///run/redis.sock?db=2").socket == "/run/redis.sock"


def test_a_server_behind_sentinels():
    said = parsed("redis+sentinel://:pw@a:26379,b,[::1]:3/house/2?sentinel_password=other")
    assert said.kind is Kind.SENTINEL
    assert said.hosts == (("a", 26379), ("b", 26379), ("::1", 3))
    assert (said.master, said.database, said.password) == ("house", 2, "pw")
    assert dict(said.options) == {"sentinel_password": "other"}


def test_a_cluster():
    said = parsed("redis+cluster://a:7000,b:7001")
    assert (said.kind, said.hosts, said.database) == (Kind.CLUSTER, (("a", 7000), ("b", 7001)), 0)
    assert parsed("rediss+cluster://a").tls


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("http://cache:6379", "must begin with one of"),
        ("cache:6379", "must begin with one of"),
        ("redis://a:1,b:2", "names several servers"),
        ("redis://cache/first", "number of a database"),
        ("redis://cache/0/1", "number of a database"),
        ("redis://cache:many", "a server that is none"),
        ("redis://cache?timeout=5", "knows no option but"),
        ("redis+sentinel://a:1,b:2", "names no master"),
        ("redis+sentinel:///house", "names no server"),
        ("redis+cluster://a:1/2", "a cluster has only the one"),
    ],
)
def test_an_address_that_is_none_is_refused_in_one_sentence(url, why):
    with pytest.raises(RedisUrlWrong, match=why):
        parsed(url)


def test_a_password_is_in_no_message():
    secret = "correct-horse-battery"
    assert secret not in repr(parsed(f"redis://:{secret}@cache"))
    for url in (f"redis://:{secret}@a,b", f"redis://:{secret}@cache/x", f"http://:{secret}@cache"):
        with pytest.raises(RedisUrlWrong) as refused:
            parsed(url)
        assert secret not in str(refused.value)


@pytest.mark.parametrize("url", ["redis://a", "rediss://a", "unix:///run/redis.sock", "redis+sentinel://a,b/house"])
def test_every_client_gives_up_in_time_and_repeats_nothing(url):
    said = client_of(url).connection_pool.connection_kwargs
    assert said["socket_timeout"] == 0.2
    assert said.get("socket_connect_timeout", 0.2) == 0.2  # a socket of this machine connects or does not
    assert said["health_check_interval"] > 0
    assert said["retry"].get_retries() == 0


def test_sentinels_that_all_hang_cost_no_more_than_one_server():
    pool = client_of("redis+sentinel://a,b,c,d/house", patience=0.4).connection_pool
    patience = [one.connection_pool.connection_kwargs["socket_timeout"] for one in pool.sentinel_manager.sentinels]
    assert sum(patience) == pytest.approx(0.4)


def names_of_redis(path):
    """What a module takes from the redis package besides what can go wrong."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (one.name for one in node.names if one.name.split(".")[0] == "redis")
        elif isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "redis":
            yield from [] if node.module == "redis.exceptions" else [node.module]


def test_no_client_of_redis_is_made_anywhere_else():
    listed = subprocess.run(["git", "ls-files", "onharu/*.py"], cwd=ROOT, capture_output=True, text=True, check=True)
    files = [name for name in listed.stdout.splitlines() if "/tests/" not in name and (ROOT / name).exists()]
    assert MAKER in files
    assert {name: found for name in files if name != MAKER and (found := list(names_of_redis(ROOT / name)))} == {}
    assert list(names_of_redis(ROOT / MAKER))


@pytest.mark.parametrize("sign", ["/", "?", "#", "@", ":"])
@pytest.mark.parametrize("scheme", ["redis", "redis+sentinel", "redis+cluster"])
def test_no_part_of_a_password_is_repeated_however_wrongly_it_was_written(scheme, sign):
    try:
        said = repr(parsed(f"{scheme}://:before{sign}after=1@cache:6379/0"))
    except RedisUrlWrong as wrong:
        said = str(wrong)
    assert "before" not in said
    assert "after" not in said
