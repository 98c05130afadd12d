"""``correo``: the files of a comprobante to some addresses, through the company's mail server.

The request commits its deliveries (:mod:`emitir.engine.entregas.deliveries`); the dispatcher calls :meth:`Mailer.send`.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from emitir.country import Properties
from emitir.engine.comprobante import EN_RESUMEN, ENVIO, NO_ENVIADO, NO_RECIBIDO, RECHAZADO, Comprobante
from emitir.engine.empresas.companies import Companies
from emitir.engine.empresas.company import Company
from emitir.engine.entregas import mail_smtp
from emitir.engine.entregas.deliveries import (
    CORREO,
    PENDIENTE,
    Delivery,
    Failed,
    Later,
    Outcome,
    Waiting,
    said,
)
from emitir.engine.entregas.mail_message import Letter, compose
from emitir.engine.entregas.mail_request import MAX_ADDRESSES, MailRequest, read_request, too_many
from emitir.engine.entregas.mail_settings import SMTP_PASSWORD, smtp_settings
from emitir.engine.entregas.store import DeliveryStore
from emitir.engine.files import CLASES, Download, Files
from emitir.engine.storage.archive import PRINTABLE, read_printable
from emitir.engine.storage.database import Database
from emitir.engine.storage.store import Beside, Store
from emitir.engine.storage.tables import COMPROBANTE
from emitir.error_codes import ARCHIVO_NO_DISPONIBLE, COMPROBANTE_NO_VALIDO, CORREO_NO_CONFIGURADO
from emitir.errors import EmitirError, Problem
from emitir.i18n import N_

#: The same request within these seconds is the same mail (a double click, a client that lost our answer).
REPEAT_SECONDS = 300.0
#: Seconds between two looks at a comprobante whose mail waits for the authority's answer.
WAITING_SECONDS = 10.0
#: Bytes of all attachments together.
MAX_ATTACHED = 20 * 1024 * 1024

_DEAD = (RECHAZADO, NO_RECIBIDO, NO_ENVIADO)


@dataclass(frozen=True, slots=True)
class MailResult:
    """What ``correo`` answers: the comprobante and a delivery per address. ``repeated``: the same request had
    been made a moment before, and this is its mail."""

    comprobante: Comprobante
    deliveries: tuple[Delivery, ...]
    repeated: bool


class Mailer:
    """``wake`` tells the dispatcher that there is something to send."""

    def __init__(
        self,
        database: Database,
        store: Store,
        deliveries: DeliveryStore,
        companies: Companies,
        files: Files,
        wake: Callable[[], None],
    ) -> None:
        self._database = database
        self._store = store
        self._deliveries = deliveries
        self._companies = companies
        self._files = files
        self._wake = wake

    def correo(
        self, company: Company, find: Callable[[Properties], Comprobante], properties: Properties, wait: float
    ) -> MailResult:
        """Commit the mail that ``properties`` ask for and wait up to ``wait`` seconds for what becomes of it.

        ``find``: the comprobante that the properties name. Raises EmitirError with every problem when nothing
        was committed.
        """
        problems: list[Problem] = []
        if smtp_settings(company.ajustes) is None:
            text = N_("La empresa no tiene un servidor de correo configurado.")
            problems.append(Problem(CORREO_NO_CONFIGURADO, text))
        request = document = None
        try:
            request = read_request(properties)
        except EmitirError as error:
            problems += error.problems
        try:
            document = find(properties)
            problems += _not_to_be_sent(document)
        except EmitirError as error:
            problems += error.problems
        if problems or request is None or document is None:
            raise EmitirError(problems)
        grupo, repeated = self._commit(document, request)
        self._wake()
        return MailResult(document, self._outcome(grupo, wait), repeated)

    def when_accepted(self, company: Company, addresses: tuple[str, ...]) -> Beside:
        """What commits, with a new comprobante, the mail of its files: it leaves once the authority accepts.

        Raises EmitirError when the company cannot send mail, or to too many.
        """
        problems = []
        if smtp_settings(company.ajustes) is None:
            text = N_("La empresa no tiene un servidor de correo configurado.")
            problems.append(Problem(CORREO_NO_CONFIGURADO, text, "enviar_a"))
        if len(addresses) > MAX_ADDRESSES:
            problems.append(too_many(len(addresses), "enviar_a"))
        if problems:
            raise EmitirError(problems)
        request = MailRequest(addresses, (), "", CLASES)

        def commit(connection: Connection, document_id: int) -> None:
            self._deliveries.add(
                connection,
                CORREO,
                request.addresses,
                request.content(),
                empresa_id=company.id,
                comprobante_id=document_id,
            )

        return commit

    def check(self, company: Company) -> str:
        """Log in at the company's mail server: what is wrong, in Spanish; empty when mail can go out.

        Raises ``CORREO_NO_CONFIGURADO``.
        """
        smtp = smtp_settings(company.ajustes)
        if smtp is None:
            text = N_("La empresa no tiene un servidor de correo configurado.")
            raise EmitirError(Problem(CORREO_NO_CONFIGURADO, text))
        return mail_smtp.check(smtp, self._password(company))

    def of_document(self, document: Comprobante) -> list[Delivery]:
        """Every mail about a comprobante."""
        return self._deliveries.of_document(document.id, CORREO)

    def send(self, taken: Sequence[Delivery]) -> Sequence[Outcome]:
        """Send one message to the addresses of one group: the dispatcher's part."""
        first = taken[0]
        assert first.comprobante_id is not None  # noqa: S101 - every mail is about a comprobante
        document = self._store.by_id(first.comprobante_id)
        company = self._companies.by_id(first.empresa_id)
        smtp = smtp_settings(company.ajustes)
        if smtp is None:
            return [Later(said(N_("La empresa no tiene un servidor de correo configurado.")))] * len(taken)
        if document.estado in _DEAD:
            text = said(
                N_("{documento} no es válido (estado {estado}): no se envía."),
                documento=document.codigo_documento,
                estado=document.estado,
            )
            return [Failed(text)] * len(taken)
        if not document.settled and document.canal != EN_RESUMEN:
            text = said(N_("Espera la respuesta de la autoridad sobre el comprobante."))
            return [Waiting(WAITING_SECONDS, text)] * len(taken)
        letter = self._letter(company, document, first)
        if sum(len(file.content) for file in letter.files) > MAX_ATTACHED:
            return [Failed(said(N_("Los archivos adjuntos pasan de 20 MiB.")))] * len(taken)
        message = compose(letter, smtp)
        return mail_smtp.send(smtp, self._password(company), message, [one.destino for one in taken])

    def _commit(self, document: Comprobante, request: MailRequest) -> tuple[str, bool]:
        content = request.content()
        huella = hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
        with self._database.write() as connection:
            # Two equal requests at the same moment: the second one finds what the first one made.
            connection.execute(
                sa.select(COMPROBANTE.c.id).where(COMPROBANTE.c.id == document.id).with_for_update()
            )
            recent = self._deliveries.recent(connection, document.id, huella, REPEAT_SECONDS)
            if recent is not None:
                return recent, True
            grupo = self._deliveries.add(
                connection,
                CORREO,
                request.addresses,
                content,
                empresa_id=document.empresa_id,
                comprobante_id=document.id,
                huella=huella,
            )
        return grupo, False

    def _outcome(self, grupo: str, wait: float) -> tuple[Delivery, ...]:
        """The deliveries as they are once the first attempt is over, or after ``wait`` seconds."""
        until, look = time.monotonic() + wait, 0.05
        while True:
            found = tuple(self._deliveries.group(grupo))
            tried = all(one.over or (one.estado == PENDIENTE and one.detalle) for one in found)
            left = until - time.monotonic()
            if tried or left <= 0:
                return found
            time.sleep(min(look, left))
            look = min(look * 1.5, 0.5)

    def _letter(self, company: Company, document: Comprobante, delivery: Delivery) -> Letter:
        content = delivery.contenido
        found = self._store.file(document, PRINTABLE)
        printable: Mapping[str, Any] = {} if found is None else read_printable(found[0])
        country = self._companies.country(company.pais)
        return Letter(
            document=document,
            denominacion=str(printable.get("denominacion") or said(N_("Comprobante electrónico"))),
            empresa=company.razon_social,
            ruc=company.ruc,
            pais=company.pais,
            autoridad=country.authority_name,
            para=content["para"],
            cc=content["cc"],
            mensaje=content["mensaje"],
            files=self._attachments(document, content["archivos"]),
            grupo=delivery.grupo,
            creado_en=delivery.creado_en,
        )

    def _attachments(self, document: Comprobante, kinds: Sequence[str]) -> list[Download]:
        """The files that were asked for and exist: there is no CDR of what a resumen will inform."""
        files = []
        for kind in kinds:
            try:
                files.append(self._files.of(document, kind))
            except EmitirError as error:
                if error.code != ARCHIVO_NO_DISPONIBLE:
                    raise
        return files

    def _password(self, company: Company) -> str:
        return self._companies.open_secret(company, SMTP_PASSWORD)


def _not_to_be_sent(document: Comprobante) -> list[Problem]:
    if document.clase == ENVIO:
        text = N_("{documento} es un archivo sobre otros comprobantes: no se envía por correo.")
        return [
            Problem(
                COMPROBANTE_NO_VALIDO,
                text,
                "codigo_documento",
                {"documento": document.codigo_documento},
                action=N_("Envíe el comprobante de que trata."),
            )
        ]
    if document.estado not in _DEAD:
        return []
    text = N_("{documento} está {estado}: no es un comprobante válido y no se envía por correo.")
    params = {"documento": document.codigo_documento, "estado": document.estado}
    return [Problem(COMPROBANTE_NO_VALIDO, text, "numero", params)]
