"""``hola``: is this company ready to issue? Everything that is not is said in words, at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from emitir.clock import Clock
from emitir.country_facts import Examines
from emitir.engine.empresas.companies import Companies
from emitir.engine.empresas.company import Company
from emitir.engine.empresas.runtimes import Runtimes
from emitir.engine.work.verdicts import no_verdict_in_words
from emitir.error_codes import (
    AUTORIDAD_NO_RESPONDE,
    CERTIFICADO_POR_VENCER,
    CONEXION_RECHAZADA,
)
from emitir.errors import EmitirError, Problem
from emitir.i18n import N_
from emitir.signing.certificates import CertificateFacts, describe_certificate
from emitir.verdict import Accepted, NotReceived, NoVerdict, Observed, Verdict

#: Days before the end of the certificate from which on it is announced, and how it is put then.
_WARN_DAYS = (30, 7, 1)


@dataclass(frozen=True, slots=True)
class HolaResult:
    """``ok``: ready to issue. ``problems``: what keeps it from issuing; ``warnings``: what soon will.

    ``certificate``: its facts, ``None`` without one. ``days_left``: whole days of validity left (negative once
    past). ``connected``: whether the authority answered with these credentials. ``facts``: what else it told.
    """

    ok: bool
    company: Company
    authority: str
    certificate: CertificateFacts | None
    days_left: int | None
    connected: bool
    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...]
    facts: Mapping[str, Any] = field(default_factory=dict)


class Health:
    """Looks at one company from settings to connection; sends no document."""

    def __init__(self, companies: Companies, runtimes: Runtimes, clock: Clock) -> None:
        self._companies = companies
        self._runtimes = runtimes
        self._clock = clock

    def hola(self, company: Company) -> HolaResult:
        """Never raises for what it finds: problems are in the result."""
        country = self._companies.country(company.pais)
        now = self._clock()
        problems: list[Problem] = []
        warnings: list[Problem] = []
        connected = False
        told: Mapping[str, Any] = {}
        try:
            country.check_company(company.settings)
        except EmitirError as error:
            problems += error.problems
        facts = describe_certificate(company.certificate_der) if company.certificate_der else None
        if facts is not None:
            warnings += _expiry(facts, now)
        try:
            runtime = self._runtimes.get(company)
        except EmitirError as error:
            problems += error.problems
        else:
            problems += country.check_signer(company.settings, runtime.signer, now)
            refusal = _refusal(runtime.authority.ping(), country.authority_name)
            connected = refusal is None
            problems += [refusal] if refusal else []
            if connected and isinstance(runtime.authority, Examines):
                found = runtime.authority.examine(company.settings, runtime.secrets, now)
                problems += found.problems
                warnings += found.warnings
                told = found.facts
        return HolaResult(
            ok=not problems,
            company=company,
            authority=country.authority_name,
            certificate=facts,
            days_left=facts.days_left(now) if facts else None,
            connected=connected,
            problems=tuple(problems),
            warnings=tuple(warnings),
            facts=told,
        )


def _expiry(facts: CertificateFacts, now: datetime) -> list[Problem]:
    days = facts.days_left(now)
    if days < 0 or days > _WARN_DAYS[0]:
        return []
    fecha = f"{facts.valid_to.astimezone(now.tzinfo):%d/%m/%Y}"
    if days <= _WARN_DAYS[2]:
        text = N_("El certificado vence el {fecha}: después no se podrá emitir. Renuévelo hoy.")
    elif days <= _WARN_DAYS[1]:
        text = N_("El certificado vence el {fecha}, en {dias} días. Renuévelo esta semana.")
    else:
        text = N_("El certificado vence el {fecha}, en {dias} días.")
    return [Problem(CERTIFICADO_POR_VENCER, text, path="certificado", params={"fecha": fecha, "dias": days})]


def _refusal(verdict: Verdict, authority: str) -> Problem | None:
    match verdict:
        case Accepted() | Observed():
            return None
        case NoVerdict():
            text = N_("{autoridad} no responde: {motivo}")
            params = {"autoridad": authority, "motivo": no_verdict_in_words(verdict)}
            return Problem(AUTORIDAD_NO_RESPONDE, text, path="conexion", params=params)
        case NotReceived(code, description):
            text = N_("{autoridad} no acepta la conexión: {codigo} {descripcion}")
            params = {"autoridad": authority, "codigo": code, "descripcion": description}
            return Problem(CONEXION_RECHAZADA, text, path="conexion", params=params, authority_code=code)
        case _:
            text = N_("{autoridad} dio una respuesta inesperada a la prueba de conexión.")
            return Problem(AUTORIDAD_NO_RESPONDE, text, path="conexion", params={"autoridad": authority})
