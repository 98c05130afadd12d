"""Peru, as the engine and the service see it (emitir.country)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from emitir.country import Authority, Blame, Find, Key, Prepared, Properties, Taxpayers
from emitir.country_facts import QrFacts
from emitir.errors import Problem
from emitir.i18n import N_
from emitir.peru.comprobante import Comprobante
from emitir.signing.signer import Signer

#: A RUC inside the text of a certificate's subject.
RUC_PATTERN = r"(?<![0-9])(?:10|15|16|17|20)[0-9]{9}(?![0-9])"


#: Names of the types of a retención and a percepción.
DE_AGENTE = frozenset({"20", "40", "retencion", "percepcion"})
#: Names of the types of both guías.
GUIAS = frozenset({"09", "31", "guia_remitente", "guia_transportista"})
#: Names of the type of a liquidación de compra.
COMPRAS = frozenset({"04", "liquidacion_compra"})


class Peru:
    """SUNAT. Stateless; modules are imported when they are first needed, so that the registry stays light."""

    code = "pe"
    name = "Perú"
    authority_name = "SUNAT"
    environments = ("sandbox", "beta", "produccion", "ose")
    secret_names = (
        *("usuario_sol", "clave_sol", "consulta_client_id", "consulta_client_secret"),
        *("gre_client_id", "gre_client_secret"),
    )

    def check_company(self, company: Properties) -> dict[str, Any]:
        from emitir.peru.emisor import check_emisor

        return check_emisor(company).model_dump(exclude_defaults=False)

    def check_signer(self, company: Properties, signer: Signer, now: datetime) -> list[Problem]:
        from emitir.signing.certificates import check_certificate

        return check_certificate(signer.certificate_der, company["ruc"], now, RUC_PATTERN)

    def prepare(self, properties: Properties, company: Properties, now: datetime) -> Prepared:
        tipo = str(properties.get("tipo")).lower()
        if tipo in DE_AGENTE:
            from emitir.peru.agente.constancia import prepare as prepare_agente

            return prepare_agente(properties, company, now)
        if tipo in GUIAS:
            from emitir.peru.guia.guia import prepare as prepare_guia

            return prepare_guia(properties, company, now)
        if tipo in COMPRAS:
            from emitir.peru.compra.liquidacion import prepare as prepare_compra

            return prepare_compra(properties, company, now)
        from emitir.peru.prepare import prepare

        return prepare(properties, company, now)

    def key(self, properties: Properties, company: Properties) -> Key:
        from emitir.peru.nombres import key

        return key(properties)

    def baja(
        self, stored: Properties, motivo: object, company: Properties, now: datetime, correlativo: int
    ) -> Prepared:
        from emitir.peru.envios import baja

        return baja(stored, motivo, company, now, correlativo)

    def annulled_already(self, code: str) -> bool:
        from emitir.peru.envios import annulled_already

        return annulled_already(code)

    def complete(self, properties: Properties, company: Properties, find: Find) -> Properties:
        from emitir.peru.notas import complete

        return complete(properties, company, find)

    def judge(self, prepared: Prepared, find: Find) -> None:
        from emitir.peru.notas import judge

        if isinstance(prepared, Comprobante):
            judge(prepared, find)

    resumen_size = 500

    def in_resumen(self, prepared: Prepared, company: Properties) -> bool:
        from emitir.peru.resumenes import in_resumen

        return in_resumen(prepared.tipo, prepared.serie, company)

    def resumen(
        self, stored: Sequence[Properties], company: Properties, now: datetime, correlativo: int
    ) -> Prepared:
        from emitir.peru.envios import resumen

        return resumen(stored, company, now, correlativo)

    def resumen_due(self, company: Properties, now: datetime) -> datetime:
        from emitir.peru.resumenes import resumen_due

        return resumen_due(company, now)

    def resumen_next(self, company: Properties, now: datetime) -> datetime:
        from emitir.peru.resumenes import resumen_next

        return resumen_next(company, now)

    def blame(self, stored: Sequence[Properties], code: str, description: str) -> Blame:
        from emitir.peru.resumenes import blame

        return blame(stored, code, description)

    def input_schema(self) -> dict[str, Any]:
        from emitir.peru.agente.model import schema
        from emitir.peru.compra.model import schema as of_purchase
        from emitir.peru.guia.model import schemas
        from emitir.peru.model import input_schema

        return {"anyOf": [input_schema(), schema(), *schemas(), of_purchase()]}

    def examples(self, now: datetime) -> list[dict[str, Any]]:
        from emitir.peru.examples import boleta, factura

        return [factura(now), boleta(now)]

    def authority(self, company: Properties, secrets: Mapping[str, str], signer: Signer) -> Authority:
        from emitir.peru.sunat.authority import connect

        return connect(company, secrets)

    def pdf(self, printable: Properties, layout: str, logo: bytes | None) -> bytes:
        from emitir.peru.printed import render

        return render(dict(printable), layout, logo)

    def looks_like_ruc(self, text: str) -> bool:
        from emitir.peru.identity import is_digits

        return is_digits(text, 11)

    def with_answer(self, printable: Properties, cdr: bytes | None) -> Properties | None:
        """Of a guía: its printable data with the address of the QR, None while the CDR is missing."""
        if printable.get("tipo") not in GUIAS:
            return printable
        from emitir.peru.guia.printed import with_answer

        return with_answer(printable, cdr) if cdr else None

    def is_qr(self, text: str) -> bool:
        from emitir.peru.qr import looks_like_qr

        return looks_like_qr(text)

    def read_qr(self, text: str) -> QrFacts:
        from emitir.peru.qr import read_qr

        return read_qr(text)

    @property
    def zona(self) -> str:
        return "America/Lima"

    def baja_until(self, tipo: str, fecha_emision: date, aprobado: datetime) -> date:
        from emitir.peru.plazos import DIAS_DE_BAJA

        return fecha_emision + timedelta(days=DIAS_DE_BAJA)

    def baja_terms(self, tipo: str) -> str:
        """Code 2957."""
        return N_("SUNAT la acepta hasta 7 días después de la emisión.")

    def deadline(self, tipo: str, fecha_emision: date, serie: str = "") -> datetime:
        from emitir.peru.plazos import deadline

        return deadline(tipo, fecha_emision, serie)

    def sales_sign(self, tipo: str) -> int:
        return -1 if tipo == "07" else 1

    def today(self, now: datetime) -> date:
        from emitir.peru.plazos import lima_date

        return lima_date(now)

    def document_types(self) -> Mapping[str, str]:
        from emitir.peru.nombres import NOMBRES

        return NOMBRES

    def own_settings(self) -> Mapping[str, Mapping[str, Any]]:
        from emitir.peru.emisor import PROPIOS

        return PROPIOS

    def own_secrets(self) -> Mapping[str, str]:
        return {}

    def taxpayers(self, data_dir: Path) -> Taxpayers:
        from emitir.peru.taxpayers import taxpayers_in

        return taxpayers_in(data_dir)


COUNTRY = Peru()
