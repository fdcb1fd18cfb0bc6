"""The policies: one for each table that holds rows of people, found by the app registry, and the role they hold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps
from django.conf import settings
from django.db import connection, models, transaction

from onharu.kernel.walls.asking import ROLE, for_house

OWN, APPENDS, FOR_HOUSE = "onharu_own", "onharu_appends", "onharu_house"
PERSON = "NULLIF(current_setting('onharu.person', true), '')::bigint"
HOUSE = "current_setting('onharu.house', true) = 'on'"


@dataclass(frozen=True, slots=True)
class Wall:
    """A table and which of its rows are a person's. To one that only grows anybody may add."""

    table: str
    own: str
    grows: bool = False


def walls() -> list[Wall]:
    """List every table with rows of people: those with an owner, those of such a row, and those that only grow."""
    found = [Wall(model._meta.db_table, f'"{column}" = {PERSON}') for model, column in _owned()]  # noqa: SLF001
    parents = {model for model, _ in _owned()}
    found += [wall for model in _models() if model not in parents and (wall := _below(model, parents))]
    return [*found, *_growing()]


def _growing() -> Iterator[Wall]:
    """Wall the tables that everybody adds to and each person reads only what is about them; they name the column."""
    for model in _models():
        if column := getattr(model, "ADDED_TO_ABOUT", ""):
            yield Wall(model._meta.db_table, f'"{column}" = {PERSON}', grows=True)  # noqa: SLF001


def _models() -> list[type[models.Model]]:
    return list(apps.get_models(include_auto_created=True))


def _owned() -> Iterator[tuple[type[models.Model], str]]:
    for model in _models():
        for field in model._meta.concrete_fields:  # noqa: SLF001
            if field.name == "owner" and _leads_to_person(field):
                yield model, str(field.column)


def _leads_to_person(field: models.Field[object, object]) -> bool:
    target = field.related_model
    return not isinstance(target, str) and target is not None and target._meta.label == settings.AUTH_USER_MODEL  # noqa: SLF001


def _below(model: type[models.Model], parents: set[type[models.Model]]) -> Wall | None:
    """Wall a table without an owner whose rows belong to rows that have one."""
    for field in model._meta.concrete_fields:  # noqa: SLF001
        above = field.related_model
        if above in parents and not field.null and not isinstance(above, str):
            table, key = above._meta.db_table, above._meta.pk.column  # noqa: SLF001
            here = f'"{model._meta.db_table}"."{field.column}"'  # noqa: SLF001
            own = f'EXISTS (SELECT 1 FROM "{table}" above WHERE above."{key}" = {here})'  # noqa: S608 our own names
            return Wall(model._meta.db_table, own)  # noqa: SLF001
    return None


def lacking() -> list[str]:
    """Name the tables that should have a wall and have none, or not all of it, and the role. Two statements."""
    if connection.vendor != "postgresql":
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname, c.relrowsecurity AND c.relforcerowsecurity, array_agg(p.polname::text)"
            " FROM pg_class c LEFT JOIN pg_policy p ON p.polrelid = c.oid"
            " WHERE c.relnamespace = current_schema()::regnamespace GROUP BY c.oid"
        )
        standing = {name: set(policies) for name, forced, policies in cursor.fetchall() if forced}
        cursor.execute(
            "SELECT rolsuper OR rolbypassrls, EXISTS (SELECT 1 FROM pg_roles WHERE rolname = %s)"
            " FROM pg_roles WHERE rolname = session_user",
            [ROLE],
        )
        passes, made = cursor.fetchone()
    role = [ROLE] if passes and not made else []
    return [*role, *(wall.table for wall in walls() if not {OWN, FOR_HOUSE} <= standing.get(wall.table, set()))]


@for_house()
def build() -> int:
    """Raise every wall anew and the role that stands before them. Saying it twice changes nothing. Returns how many."""
    with transaction.atomic(), connection.cursor() as cursor:
        for wall in walls():
            for statement in _raised(wall):
                cursor.execute(statement)
        for statement in _ROLE:
            cursor.execute(statement)
    return len(walls())


@for_house()
def take_down() -> int:
    """Take every wall down: to go on without them, or to hand the database to another program."""
    with transaction.atomic(), connection.cursor() as cursor:
        for wall in walls():
            for statement in _razed(wall):
                cursor.execute(statement)
    return len(walls())


def _raised(wall: Wall) -> list[str]:
    own = f'CREATE POLICY {OWN} ON "{wall.table}" USING ({wall.own}) WITH CHECK ({wall.own})'
    if wall.grows:
        own = f'CREATE POLICY {OWN} ON "{wall.table}" FOR SELECT USING ({wall.own})'
    more = [f'CREATE POLICY {APPENDS} ON "{wall.table}" FOR INSERT WITH CHECK (true)'] if wall.grows else []
    return [
        *_razed(wall),
        f'ALTER TABLE "{wall.table}" ENABLE ROW LEVEL SECURITY',
        f'ALTER TABLE "{wall.table}" FORCE ROW LEVEL SECURITY',
        own,
        *more,
        f'CREATE POLICY {FOR_HOUSE} ON "{wall.table}" USING ({HOUSE}) WITH CHECK ({HOUSE})',
    ]


def _razed(wall: Wall) -> list[str]:
    return [
        *(f'DROP POLICY IF EXISTS {name} ON "{wall.table}"' for name in (OWN, APPENDS, FOR_HOUSE)),
        f'ALTER TABLE "{wall.table}" NO FORCE ROW LEVEL SECURITY',
        f'ALTER TABLE "{wall.table}" DISABLE ROW LEVEL SECURITY',
    ]


# Where who signs in is held by the policies, the role is not needed and perhaps may not be made.
_ROLE = (
    f"""DO $$ BEGIN
    IF (SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = session_user) THEN
        BEGIN CREATE ROLE {ROLE} NOLOGIN; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END;
        EXECUTE format('GRANT {ROLE} TO %I', session_user);
        EXECUTE format('GRANT USAGE ON SCHEMA %I TO {ROLE}', current_schema());
        EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA %I TO {ROLE}', current_schema());
        EXECUTE format('GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA %I TO {ROLE}', current_schema());
        -- What later migrations make.
        EXECUTE format('ALTER DEFAULT PRIVILEGES IN SCHEMA %I GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {ROLE}',
            current_schema());
        EXECUTE format('ALTER DEFAULT PRIVILEGES IN SCHEMA %I GRANT USAGE, SELECT ON SEQUENCES TO {ROLE}',
            current_schema());
        REVOKE UPDATE, DELETE ON kernel_accessrow, kernel_accesscheckpoint FROM {ROLE};
    END IF; END $$""",  # noqa: S608 our own names
)
