"""Bring a database to the present tables: at every start, by one process at a time, in one transaction."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from emitir.engine.storage.database import Database
from emitir.error_codes import CONFIGURACION_INVALIDA
from emitir.errors import EmitirError, Problem
from emitir.i18n import N_

#: Key of the PostgreSQL advisory lock that lets one process migrate at a time ("EMIT" and 0).
_LOCK = (0x454D4954 << 16) | 0xFFFF

#: The newest migration; a test keeps it equal to the newest file in ``migrations/versions``.
HEAD = "0007"


def migrate(database: Database) -> None:
    """Run the migrations that are missing. Raises ``CONFIGURACION_INVALIDA`` when the database cannot be used,
    or was migrated by a newer Emitir than this one."""
    try:
        with database.write() as connection:  # SQLite: BEGIN IMMEDIATE keeps the others out
            if not database.is_sqlite:
                connection.execute(sa.text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
            if _current(connection) != HEAD:
                _upgrade(connection)
    except sa.exc.OperationalError as error:
        # The driver's text names host and file; the URL (with its password) stays out of the message.
        reason = str(error.orig).strip().splitlines()[0]
        text = N_("No se puede usar la base de datos: {motivo}")
        raise EmitirError(
            Problem(CONFIGURACION_INVALIDA, text, path="EMITIR_DATABASE_URL", params={"motivo": reason})
        ) from None


def _current(connection: Connection) -> str | None:
    if not sa.inspect(connection).has_table("emitir_version"):
        return None
    version: str | None = connection.scalar(sa.text("SELECT version_num FROM emitir_version"))
    return version


def _upgrade(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, "head")
    except CommandError as error:
        text = N_("La base de datos fue creada por una versión más nueva de Emitir: {motivo}")
        raise EmitirError(
            Problem(CONFIGURACION_INVALIDA, text, path="EMITIR_DATABASE_URL", params={"motivo": str(error)})
        ) from error
