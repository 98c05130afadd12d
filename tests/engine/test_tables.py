"""The migrations make exactly the tables of the code, on SQLite and on PostgreSQL."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from emitir.engine import Settings
from emitir.engine.storage import columns, migrate, tables
from emitir.engine.storage.database import Database
from emitir.engine.storage.migrate import HEAD
from emitir.errors import EmitirError


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    file = f"sqlite:///{tmp_path / 'x.sqlite'}"
    url = file if request.param == "sqlite" else request.getfixturevalue("postgres")()
    found = Database(Settings(data_dir=tmp_path, database_url=url).url)
    yield found
    found.close()


def test_migrations_and_tables_agree(database: Database) -> None:
    migrate.migrate(database)
    migrate.migrate(database)
    options = {"compare_type": True, "version_table": "emitir_version"}
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts=options)
        assert context.get_current_revision() == HEAD
        assert compare_metadata(context, tables.METADATA) == []


def test_head_is_the_newest_migration() -> None:
    revisions, downs = set(), set()
    for file in (Path(migrate.__file__).parent / "migrations" / "versions").glob("v*.py"):
        values = {
            node.targets[0].id: ast.literal_eval(node.value)  # type: ignore[attr-defined]
            for node in ast.parse(file.read_text()).body
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
        }
        revisions.add(values["revision"])
        downs.add(values["down_revision"])
    assert revisions - downs == {HEAD}


def test_a_database_of_a_newer_emitir_is_refused(database: Database) -> None:
    migrate.migrate(database)
    with database.write() as connection:
        connection.execute(sa.text("UPDATE emitir_version SET version_num = '9999'"))
    with pytest.raises(EmitirError, match="más nueva"):
        migrate.migrate(database)


@pytest.mark.parametrize("total", ["0.00", "118.00", "1234567890123.4567890123", "0.0000000001"])
def test_amounts_keep_every_digit(database: Database, total: str) -> None:
    migrate.migrate(database)
    query = sa.select(sa.literal(Decimal(total), columns.Exact()))
    with database.read() as connection:
        found = connection.scalar(query)
    assert isinstance(found, Decimal)
    assert format(found, "f") == total


def test_moments_come_back_in_utc_and_need_a_zone(database: Database) -> None:
    migrate.migrate(database)
    lima = datetime(2026, 11, 21, 19, 30, tzinfo=timezone(timedelta(hours=-5)))
    with database.read() as connection:
        found = connection.scalar(sa.select(sa.literal(lima, columns.Moment())))
        assert found == lima
        assert found is not None
        assert found.tzinfo == UTC
        with pytest.raises(sa.exc.StatementError, match="time zone"):
            connection.scalar(sa.select(sa.literal(lima.replace(tzinfo=None), columns.Moment())))


def test_every_sqlite_connection_has_its_pragmas(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'x.sqlite'}")
    for transaction in (database.read, database.write):
        with transaction() as connection:
            found = {
                name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
                for name in ("journal_mode", "foreign_keys", "busy_timeout", "synchronous")
            }
        assert found == {"journal_mode": "wal", "foreign_keys": 1, "busy_timeout": 30_000, "synchronous": 2}
    database.close()


def test_a_failed_write_leaves_nothing(database: Database) -> None:
    migrate.migrate(database)
    row = {"empresa_id": 1, "nombre": "n", "clave": "c", "cifrado": b"x"}
    with pytest.raises(sa.exc.IntegrityError), database.write() as connection:
        connection.execute(sa.insert(tables.SECRETO).values(row))  # no such empresa
    with database.read() as connection:
        assert connection.scalar(sa.select(sa.func.count()).select_from(tables.SECRETO)) == 0
