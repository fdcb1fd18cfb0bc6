"""Which stores the environment chooses, and what it may not say of them."""

import os

import pytest
from psycopg_pool.base import AttemptWithBackoff

from onharu.site import buckets, checks, stores

NAMES = (
    "DATABASE_URL", "DATABASE_REPLICA_URL", "DATABASE_TLS", "DATABASE_ROOT_CERT", "REDIS_URL", "CACHE_URL", "FILES_URL",
    "FILES_KEY_ID", "FILES_SECRET_KEY", "ONHARU_PROCESS", *stores.NUMBERS,
)  # fmt: skip
PRIMARY, REPLICA = "postgresql://onharu:geheim@db/onharu", "postgresql://onharu:geheim@copy/onharu"


@pytest.fixture
def says(monkeypatch):
    """Say something in the environment, and nothing else of stores."""
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)

    def say(**variables):
        for name, value in variables.items():
            monkeypatch.setenv(name, str(value))

    return say


def test_nothing_said_is_one_machine(says, tmp_path):
    says()
    assert stores.databases(tmp_path, web_threads=8)["default"]["NAME"] == tmp_path / "onharu.sqlite3"
    assert stores.routers() == []
    assert {one["BACKEND"].rpartition(".")[2] for one in stores.caches("").values()} == {"LocMemCache"}
    assert stores.storages()["default"]["BACKEND"].endswith("FileSystemStorage")
    assert list(stores.faults()) == []


def test_a_pool_is_as_large_as_the_threads_that_use_it(says, tmp_path):
    says(DATABASE_URL=PRIMARY)
    found = stores.databases(tmp_path, web_threads=8)["default"]
    assert found["OPTIONS"]["pool"] == {"min_size": 1, "max_size": 15, "timeout": 10, "reconnect_timeout": 5.0}
    assert found["CONN_HEALTH_CHECKS"] is True
    says(DATABASE_POOL_MIN=2, DATABASE_POOL_MAX=30, DATABASE_POOL_SECONDS=3)
    assert stores.databases(tmp_path, web_threads=8)["default"]["OPTIONS"]["pool"] == {
        "min_size": 2,
        "max_size": 30,
        "timeout": 3,
        "reconnect_timeout": 5.0,
    }


@pytest.mark.parametrize(("alias", "most"), [("default", 2.3), ("replica", 1.3)])
def test_a_pool_never_waits_long_before_it_tries_again(says, tmp_path, alias, most):
    """However long a database was away: the library waits twice as long each time, until it gives up."""
    says(DATABASE_URL=PRIMARY, DATABASE_REPLICA_URL=REPLICA)
    pool = stores.databases(tmp_path, web_threads=8)[alias]["OPTIONS"]["pool"]
    attempt, now, waits = AttemptWithBackoff(timeout=pool["reconnect_timeout"]), 100.0, []
    while not attempt.time_to_give_up(now):
        attempt.update_delay(now)
        waits.append(attempt.delay)
        now += attempt.delay
    assert len(waits) > 1
    assert max(waits) <= most


def test_what_an_address_says_of_its_own_stays(says, tmp_path):
    says(DATABASE_URL=f"{PRIMARY}?sslmode=require&options=-c%20search_path%3Dhouse", ONHARU_PROCESS="web")
    options = stores.databases(tmp_path, web_threads=8)["default"]["OPTIONS"]
    assert options["sslmode"] == "require"
    assert options["options"] == "-c search_path=house -c lock_timeout=5000 -c statement_timeout=15000"


def test_a_replica_is_a_database_of_its_own_that_waits_for_nobody(says, tmp_path):
    says(DATABASE_URL=PRIMARY, DATABASE_REPLICA_URL=REPLICA)
    found = stores.databases(tmp_path, web_threads=8)
    assert (found["default"]["HOST"], found["replica"]["HOST"]) == ("db", "copy")
    assert found["replica"]["OPTIONS"]["pool"]["timeout"] == 1.0
    assert found["default"]["OPTIONS"]["pool"]["timeout"] == 10
    assert stores.routers() == ["onharu.kernel.replicas.Shelves"]


def test_both_caches_are_in_redis_and_one_is_empty_without_it(says):
    says(REDIS_MILLISECONDS=150)
    found = stores.caches("redis://cache")
    assert {one["LOCATION"] for one in found.values()} == {"redis://cache"}
    assert "OPTIONS" not in found["default"]
    assert found["people"]["OPTIONS"] == {"WHILE_AWAY": "empty"}
    assert stores.redis_patience() == 0.15


def test_a_bucket_is_read_with_its_keys(says):
    says(FILES_KEY_ID="id", FILES_SECRET_KEY="secret")
    url = "s3://house/people?endpoint=http://s3:8333&region=kr-1&public=https://files.example&links=off"
    found = buckets.storage(url)
    options = found["OPTIONS"]
    assert found["BACKEND"] == "onharu.kernel.bucket.Bucket"
    assert (options["bucket_name"], options["location"], options["region_name"]) == ("house", "people", "kr-1")
    assert (options["endpoint_url"], options["public"], options["links"]) == (
        "http://s3:8333",
        "https://files.example",
        False,
    )
    assert (options["access_key"], options["secret_key"], options["addressing_style"]) == ("id", "secret", "path")


def test_a_browser_may_fetch_pictures_only_from_where_it_is_sent():
    assert buckets.image_origins("") == []
    assert buckets.image_origins("s3://house?endpoint=http://s3:8333&links=off") == []
    assert buckets.image_origins("s3://house?endpoint=http://s3:8333") == ["http://s3:8333"]
    assert buckets.image_origins("s3://house?endpoint=http://s3:8333&public=https://f.example/x") == [
        "https://f.example"
    ]


@pytest.mark.parametrize(
    ("variables", "sentence"),
    [
        ({"REDIS_URL": "redis://:geheim@a,b"}, "REDIS_URL names several servers"),
        ({"CACHE_URL": "memcached://a"}, "REDIS_URL must begin with one of"),
        ({"DATABASE_REPLICA_URL": REPLICA}, "DATABASE_REPLICA_URL is set but DATABASE_URL is not"),
        ({"DATABASE_URL": PRIMARY, "DATABASE_REPLICA_URL": "mysql://:geheim@a"}, "must look like postgresql://"),
        ({"DATABASE_TLS": "verify-full"}, "are for PostgreSQL"),
        ({"DATABASE_URL": PRIMARY, "DATABASE_TLS": "yes"}, "DATABASE_TLS must be one of"),
        ({"DATABASE_URL": PRIMARY, "DATABASE_TLS": "verify-full"}, "names no certificate"),
        ({"DATABASE_URL": PRIMARY, "DATABASE_ROOT_CERT": "/nowhere.pem"}, "DATABASE_ROOT_CERT names no file"),
        ({"DATABASE_POOL_MAX": "0"}, "DATABASE_POOL_MAX must be between 1 and 1000"),
        ({"DATABASE_POOL_MAX": "2", "DATABASE_POOL_MIN": "3"}, "DATABASE_POOL_MIN is larger"),
        ({"DATABASE_STATEMENT_SECONDS": "soon"}, "must be a whole number"),
        ({"REDIS_MILLISECONDS": "1"}, "REDIS_MILLISECONDS must be between"),
        ({"FILES_URL": "/srv/files"}, "FILES_URL must look like s3://bucket"),
        ({"FILES_URL": "s3://house?endpoint=s3:8333"}, "no address"),
        ({"FILES_URL": "s3://house?colour=red"}, "does not know 'colour'"),
        ({"FILES_URL": "s3://house?links=maybe"}, "links=on or links=off"),
        ({"FILES_URL": "s3://house", "FILES_KEY_ID": "id"}, "go together"),
    ],
)
def test_what_cannot_be_used_is_said_in_a_sentence_without_passwords(says, variables, sentence):
    says(**variables)
    found = list(stores.faults())
    assert any(sentence in one for one in found), found
    assert not any("geheim" in one for one in found)
    assert all(one.endswith(".") or "uv sync" in one for one in found)


def test_without_its_packages_no_bucket_is_offered(says, monkeypatch):
    says(FILES_URL="s3://house")
    monkeypatch.setattr(buckets.importlib.util, "find_spec", lambda _name: None)
    assert list(stores.faults()) == [
        "FILES_URL needs the extra `prod`, which is not installed. Run: uv sync --extra prod"
    ]


def test_what_is_wrong_with_stores_keeps_the_house_from_starting(says, monkeypatch):
    says(FILES_URL="s3://house?colour=red")
    monkeypatch.setattr(checks, "safe_to_serve", lambda _: [])
    assert "colour" in checks.refusal()


def test_a_process_is_named_by_its_server_else_by_its_command(says, monkeypatch):
    says()
    for words, process in ((["onharu", "migrate"], "migrations"), (["onharu", "import", "foods"], "commands")):
        monkeypatch.setattr(stores.sys, "argv", words)
        assert stores.role() == process
    says(ONHARU_PROCESS="web")
    assert stores.role() == "web"
    assert os.environ["ONHARU_PROCESS"] == "web"
