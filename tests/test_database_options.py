"""How PostgreSQL is asked: within limits by kind of process, over TLS that is proved, again after a restart."""

import signal
import time

import pytest
from django.db import OperationalError, connection
from django.db.utils import ConnectionHandler

from onharu.kernel.backups.refusals import BackupRefused
from onharu.kernel.patience import long_work
from onharu.kernel.web import problem_of
from onharu.site import backing, stores
from onharu.site.refusals import database_silent
from tests.databases import Authority, databases

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def servers(tmp_path_factory):
    with databases(tmp_path_factory.mktemp("postgres")) as found:
        yield found


@pytest.fixture(scope="module")
def url(servers):
    return servers.start_postgres()


@pytest.fixture
def opened(monkeypatch, django_db_blocker, settings, tmp_path):
    """Open the database as a process would that was told so by its environment."""
    handlers = []
    settings.DATABASE_LONG_WORK = ("15000", "600000")

    def open_by(process="web", **environment):
        for name, value in {"ONHARU_PROCESS": process, **environment}.items():
            monkeypatch.setenv(name, str(value))
        assert list(stores.faults()) == []
        handlers.append(ConnectionHandler(stores.databases(tmp_path, web_threads=2)))
        return handlers[-1]["default"]

    with django_db_blocker.unblock():
        yield open_by
        for handler in handlers:
            handler["default"].close()
            handler["default"].close_pool()


def asked(connection, statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone()[0]


LIMITS = "SELECT current_setting('lock_timeout') || ' ' || current_setting('statement_timeout')"


@pytest.mark.parametrize(
    ("process", "limits"), [("web", "5s 15s"), ("jobs", "15s 10min"), ("migrations", "5s 0"), ("commands", "30s 0")]
)
def test_a_kind_of_process_has_its_limits(url, opened, process, limits):
    connection = opened(process, DATABASE_URL=url)
    assert asked(connection, LIMITS) == limits
    assert asked(connection, "SELECT current_setting('application_name')") == f"onharu-{process}"


def test_the_environment_sets_the_limits_of_pages(url, opened):
    connection = opened(DATABASE_URL=url, DATABASE_STATEMENT_SECONDS=7, DATABASE_LOCK_SECONDS=2)
    assert asked(connection, LIMITS) == "2s 7s"


def test_a_job_in_a_server_has_the_limits_of_a_job_and_gives_them_back(url, opened):
    connection = opened(DATABASE_URL=url, DATABASE_POOL_MAX=1, DATABASE_POOL_MIN=1)
    first = asked(connection, "SELECT pg_backend_pid()")
    connection.close()
    with long_work():
        assert asked(connection, LIMITS) == "15s 10min"
        assert asked(connection, "SELECT pg_backend_pid()") == first
        connection.close()
    assert asked(connection, "SELECT pg_backend_pid()") == first
    assert asked(connection, LIMITS) == "5s 15s"


def test_a_page_that_asks_too_long_is_told_to_come_again(url, opened):
    connection = opened(DATABASE_URL=url, DATABASE_STATEMENT_SECONDS=1)
    started = time.monotonic()
    with pytest.raises(OperationalError) as cancelled:
        asked(connection, "SELECT pg_sleep(20)")
    assert time.monotonic() - started < 5
    problem = problem_of(cancelled.value)
    assert (problem.status, problem.code, problem.retry_after) == (503, "busy", 2)
    assert asked(connection, "SELECT 1") == 1


def test_who_waits_for_a_lock_too_long_gives_up(url, opened):
    holder = opened(DATABASE_URL=url, DATABASE_LOCK_SECONDS=1)
    other = opened(DATABASE_URL=url, DATABASE_LOCK_SECONDS=1)
    with holder.cursor() as cursor:
        cursor.execute("CREATE TABLE IF NOT EXISTS locked (id int)")
        holder.set_autocommit(False)
        cursor.execute("LOCK TABLE locked")
    with pytest.raises(OperationalError):
        asked(other, "SELECT count(*) FROM locked")
    holder.rollback()
    holder.set_autocommit(True)
    assert asked(other, "SELECT count(*) FROM locked") == 0


def test_a_pool_is_no_larger_than_said(url, opened):
    connection = opened(DATABASE_URL=url, DATABASE_POOL_MAX=2, DATABASE_POOL_SECONDS=1)
    asked(connection, "SELECT 1")
    taken = [connection.pool.getconn()]
    with pytest.raises(Exception, match="couldn't get a connection"):
        connection.pool.getconn(timeout=0.3)
    for one in taken:
        connection.pool.putconn(one)


def test_a_server_that_was_restarted_is_used_again_without_a_failure(servers, opened, url):
    connection = opened(DATABASE_URL=url)
    for _ in range(3):
        assert asked(connection, "SELECT 1") == 1
        connection.close()
    servers.halt(url, signal.SIGINT)
    servers.again(url)
    assert asked(connection, "SELECT 1") == 1


# --- TLS: a server whose certificate is signed by our authority, for the name localhost


@pytest.fixture(scope="module")
def authorities(tmp_path_factory):
    folder = tmp_path_factory.mktemp("authorities")
    return Authority(folder, "ours"), Authority(folder, "theirs")


@pytest.fixture(scope="module")
def secure(tmp_path_factory, authorities):
    with databases(tmp_path_factory.mktemp("tls")) as servers:

        def give_certificate(data):
            authorities[0].sign_for("localhost", data / "server.crt", data / "server.key")
            for name in ("server.crt", "server.key"):
                servers.own(data / name)
            (data / "pg_hba.conf").write_text("hostssl all all 127.0.0.1/32 trust\nhostssl all all ::1/128 trust\n")

        yield servers.start_postgres("-c", "ssl=on", prepared=give_certificate)


def by_name(url):
    return url.replace("127.0.0.1", "localhost")


def test_a_proved_server_is_asked_over_tls(secure, opened, authorities):
    connection = opened(
        DATABASE_URL=by_name(secure), DATABASE_TLS="verify-full", DATABASE_ROOT_CERT=authorities[0].file
    )
    assert asked(connection, "SELECT version FROM pg_stat_ssl WHERE pid = pg_backend_pid()") == "TLSv1.3"


@pytest.mark.parametrize(
    ("address", "authority", "tls"),
    [(by_name, 1, "verify-full"), (str, 0, "verify-full"), (by_name, 1, "verify-ca"), (by_name, 0, "disable")],
    ids=["signed by others", "another name", "signed by others, name aside", "without TLS"],
)
def test_a_server_that_is_not_proved_is_not_asked(secure, opened, authorities, address, authority, tls):
    root = authorities[authority].file
    connection = opened(
        DATABASE_URL=address(secure), DATABASE_TLS=tls, DATABASE_ROOT_CERT=root, DATABASE_POOL_SECONDS=2
    )
    with pytest.raises(OperationalError):
        asked(connection, "SELECT 1")


def test_a_name_aside_the_authority_is_enough_where_that_was_asked_for(secure, opened, authorities):
    connection = opened(DATABASE_URL=secure, DATABASE_TLS="verify-ca", DATABASE_ROOT_CERT=authorities[0].file)
    assert asked(connection, "SELECT 1") == 1


@pytest.fixture
def house(secure, authorities, monkeypatch, settings):
    """A house whose environment wants its server proved; it is told by whose authority."""

    def wants(authority):
        url = by_name(secure)
        for name, value in {"URL": url, "TLS": "verify-full", "ROOT_CERT": authorities[authority].file}.items():
            monkeypatch.setenv(f"DATABASE_{name}", str(value))
        settings.DATABASE_URL = url
        monkeypatch.setitem(connection.settings_dict, "NAME", url.rpartition("/")[2])
        return backing.house().store

    return wants


def test_a_backup_asks_over_tls_that_is_proved(house):
    with house(0).connect() as backup:
        found = backup.execute("SELECT version FROM pg_stat_ssl WHERE pid = pg_backend_pid()").fetchone()
    assert found == ("TLSv1.3",)
    assert {"PGSSLMODE": "verify-full"}.items() <= house(0).environment().items()
    with pytest.raises(BackupRefused, match="does not answer"):
        house(1).connect()


def test_the_first_look_at_the_database_asks_over_tls_that_is_proved(house):
    house(0)
    assert database_silent() is None
    house(1)
    assert "does not answer" in database_silent()
