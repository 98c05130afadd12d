"""What the settled figures are held against: the totals that the caller gave. The sums themselves are computed."""

from __future__ import annotations

from decimal import Decimal

from emitir import error_codes as codes
from emitir.i18n import N_
from emitir.paraguay.comprobante import Comprobante
from emitir.paraguay.rules.engine import Report, rule

#: SIFEN's own tolerance on sums (spec.md §6).
_TOLERANCE = Decimal("0.5")
_MAXIMUM = Decimal(10) ** 15


@rule("2365", stage="importes", kind=codes.TOTAL_NO_CUADRA, tipos="1456")
def total(c: Comprobante, report: Report) -> None:
    """The total that was given is the one that the lines amount to."""
    given = c.datos.total
    if given is not None and abs(given - c.importes.general) > _TOLERANCE:
        report(
            "total",
            N_("El total es {right}, no {given}."),
            suggestion=_plain(c.importes.general),
            right=_plain(c.importes.general),
            given=_plain(given),
        )


@rule("1853", stage="importes", kind=codes.TOTAL_NO_CUADRA, tipos="1456")
def totals_of_lines(c: Comprobante, report: Report) -> None:
    """The total of a line that was given is its own."""
    for number, linea in enumerate(c.lineas, 1):
        given = linea.item.total
        if given is not None and abs(given - linea.total) > _TOLERANCE:
            report(
                f"items-{number}-total",
                N_("El total del ítem es {right}, no {given}."),
                suggestion=_plain(linea.total),
                right=_plain(linea.total),
                given=_plain(given),
            )


@rule(stage="importes", kind=codes.FORMATO_INVALIDO, tipos="1456", source="XSD v150, tMontoBase")
def width(c: Comprobante, report: Report) -> None:
    """No amount has more than fifteen digits before the point."""
    totales = c.importes
    if max(totales.operacion, totales.general, totales.guaranies or Decimal(0)) >= _MAXIMUM:
        report("items", N_("El total supera los 15 dígitos que admite SIFEN."))


def _plain(value: Decimal) -> str:
    return format(value.normalize(), "f")
