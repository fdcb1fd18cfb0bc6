"""What must hold before anything is served, each in one sentence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from onharu.kernel.fieldkeys import wrong_with_keys
from onharu.kernel.walls import building
from onharu.site.refusals import faults, first_fault


@register(Tags.security, deploy=True)
def safe_to_serve(app_configs: Sequence[AppConfig] | None, **_: Any) -> Iterable[CheckMessage]:
    """Refuse what the environment says that makes serving unsafe or impossible; everything at once."""
    return [Error(sentence, id="onharu.E001") for sentence in faults(settings.ONHARU_DATA)]


def pending_migrations() -> list[str]:
    """Name the migrations that the database does not have yet."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def refusal(*, migrated: bool = True) -> str | None:
    """Say in one sentence why serving would be unsafe, or None; `migrated=False` asks before migrations ran."""
    if sentence := first_fault(settings.ONHARU_DATA):
        return sentence
    try:
        connection.ensure_connection()
        pending = pending_migrations() if migrated else []
    except DatabaseError as error:
        return f"The database does not answer: {type(error).__name__}. Check DATABASE_URL."
    if pending:
        return f"{len(pending)} migrations are pending, the first is {pending[0]}. Run: onharu migrate"
    return (walls_refusal() or wrong_with_keys()) if migrated else None


def walls_refusal() -> str | None:
    """Say that the database does not keep people's rows apart although it should, or None."""
    lacking = building.lacking() if settings.ROW_SECURITY else []
    if lacking:
        return f"{len(lacking)} tables have no row security, the first is {lacking[0]}. Run: onharu row_security"
    return None
