"""Whether a printed comprobante is what it says: its QR against our store, and against the authority for others'."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from emitir.country import Country
from emitir.country_facts import AsksAboutOthers, QrFacts, ReadsQr
from emitir.country_files import FileReport, VerifiesFiles
from emitir.engine.comprobante import Comprobante
from emitir.engine.empresas.companies import Companies
from emitir.engine.empresas.company import Company
from emitir.engine.empresas.runtimes import Runtimes
from emitir.engine.storage.store import Store
from emitir.error_codes import CONFIGURACION_INVALIDA, FORMATO_INVALIDO, VALOR_NO_PERMITIDO
from emitir.errors import EmitirError, Problem
from emitir.i18n import N_
from emitir.verdict import Accepted, Observed, Rejected, Unknown

#: Names a PEM file with the certification authorities of received documents.
TRUST_VARIABLE = "EMITIR_CONFIANZA"
#: ``valido``; ``sin_validez`` (rejected, annulled); ``no_coincide`` (other content than was issued); ``desconocido``
#: (nobody issued it); ``sin_comprobar`` (well-formed, and nobody could be asked).
VALIDO, SIN_VALIDEZ, NO_COINCIDE = "valido", "sin_validez", "no_coincide"
DESCONOCIDO, SIN_COMPROBAR = "desconocido", "sin_comprobar"


@dataclass(frozen=True, slots=True)
class Verification:
    """``comprobante``: ours, when it is. ``diferencias``: properties that do not agree. ``detalle``: in words."""

    facts: QrFacts
    resultado: str
    comprobante: Comprobante | None = None
    diferencias: tuple[str, ...] = ()
    detalle: str = ""


def verify(
    store: Store, runtimes: Runtimes, countries: Mapping[str, Country], company: Company, text: str
) -> Verification:
    """Raises EmitirError: no QR of a comprobante, or one with fields that cannot be."""
    reader = next((one for one in countries.values() if isinstance(one, ReadsQr) and one.is_qr(text)), None)
    if reader is None:
        message = N_("Ese QR no es el de un comprobante electrónico.")
        raise EmitirError(Problem(FORMATO_INVALIDO, message, "qr"))
    facts = reader.read_qr(text)
    if facts.ruc == company.ruc:
        return _ours(store, company, facts)
    return _others(runtimes, company, facts)


def verify_received(
    runtimes: Runtimes, companies: Companies, company: Company, content: bytes, now: datetime
) -> FileReport:
    """Look a received file over, and ask the authority. Raises EmitirError: no such file, a country that does not."""
    country = companies.country(company.pais)
    if not isinstance(country, VerifiesFiles):
        message = N_("Del archivo recibido solo se comprueba el QR: envíe «qr».")
        raise EmitirError(Problem(VALOR_NO_PERMITIDO, message, "xml"))
    runtime = runtimes.get(company)
    trust = _trust(os.environ.get(TRUST_VARIABLE, ""))
    return country.verify_file(
        content, company.settings, runtime.authority, now, trust=trust, secrets=runtime.secrets
    )


def _trust(path: str) -> bytes | None:
    """The certification authorities that this installation trusts. Raises EmitirError when they cannot be read."""
    if not path:
        return None
    try:
        return Path(path).read_bytes()
    except OSError as error:
        message = N_("No se puede leer el archivo de confianza ({variable}).")
        params = {"variable": TRUST_VARIABLE}
        raise EmitirError(Problem(CONFIGURACION_INVALIDA, message, params=params)) from error


def _ours(store: Store, company: Company, facts: QrFacts) -> Verification:
    if facts.codigo_documento:
        document = store.by_code(company, facts.codigo_documento)
    else:
        document = store.find(company, facts.tipo, facts.serie, facts.numero)
    if document is None:
        return Verification(facts, DESCONOCIDO)
    pairs = {
        "total": (document.total, document.total if facts.total is None else facts.total),
        "fecha": (document.fecha_emision, facts.fecha),
        "valor_resumen": (document.valor_resumen, facts.valor_resumen or document.valor_resumen),
    }
    different = tuple(name for name, (stored, printed) in pairs.items() if stored != printed)
    if different:
        return Verification(facts, NO_COINCIDE, document, different)
    valid = document.accepted and document.estado_comprobante == document.estado
    if valid:
        return Verification(facts, VALIDO, document)
    return Verification(facts, SIN_COMPROBAR if not document.settled else SIN_VALIDEZ, document)


def _others(runtimes: Runtimes, company: Company, facts: QrFacts) -> Verification:
    authority = runtimes.get(company).authority
    if not isinstance(authority, AsksAboutOthers):
        return Verification(facts, SIN_COMPROBAR)
    verdict = authority.ask_about(facts)
    match verdict:
        case Accepted():
            return Verification(facts, VALIDO, detalle=verdict.description)
        case Observed():
            return Verification(facts, SIN_VALIDEZ, detalle=verdict.description)
        case Rejected():
            return Verification(facts, NO_COINCIDE, detalle=verdict.description)
        case Unknown():
            return Verification(facts, DESCONOCIDO, detalle=verdict.description)
        case _:
            return Verification(facts, SIN_COMPROBAR)
