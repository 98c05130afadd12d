"""The bot: bot, vinculo, vinculo_codigo, chat."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")
MOMENT = sa.DateTime(timezone=True)
LIVE = sa.text("revocado_en IS NULL")


def upgrade() -> None:
    op.create_table(
        "bot",
        sa.Column("id", ID, nullable=False),
        sa.Column("uuid", sa.String(36), nullable=False),
        sa.Column("nombre", sa.String(64), nullable=False),
        sa.Column("token_clave", sa.String(8), nullable=False),
        sa.Column("token_mac", sa.LargeBinary, nullable=False),
        sa.Column("creado_en", MOMENT, nullable=False),
        sa.Column("revocado_en", MOMENT),
        sa.PrimaryKeyConstraint("id", name="pk_bot"),
        sa.UniqueConstraint("uuid", name="uq_bot_uuid"),
    )
    op.create_table(
        "vinculo",
        sa.Column("id", ID, nullable=False),
        sa.Column("uuid", sa.String(36), nullable=False),
        sa.Column("bot_id", ID, nullable=False),
        sa.Column("empresa_id", ID, nullable=False),
        sa.Column("chat", sa.BigInteger, nullable=False),
        sa.Column("nombre", sa.String(120), nullable=False),
        sa.Column("rol", sa.String(12), nullable=False),
        sa.Column("avisos", sa.Text, nullable=False),
        sa.Column("avisos_desde", MOMENT, nullable=False),
        sa.Column("creado_en", MOMENT, nullable=False),
        sa.Column("revocado_en", MOMENT),
        sa.PrimaryKeyConstraint("id", name="pk_vinculo"),
        sa.UniqueConstraint("uuid", name="uq_vinculo_uuid"),
        sa.ForeignKeyConstraint(["bot_id"], ["bot.id"], name="fk_vinculo_bot_id"),
        sa.ForeignKeyConstraint(["empresa_id"], ["empresa.id"], name="fk_vinculo_empresa_id"),
    )
    op.create_index("ix_vinculo_empresa_id", "vinculo", ["empresa_id"])
    op.create_index(
        "uq_vinculo_vivo",
        "vinculo",
        ["bot_id", "chat", "empresa_id"],
        unique=True,
        sqlite_where=LIVE,
        postgresql_where=LIVE,
    )
    op.create_table(
        "vinculo_codigo",
        sa.Column("id", ID, nullable=False),
        sa.Column("empresa_id", ID, nullable=False),
        sa.Column("rol", sa.String(12), nullable=False),
        sa.Column("mac", sa.LargeBinary, nullable=False),
        sa.Column("creado_en", MOMENT, nullable=False),
        sa.Column("vence_en", MOMENT, nullable=False),
        sa.Column("usado_en", MOMENT),
        sa.PrimaryKeyConstraint("id", name="pk_vinculo_codigo"),
        sa.UniqueConstraint("mac", name="uq_vinculo_codigo_mac"),
        sa.ForeignKeyConstraint(["empresa_id"], ["empresa.id"], name="fk_vinculo_codigo_empresa_id"),
    )
    op.create_table(
        "chat",
        sa.Column("bot_id", ID, nullable=False),
        sa.Column("chat", sa.BigInteger, nullable=False),
        sa.Column("vinculo_id", ID),
        sa.Column("idioma", sa.String(5), nullable=False),
        sa.Column("silencio_desde", sa.String(5), nullable=False),
        sa.Column("silencio_hasta", sa.String(5), nullable=False),
        sa.Column("conversacion", sa.Text, nullable=False),
        sa.Column("fallos", sa.Integer, nullable=False),
        sa.Column("fallos_desde", MOMENT, nullable=False),
        sa.Column("bloqueado_en", MOMENT),
        sa.PrimaryKeyConstraint("bot_id", "chat", name="pk_chat"),
        sa.ForeignKeyConstraint(["bot_id"], ["bot.id"], name="fk_chat_bot_id"),
        sa.ForeignKeyConstraint(["vinculo_id"], ["vinculo.id"], name="fk_chat_vinculo_id"),
    )
