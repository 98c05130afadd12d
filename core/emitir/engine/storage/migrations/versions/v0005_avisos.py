"""Alerts of the bot: aviso, vigilancia."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")
MOMENT = sa.DateTime(timezone=True)
WAITS = sa.text("entregado_en IS NULL")


def upgrade() -> None:
    op.create_table(
        "aviso",
        sa.Column("id", ID, nullable=False),
        sa.Column("vinculo_id", ID, nullable=False),
        sa.Column("clave", sa.String(80), nullable=False),
        sa.Column("clase", sa.String(24), nullable=False),
        sa.Column("datos", sa.Text, nullable=False),
        sa.Column("creado_en", MOMENT, nullable=False),
        sa.Column("proximo", MOMENT, nullable=False),
        sa.Column("sesion", sa.String(32), nullable=False),
        sa.Column("intentos", sa.Integer, nullable=False),
        sa.Column("entregado_en", MOMENT),
        sa.PrimaryKeyConstraint("id", name="pk_aviso"),
        sa.ForeignKeyConstraint(["vinculo_id"], ["vinculo.id"], name="fk_aviso_vinculo_id"),
        sa.UniqueConstraint("vinculo_id", "clave", name="uq_aviso_clave"),
    )
    op.create_index("ix_aviso_pendiente", "aviso", ["proximo"], sqlite_where=WAITS, postgresql_where=WAITS)
    op.create_table(
        "vigilancia",
        sa.Column("empresa_id", ID, nullable=False),
        sa.Column("clase", sa.String(24), nullable=False),
        sa.Column("estado", sa.String(24), nullable=False),
        sa.Column("desde", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("empresa_id", "clase", name="pk_vigilancia"),
        sa.ForeignKeyConstraint(["empresa_id"], ["empresa.id"], name="fk_vigilancia_empresa_id"),
    )
