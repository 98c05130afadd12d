"""What a baja or resumen was to bring about, asked of SUNAT when its ticket was lost (spec.md §12)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from lxml import etree

from emitir.country import Submission
from emitir.i18n import N_
from emitir.peru.sunat import states
from emitir.peru.sunat.integrada import ConsultaIntegrada
from emitir.peru.sunat.services import ConsultService
from emitir.soap.outcome import Failure
from emitir.soap.reader import local_name, parse, text_of
from emitir.verdict import Accepted, NoVerdict, Observed, Rejected, Unknown, Verdict

_DONE = N_("Aplicado según la consulta de sus documentos; la constancia se perdió con su ticket.")
_NOT_YET = N_("Los documentos del envío no lo muestran aplicado.")
#: Condition of a line of a resumen that annuls (catalog 19).
_ANNULS = "3"


@dataclass(frozen=True, slots=True)
class Line:
    """The first document of a file. ``total`` is only told in a resumen."""

    tipo: str
    serie: str
    numero: int
    fecha: date
    total: Decimal | None
    annuls: bool


def first_line(xml: bytes) -> Line | None:
    """Of one of our own RA and RC; None for another document."""
    root = parse(xml)
    reference = [text_of(element) for element in root if local_name(element) == "ReferenceDate"]
    lines = [one for one in root if local_name(one) in ("VoidedDocumentsLine", "SummaryDocumentsLine")]
    if not lines or not reference:
        return None
    values = {local_name(element): text_of(element) for element in _inside(lines[0])}
    fecha, tipo = date.fromisoformat(reference[0]), values["DocumentTypeCode"]
    if local_name(lines[0]) == "VoidedDocumentsLine":
        return Line(tipo, values["DocumentSerialID"], int(values["DocumentNumberID"]), fecha, None, True)
    serie, _, numero = values["ID"].partition("-")
    total, annuls = Decimal(values["TotalAmount"]), values["ConditionCode"] == _ANNULS
    return Line(tipo, serie, int(numero), fecha, total, annuls)


def _inside(line: etree._Element) -> list[etree._Element]:
    """The fields of the line, and its status; not those of what it refers to."""
    found = list(line)
    return found + [inner for one in line if local_name(one) == "Status" for inner in one]


def ask_consult(consult: ConsultService, ruc: str, line: Line, submission: Submission) -> Verdict:
    """Is a factura or its nota voided? billConsultService says 0003 then."""
    state = consult.get_status(ruc, line.tipo, line.serie, line.numero)
    if isinstance(state, Failure):
        return NoVerdict(state.reason, state.detail)
    if states.code_of(state) == 3:
        return Accepted("0", _DONE)
    if states.code_of(state) in (1, 2, 11):
        return Unknown("", _NOT_YET)
    return states.unsettled(state)


def ask_integrada(integrada: ConsultaIntegrada, ruc: str, line: Line, submission: Submission) -> Verdict:
    """Is a boleta or its nota informed, or voided?"""
    answer = integrada.ask(ruc, line.tipo, line.serie, line.numero, line.fecha, line.total or Decimal(0))
    match answer:
        case Observed():  # voided
            return Accepted("0", _DONE) if line.annuls else Rejected("2987", answer.description)
        case Accepted():
            return Unknown("", _NOT_YET) if line.annuls else Accepted("0", _DONE)
        case _:
            return answer
