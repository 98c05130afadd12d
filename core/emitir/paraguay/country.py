"""Paraguay, as the engine and the service see it (emitir.country)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from emitir.clock import Clock
from emitir.country import Authority, Find, Key, Prepared, Properties, Taxpayers
from emitir.country_facts import QrFacts
from emitir.country_files import FileReport, Onboarding, Tell
from emitir.errors import Problem
from emitir.i18n import N_
from emitir.paraguay.comprobante import Comprobante
from emitir.signing.signer import Signer
from emitir.verdict import Verdict

if TYPE_CHECKING:
    from emitir.country_events import EventOutcome
    from emitir.paraguay.eventos.envio import MensajeDeEventos

#: A RUC with its digit inside the text of a certificate's subject (RUC80000000-5).
RUC_PATTERN = r"[1-9][0-9]{1,7}[A-D]?-[0-9]"


class Paraguay:
    """SIFEN of the DNIT. Stateless; modules are imported when they are first needed."""

    code = "py"
    name = "Paraguay"
    authority_name = "SIFEN"
    environments = ("sandbox", "test", "produccion")
    secret_names = ("csc",)

    def check_company(self, company: Properties) -> dict[str, Any]:
        from emitir.paraguay.emisor import check_emisor

        emisor = check_emisor(company)
        # What was left out stays out: an empty text is no value for the same check the next time.
        given = emisor.model_dump(exclude_defaults=True)
        return given | {
            "ambiente": emisor.ambiente,
            "timbrado_inicio": emisor.timbrado_inicio.isoformat(),
        }

    def check_signer(self, company: Properties, signer: Signer, now: datetime) -> list[Problem]:
        from emitir.paraguay.certificado import check
        from emitir.signing.certificates import check_certificate

        found = check_certificate(signer.certificate_der, company["ruc"], now, RUC_PATTERN)
        told = {problem.code for problem in found}
        more = check(signer.certificate_der, company["ruc"])
        return [*found, *(problem for problem in more if problem.code not in told)]

    def prepare(self, properties: Properties, company: Properties, now: datetime) -> Comprobante:
        from emitir.paraguay.prepare import prepare

        return prepare(properties, company, now)

    def key(self, properties: Properties, company: Properties) -> Key:
        from emitir.paraguay.nombres import key

        return key(properties, company)

    def baja(
        self, stored: Properties, motivo: object, company: Properties, now: datetime, correlativo: int
    ) -> MensajeDeEventos:
        from emitir.paraguay.eventos.envio import cancelacion

        return cancelacion(stored, motivo, company, now, correlativo)

    def events(
        self,
        properties: Properties,
        company: Properties,
        now: datetime,
        correlativo: int,
        authority: Authority | None,
    ) -> MensajeDeEventos:
        from emitir.paraguay.eventos.comando import events

        return events(properties, company, now, correlativo, authority)

    def void(
        self, properties: Properties, company: Properties, now: datetime, correlativo: int
    ) -> MensajeDeEventos:
        from emitir.paraguay.eventos.comando import void

        return void(properties, company, now, correlativo)

    def event_outcomes(self, answer: bytes | None, final: bool, count: int) -> list[EventOutcome]:
        from emitir.paraguay.sifen.eventos import outcomes

        return outcomes(answer, final, count)

    def events_schema(self) -> dict[str, Any]:
        from emitir.paraguay.eventos.comando import events_schema

        return events_schema()

    def events_example(self, now: datetime) -> dict[str, Any]:
        from emitir.paraguay.examples import evento

        return evento(now)

    def void_schema(self) -> dict[str, Any]:
        from emitir.paraguay.eventos.comando import void_schema

        return void_schema()

    def void_example(self, now: datetime) -> dict[str, Any]:
        from emitir.paraguay.examples import inutilizar

        return inutilizar()

    def complete(self, properties: Properties, company: Properties, find: Find) -> Properties:
        from emitir.paraguay.notas import complete

        return complete(properties, company, find)

    def judge(self, prepared: Prepared, find: Find) -> None:
        from emitir.paraguay.notas import judge

        if isinstance(prepared, Comprobante):
            judge(prepared, find)

    lote_size = 50
    lote_bytes = 2_000_000

    def lote_wait(self, company: Properties) -> timedelta:
        from emitir.paraguay.emisor import emisor_of

        return timedelta(seconds=emisor_of(company).lote_espera)

    def in_lote(self, prepared: Prepared, company: Properties) -> bool:
        return company.get("envio") == "lote"

    def lote(self, files: Sequence[bytes], company: Properties, now: datetime, correlativo: int) -> Prepared:
        from emitir.paraguay.lotes import lote

        return lote(files, company, now, correlativo)

    def lote_verdicts(self, answer: bytes | None, codes: Sequence[str]) -> Mapping[str, Verdict]:
        from emitir.paraguay.sifen.lotes import verdicts

        return verdicts(answer, codes)

    def demands_lote(self, code: str) -> bool:
        """1264: the RUC is not enabled for the synchronous service."""
        return code == "1264"

    def by_lote(self) -> Mapping[str, Any]:
        return {"envio": "lote"}

    def taxpayers_through(self, authority: Authority, company: Properties, data_dir: Path) -> Taxpayers:
        from emitir.paraguay.contribuyentes import FILE, FOLDER, SifenTaxpayers
        from emitir.paraguay.sifen.authority import SifenAuthority
        from emitir.paraguay.sifen.endpoints import base_of

        if not isinstance(authority, SifenAuthority):
            raise TypeError("the authority of another country")
        return SifenTaxpayers(authority, base_of(company), data_dir / FOLDER / FILE)

    def taxpayers_described(self) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
        from emitir.paraguay.contribuyentes import TAXPAYER_SCHEMA, input_schema

        return input_schema(), dict(TAXPAYER_SCHEMA), {"numero_doc": "80012345-0"}

    def annulled_already(self, code: str) -> bool:
        """4003: the document is cancelled."""
        return code == "4003"

    def baja_until(self, tipo: str, fecha_emision: date, aprobado: datetime) -> date:
        from emitir.paraguay.plazos import asuncion, cancelacion_hasta

        return cancelacion_hasta(tipo, asuncion(aprobado)).date()

    def baja_terms(self, tipo: str) -> str:
        """Hours from the approval (4009, 4010)."""
        if tipo == "1":
            return N_("Una factura se cancela en SIFEN dentro de las 48 horas desde su aprobación.")
        return N_("Se cancela en SIFEN dentro de las 168 horas (7 días) desde su aprobación.")

    def approved_at(self, cdr: bytes) -> datetime | None:
        from emitir.paraguay.registro import approved_at

        return approved_at(cdr)

    def input_schema(self) -> dict[str, Any]:
        from emitir.paraguay.model import input_schema

        return input_schema()

    def examples(self, now: datetime) -> list[dict[str, Any]]:
        from emitir.paraguay.examples import factura, remision

        return [factura(now), remision(now)]

    def authority(self, company: Properties, secrets: Mapping[str, str], signer: Signer) -> Authority:
        from emitir.paraguay.sifen.authority import connect

        return connect(company, signer)

    def pdf(self, printable: Properties, layout: str, logo: bytes | None) -> bytes:
        from emitir.paraguay.printed import render

        return render(printable, layout, logo)

    def looks_like_ruc(self, text: str) -> bool:
        from emitir.paraguay.identity import split_ruc

        return split_ruc(text.upper()) is not None

    def is_qr(self, text: str) -> bool:
        from emitir.paraguay.lectura import looks_like_qr

        return looks_like_qr(text)

    def read_qr(self, text: str) -> QrFacts:
        from emitir.paraguay.lectura import read_qr

        return read_qr(text)

    def verify_file(
        self,
        content: bytes,
        company: Properties,
        authority: Authority | None,
        now: datetime,
        *,
        trust: bytes | None = None,
        secrets: Mapping[str, str] | None = None,
    ) -> FileReport:
        from emitir.paraguay.verificacion import verify_file

        return verify_file(content, company, authority, now, trust, secrets)

    def homologar(
        self,
        company: Properties,
        secrets: Mapping[str, str],
        signer: Signer,
        folder: Path,
        options: Mapping[str, Any],
        clock: Clock,
        tell: Tell,
    ) -> Onboarding:
        from emitir.paraguay.homologacion import homologar

        return homologar(company, secrets, signer, folder, options, clock, tell)

    @property
    def zona(self) -> str:
        return "America/Asuncion"

    def deadline(self, tipo: str, fecha_emision: date, serie: str = "") -> datetime:
        """720 hours after the day of issue (1150); after 72 hours SIFEN only observes the delay (1005).

        A message of events has a week, the longest time for a cancelación.
        """
        from emitir.paraguay.eventos.envio import EVENTOS
        from emitir.paraguay.plazos import ATRASO_HORAS, CANCELACION_HORAS, utc

        hours = CANCELACION_HORAS if tipo == EVENTOS else ATRASO_HORAS
        return utc(datetime.combine(fecha_emision, time()) + timedelta(hours=hours))

    def sales_sign(self, tipo: str) -> int:
        """An autofactura is a purchase, a remisión no sale: neither counts."""
        return {"1": 1, "5": -1, "6": 1}.get(tipo, 0)

    def today(self, now: datetime) -> date:
        from emitir.paraguay.plazos import asuncion

        return asuncion(now).date()

    def own_settings(self) -> Mapping[str, Mapping[str, Any]]:
        from emitir.paraguay.propios import PROPIOS

        return PROPIOS

    def own_secrets(self) -> Mapping[str, str]:
        from emitir.paraguay.propios import SECRETOS

        return SECRETOS

    def document_types(self) -> Mapping[str, str]:
        from emitir.paraguay.fields import TIPOS

        return TIPOS


COUNTRY = Paraguay()
