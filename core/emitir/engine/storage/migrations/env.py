"""Alembic's entry: the connection comes from :mod:`emitir.engine.storage.migrate`, inside its transaction."""

from alembic import context

from emitir.engine.storage.tables import METADATA

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=METADATA,
    render_as_batch=connection.dialect.name == "sqlite",  # SQLite alters a table by copying it
    compare_type=True,
    transactional_ddl=True,
    version_table="emitir_version",
)
with context.begin_transaction():
    context.run_migrations()
