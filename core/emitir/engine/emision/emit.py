"""``emitir``: from properties to a stored, signed comprobante with somebody working on it, once per content."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from emitir.clock import Clock
from emitir.country import Country, Prepared, Properties, Signed
from emitir.engine.comprobante import (
    DIRECTO,
    NO_ENVIADO,
    NO_RECIBIDO,
    POR_ENVIAR,
    Comprobante,
    Result,
)
from emitir.engine.emision.drafts import Draft, Drafter
from emitir.engine.emision.request import NUMBER, REFERENCE, Request, read_request
from emitir.engine.empresas.company import Company
from emitir.engine.empresas.runtimes import Runtime, Runtimes
from emitir.engine.storage.store import Beside, Store
from emitir.engine.work.waiting import Waiters
from emitir.error_codes import ERROR_INTERNO, NUMERO_USADO, REFERENCIA_USADA
from emitir.errors import EmitirError, Problem
from emitir.i18n import N_

#: For so long the same content gets the same rejection, unless the company was changed.
_SAME_REJECTION = timedelta(minutes=10)
#: How often a number is looked at again when others change it at the same moment.
_TRIES = 20


@dataclass(frozen=True, slots=True)
class _Issued:
    """The document; whether its content had been issued before; whether there is work to start on it."""

    document: Comprobante
    repeated: bool
    fresh: bool


class Emitter:
    """``start`` hands a document and its generation to the workflows; ``mail`` checks that a company can send
    mail and gives what commits one to these addresses."""

    def __init__(
        self,
        store: Store,
        runtimes: Runtimes,
        waiters: Waiters,
        drafter: Drafter,
        clock: Clock,
        start: Callable[[Comprobante, int], None],
        mail: Callable[[Company, tuple[str, ...]], Beside],
    ) -> None:
        self._store = store
        self._runtimes = runtimes
        self._waiters = waiters
        self._clock = clock
        self._start = start
        self._mail = mail
        self._drafter = drafter

    def emitir(self, company: Company, properties: Properties, wait: float) -> Result:
        """Issue the comprobante that ``properties`` describe and wait up to ``wait`` seconds for the verdict.

        The same content again: the same answer, nothing sent. Without ``numero`` it gets the next one of its
        serie; then ``referencia`` is what makes a repeated request the same. Raises EmitirError: what the model
        and the rules say, what is wrong with certificate or credentials, ``NUMERO_USADO`` and
        ``REFERENCIA_USADA`` for other content under what is taken.
        """
        runtime = self._runtimes.get(company)
        request = self._with_mail(company, read_request(properties))
        for _ in range(_TRIES):
            issued = self._try(company, runtime, request)
            if issued is not None:
                break
        else:
            text = N_("Otras solicitudes con el mismo número llegan a la vez.")
            raise EmitirError(Problem(ERROR_INTERNO, text, path="numero"))
        document = issued.document
        if document.settled or document.canal != DIRECTO:
            return Result(document, issued.repeated)
        with self._waiters.listening(document.id) as waiter:
            if issued.fresh:
                self._start(document, document.generacion)
            return Result(waiter.verdict(self._store, document, wait), issued.repeated)

    def _with_mail(self, company: Company, request: Request) -> Request:
        if not request.mail_to:
            return request
        try:
            return replace(request, beside=self._mail(company, request.mail_to))
        except EmitirError as error:
            return replace(request, problems=(*request.problems, *error.problems))

    def _try(self, company: Company, runtime: Runtime, request: Request) -> _Issued | None:
        """``None``: somebody changed the document, or took the number, at the same moment; look again."""
        if request.referencia is not None:
            old = self._store.by_reference(company, request.referencia)
            if old is not None:
                return self._referred(company, runtime, request, old)
        try:
            draft = self._drafter.draft(company, runtime.country, request)
        except EmitirError:
            earlier = self._issued_earlier(company, request, runtime.country)
            if earlier is None:
                raise
            return self._again(earlier)
        if not request.numbered:
            return self._issue_next(company, runtime, draft)
        prepared = draft.prepared
        old = self._store.find(company, prepared.tipo, prepared.serie, prepared.numero)
        if old is not None and old.contenido_hash != prepared.content_hash and not old.number_free:
            if self._is_same(company, request, runtime.country, old):
                return self._again(old)
            raise _number_used(old)
        return self._issue(company, runtime, draft, old)

    def _referred(
        self, company: Company, runtime: Runtime, request: Request, old: Comprobante
    ) -> _Issued | None:
        """The answer to a referencia that was used before."""
        under_it = request if request.numbered else request.with_number(old.numero)
        if not self._worth_again(company, old) and self._is_same(company, under_it, runtime.country, old):
            return self._again(old)
        if not old.number_free:
            text = N_("La referencia «{referencia}» ya es de {documento}, con otro contenido.")
            params = {"referencia": request.referencia, "documento": old.codigo_documento}
            raise EmitirError(Problem(REFERENCIA_USADA, text, REFERENCE, params))
        draft = self._drafter.draft(company, runtime.country, under_it)
        prepared = draft.prepared
        if (prepared.tipo, prepared.serie, prepared.numero) != (old.tipo, old.serie, old.numero):
            text = N_(
                "La referencia «{referencia}» ya es de {documento}, que no fue recibido: corríjalo bajo su número."
            )
            params = {"referencia": request.referencia, "documento": old.codigo_documento}
            raise EmitirError(Problem(REFERENCIA_USADA, text, REFERENCE, params))
        return self._issue(company, runtime, draft, old)

    def _again(self, old: Comprobante) -> _Issued | None:
        """The answer to the same content: what became of it; once more to be sent if it was not received."""
        if old.estado != NO_RECIBIDO:
            # Stored, but perhaps nobody lived to start it. Starting a generation twice is starting it once.
            unstarted = old.estado == POR_ENVIAR and old.canal == DIRECTO and not old.vueltas
            return _Issued(old, True, unstarted)
        again = self._store.requeue(old)
        return None if again is None else _Issued(again, True, again.canal == DIRECTO)

    def _issue(
        self, company: Company, runtime: Runtime, draft: Draft, old: Comprobante | None
    ) -> _Issued | None:
        """Under the number that the request brings."""
        same = old is not None and old.contenido_hash == draft.prepared.content_hash
        if old is not None and same and not self._worth_again(company, old):
            return self._again(old)
        self._check_signer(company, runtime)
        self._check_number(company, draft.prepared)
        signed, plazo = _sign(draft.prepared, runtime)
        new = (
            self._store.add(company, draft.prepared, signed, plazo, draft.extras)
            if old is None
            else self._store.replace(old, draft.prepared, signed, plazo, draft.extras)
        )
        return None if new is None else _Issued(new, False, True)

    def _check_number(self, company: Company, prepared: Prepared) -> None:
        """Raises ``NUMERO_USADO`` for a number that was given up at the authority."""
        if self._store.given_up(company, prepared.tipo, prepared.serie, prepared.numero):
            text = N_("El número {numero} fue inutilizado: emita con otro.")
            raise EmitirError(Problem(NUMERO_USADO, text, NUMBER, {"numero": prepared.numero}))

    def _worth_again(self, company: Company, old: Comprobante) -> bool:
        """Whether content that was rejected, its number free, is judged anew: signed anew with what is set now.

        Not at once and with nothing changed: whoever missed the answer and asks again gets that answer.
        """
        if not old.libre or old.resuelto_en is None:
            return False
        return company.changed_at > old.resuelto_en or self._clock() > old.resuelto_en + _SAME_REJECTION

    def _issue_next(self, company: Company, runtime: Runtime, draft: Draft) -> _Issued | None:
        """Under the next number of the serie."""
        self._check_signer(company, runtime)

        def build(numero: int) -> tuple[Prepared, Signed, datetime]:
            properties = {**draft.properties, NUMBER: numero}
            prepared = runtime.country.prepare(properties, company.settings, self._clock())
            return prepared, *_sign(prepared, runtime)

        tipo, serie = draft.prepared.tipo, draft.prepared.serie
        new = self._store.add_next(company, tipo, serie, build, draft.extras)
        return None if new is None else _Issued(new, False, True)

    def _check_signer(self, company: Company, runtime: Runtime) -> None:
        problems = runtime.country.check_signer(company.settings, runtime.signer, self._clock())
        if problems:
            raise EmitirError(problems)

    def _issued_earlier(self, company: Company, request: Request, country: Country) -> Comprobante | None:
        """A content that does not pass today (its date is too old by now) may have been issued when it did.

        A caller that missed our answer and asks again days later gets that answer, not an error.
        """
        properties = request.properties
        serie, numero = str(properties.get("serie", "")).upper(), str(properties.get(NUMBER, ""))
        if (
            not request.numbered
            or not serie
            or not numero.isascii()
            or not numero.isdigit()
            or len(numero) > 15
        ):
            return None
        for document in self._store.numbered(company, serie, int(numero)):
            if self._is_same(company, request, country, document):
                return document
        return None

    def _is_same(self, company: Company, request: Request, country: Country, old: Comprobante) -> bool:
        """Whether the request says what ``old`` says, judged as of the moment at which that was issued."""
        try:
            draft = self._drafter.draft(company, country, request, old.creado_en, old.id)
        except EmitirError:
            return False
        return draft.prepared.content_hash == old.contenido_hash and draft.prepared.tipo == old.tipo


def _sign(prepared: Prepared, runtime: Runtime) -> tuple[Signed, datetime]:
    plazo = runtime.country.deadline(prepared.tipo, prepared.fecha_emision, prepared.serie)
    return runtime.sign(prepared), plazo


def _number_used(old: Comprobante) -> EmitirError:
    text = N_(
        "{documento} ya existe con otro contenido: emitido el {fecha} por {moneda} {total}, estado {estado}."
    )
    if old.estado == NO_ENVIADO:
        text = N_(
            "{documento} ya existe: emitido el {fecha} por {moneda} {total} y dado de baja antes de enviarlo."
        )
    params = {
        "documento": old.codigo_documento,
        "fecha": old.fecha_emision.isoformat(),
        "moneda": old.moneda,
        "total": format(old.total, "f"),
        "estado": old.estado,
    }
    return EmitirError(Problem(NUMERO_USADO, text, path="numero", params=params))
