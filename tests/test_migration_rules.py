"""Migrations after the first edition let the edition before go on answering (docs/operations/upgrade.md).

The rules are django-migration-linter's for PostgreSQL: nothing dropped or renamed, no column that the edition before
could not fill, no index that is built under a lock.
"""

from pathlib import Path

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django_migration_linter import MigrationLinter
from django_migration_linter.sql_analyser import PostgresqlAnalyser, analyse_sql_statements

ROOT = Path(__file__).resolve().parent.parent
FIRST = (ROOT / "tests" / "migrations_of_the_first_edition.txt").read_text(encoding="utf-8").split()
# How the functions of a RunPython are called is taste.
TASTE = ("RUNPYTHON_ARGS_NAMING_CONVENTION", "RUNPYTHON_MODEL_VARIABLE_NAME")


def ours():
    loader = MigrationLoader(None)
    found = [one for one in loader.disk_migrations.values() if type(one).__module__.startswith("onharu.")]
    return {f"{one.app_label}.{one.name}": one for one in found}


def said(statements):
    errors, _, warnings = analyse_sql_statements(PostgresqlAnalyser, statements, [])
    return {issue.code for issue in [*errors, *warnings]}


def test_the_list_of_the_first_edition_names_what_there_is():
    assert [name for name in FIRST if name not in ours()] == []


@pytest.mark.postgres
@pytest.mark.django_db
def test_every_later_migration_lets_the_edition_before_go_on(capsys):
    assert connection.vendor == "postgresql"
    linter = MigrationLinter(str(ROOT), no_cache=True, all_warnings_as_errors=True, exclude_migration_tests=TASTE)
    for name, migration in ours().items():
        if name not in FIRST:
            linter.lint_migration(migration)
    assert not linter.has_errors, capsys.readouterr().out


@pytest.mark.parametrize(
    ("statements", "rule"),
    [
        (['ALTER TABLE "a" DROP COLUMN "b" CASCADE;'], "DROP_COLUMN"),
        (['ALTER TABLE "a" RENAME COLUMN "b" TO "c";'], "RENAME_COLUMN"),
        (['ALTER TABLE "a" RENAME TO "b";'], "RENAME_TABLE"),
        (['DROP TABLE "a" CASCADE;'], "DROP_TABLE"),
        (['ALTER TABLE "a" ADD COLUMN "b" integer DEFAULT 1 NOT NULL;', 'ALTER TABLE "a" ALTER COLUMN "b" DROP DEFAULT;'],
         "NOT_NULL"),
        (['ALTER TABLE "a" ALTER COLUMN "b" TYPE bigint;'], "ALTER_COLUMN"),
        (['ALTER TABLE "a" ADD CONSTRAINT "b" UNIQUE ("c");'], "ADD_UNIQUE"),
        (['CREATE INDEX "b" ON "a" ("c");'], "CREATE_INDEX"),
        (['DROP INDEX "b";'], "DROP_INDEX"),
    ],
)  # fmt: skip
def test_what_would_stop_the_edition_before_is_refused(statements, rule):
    assert rule in said(statements)


@pytest.mark.parametrize(
    "statements",
    [
        ['ALTER TABLE "a" ADD COLUMN "b" integer NULL;'],
        ['CREATE INDEX CONCURRENTLY "b" ON "a" ("c");'],
        ['CREATE TABLE "a" ("b" integer NOT NULL);', 'CREATE INDEX "c" ON "a" ("b");'],
    ],
)
def test_what_only_adds_is_let_through(statements):
    assert said(statements) == set()
