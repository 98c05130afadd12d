"""``baja``: annul a document, once, whatever its state: docs/decisions/0007-bajas-resumenes-numbering.md.

Accepted: the country's file about it (Peru: RA or RC) is made and sent. Without a verdict yet: the baja is kept
and goes on when the verdict comes, or stops the document when nothing of it ever left. Never received or
rejected: there is nothing to annul.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.engine import Connection

from emitir.clock import Clock
from emitir.country import Annuls, Country, Prepared, Properties
from emitir.country_facts import DatesApproval
from emitir.engine.comprobante import (
    ACEPTADO,
    BAJA_ACEPTADA,
    BAJA_EN_PROCESO,
    BAJA_PEDIDA,
    ENVIO,
    NO_ENVIADO,
    NO_RECIBIDO,
    OBSERVADO,
    RECHAZADO,
    Comprobante,
)
from emitir.engine.emision.naming import find_named
from emitir.engine.empresas.company import Company
from emitir.engine.empresas.runtimes import Runtime, Runtimes
from emitir.engine.envios.baja_store import BajaStore
from emitir.engine.envios.envios import Claim, Envios
from emitir.engine.results import BajaResult
from emitir.engine.storage.archive import CDR
from emitir.engine.storage.relations import Relation
from emitir.engine.storage.store import Store
from emitir.engine.work.effects import BAJA
from emitir.engine.work.waiting import Waiters
from emitir.error_codes import BAJA_NO_PROCEDE, DOCUMENTO_NO_HABILITADO, ERROR_INTERNO
from emitir.errors import EmitirError, Problem
from emitir.i18n import N_

#: How often a document is looked at again when others change it at the same moment.
_TRIES = 5
_ASKED = frozenset({BAJA_PEDIDA, BAJA_EN_PROCESO, BAJA_ACEPTADA})

_STOPPED = N_("Se detuvo antes de enviarlo: la autoridad nunca supo de él. Su número queda usado.")
_WAITS = N_("La baja espera la respuesta de la autoridad sobre el comprobante y sigue sola.")


class Bajas:
    """``start`` hands an envio and its generation to the workflows."""

    def __init__(
        self,
        store: Store,
        bajas: BajaStore,
        envios: Envios,
        runtimes: Runtimes,
        waiters: Waiters,
        clock: Clock,
        start: Callable[[Comprobante, int], None],
    ) -> None:
        self._store = store
        self._bajas = bajas
        self._envios = envios
        self._runtimes = runtimes
        self._waiters = waiters
        self._clock = clock
        self._start = start

    def baja(self, company: Company, properties: Properties, wait: float) -> BajaResult:
        """Annul the document that ``properties`` name, and wait up to ``wait`` seconds for the verdict.

        Asked again: the same answer, nothing sent. Raises EmitirError with every problem: no such document,
        motivo, ``BAJA_NO_PROCEDE`` (rejected, never received), too late (with the nota to issue instead).
        """
        runtime = self._runtimes.get(company)
        document = find_named(self._store, runtime.country, company, properties, ("motivo",))
        if document.clase == ENVIO or not isinstance(runtime.country, Annuls):
            raise _not_possible(document)
        for _ in range(_TRIES):
            result = self._asked_before(document)
            if result is None:
                result = self._ask(company, runtime, document, properties["motivo"])
            if result is not None:
                return self._wait(result, wait)
            document = self._store.by_id(document.id)
        text = N_("Otras solicitudes sobre el mismo comprobante llegan a la vez.")
        raise EmitirError(Problem(ERROR_INTERNO, text))

    def go_on(self, company: Company, runtime: Runtime, document: Comprobante) -> Comprobante | None:
        """Make the envio of a baja that waited for its document, now accepted; ``None`` when it is made already.

        A baja that cannot be any more (the days are over) is closed as rejected.
        """
        relation = self._store.relation(document, BAJA)
        if relation is None or relation.envio_id is not None or document.baja_estado != BAJA_PEDIDA:
            return None
        try:
            return self._send(company, runtime, document, relation.motivo, relation)
        except EmitirError as error:
            self._bajas.refuse(document, relation, str(error))
            return None

    def _asked_before(self, document: Comprobante) -> BajaResult | None:
        """The answer to a baja that was asked for before; ``None`` when this is the first."""
        relation = self._store.relation(document, BAJA)
        if document.estado == NO_ENVIADO:
            return BajaResult(document, None, relation.motivo if relation else "", _STOPPED, True)
        if document.baja_estado not in _ASKED or relation is None:
            return None
        envio = None if relation.envio_id is None else self._store.by_id(relation.envio_id)
        if envio is not None and envio.estado == NO_RECIBIDO:
            # Whoever asks again has perhaps mended what kept it out: the same bytes go out again.
            envio = self._store.requeue(envio) or self._store.by_id(envio.id)
        return BajaResult(document, envio, relation.motivo, self._detail(document, envio), True)

    def _ask(
        self, company: Company, runtime: Runtime, document: Comprobante, motivo: object
    ) -> BajaResult | None:
        """Ask for the first time; ``None``: the document changed meanwhile, look again."""
        if document.estado in (RECHAZADO, NO_RECIBIDO):
            raise _nothing_to_annul(document)
        if document.accepted:
            envio = self._send(company, runtime, document, motivo, None)
            if envio is None:
                return None
            return BajaResult(self._store.by_id(document.id), envio, str(motivo), "", False)
        self._file(company, runtime, document, motivo, 1)  # motivo and days are judged now, not later
        stopped = self._bajas.stop(document, str(motivo))
        if stopped is not None:
            self._waiters.settled(stopped)
            return BajaResult(stopped, None, str(motivo), _STOPPED, False)
        waiting = self._bajas.keep(document, str(motivo))
        return None if waiting is None else BajaResult(waiting, None, str(motivo), _WAITS, False)

    def _send(
        self,
        company: Company,
        runtime: Runtime,
        document: Comprobante,
        motivo: object,
        relation: Relation | None,
    ) -> Comprobante | None:
        """Make the envio in one commit and start its work; ``None`` when somebody else just did."""

        def build(correlativo: int) -> Prepared:
            return self._file(company, runtime, document, motivo, correlativo)

        def claim(connection: Connection) -> Claim | None:
            if not self._bajas.claim(connection, document):
                return None
            return Claim(BAJA, (document.id,), str(motivo), relation.id if relation else None)

        first = build(1)
        problems = runtime.country.check_signer(company.settings, runtime.signer, self._clock())
        if problems:
            raise EmitirError(problems)
        envio = self._envios.create(company, runtime, first, claim, build)
        if envio is not None:
            self._start(envio, envio.generacion)
        return envio

    def _file(
        self, company: Company, runtime: Runtime, document: Comprobante, motivo: object, correlativo: int
    ) -> Prepared:
        if not isinstance(runtime.country, Annuls):
            raise _not_possible(document)
        record = self._record(runtime.country, document)
        return runtime.country.baja(record, motivo, company.settings, self._clock(), correlativo)

    def accepted_at(self, country: Country, document: Comprobante) -> datetime:
        """When the authority accepted a document: by its own answer where that tells, else by our clock."""
        found = self._store.file(document, CDR) if isinstance(country, DatesApproval) else None
        told = country.approved_at(found[0]) if found and isinstance(country, DatesApproval) else None
        return told or document.resuelto_en or self._clock()

    def _record(self, country: Country, document: Comprobante) -> Mapping[str, Any]:
        """What the country kept of it, and what the store knows."""
        known = {
            "tipo": document.tipo,
            "serie": document.serie,
            "numero": document.numero,
            "fecha": document.fecha_emision.isoformat(),
            **self._store.record(document),
            "codigo_documento": document.codigo_documento,
        }
        notas, _ = self._store.notas_on(document)
        known["notas"] = [
            dict(nota.record)
            for nota in notas
            if nota.estado in (ACEPTADO, OBSERVADO) and nota.baja != BAJA_ACEPTADA
        ]
        if document.accepted:
            known["aprobado"] = self.accepted_at(country, document).isoformat()
        return known

    def _wait(self, result: BajaResult, wait: float) -> BajaResult:
        envio = result.envio
        if envio is None or envio.settled:
            return result
        with self._waiters.listening(envio.id) as waiter:
            if result.repeated and not envio.vueltas:
                self._start(envio, envio.generacion)  # perhaps nobody lived to start it; twice is once
            envio = waiter.verdict(self._store, envio, wait)
        document = self._store.by_id(result.comprobante.id)
        relation = self._store.relation(document, BAJA)
        if relation is not None and relation.envio_id not in (None, envio.id):
            envio = self._store.by_id(relation.envio_id or 0)  # asked again in another file meanwhile
        detail = self._detail(document, envio)
        return BajaResult(document, envio, result.motivo, detail, result.repeated)

    def _detail(self, document: Comprobante, envio: Comprobante | None) -> str:
        if envio is None:
            return _WAITS if document.baja_estado == BAJA_PEDIDA else ""
        if envio.estado in (RECHAZADO, NO_RECIBIDO):
            return f"{envio.respuesta_codigo or ''} {envio.respuesta_descripcion or ''}".strip()
        return envio.detalle


def _not_possible(document: Comprobante) -> EmitirError:
    text = N_("{documento} no se anula con una baja.")
    return EmitirError(
        Problem(DOCUMENTO_NO_HABILITADO, text, "tipo", {"documento": document.codigo_documento})
    )


def _nothing_to_annul(document: Comprobante) -> EmitirError:
    params = {
        "documento": document.codigo_documento,
        "codigo": document.respuesta_codigo or "",
        "descripcion": document.respuesta_descripcion or "",
    }
    if document.estado == RECHAZADO:
        text = N_("{documento} fue rechazado ({codigo} {descripcion}): no hay nada que anular.")
        action = N_("Corrija el dato y emita con un número nuevo.")
    else:
        text = N_("{documento} nunca fue recibido ({codigo} {descripcion}): no hay nada que anular.")
        action = N_("Su número está libre: emita con él el comprobante corregido, o déjelo así.")
    return EmitirError(
        Problem(
            BAJA_NO_PROCEDE,
            text,
            "numero",
            params,
            action=action,
            authority_code=document.respuesta_codigo or "",
        )
    )
