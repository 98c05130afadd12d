"""The statements of the busy path, built once: building one costs as much as running it.

Values of an UPDATE or INSERT are the parameters named as columns; conditions are the ``b_`` ones.
"""

from __future__ import annotations

import sqlalchemy as sa

from emitir.engine.comprobante import NO_RECIBIDO
from emitir.engine.storage.tables import ARCHIVO, COMPROBANTE, EMPRESA, INTENTO, RELACION
from emitir.engine.work.effects import MODIFICA

_c = COMPROBANTE.c

FIND = sa.select(COMPROBANTE).where(
    _c.empresa_id == sa.bindparam("b_empresa"),
    _c.ambiente == sa.bindparam("b_ambiente"),
    _c.tipo == sa.bindparam("b_tipo"),
    _c.serie == sa.bindparam("b_serie"),
    _c.numero == sa.bindparam("b_numero"),
)
BY_ID = sa.select(COMPROBANTE).where(_c.id == sa.bindparam("b_id"))


def in_serie(serie: str) -> sa.ColumnElement[bool]:
    """The whole serie, or its end: a stored one may begin with what people leave out (Paraguay: the timbrado)."""
    return sa.or_(_c.serie == serie, _c.serie.endswith(f"-{serie}", autoescape=True))


ADD = sa.insert(COMPROBANTE).returning(*_c)
ADD_FILE = sa.insert(ARCHIVO)

_modified = COMPROBANTE.alias("modificado")
#: Of a document that modifies others: one of them that has no verdict yet.
_HELD_BY = (
    sa.select(sa.func.min(_modified.c.codigo_documento))
    .join(RELACION, RELACION.c.comprobante_id == _modified.c.id)
    .where(RELACION.c.envio_id == _c.id, RELACION.c.accion == MODIFICA, _modified.c.resuelto_en.is_(None))
    .correlate(COMPROBANTE)
    .scalar_subquery()
)
#: A document that waits, the version of its company, what holds it back, and its signed bytes.
LOAD = (
    sa.select(
        COMPROBANTE,
        EMPRESA.c.version.label("empresa_version"),
        ARCHIVO.c.contenido,
        _HELD_BY.label("espera_a"),
    )
    .join(EMPRESA, EMPRESA.c.id == _c.empresa_id)
    .join(
        ARCHIVO,
        sa.and_(
            ARCHIVO.c.comprobante_id == _c.id, ARCHIVO.c.revision == _c.revision, ARCHIVO.c.clase == "xml"
        ),
    )
    .where(_c.id == sa.bindparam("b_id"), _c.vence.isnot(None))
)
#: How earlier sendings of the present bytes ended.
SENDINGS = (
    sa.select(INTENTO.c.resultado, INTENTO.c.codigo, INTENTO.c.detalle, INTENTO.c.empezado_en)
    .where(
        INTENTO.c.comprobante_id == sa.bindparam("b_id"),
        INTENTO.c.revision == sa.bindparam("b_revision"),
        INTENTO.c.operacion == "submit",
    )
    .order_by(INTENTO.c.id)
)

#: Never received, or rejected in a way that leaves the number free.
NUMBER_FREE = sa.or_(_c.estado == NO_RECIBIDO, _c.libre)
_SAME_BYTES = (_c.id == sa.bindparam("b_id"), _c.revision == sa.bindparam("b_revision"))
_SAME_GENERATION = _c.generacion == sa.bindparam("b_generacion")

#: For the generation that works on it, while it waits.
MOVE = sa.update(COMPROBANTE).where(*_SAME_BYTES, _SAME_GENERATION, _c.vence.isnot(None)).returning(*_c)
#: For the authority's word about these bytes, whichever generation brings it.
SETTLE = sa.update(COMPROBANTE).where(*_SAME_BYTES, sa.or_(_c.vence.isnot(None), NUMBER_FREE)).returning(*_c)
#: For the watcher: only what nobody has touched since it looked.
MOVE_UNTOUCHED = sa.update(COMPROBANTE).where(
    *_SAME_BYTES, _SAME_GENERATION, _c.vence == sa.bindparam("b_vence")
)
#: For a number that the authority left free.
REUSE = sa.update(COMPROBANTE).where(*_SAME_BYTES, _SAME_GENERATION, NUMBER_FREE).returning(*_c)

BEGIN_ATTEMPT = sa.insert(INTENTO).returning(INTENTO.c.id)
END_ATTEMPT = sa.update(INTENTO).where(INTENTO.c.id == sa.bindparam("b_id"))
