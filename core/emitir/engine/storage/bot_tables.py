"""The tables of the bot: its credential, the chats, their links to companies, the codes that make them."""

from __future__ import annotations

import sqlalchemy as sa

from emitir.engine.storage.columns import BigId, Json, Moment
from emitir.engine.storage.tables import METADATA

_LIVE = sa.text("revocado_en IS NULL")

BOT = sa.Table(
    "bot",
    METADATA,
    sa.Column("id", BigId, primary_key=True),
    sa.Column("uuid", sa.String(36), nullable=False, unique=True),
    sa.Column("nombre", sa.String(64), nullable=False),  # its user name on Telegram, without @
    sa.Column("token_clave", sa.String(8), nullable=False),
    sa.Column("token_mac", sa.LargeBinary, nullable=False),
    sa.Column("creado_en", Moment, nullable=False),
    sa.Column("revocado_en", Moment),
)

#: One chat and one company, with a role. Its UUID is its name on the wire; a revoked one stays, for the record.
VINCULO = sa.Table(
    "vinculo",
    METADATA,
    sa.Column("id", BigId, primary_key=True),
    sa.Column("uuid", sa.String(36), nullable=False, unique=True),
    sa.Column("bot_id", BigId, sa.ForeignKey("bot.id"), nullable=False),
    sa.Column("empresa_id", BigId, sa.ForeignKey("empresa.id"), nullable=False),
    sa.Column("chat", sa.BigInteger, nullable=False),
    sa.Column("nombre", sa.String(120), nullable=False),  # as Telegram gives it: the administrator reads it
    sa.Column("rol", sa.String(12), nullable=False),
    sa.Column("avisos", Json, nullable=False),  # which classes of alerts it wants
    sa.Column("avisos_desde", Moment, nullable=False),  # what happened before is not told
    sa.Column("creado_en", Moment, nullable=False),
    sa.Column("revocado_en", Moment),
    sa.Index("ix_vinculo_empresa_id", "empresa_id"),
    sa.Index(
        "uq_vinculo_vivo",
        "bot_id",
        "chat",
        "empresa_id",
        unique=True,
        sqlite_where=_LIVE,
        postgresql_where=_LIVE,
    ),
)

#: Codes are kept as HMAC: who reads the database cannot use one.
VINCULO_CODIGO = sa.Table(
    "vinculo_codigo",
    METADATA,
    sa.Column("id", BigId, primary_key=True),
    sa.Column("empresa_id", BigId, sa.ForeignKey("empresa.id"), nullable=False),
    sa.Column("rol", sa.String(12), nullable=False),
    sa.Column("mac", sa.LargeBinary, nullable=False, unique=True),
    sa.Column("creado_en", Moment, nullable=False),
    sa.Column("vence_en", Moment, nullable=False),
    sa.Column("usado_en", Moment),
)

CHAT = sa.Table(
    "chat",
    METADATA,
    sa.Column("bot_id", BigId, sa.ForeignKey("bot.id"), primary_key=True),
    sa.Column("chat", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("vinculo_id", BigId, sa.ForeignKey("vinculo.id")),  # the company that it speaks of now
    sa.Column("idioma", sa.String(5), nullable=False),
    sa.Column("silencio_desde", sa.String(5), nullable=False),  # HH:MM; both empty: no quiet hours
    sa.Column("silencio_hasta", sa.String(5), nullable=False),
    sa.Column("conversacion", Json, nullable=False),  # the step of a dialogue; the bot's own, opaque here
    sa.Column("fallos", sa.Integer, nullable=False),  # wrong codes since fallos_desde
    sa.Column("fallos_desde", Moment, nullable=False),
    sa.Column("bloqueado_en", Moment),  # Telegram said 403: alerts wait until the person writes again
)

_WAITS = sa.text("entregado_en IS NULL")

#: One alert for one link: made once (``clave``), handed to the bot until it says that it was delivered.
AVISO = sa.Table(
    "aviso",
    METADATA,
    sa.Column("id", BigId, primary_key=True),
    sa.Column("vinculo_id", BigId, sa.ForeignKey("vinculo.id"), nullable=False),
    sa.Column("clave", sa.String(80), nullable=False),  # what it tells: never told twice
    sa.Column("clase", sa.String(24), nullable=False),  # of the event
    sa.Column("datos", Json, nullable=False),
    sa.Column("creado_en", Moment, nullable=False),
    sa.Column("proximo", Moment, nullable=False),  # not before
    sa.Column("sesion", sa.String(32), nullable=False),  # which run of the bot has it
    sa.Column("intentos", sa.Integer, nullable=False),
    sa.Column("entregado_en", Moment),
    sa.UniqueConstraint("vinculo_id", "clave", name="uq_aviso_clave"),
    sa.Index("ix_aviso_pendiente", "proximo", sqlite_where=_WAITS, postgresql_where=_WAITS),
)

#: What is watched of a company and how it stood at the last look, so that a change is told once.
VIGILANCIA = sa.Table(
    "vigilancia",
    METADATA,
    sa.Column("empresa_id", BigId, sa.ForeignKey("empresa.id"), primary_key=True),
    sa.Column("clase", sa.String(24), primary_key=True),
    sa.Column("estado", sa.String(24), nullable=False),
    sa.Column("desde", Moment, nullable=False),
)
