"""The tables: empresa, secreto, comprobante, archivo, intento. Changed only together with a migration."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator, TypeEngine


class Moment(TypeDecorator[datetime]):
    """A moment in UTC; SQLite forgets time zones, so it is put back when read."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a stored moment needs a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Exact(TypeDecorator[Decimal]):
    """A Decimal kept digit by digit: NUMERIC on PostgreSQL, text on SQLite (which would make it a float)."""

    impl = sa.Numeric
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(sa.String(40) if dialect.name == "sqlite" else sa.Numeric())

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> Any:
        if value is None or dialect.name != "sqlite":
            return value
        return format(value, "f")

    def process_result_value(self, value: Any, dialect: Dialect) -> Decimal | None:
        return None if value is None else Decimal(value)


class Json(TypeDecorator[Any]):
    """JSON as text: read back whole, never searched by the database."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        return None if value is None else json.dumps(value, ensure_ascii=False, separators=(",", ":"))

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        return None if value is None else json.loads(value)


#: SQLite only counts up by itself on a column declared exactly INTEGER.
BigId = sa.BigInteger().with_variant(sa.Integer, "sqlite")

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
    sa.UniqueConstraint("empresa_id", "ambiente", "tipo", "serie", "numero", name="uq_comprobante_natural"),
    sa.Index("ix_comprobante_vence", "vence"),
    sa.Index("ix_comprobante_codigo", "empresa_id", "codigo_documento"),
)

ARCHIVO = sa.Table(
    "archivo",
    METADATA,
    sa.Column("comprobante_id", BigId, sa.ForeignKey("comprobante.id"), primary_key=True),
    sa.Column("revision", sa.Integer, primary_key=True),
    sa.Column("clase", sa.String(20), primary_key=True),  # xml, cdr, imprimible, pdf
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
