"""Files about other documents: the baja of one, the resumen diario of many. They are documents themselves:
numbered within their day, signed, sent under a ticket (spec.md §8).

What undoes a document: a factura or its nota a comunicación de baja (RA), a retención or percepción a
resumen de reversiones (RR), a boleta or its nota a line with
status 3 in a resumen diario (RC), also when it was sent by itself; within 7 days of its date (rule 2957).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from emitir import error_codes as codes
from emitir.country import Signed
from emitir.errors import EmitirError, Problem
from emitir.i18n import N_
from emitir.inputs import text_field
from emitir.money import ZERO
from emitir.peru.documents.baja import ComunicacionBaja, LineaBaja
from emitir.peru.documents.resumen import AGREGAR, ANULAR, ResumenDiario
from emitir.peru.emisor import emisor_of
from emitir.peru.plazos import DIAS_DE_BAJA, lima_date
from emitir.peru.registro import is_of_boleta, summary_line
from emitir.signing.signer import Signer

_motivo = text_field(100, 3, authority="2315")
_NAMES = {
    "01": "factura",
    "03": "boleta",
    "07": "nota de crédito",
    "08": "nota de débito",
    "04": "liquidación de compra",
    "09": "guía de remisión",
    "31": "guía de transportista",
    "20": "retención",
    "40": "percepción",
}
#: What a resumen de reversiones undoes (sheet Resumen_de_reversiones1_0), and of these what has no deadline there.
DE_REVERSION = frozenset({"04", "20", "40"})
SIN_PLAZO = frozenset({"20", "40"})
#: What SUNAT takes back in its portal only: it has no web service for the baja of a guía (spec.md §1).
SOLO_EN_SOL = frozenset({"09", "31"})


@dataclass(frozen=True, slots=True)
class Envio:
    """Implements :class:`emitir.country.Prepared` for RA and RC; its number is given by who stores it."""

    document: ComunicacionBaja | ResumenDiario
    tipo: str
    warnings: tuple[Problem, ...] = ()
    moneda: str = "PEN"
    total: Decimal = field(default=ZERO)
    receptor_numero: str = ""
    receptor_nombre: str = ""

    @property
    def serie(self) -> str:
        """The day on which the file is made, ``20261121``: numbers start again every day."""
        return f"{self.document.fecha_generacion:%Y%m%d}"

    @property
    def numero(self) -> int:
        return self.document.correlativo

    @property
    def codigo_documento(self) -> str:
        return self.document.codigo_documento

    @property
    def fecha_emision(self) -> date:
        return self.document.fecha_generacion

    @property
    def content_hash(self) -> str:
        content = [self.codigo_documento, self.document.fecha_documentos.isoformat()]
        content += [repr(linea) for linea in self.document.lineas]
        return hashlib.sha256(json.dumps(content).encode()).hexdigest()

    def sign(self, signer: Signer) -> Signed:
        return self.document.sign(signer)

    def printable(self) -> dict[str, Any]:
        """Nothing is printed of a file about other documents."""
        return {}

    def record(self) -> dict[str, Any]:
        """Nothing is made later of a file about other documents."""
        return {}


def baja(
    stored: Mapping[str, Any], motivo: object, company: Mapping[str, Any], now: datetime, correlativo: int
) -> Envio:
    """The file that annuls a stored document. Raises EmitirError: motivo, or the 7 days are over."""
    if stored["tipo"] in SOLO_EN_SOL:
        raise EmitirError(_in_sol(stored))
    problems = [*_wrong_reason(motivo), *too_late(stored, now), *_without_record(stored)]
    if problems:
        raise EmitirError(problems)
    emisor, today = emisor_of(company), lima_date(now)
    issued = date.fromisoformat(stored["fecha"])
    if is_of_boleta(stored):
        return Envio(ResumenDiario(emisor, correlativo, today, issued, (summary_line(stored, ANULAR),)), "RC")
    line = LineaBaja(stored["tipo"], stored["serie"], stored["numero"], str(motivo))
    clase = tipo_de_baja(stored)
    return Envio(ComunicacionBaja(emisor, correlativo, today, issued, (line,), clase), clase)


def resumen(
    stored: Sequence[Mapping[str, Any]], company: Mapping[str, Any], now: datetime, correlativo: int
) -> Envio:
    """The resumen diario that informs stored boletas of one date of issue (at most 500)."""
    days = {row["fecha"] for row in stored}
    if len(days) != 1:
        raise ValueError("a resumen holds documents of one date of issue")
    lines = tuple(summary_line(row, AGREGAR) for row in stored)
    issued = date.fromisoformat(days.pop())
    return Envio(ResumenDiario(emisor_of(company), correlativo, lima_date(now), issued, lines), "RC")


def _in_sol(stored: Mapping[str, Any]) -> Problem:
    text = N_("SUNAT no tiene un servicio para dar de baja la {name} {documento}.")
    action = N_("Dela de baja en SUNAT Operaciones en Línea, antes de que empiece el traslado.")
    documento = f"{stored['serie']}-{stored['numero']}"
    params = {"name": _NAMES[stored["tipo"]], "documento": documento}
    return Problem(codes.BAJA_NO_PROCEDE, text, "numero", params, action=action)


def _without_record(stored: Mapping[str, Any]) -> list[Problem]:
    if not is_of_boleta(stored) or "totales" in stored:
        return []
    text = N_(
        "De {documento} no se guardó lo que el resumen debe decir: fue emitido con una versión anterior."
    )
    action = N_("Emita una nota de crédito por anulación de la operación (motivo 01).")
    documento = f"{stored['serie']}-{stored['numero']}"
    return [Problem(codes.BAJA_NO_PROCEDE, text, "numero", {"documento": documento}, action=action)]


def annulled_already(code: str) -> bool:
    """Whether this code refuses a baja because the document is annulled already (RA: 2323; RC: 2987)."""
    return code in {"2323", "2987"}


def tipo_de_baja(stored: Mapping[str, Any]) -> str:
    """``RA``, ``RC`` or, of liquidaciones, retenciones and percepciones, ``RR``: the file that undoes a stored document."""
    if stored["tipo"] in DE_REVERSION:
        return "RR"
    return "RC" if is_of_boleta(stored) else "RA"


def too_late(stored: Mapping[str, Any], now: datetime) -> list[Problem]:
    """The problem when the days for a baja are over (2957, of a liquidación 2958), with the nota to issue instead."""
    days = (lima_date(now) - date.fromisoformat(stored["fecha"])).days
    if days <= DIAS_DE_BAJA or stored["tipo"] in SIN_PLAZO:
        return []
    authority = "2957"
    nota = N_("Emita una nota de crédito por anulación de la operación (motivo 01) sobre {documento}.")
    if stored["tipo"] == "07":
        nota = N_(
            "Emita una nota de débito por el mismo importe sobre el documento que {documento} modificó."
        )
    elif stored["tipo"] == "08":
        nota = N_("Emita una nota de crédito sobre el documento que {documento} modificó.")
    elif stored["tipo"] == "04":
        authority = "2958"
        if stored["serie"].isdigit():
            return []
        nota = N_("Una liquidación de compra no admite notas: consulte con SUNAT sobre {documento}.")
    codigo = f"{stored['serie']}-{stored['numero']}"
    return [
        Problem(
            codes.FECHA_FUERA_DE_PLAZO,
            N_("La {name} {documento} es de hace {days} días: la baja se pide hasta {limit} días después."),
            "numero",
            {"name": _NAMES[stored["tipo"]], "documento": codigo, "days": days, "limit": DIAS_DE_BAJA},
            authority_code=authority,
            action=nota.format(documento=codigo),
        )
    ]


def _wrong_reason(motivo: object) -> list[Problem]:
    from pydantic_core import PydanticCustomError

    try:
        _motivo(motivo)
    except PydanticCustomError as error:
        context = error.context or {}
        return [
            Problem(
                error.type, context["texto"], "motivo", context["params"], authority_code=context["autoridad"]
            )
        ]
    return []
