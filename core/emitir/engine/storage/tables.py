"""The tables. Changed only together with a migration.

empresa, secreto; comprobante with its archivo and intento; relacion, serie, evento; entrega.
"""

from __future__ import annotations

import sqlalchemy as sa

from emitir.engine.storage.columns import BigId, Exact, Json, Moment

METADATA = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

EMPRESA = sa.Table(
    "empresa",
    METADATA,
    sa.Column("id", BigId, primary_key=True),
    sa.Column("uuid", sa.String(36), nullable=False, unique=True),
    sa.Column("pais", sa.String(2), nullable=False),
    sa.Column("ruc", sa.String(20), nullable=False),
    sa.Column("ambiente", sa.String(20), nullable=False),
    sa.Column("datos", Json, nullable=False),  # the public settings, as country.check_company left them
    sa.Column("ajustes", Json, nullable=False, server_default="{}"),  # those of no country: mail, webhook
    sa.Column("logo", sa.LargeBinary),
    sa.Column("certificado_der", sa.LargeBinary),  # the public part, to show its dates without any key
    sa.Column("token_clave", sa.String(8), nullable=False),  # id of the master key of the HMAC
    sa.Column("token_mac", sa.LargeBinary, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),  # one more at every change: caches see it
    sa.Column("creado_en", Moment, nullable=False),
    sa.Column("cambiado_en", Moment, nullable=False),
    sa.UniqueConstraint("pais", "ruc", "ambiente"),
)

SECRETO = sa.Table(
    "secreto",
    METADATA,
    sa.Column("empresa_id", BigId, sa.ForeignKey("empresa.id"), primary_key=True),
    sa.Column("nombre", sa.String(40), primary_key=True),
    sa.Column("clave", sa.String(8), nullable=False),  # id of the master key
    sa.Column("cifrado", sa.LargeBinary, nullable=False),
)

_REFERENCE = sa.text("referencia IS NOT NULL")
_TICKET = sa.text("ticket <> ''")
_OPEN = sa.text("resuelto_en IS NULL")
_NOT_ACCEPTED = "estado NOT IN ('aceptado', 'observado')"
_ATTENTION = sa.text(_NOT_ACCEPTED)

COMPROBANTE = sa.Table(
    "comprobante",
    METADATA,
    sa.Column("id", BigId, primary_key=True),
    sa.Column("empresa_id", BigId, sa.ForeignKey("empresa.id"), nullable=False),
    # A number used in the sandbox is free in production: the environment is part of the natural key.
    sa.Column("ambiente", sa.String(20), nullable=False),
    sa.Column("tipo", sa.String(4), nullable=False),
    sa.Column("serie", sa.String(20), nullable=False),
    sa.Column("numero", sa.BigInteger, nullable=False),
    sa.Column("codigo_documento", sa.String(80), nullable=False),
    sa.Column("codigo_descarga", sa.String(40), nullable=False, unique=True),
    sa.Column("contenido_hash", sa.String(64), nullable=False),
    sa.Column("valor_resumen", sa.String(100), nullable=False),
    # Which bytes: one more when a document that was not received is replaced by other content.
    sa.Column("revision", sa.Integer, nullable=False),
    sa.Column("estado", sa.String(12), nullable=False),
    sa.Column("fecha_emision", sa.Date, nullable=False),
    sa.Column("moneda", sa.String(3), nullable=False),
    sa.Column("total", Exact, nullable=False),
    sa.Column("receptor_numero", sa.String(40), nullable=False),
    sa.Column("receptor_nombre", sa.Text, nullable=False),
    sa.Column("advertencias", Json, nullable=False),
    sa.Column("respuesta_codigo", sa.String(20)),
    sa.Column("respuesta_descripcion", sa.Text),
    sa.Column("observaciones", Json, nullable=False),
    sa.Column("ticket", sa.String(100), nullable=False),
    sa.Column("detalle", sa.Text, nullable=False),  # why it is not settled yet, for a person
    sa.Column("plazo", Moment, nullable=False),  # after this the authority does not take it any more
    # -- the work: which generation of the workflow owns it, how often it tried, when it should have moved
    sa.Column("generacion", sa.Integer, nullable=False),
    sa.Column("vueltas", sa.Integer, nullable=False),
    sa.Column("vence", sa.Float),  # epoch seconds of the machine's clock; NULL once it is settled
    sa.Column("creado_en", Moment, nullable=False),
    sa.Column("cambiado_en", Moment, nullable=False),
    sa.Column("resuelto_en", Moment),
    # -- what it is: a comprobante, or an envio (a file about others: baja, resumen)
    sa.Column("clase", sa.String(12), nullable=False, server_default="comprobante"),
    # -- how it reaches the authority: directo (by itself) or in a resumen
    sa.Column("canal", sa.String(10), nullable=False, server_default="directo"),
    sa.Column("baja_estado", sa.String(12), nullable=False, server_default=""),
    sa.Column("referencia", sa.String(64)),  # the caller's own id
    # -- of one that waits for a resumen: which ones go together, and not before when
    sa.Column("tanda", sa.BigInteger, nullable=False, server_default="0"),
    sa.Column("desde", Moment),
    sa.Column("avisado_en", Moment),  # when its deadline was announced
    # Rejected, and its number may be used again.
    sa.Column("libre", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.UniqueConstraint("empresa_id", "ambiente", "tipo", "serie", "numero", name="uq_comprobante_natural"),
    sa.Index(
        "ix_comprobante_referencia",
        *("empresa_id", "ambiente", "referencia"),
        unique=True,
        sqlite_where=_REFERENCE,
        postgresql_where=_REFERENCE,
    ),
    sa.Index("ix_comprobante_vence", "vence"),
    sa.Index("ix_comprobante_abierto", "plazo", sqlite_where=_OPEN, postgresql_where=_OPEN),
    sa.Index("ix_comprobante_ticket", "ticket", sqlite_where=_TICKET, postgresql_where=_TICKET),
    sa.Index("ix_comprobante_fecha", "empresa_id", "ambiente", "fecha_emision", "id"),
    sa.Index("ix_comprobante_codigo", "empresa_id", "codigo_documento"),
    sa.Index("ix_comprobante_numero", "empresa_id", "serie", "numero"),
    sa.Index(
        "ix_comprobante_atencion",
        *("empresa_id", "ambiente", "estado", "fecha_emision", "id"),
        sqlite_where=_ATTENTION,
        postgresql_where=_ATTENTION,
    ),
)
#: What is asked beside a ``estado`` other than accepted, so that the database sees that its index of the few
#: documents that are not serves.
ATTENTION: sa.ColumnElement[bool] = sa.literal_column(f"comprobante.{_NOT_ACCEPTED}")

ARCHIVO = sa.Table(
    "archivo",
    METADATA,
    sa.Column("comprobante_id", BigId, sa.ForeignKey("comprobante.id"), primary_key=True),
    sa.Column("revision", sa.Integer, primary_key=True),
    sa.Column("clase", sa.String(20), primary_key=True),  # xml, cdr, imprimible, pdf, registro
    sa.Column("contenido", sa.LargeBinary, nullable=False),
    sa.Column("sha256", sa.String(64), nullable=False),
    sa.Column("creado_en", Moment, nullable=False),
)

INTENTO = sa.Table(
    "intento",
    METADATA,
    sa.Column("id", BigId, primary_key=True),
    sa.Column("comprobante_id", BigId, sa.ForeignKey("comprobante.id"), nullable=False),
    sa.Column("revision", sa.Integer, nullable=False),
    sa.Column("generacion", sa.Integer, nullable=False),
    sa.Column("operacion", sa.String(8), nullable=False),  # submit, ask
    sa.Column("ejecutor", sa.String(60), nullable=False),
    sa.Column("empezado_en", Moment, nullable=False),  # committed before the wire
    sa.Column("terminado_en", Moment),
    sa.Column("resultado", sa.String(40)),  # NULL: nobody knows what became of it
    sa.Column("codigo", sa.String(20)),
    sa.Column("detalle", sa.Text),
    sa.Index("ix_intento_comprobante_id", "comprobante_id"),
)

_ASKED = sa.text("estado = 'pedida'")
_UNTOLD = sa.text("repartido_en IS NULL")

RELACION = sa.Table(
    "relacion",
    METADATA,
    sa.Column("id", BigId, primary_key=True),
    # The document that says something; NULL while a baja waits for the verdict of what it annuls.
    sa.Column("envio_id", BigId, sa.ForeignKey("comprobante.id")),
    # The one of which it says it.
    sa.Column("comprobante_id", BigId, sa.ForeignKey("comprobante.id"), nullable=False),
    sa.Column("accion", sa.String(10), nullable=False),  # baja, informe, modifica
    sa.Column("estado", sa.String(12), nullable=False),  # pedida, en_proceso, aceptada, rechazada, repetida
    sa.Column("motivo", sa.Text, nullable=False),
    sa.Column("detalle", sa.Text, nullable=False),
    sa.Column("creado_en", Moment, nullable=False),
    sa.Column("cambiado_en", Moment, nullable=False),
    sa.Index("ix_relacion_envio_id", "envio_id"),
    sa.Index("ix_relacion_comprobante_id", "comprobante_id"),
    sa.Index("ix_relacion_pedida", "id", sqlite_where=_ASKED, postgresql_where=_ASKED),
)

#: Locked while a number is given: one at a time in each serie, whatever the process.
SERIE = sa.Table(
    "serie",
    METADATA,
    sa.Column("empresa_id", BigId, sa.ForeignKey("empresa.id"), primary_key=True),
    sa.Column("ambiente", sa.String(20), primary_key=True),
    sa.Column("tipo", sa.String(4), primary_key=True),
    sa.Column("serie", sa.String(20), primary_key=True),
    sa.Column("ultimo", sa.BigInteger, nullable=False),  # the last number given on request
)

#: Numbers that were given up at the authority: no document may have them any more.
INUTILIZADO = sa.Table(
    "inutilizado",
    METADATA,
    sa.Column("id", BigId, primary_key=True),
    sa.Column("empresa_id", BigId, sa.ForeignKey("empresa.id"), nullable=False),
    sa.Column("ambiente", sa.String(20), nullable=False),
    sa.Column("tipo", sa.String(4), nullable=False),
    sa.Column("serie", sa.String(20), nullable=False),
    sa.Column("desde", sa.BigInteger, nullable=False),
    sa.Column("hasta", sa.BigInteger, nullable=False),
    sa.Column("envio_id", BigId, sa.ForeignKey("comprobante.id"), nullable=False),
    sa.Index("ix_inutilizado_serie", "empresa_id", "ambiente", "tipo", "serie"),
)

#: What happened, written together with what changed. Who tells others of it marks it ``repartido_en``.
EVENTO = sa.Table(
    "evento",
    METADATA,
    sa.Column("id", BigId, primary_key=True),
    sa.Column("empresa_id", BigId, sa.ForeignKey("empresa.id"), nullable=False),
    sa.Column("comprobante_id", BigId, sa.ForeignKey("comprobante.id"), nullable=False),
    sa.Column("clase", sa.String(24), nullable=False),
    sa.Column("datos", Json, nullable=False),
    sa.Column("creado_en", Moment, nullable=False),
    sa.Column("repartido_en", Moment),
    sa.Index("ix_evento_comprobante_id", "comprobante_id"),
    sa.Index("ix_evento_por_repartir", "id", sqlite_where=_UNTOLD, postgresql_where=_UNTOLD),
)

#: What goes to others than the authority (mail, webhooks): one row per address, rows of one message in a group.
ENTREGA = sa.Table(
    "entrega",
    METADATA,
    sa.Column("id", BigId, primary_key=True),
    sa.Column("empresa_id", BigId, sa.ForeignKey("empresa.id"), nullable=False),
    sa.Column("comprobante_id", BigId, sa.ForeignKey("comprobante.id")),
    sa.Column("evento_id", BigId, sa.ForeignKey("evento.id")),
    sa.Column("clase", sa.String(10), nullable=False),  # correo, webhook
    sa.Column("grupo", sa.String(32), nullable=False),  # names the message, whatever how often it is sent
    sa.Column("destino", sa.String(500), nullable=False),  # an address, a URL
    sa.Column("contenido", Json, nullable=False),  # what to send, as its class understands it
    sa.Column("huella", sa.String(64), nullable=False),  # SHA-256 of what was asked for
    sa.Column("estado", sa.String(12), nullable=False),
    sa.Column("intentos", sa.Integer, nullable=False),
    sa.Column("detalle", sa.Text, nullable=False),  # the last error, for a person
    sa.Column("ejecutor", sa.String(60), nullable=False),  # who sends it now
    sa.Column("proximo", Moment),  # when it is looked at next; NULL once it is over
    sa.Column("hasta", Moment, nullable=False),  # it is tried until then
    sa.Column("creado_en", Moment, nullable=False),
    sa.Column("cambiado_en", Moment, nullable=False),
    sa.Column("entregado_en", Moment),
    # An event goes to each destination once.
    sa.UniqueConstraint("evento_id", "clase", "destino", name="uq_entrega_evento"),
    sa.Index("ix_entrega_proximo", "proximo"),
    sa.Index("ix_entrega_grupo", "grupo"),
    sa.Index("ix_entrega_comprobante_id", "comprobante_id"),
)
