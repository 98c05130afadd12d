"""``homologar``: the tests that the DNIT asks of whoever is to issue electronically (Guía de pruebas; spec.md §15).

One run issues, sends, voids, answers and asks for everything on the list against the test environment (or the sandbox),
writes every file before it is sent, and ends in a report. Never against production.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

from emitir import error_codes as codes
from emitir.clock import Clock
from emitir.country_files import Onboarding, Tell
from emitir.errors import EmitirError, Problem
from emitir.i18n import N_
from emitir.paraguay.emisor import check_emisor
from emitir.paraguay.homologacion.documentos import Receptor
from emitir.paraguay.homologacion.informe import write_report
from emitir.paraguay.homologacion.marcha import Marcha, Ritmo
from emitir.paraguay.identity import is_ruc
from emitir.paraguay.sifen.authority import sifen_of
from emitir.paraguay.sifen.endpoints import base_of
from emitir.signing.keys import load_pkcs12
from emitir.signing.signer import Signer
from emitir.signing.throwaway import throwaway_pkcs12

_OPTIONS = frozenset({"desde", "pausa", "espera", "recibidos", "receptor_ruc", "receptor_nombre"})


def homologar(
    company: Mapping[str, Any],
    secrets: Mapping[str, str],
    signer: Signer,
    folder: Path,
    options: Mapping[str, Any],
    clock: Clock,
    tell: Tell,
) -> Onboarding:
    """See :class:`emitir.country_files.Onboards`."""
    emisor = check_emisor(company)
    problems = []
    if not emisor.de_prueba:
        text = N_("La homologación se hace en el ambiente test (o en el sandbox), nunca en producción.")
        problems.append(Problem(codes.CONFIGURACION_INVALIDA, text, "ambiente"))
    unknown = set(options) - _OPTIONS
    if unknown:
        raise ValueError(f"unknown options: {sorted(unknown)}")
    ruc = str(options.get("receptor_ruc") or emisor.ruc)
    if not is_ruc(ruc):
        text = N_("El RUC del receptor de las pruebas va con su dígito verificador.")
        problems.append(Problem(codes.NUMERO_IDENTIDAD_INVALIDO, text, "receptor_ruc"))
    desde = int(options.get("desde") or 1)
    if not 1 <= desde <= 9_999_000:
        text = N_("El primer número va de 1 a 9999000.")
        problems.append(Problem(codes.VALOR_NO_PERMITIDO, text, "desde"))
    if problems:
        raise EmitirError(problems)
    ritmo = Ritmo(options.get("pausa", 60), options.get("espera", 3600))
    receptor = Receptor(ruc, str(options.get("receptor_nombre") or emisor.razon_social))
    stranger = None
    if base_of(company).startswith("https://"):
        now = clock()
        file = throwaway_pkcs12(
            f"RUC{emisor.ruc}", emisor.razon_social, "x", now - timedelta(days=1), now + timedelta(days=1)
        )
        stranger = sifen_of(company, load_pkcs12(file, "x"))
    sifen = sifen_of(company, signer)
    marcha = Marcha(
        company, emisor, secrets, signer, sifen, folder, clock, tell, ritmo, receptor, desde, stranger
    )
    sections = marcha.run(tuple(options.get("recibidos") or ()))
    return write_report(emisor, sections, folder, clock())


__all__ = ["homologar"]
