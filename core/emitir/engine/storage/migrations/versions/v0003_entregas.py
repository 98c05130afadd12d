"""What leaves for others than the authority: entrega (mail, webhooks), and the company's settings for it."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("empresa", sa.Column("ajustes", sa.Text, nullable=False, server_default="{}"))
    op.create_table(
        "entrega",
        sa.Column("id", ID, nullable=False),
        sa.Column("empresa_id", ID, nullable=False),
        sa.Column("comprobante_id", ID),
        sa.Column("evento_id", ID),
        sa.Column("clase", sa.String(10), nullable=False),
        sa.Column("grupo", sa.String(32), nullable=False),
        sa.Column("destino", sa.String(500), nullable=False),
        sa.Column("contenido", sa.Text, nullable=False),
        sa.Column("huella", sa.String(64), nullable=False),
        sa.Column("estado", sa.String(12), nullable=False),
        sa.Column("intentos", sa.Integer, nullable=False),
        sa.Column("detalle", sa.Text, nullable=False),
        sa.Column("ejecutor", sa.String(60), nullable=False),
        sa.Column("proximo", MOMENT),
        sa.Column("hasta", MOMENT, nullable=False),
        sa.Column("creado_en", MOMENT, nullable=False),
        sa.Column("cambiado_en", MOMENT, nullable=False),
        sa.Column("entregado_en", MOMENT),
        sa.PrimaryKeyConstraint("id", name="pk_entrega"),
        sa.ForeignKeyConstraint(["empresa_id"], ["empresa.id"], name="fk_entrega_empresa_id"),
        sa.ForeignKeyConstraint(["comprobante_id"], ["comprobante.id"], name="fk_entrega_comprobante_id"),
        sa.ForeignKeyConstraint(["evento_id"], ["evento.id"], name="fk_entrega_evento_id"),
        sa.UniqueConstraint("evento_id", "clase", "destino", name="uq_entrega_evento"),
    )
    op.create_index("ix_entrega_proximo", "entrega", ["proximo"])
    op.create_index("ix_entrega_grupo", "entrega", ["grupo"])
    op.create_index("ix_entrega_comprobante_id", "entrega", ["comprobante_id"])
