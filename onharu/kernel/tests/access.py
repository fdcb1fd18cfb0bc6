"""Tools of the tests of the access record: rows with a true chain, and an attacker who takes the triggers away first."""

from datetime import UTC, datetime

from django.db import connection

from onharu.kernel.access.chain import Act, append

NOON = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
TRIGGERS = ("access_appends", "access_stays", "access_is_kept")


def write(*people, at=NOON):
    """Write a row for each pair of who and whose."""
    for who, whose in people:
        append([Act("look", "GET shared", str(who), whose, "203.0.113.7")], at=at)


def raw(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def disarm():
    """Drop what keeps the table append-only, as whoever holds the database can."""
    for name in TRIGGERS:
        on = " ON kernel_accessrow" if connection.vendor == "postgresql" else ""
        raw(f"DROP TRIGGER {name}{on}")
