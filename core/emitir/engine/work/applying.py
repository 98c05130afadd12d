"""Writes what a verdict means into the documents it is about, in the transaction that stores the verdict."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from emitir.engine import events
from emitir.engine.comprobante import (
    BAJA_ACEPTADA,
    BAJA_PEDIDA,
    BAJA_RECHAZADA,
    COMPROBANTE,
    NO_RECIBIDO,
    OBSERVADO,
    POR_ENVIAR,
    RECHAZADO,
    Comprobante,
)
from emitir.engine.storage import relations
from emitir.engine.storage.rows import answer_values, clean, no_answer, note_values, to_comprobante
from emitir.engine.storage.tables import COMPROBANTE as TABLE
from emitir.engine.storage.tables import INUTILIZADO
from emitir.engine.work import lotes
from emitir.engine.work.effects import BAJA, EVENTO, INFORME, LOTE, Decision
from emitir.i18n import N_
from emitir.verdict import Final, Note

_RELATION = {
    "accepted": relations.ACEPTADA,
    "known": relations.ACEPTADA,
    "refused": relations.RECHAZADA,
    "foreign": relations.RECHAZADA,
    "again": relations.RECHAZADA,
    "lost": relations.REPETIDA,
    "told": relations.ACEPTADA,
    "alone": relations.REPETIDA,
}
_BAJA = {"accepted": BAJA_ACEPTADA, "refused": BAJA_RECHAZADA, "lost": BAJA_PEDIDA}
_BAJA_EVENT = {"accepted": events.BAJA_ACEPTADA, "refused": events.BAJA_RECHAZADA}
_NOTHING_TO_ANNUL = N_("{documento} quedó {estado}: no hay nada que anular.")


def settled(connection: Connection, document: Comprobante, now: datetime, lost: bool = False) -> Comprobante:
    """Tell of a verdict on a document itself; a baja that waited for it and is without object is closed."""
    if document.clase == COMPROBANTE:
        events.write(connection, [events.event(document, document.estado, now)])
    else:
        estado = relations.ACEPTADA if document.accepted else relations.RECHAZADA
        relations.close(connection, document.id, EVENTO, estado, now)
    if document.clase != COMPROBANTE and not lost and document.estado in (RECHAZADO, NO_RECIBIDO):
        connection.execute(sa.delete(INUTILIZADO).where(INUTILIZADO.c.envio_id == document.id))
        if any(one.accion in (BAJA, INFORME) for one in relations.of_envio(connection, document.id)):
            clase = events.RESUMEN_RECHAZADO if document.estado == RECHAZADO else events.NO_RECIBIDO
            events.write(connection, [events.event(document, clase, now)])
    if document.baja_estado != BAJA_PEDIDA or document.accepted:
        return document
    return _without_object(connection, document, now)


def apply(
    connection: Connection, envio: Comprobante, final: Final, decisions: Sequence[Decision], now: datetime
) -> None:
    """Write the decisions about the documents of ``envio``."""
    groups: dict[tuple[object, ...], list[Decision]] = {}
    for decision in decisions:
        alike = (decision.outcome, decision.related.accion, decision.detalle, decision.tanda, decision.desde)
        groups.setdefault(alike, []).append(decision)
    for group in groups.values():
        first = group[0]
        ids = [decision.related.relacion_id for decision in group]
        relations.change(connection, ids, now, _RELATION[first.outcome], first.detalle)
        documents = [decision.related.comprobante_id for decision in group]
        if first.related.accion == LOTE:
            lotes.write(connection, envio, group, now)
        elif first.related.accion == BAJA:
            _write_bajas(connection, envio, first, documents, now)
        else:
            _write_informed(connection, final, first, documents, now)


def _write_bajas(
    connection: Connection, envio: Comprobante, decision: Decision, ids: Sequence[int], now: datetime
) -> None:
    values = {"baja_estado": _BAJA[decision.outcome], "cambiado_en": now}
    changed = _update(connection, ids, values)
    if decision.outcome == "lost":  # the same baja, to be asked in another file
        for relation in relations.of_envio(connection, envio.id):
            relations.add(
                connection, BAJA, None, [relation.comprobante_id], now, relations.PEDIDA, relation.motivo
            )
        return
    name = envio.codigo_documento
    clase = _BAJA_EVENT[decision.outcome]
    told = [events.event(one, clase, now, envio=name, detalle=decision.detalle) for one in changed]
    events.write(connection, told)


def _write_informed(
    connection: Connection, final: Final, decision: Decision, ids: Sequence[int], now: datetime
) -> None:
    if decision.outcome in ("again", "lost"):
        waiting = {
            "estado": POR_ENVIAR,
            "detalle": decision.detalle,
            "tanda": decision.tanda,
            "desde": decision.desde,
            "cambiado_en": now,
        }
        _update(connection, ids, waiting)
        return
    answer = _answer(final, decision)
    changed = _update(connection, ids, {**answer, "resuelto_en": now, "cambiado_en": now})
    for document in changed:
        settled(connection, document, now)


def _answer(final: Final, decision: Decision) -> dict[str, Any]:
    """The columns of the verdict on a document that was told of in a resumen."""
    match decision.outcome:
        case "accepted":
            return answer_values(final)
        case "known":
            notes = note_values([Note(final.code, decision.detalle)])
            said = {"estado": OBSERVADO, "respuesta_codigo": "0", "observaciones": notes}
        case "foreign":
            said = {"estado": RECHAZADO, "respuesta_codigo": final.code[:20]}
        case _:
            # The resumen was refused as a whole: this document was never registered, and its number is free.
            said = {"estado": NO_RECIBIDO, "respuesta_codigo": final.code[:20]}
    return {**no_answer(), **said, "respuesta_descripcion": clean(decision.detalle)}


def _without_object(connection: Connection, document: Comprobante, now: datetime) -> Comprobante:
    """A baja was waiting for a document that came to nothing by itself."""
    params = {"documento": document.codigo_documento, "estado": document.estado}
    detail = _NOTHING_TO_ANNUL.format(**params)
    relation = relations.latest(connection, document.id, BAJA)
    if relation is not None:
        relations.change(connection, [relation.id], now, relations.RECHAZADA, detail)
    (changed,) = _update(connection, [document.id], {"baja_estado": ""})
    events.write(connection, [events.event(changed, events.BAJA_RECHAZADA, now, detalle=detail)])
    return changed


def _update(connection: Connection, ids: Sequence[int], values: Mapping[str, Any]) -> list[Comprobante]:
    query = sa.update(TABLE).where(TABLE.c.id.in_(ids)).values(values).returning(*TABLE.c)
    return [to_comprobante(row._asdict()) for row in connection.execute(query)]
