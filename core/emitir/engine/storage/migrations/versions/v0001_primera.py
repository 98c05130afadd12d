"""The first tables: empresa, secreto, comprobante, archivo, intento."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")
MOMENT = sa.DateTime(timezone=True)
EXACT = sa.Numeric().with_variant(sa.String(40), "sqlite")


def upgrade() -> None:
    op.create_table(
        "empresa",
        sa.Column("id", ID, nullable=False),
        sa.Column("uuid", sa.String(36), nullable=False),
        sa.Column("pais", sa.String(2), nullable=False),
        sa.Column("ruc", sa.String(20), nullable=False),
        sa.Column("ambiente", sa.String(20), nullable=False),
        sa.Column("datos", sa.Text, nullable=False),
        sa.Column("logo", sa.LargeBinary),
        sa.Column("certificado_der", sa.LargeBinary),
        sa.Column("token_clave", sa.String(8), nullable=False),
        sa.Column("token_mac", sa.LargeBinary, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("creado_en", MOMENT, nullable=False),
        sa.Column("cambiado_en", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_empresa"),
        sa.UniqueConstraint("uuid", name="uq_empresa_uuid"),
        sa.UniqueConstraint("pais", "ruc", "ambiente", name="uq_empresa_pais_ruc_ambiente"),
    )
    op.create_table(
        "secreto",
        sa.Column("empresa_id", ID, nullable=False),
        sa.Column("nombre", sa.String(40), nullable=False),
        sa.Column("clave", sa.String(8), nullable=False),
        sa.Column("cifrado", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("empresa_id", "nombre", name="pk_secreto"),
        sa.ForeignKeyConstraint(["empresa_id"], ["empresa.id"], name="fk_secreto_empresa_id"),
    )
    op.create_table(
        "comprobante",
        sa.Column("id", ID, nullable=False),
        sa.Column("empresa_id", ID, nullable=False),
        sa.Column("ambiente", sa.String(20), nullable=False),
        sa.Column("tipo", sa.String(4), nullable=False),
        sa.Column("serie", sa.String(20), nullable=False),
        sa.Column("numero", sa.BigInteger, nullable=False),
        sa.Column("codigo_documento", sa.String(80), nullable=False),
        sa.Column("codigo_descarga", sa.String(40), nullable=False),
        sa.Column("contenido_hash", sa.String(64), nullable=False),
        sa.Column("valor_resumen", sa.String(100), nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("estado", sa.String(12), nullable=False),
        sa.Column("fecha_emision", sa.Date, nullable=False),
        sa.Column("moneda", sa.String(3), nullable=False),
        sa.Column("total", EXACT, nullable=False),
        sa.Column("receptor_numero", sa.String(40), nullable=False),
        sa.Column("receptor_nombre", sa.Text, nullable=False),
        sa.Column("advertencias", sa.Text, nullable=False),
        sa.Column("respuesta_codigo", sa.String(20)),
        sa.Column("respuesta_descripcion", sa.Text),
        sa.Column("observaciones", sa.Text, nullable=False),
        sa.Column("ticket", sa.String(100), nullable=False),
        sa.Column("detalle", sa.Text, nullable=False),
        sa.Column("plazo", MOMENT, nullable=False),
        sa.Column("generacion", sa.Integer, nullable=False),
        sa.Column("vueltas", sa.Integer, nullable=False),
        sa.Column("vence", sa.Float),
        sa.Column("creado_en", MOMENT, nullable=False),
        sa.Column("cambiado_en", MOMENT, nullable=False),
        sa.Column("resuelto_en", MOMENT),
        sa.PrimaryKeyConstraint("id", name="pk_comprobante"),
        sa.ForeignKeyConstraint(["empresa_id"], ["empresa.id"], name="fk_comprobante_empresa_id"),
        sa.UniqueConstraint("codigo_descarga", name="uq_comprobante_codigo_descarga"),
        sa.UniqueConstraint(
            "empresa_id", "ambiente", "tipo", "serie", "numero", name="uq_comprobante_natural"
        ),
    )
    op.create_index("ix_comprobante_vence", "comprobante", ["vence"])
    op.create_index("ix_comprobante_codigo", "comprobante", ["empresa_id", "codigo_documento"])
    op.create_table(
        "archivo",
        sa.Column("comprobante_id", ID, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("clase", sa.String(20), nullable=False),
        sa.Column("contenido", sa.LargeBinary, nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("creado_en", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("comprobante_id", "revision", "clase", name="pk_archivo"),
        sa.ForeignKeyConstraint(["comprobante_id"], ["comprobante.id"], name="fk_archivo_comprobante_id"),
    )
    op.create_table(
        "intento",
        sa.Column("id", ID, nullable=False),
        sa.Column("comprobante_id", ID, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("generacion", sa.Integer, nullable=False),
        sa.Column("operacion", sa.String(8), nullable=False),
        sa.Column("ejecutor", sa.String(60), nullable=False),
        sa.Column("empezado_en", MOMENT, nullable=False),
        sa.Column("terminado_en", MOMENT),
        sa.Column("resultado", sa.String(40)),
        sa.Column("codigo", sa.String(20)),
        sa.Column("detalle", sa.Text),
        sa.PrimaryKeyConstraint("id", name="pk_intento"),
        sa.ForeignKeyConstraint(["comprobante_id"], ["comprobante.id"], name="fk_intento_comprobante_id"),
    )
    op.create_index("ix_intento_comprobante_id", "intento", ["comprobante_id"])
