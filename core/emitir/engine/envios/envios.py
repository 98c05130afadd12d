"""Makes an envio (the file of a baja or of a resumen) in one commit: number, bytes, and what it is about.

Nothing of it exists before that commit and everything after it, so a process may die at any instruction: the
number is free again, or the envio is there and is sent as any other document.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from emitir.clock import Clock
from emitir.country import Prepared, Recorded
from emitir.engine.comprobante import ENVIO, POR_ENVIAR, Comprobante
from emitir.engine.empresas.company import Company
from emitir.engine.empresas.runtimes import Runtime
from emitir.engine.empresas.secrets import new_download_code
from emitir.engine.storage import relations
from emitir.engine.storage.archive import XML
from emitir.engine.storage.database import Database
from emitir.engine.storage.numbering import next_number
from emitir.engine.storage.rows import document_values, file_values, no_answer, to_comprobante
from emitir.engine.storage.statements import ADD, ADD_FILE
from emitir.engine.storage.store import PICK_UP_SECONDS


class _NothingLeftError(Exception):
    """Somebody else made the envio."""


@dataclass(frozen=True, slots=True)
class Claim:
    """The documents of an envio, claimed in its transaction, and what is said of them."""

    accion: str
    comprobante_ids: tuple[int, ...]
    motivo: str = ""
    #: A relation that waits for its envio, instead of a new one.
    waiting: int | None = None
    #: What else to commit with it; it gets the id of the envio.
    beside: Callable[[Connection, int], None] | None = None


class Envios:
    """The store of files about other documents."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def create(
        self,
        company: Company,
        runtime: Runtime,
        first: Prepared,
        claim: Callable[[Connection], Claim | None],
        build: Callable[[int], Prepared],
    ) -> Comprobante | None:
        """The envio, or ``None`` when ``claim`` finds nothing left to do (somebody else was faster).

        ``first``: the envio as it would be under number 1, which tells type and day. ``build``: the same under
        the number that it gets.
        """
        now = self._clock()
        try:
            with self._database.write() as connection:
                number = next_number(connection, company.id, company.ambiente, first.tipo, first.serie)
                claimed = claim(connection)
                if claimed is None:
                    raise _NothingLeftError  # rolls the number back too
                prepared = build(number)
                return self._store(connection, company, runtime, prepared, claimed, now)
        except (_NothingLeftError, sa.exc.IntegrityError):
            return None

    def _store(
        self,
        connection: Connection,
        company: Company,
        runtime: Runtime,
        prepared: Prepared,
        claimed: Claim,
        now: datetime,
    ) -> Comprobante:
        signed = runtime.sign(prepared)
        plazo = runtime.country.deadline(prepared.tipo, prepared.fecha_emision, prepared.serie)
        values = {
            "empresa_id": company.id,
            "ambiente": company.ambiente,
            "tipo": prepared.tipo,
            "serie": prepared.serie,
            "numero": prepared.numero,
            "codigo_descarga": new_download_code(),
            "clase": ENVIO,
            "estado": POR_ENVIAR,
            "revision": 1,
            "generacion": 1,
            "vueltas": 0,
            "vence": time.time() + PICK_UP_SECONDS,
            "creado_en": now,
            "cambiado_en": now,
            **document_values(prepared, signed, plazo),
            **no_answer(),
        }
        row = connection.execute(ADD, values).one()
        files = {XML: signed.xml}
        if isinstance(prepared, Recorded) and (record := prepared.record()):
            files[relations.REGISTRO] = json.dumps(record, ensure_ascii=False).encode()
        connection.execute(ADD_FILE, file_values(row.id, 1, files, now))
        if claimed.beside is not None:
            claimed.beside(connection, row.id)
        if claimed.waiting is not None:
            relations.change(connection, [claimed.waiting], now, relations.EN_PROCESO, envio_id=row.id)
        else:
            ids, motivo = claimed.comprobante_ids, claimed.motivo
            relations.add(connection, claimed.accion, row.id, ids, now, motivo=motivo)
        return to_comprobante(row._asdict())
