"""``verificar``: whether a received DE is what it says it is, in the order of what each thing rests on.

Schema, signature, certificate, chain (when a trust file is given), CDC, QR, totals; then the authority's word. It reads
the bytes alone: a document of any program is judged, not only ours.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from emitir.country import Authority
from emitir.country_facts import AsksAboutOthers
from emitir.country_files import MAL, SIN_COMPROBAR, Check, FileReport
from emitir.i18n import N_
from emitir.paraguay.verificacion.certificado import certificate, chain
from emitir.paraguay.verificacion.contenido import cdc_check, qr_check, totals
from emitir.paraguay.verificacion.documento import Recibido, read
from emitir.paraguay.verificacion.esquema import schema
from emitir.paraguay.verificacion.firma import signature
from emitir.verdict import Accepted, NotReceived, NoVerdict, Observed, Rejected, Unknown

VALIDO, SIN_VALIDEZ, NO_COINCIDE = "valido", "sin_validez", "no_coincide"
DESCONOCIDO, NO_SE_SABE = "desconocido", "sin_comprobar"


def verify_file(
    content: bytes,
    company: Mapping[str, Any],
    asked: Authority | None,
    now: datetime,
    trust: bytes | None = None,
    secrets: Mapping[str, str] | None = None,
) -> FileReport:
    """See :class:`emitir.country_files.VerifiesFiles`. Raises EmitirError: no rDE, or one without the data of one."""
    received = read(content)
    facts = received.facts()
    own = str(company.get("ruc", "")) == facts.ruc
    checks = [
        schema(received),
        signature(received),
        certificate(received),
        chain(received, trust, now),
        cdc_check(received),
        qr_check(received, (secrets or {}).get("csc", "") if own else ""),
        totals(received),
    ]
    word, said = _authority(received, asked)
    broken = any(check.resultado == MAL for check in checks)
    return FileReport(facts, SIN_VALIDEZ if broken else word, (*checks, said))


def _authority(received: Recibido, asked: Authority | None) -> tuple[str, Check]:
    name = "autoridad"
    if not isinstance(asked, AsksAboutOthers):
        return NO_SE_SABE, Check(name, SIN_COMPROBAR, N_("No se preguntó a SIFEN."))
    verdict = asked.ask_about(received.facts())
    match verdict:
        case Accepted():
            return VALIDO, Check(name, "bien")
        case Observed():
            text = N_("SIFEN lo aprobó y después fue anulado: {said}")
            return SIN_VALIDEZ, Check(name, MAL, text, {"said": verdict.description})
        case Rejected():
            return NO_COINCIDE, Check(name, MAL, N_("SIFEN guarda otro documento bajo este CDC."))
        case Unknown():
            return DESCONOCIDO, Check(name, MAL, N_("SIFEN no tiene un documento aprobado con este CDC."))
        case NotReceived(code=code, description=said) | NoVerdict(reason=code, detail=said):
            text = N_("SIFEN no dijo nada de este documento ({code}): {said}")
            return NO_SE_SABE, Check(name, SIN_COMPROBAR, text, {"code": code, "said": said})
        case _:
            return NO_SE_SABE, Check(name, SIN_COMPROBAR)


__all__ = ["verify_file"]
