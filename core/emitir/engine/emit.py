"""``emitir``: from properties to a stored, signed comprobante with somebody working on it, once per content."""

from __future__ import annotations

from collections.abc import Callable

from emitir.clock import Clock
from emitir.country import Batches, Country, Prepared, Properties
from emitir.engine.company import Company
from emitir.engine.comprobante import EN_RESUMEN, NO_RECIBIDO, POR_ENVIAR, Comprobante, Result
from emitir.engine.runtimes import Runtime, Runtimes
from emitir.engine.store import NO_EXTRAS, Extras, Store
from emitir.engine.waiting import Waiters
from emitir.error_codes import ERROR_INTERNO, NUMERO_USADO
from emitir.errors import EmitirError, Problem
from emitir.i18n import N_

#: How often a number is looked at again when others change it at the same moment.
_TRIES = 5


_IN_RESUMEN = N_("Irá en el resumen del {fecha} a las {hora}.")


class Emitter:
    """``start`` hands a document and its generation to the workflows."""

    def __init__(
        self,
        store: Store,
        runtimes: Runtimes,
        waiters: Waiters,
        clock: Clock,
        start: Callable[[Comprobante, int], None],
    ) -> None:
        self._store = store
        self._runtimes = runtimes
        self._waiters = waiters
        self._clock = clock
        self._start = start

    def emitir(self, company: Company, properties: Properties, wait: float) -> Result:
        """Issue the comprobante that ``properties`` describe and wait up to ``wait`` seconds for the verdict.

        The same content again: the same answer, nothing sent. Raises EmitirError: what the model and the rules
        say, what is wrong with certificate or credentials, ``NUMERO_USADO`` for other content under a number
        that is taken.
        """
        runtime = self._runtimes.get(company)
        try:
            prepared = runtime.country.prepare(properties, company.settings, self._clock())
        except EmitirError:
            earlier = self._issued_earlier(company, properties, runtime.country)
            if earlier is None:
                raise
            prepared = earlier
        for _ in range(_TRIES):
            issued = self._issue(company, prepared, runtime)
            if issued is not None:
                break
        else:
            text = N_("Otras solicitudes con el mismo número llegan a la vez.")
            raise EmitirError(Problem(ERROR_INTERNO, text, path="numero"))
        document, repeated, fresh = issued
        if document.settled or document.canal == EN_RESUMEN:
            return Result(document, repeated)
        with self._waiters.listening(document.id) as waiter:
            if fresh:
                self._start(document, document.generacion)
            return Result(waiter.verdict(self._store, document, wait), repeated)

    def _issue(
        self, company: Company, prepared: Prepared, runtime: Runtime
    ) -> tuple[Comprobante, bool, bool] | None:
        """The document; whether its content had been issued before; whether there is work to start on it.

        ``None``: somebody changed it at the same moment, look again.
        """
        old = self._store.find(company, prepared.tipo, prepared.serie, prepared.numero)
        if old is not None and old.contenido_hash == prepared.content_hash:
            if old.estado != NO_RECIBIDO:
                # Stored, but perhaps nobody lived to start it. Starting a generation twice is starting it once.
                return old, True, old.estado == POR_ENVIAR and not old.vueltas
            again = self._store.requeue(old)
            return None if again is None else (again, True, True)
        if old is not None and old.estado != NO_RECIBIDO:
            raise _number_used(old)
        problems = runtime.country.check_signer(company.settings, runtime.signer, self._clock())
        if problems:
            raise EmitirError(problems)
        signed = prepared.sign(runtime.signer)
        plazo = runtime.country.deadline(prepared.tipo, prepared.fecha_emision, prepared.serie)
        extras = self._extras(company, prepared, runtime)
        new = (
            self._store.add(company, prepared, signed, plazo, extras)
            if old is None
            else self._store.replace(old, prepared, signed, plazo, extras)
        )
        return None if new is None else (new, False, True)

    def _extras(self, company: Company, prepared: Prepared, runtime: Runtime) -> Extras:
        country = runtime.country
        if not isinstance(country, Batches) or not country.in_resumen(prepared, company.settings):
            return NO_EXTRAS
        due = country.resumen_next(company.settings, self._clock())
        return Extras(
            en_resumen=True, detalle=_IN_RESUMEN.format(fecha=f"{due:%d/%m/%Y}", hora=f"{due:%H:%M}")
        )

    def _issued_earlier(self, company: Company, properties: Properties, country: Country) -> Prepared | None:
        """A content that does not pass today (its date is too old by now) may have been issued when it did.

        A caller that missed our answer and asks again days later gets that answer, not an error.
        """
        serie, numero = str(properties.get("serie", "")), str(properties.get("numero", ""))
        if not serie or not numero.isascii() or not numero.isdigit() or len(numero) > 15:
            return None
        for document in self._store.numbered(company, serie, int(numero)):
            try:
                prepared = country.prepare(properties, company.settings, document.creado_en)
            except EmitirError:
                continue
            if prepared.content_hash == document.contenido_hash and prepared.tipo == document.tipo:
                return prepared
        return None


def _number_used(old: Comprobante) -> EmitirError:
    text = N_(
        "{documento} ya existe con otro contenido: emitido el {fecha} por {moneda} {total}, estado {estado}."
    )
    params = {
        "documento": old.codigo_documento,
        "fecha": old.fecha_emision.isoformat(),
        "moneda": old.moneda,
        "total": format(old.total, "f"),
        "estado": old.estado,
    }
    return EmitirError(Problem(NUMERO_USADO, text, path="numero", params=params))
