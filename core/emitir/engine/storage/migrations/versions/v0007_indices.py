"""Indexes for installations with many documents: by number, and of the few that need attention."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

ATTENTION = sa.text("estado NOT IN ('aceptado', 'observado')")


def upgrade() -> None:
    op.create_index("ix_comprobante_numero", "comprobante", ["empresa_id", "serie", "numero"])
    op.create_index(
        "ix_comprobante_atencion",
        "comprobante",
        ["empresa_id", "ambiente", "estado", "fecha_emision", "id"],
        sqlite_where=ATTENTION,
        postgresql_where=ATTENTION,
    )
