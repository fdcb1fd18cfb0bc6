"""What must hold before anything is served, each in one sentence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from onharu.site.env import DEV_SECRET


def _error(number: int, sentence: str, hint: str) -> Error:
    return Error(sentence, hint=hint, id=f"onharu.E{number:03}")


@register(Tags.security, deploy=True)
def safe_to_serve(app_configs: Sequence[AppConfig] | None, **_: Any) -> Iterable[CheckMessage]:
    """Refuse the development secret and wildcard hosts when DEBUG is off."""
    if settings.DEBUG:
        return []
    found: list[CheckMessage] = []
    if settings.SECRET_KEY == DEV_SECRET:
        found.append(
            _error(1, "DEBUG is off but SECRET_KEY is the development default.", "Set SECRET_KEY or SECRET_KEY_FILE.")
        )
    if "*" in settings.ALLOWED_HOSTS:
        found.append(_error(2, "DEBUG is off but ALLOWED_HOSTS is a wildcard.", "Name the hosts that people type in."))
    return found


def pending_migrations() -> list[str]:
    """Name the migrations that the database does not have yet."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def refusal(*, migrated: bool = True) -> str | None:
    """Say in one sentence why serving would be unsafe, or None; `migrated=False` asks before migrations ran."""
    for message in safe_to_serve(None):
        return f"{message.msg} {message.hint}"
    try:
        connection.ensure_connection()
        pending = pending_migrations() if migrated else []
    except DatabaseError as error:
        return f"The database does not answer: {type(error).__name__}. Check DATABASE_URL."
    if pending:
        return f"{len(pending)} migrations are pending, the first is {pending[0]}. Run: onharu migrate"
    return None
