"""A comprobante before it is issued: checked and computed as it would be, printed without value, not stored."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from emitir.country import Properties, SignsWithSecrets
from emitir.engine.emision.drafts import Drafter
from emitir.engine.emision.request import read_request
from emitir.engine.empresas.companies import Companies
from emitir.engine.empresas.company import Company
from emitir.engine.empresas.runtimes import Runtimes
from emitir.errors import Problem

#: Stands where the digest of the signature will stand.
UNSIGNED = "SIN FIRMAR"


@dataclass(frozen=True, slots=True)
class Preview:
    """``pdf``: the printed form, marked as without value. ``advertencias``: what the authority would observe."""

    tipo: str
    serie: str
    fecha: date
    moneda: str
    total: Decimal
    advertencias: tuple[Problem, ...]
    pdf: bytes = field(repr=False)


def preview(
    drafter: Drafter,
    companies: Companies,
    runtimes: Runtimes,
    company: Company,
    properties: Properties,
    today: date,
) -> Preview:
    """``numero`` and ``fecha`` may be missing: the next one will be taken, and the day is today.

    Raises EmitirError with every problem, as issuing would.
    """
    country = companies.country(company.pais)
    request = read_request({"fecha": today.isoformat(), **properties})
    prepared = drafter.draft(company, country, request).prepared
    if isinstance(prepared, SignsWithSecrets):
        # What such a document prints (its QR) is made with its signature; neither is kept.
        runtimes.get(company).sign(prepared)
    printable = {**prepared.printable(), "valor_resumen": UNSIGNED, "ambiente": ""}
    return Preview(
        tipo=prepared.tipo,
        serie=prepared.serie,
        fecha=prepared.fecha_emision,
        moneda=prepared.moneda,
        total=prepared.total,
        advertencias=tuple(prepared.warnings),
        pdf=country.pdf(printable, "a4", companies.logo(company)),
    )
