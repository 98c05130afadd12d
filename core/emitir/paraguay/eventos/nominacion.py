"""The receiver that a nominación names: judged as the receiver of a factura is, told with the event's codes."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from emitir.errors import Problem
from emitir.i18n import N_
from emitir.paraguay.comprobante import Comprobante
from emitir.paraguay.emisor import Emisor
from emitir.paraguay.eventos.model import Nominacion
from emitir.paraguay.model import Documento
from emitir.paraguay.rules.engine import Report, Rule

#: Code of a document to the one of the nominación.
CODES = {
    "1300": "4475",
    "1301": "4456",
    "1304": "4459",
    "1309": "4463",
    "1314": "4467",
    "1318": "4478",
    "1320": "4476",
    "1328": "4474",
    "1331": "",
    "1333": "4475",
    "1335": "4464",
}
#: Properties of the event alone.
_OWN = {"evento", "cdc", "motivo"}


def as_document(datos: Nominacion, emisor: Emisor, ahora: datetime) -> Comprobante:
    """A factura to that receiver: the writer and the rules of the receiver take it."""
    given = {name: getattr(datos, name) for name in datos.model_fields_set - _OWN}
    document = Documento.model_construct(tipo="1", fecha=ahora.date(), numero=1, serie="001-001", **given)
    return Comprobante(document, emisor, ahora)


def problems_of_receiver(datos: Nominacion, emisor: Emisor, ahora: datetime) -> list[Problem]:
    """What is wrong with the receiver."""
    from emitir.paraguay.rules import receiver

    report = Report()
    if datos.tipo_doc == "5":
        from emitir import error_codes as codes

        text = N_("Una nominación no puede dejar al receptor innominado.")
        return [Problem(codes.REGLA_INCUMPLIDA, text, "tipo_doc")]
    document = as_document(datos, emisor, ahora)
    for value in vars(receiver).values():
        if isinstance(value, Rule) and value.stage == "datos" and "1" in value.tipos:
            report.rule = value
            value.check(document, report)
    return [_told(problem) for problem in report.errors]


def _told(problem: Problem) -> Problem:
    code = CODES.get(problem.authority_code, "")
    return replace(problem, authority_code=code, source=f"SIFEN v150 {code}".strip())
