"""Bajas, resúmenes, numbering on request, the outbox: relacion, serie, evento, and what a comprobante has of them."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")
MOMENT = sa.DateTime(timezone=True)
OPEN = sa.text("resuelto_en IS NULL")
TICKET = sa.text("ticket <> ''")
REFERENCE = sa.text("referencia IS NOT NULL")
ASKED = sa.text("estado = 'pedida'")
UNTOLD = sa.text("repartido_en IS NULL")


def upgrade() -> None:
    added = (
        sa.Column("clase", sa.String(12), nullable=False, server_default="comprobante"),
        sa.Column("canal", sa.String(10), nullable=False, server_default="directo"),
        sa.Column("baja_estado", sa.String(12), nullable=False, server_default=""),
        sa.Column("referencia", sa.String(64)),
        sa.Column("tanda", sa.BigInteger, nullable=False, server_default="0"),
        sa.Column("desde", MOMENT),
        sa.Column("avisado_en", MOMENT),
    )
    for column in added:  # not in a batch: SQLite would copy the table, which others refer to
        op.add_column("comprobante", column)
    op.create_index(
        "ix_comprobante_referencia",
        "comprobante",
        ["empresa_id", "ambiente", "referencia"],
        unique=True,
        sqlite_where=REFERENCE,
        postgresql_where=REFERENCE,
    )
    op.create_index(
        "ix_comprobante_abierto", "comprobante", ["plazo"], sqlite_where=OPEN, postgresql_where=OPEN
    )
    op.create_index(
        "ix_comprobante_ticket", "comprobante", ["ticket"], sqlite_where=TICKET, postgresql_where=TICKET
    )
    op.create_index("ix_comprobante_fecha", "comprobante", ["empresa_id", "ambiente", "fecha_emision", "id"])
    op.create_table(
        "relacion",
        sa.Column("id", ID, nullable=False),
        sa.Column("envio_id", ID),
        sa.Column("comprobante_id", ID, nullable=False),
        sa.Column("accion", sa.String(10), nullable=False),
        sa.Column("estado", sa.String(12), nullable=False),
        sa.Column("motivo", sa.Text, nullable=False),
        sa.Column("detalle", sa.Text, nullable=False),
        sa.Column("creado_en", MOMENT, nullable=False),
        sa.Column("cambiado_en", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_relacion"),
        sa.ForeignKeyConstraint(["envio_id"], ["comprobante.id"], name="fk_relacion_envio_id"),
        sa.ForeignKeyConstraint(["comprobante_id"], ["comprobante.id"], name="fk_relacion_comprobante_id"),
    )
    op.create_index("ix_relacion_envio_id", "relacion", ["envio_id"])
    op.create_index("ix_relacion_comprobante_id", "relacion", ["comprobante_id"])
    op.create_index("ix_relacion_pedida", "relacion", ["id"], sqlite_where=ASKED, postgresql_where=ASKED)
    op.create_table(
        "serie",
        sa.Column("empresa_id", ID, nullable=False),
        sa.Column("ambiente", sa.String(20), nullable=False),
        sa.Column("tipo", sa.String(4), nullable=False),
        sa.Column("serie", sa.String(20), nullable=False),
        sa.Column("ultimo", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("empresa_id", "ambiente", "tipo", "serie", name="pk_serie"),
        sa.ForeignKeyConstraint(["empresa_id"], ["empresa.id"], name="fk_serie_empresa_id"),
    )
    op.create_table(
        "evento",
        sa.Column("id", ID, nullable=False),
        sa.Column("empresa_id", ID, nullable=False),
        sa.Column("comprobante_id", ID, nullable=False),
        sa.Column("clase", sa.String(24), nullable=False),
        sa.Column("datos", sa.Text, nullable=False),
        sa.Column("creado_en", MOMENT, nullable=False),
        sa.Column("repartido_en", MOMENT),
        sa.PrimaryKeyConstraint("id", name="pk_evento"),
        sa.ForeignKeyConstraint(["empresa_id"], ["empresa.id"], name="fk_evento_empresa_id"),
        sa.ForeignKeyConstraint(["comprobante_id"], ["comprobante.id"], name="fk_evento_comprobante_id"),
    )
    op.create_index("ix_evento_comprobante_id", "evento", ["comprobante_id"])
    op.create_index("ix_evento_por_repartir", "evento", ["id"], sqlite_where=UNTOLD, postgresql_where=UNTOLD)
