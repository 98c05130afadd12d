"""Rejected documents whose number stays free; numbers that were given up: comprobante.libre, inutilizado."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    op.add_column("comprobante", sa.Column("libre", sa.Boolean, nullable=False, server_default=sa.false()))
    op.create_table(
        "inutilizado",
        sa.Column("id", ID, nullable=False),
        sa.Column("empresa_id", ID, nullable=False),
        sa.Column("ambiente", sa.String(20), nullable=False),
        sa.Column("tipo", sa.String(4), nullable=False),
        sa.Column("serie", sa.String(20), nullable=False),
        sa.Column("desde", sa.BigInteger, nullable=False),
        sa.Column("hasta", sa.BigInteger, nullable=False),
        sa.Column("envio_id", ID, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_inutilizado"),
        sa.ForeignKeyConstraint(["empresa_id"], ["empresa.id"], name="fk_inutilizado_empresa_id"),
        sa.ForeignKeyConstraint(["envio_id"], ["comprobante.id"], name="fk_inutilizado_envio_id"),
    )
    op.create_index("ix_inutilizado_serie", "inutilizado", ["empresa_id", "ambiente", "tipo", "serie"])
