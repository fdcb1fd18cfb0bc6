"""The engine. What a connection was told is never believed of the next one, nor after a rollback, which unsays it."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from django.conf import settings
from django.db.backends.postgresql import base
from psycopg import Error
from psycopg.pq import TransactionStatus

from onharu.kernel.patience import is_long
from onharu.kernel.walls.asking import FINDING_OUT, HOUSE, ROLE, asking

TELL = (
    "SELECT set_config('onharu.person', %s, false), set_config('onharu.house', %s, false),"
    " set_config('role', %s, false)"
)
PATIENT = "SELECT set_config('lock_timeout', %s, false), set_config('statement_timeout', %s, false)"
IMPATIENT = "RESET lock_timeout; RESET statement_timeout"
PASSES = "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = session_user"


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection that works for one person at a time. One statement when that changes, none when it does not."""

    told: str | None = None
    is_patient = False
    _passes: dict[str, bool] = {}

    def connect(self) -> None:
        """Open, or take one from the pool, whoever had it before."""
        self.told = None
        super().connect()
        if is_long():
            self._be_patient()

    def _be_patient(self) -> None:
        """Give long work the limits of a job, until the connection goes back."""
        self.is_patient = True
        with self.connection.cursor() as cursor:
            cursor.execute(PATIENT, list(settings.DATABASE_LONG_WORK))

    def _close(self) -> None:
        if self.is_patient:
            self.is_patient = False
            with suppress(Error), self.connection.cursor() as cursor:
                cursor.execute(IMPATIENT)
        super()._close()  # type: ignore[misc]

    def create_cursor(self, name: str | None = None) -> Any:
        """Say for whom, then give the cursor."""
        self._tell()
        return super().create_cursor(name)

    def _rollback(self) -> None:
        self.told = None
        super()._rollback()  # type: ignore[misc]

    def _savepoint_rollback(self, sid: str) -> None:
        super()._savepoint_rollback(sid)  # type: ignore[misc]
        self.told = None

    def _tell(self) -> None:
        """Tell the connection for whom it works. Where the mode is off a connection is left as it was opened."""
        who = asking() if settings.ROW_SECURITY else HOUSE
        if who in (self.told, FINDING_OUT) or (self.told is None and not settings.ROW_SECURITY):
            return
        if self.connection.info.transaction_status == TransactionStatus.INERROR:
            return  # the one statement that it still takes is the end of the transaction
        house = who == HOUSE
        with self.connection.cursor() as cursor:
            role = ROLE if not house and self._passes_walls(cursor) else "none"
            cursor.execute(TELL, ["" if house else who, "on" if house else "", role])
        self.told = who if settings.ROW_SECURITY else None

    def _passes_walls(self, cursor: Any) -> bool:
        """Whether who signed in to the database would see through every policy. Asked once in a process."""
        key = f"{self.settings_dict['USER']}@{self.settings_dict['HOST']}:{self.settings_dict['PORT']}"
        if key not in self._passes:
            cursor.execute(PASSES)
            self._passes[key] = bool(cursor.fetchone()[0])
        return self._passes[key]
