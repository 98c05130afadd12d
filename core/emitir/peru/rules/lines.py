"""Lines: units, quantities, affectations, and that every line has a price to start from."""

from __future__ import annotations

from emitir import error_codes as codes
from emitir.i18n import N_
from emitir.peru.afectacion import AFECTACIONES
from emitir.peru.catalogs import catalog
from emitir.peru.comprobante import Comprobante
from emitir.peru.rules.engine import Report, rule


@rule("2936", kind=codes.VALOR_NO_PERMITIDO)
def unidad(c: Comprobante, report: Report) -> None:
    units = catalog("03").rows
    for number, item in enumerate(c.datos.items, 1):
        if item.unidad not in units:
            report(
                f"items-{number}-unidad",
                N_("La unidad «{unit}» no está en el catálogo 03; use NIU para bienes y ZZ para servicios."),
                unit=item.unidad,
            )


@rule({"01": "2024", "03": "2024", "07": "2139", "08": "2139"}, kind=codes.FORMATO_INVALIDO)
def cantidad(c: Comprobante, report: Report) -> None:
    for number, item in enumerate(c.datos.items, 1):
        if not item.cantidad:
            report(f"items-{number}-cantidad", N_("La cantidad debe ser mayor que cero."))


@rule("2040", kind=codes.VALOR_NO_PERMITIDO)
def afectacion(c: Comprobante, report: Report) -> None:
    for number, item in enumerate(c.datos.items, 1):
        code = item.afectacion_igv
        if code in AFECTACIONES:
            continue
        report(
            f"items-{number}-afectacion_igv",
            N_("La afectación {affectation} no está en el catálogo 07."),
            affectation=code,
        )


@rule({"01": "2068", "03": "2068", "07": "2367", "08": "2367"}, kind=codes.PROPIEDAD_FALTANTE)
def precio(c: Comprobante, report: Report) -> None:
    for number, item in enumerate(c.datos.items, 1):
        if item.precio_unitario is None and item.valor_unitario is None:
            report(
                f"items-{number}-precio_unitario",
                N_("Falta el precio: indique precio_unitario (con IGV) o valor_unitario (sin IGV)."),
            )
        for name, value, code in (
            ("precio_unitario", item.precio_unitario, "2367"),
            ("valor_unitario", item.valor_unitario, "2369"),
        ):
            if value is not None and not value:
                report(
                    f"items-{number}-{name}",
                    N_("Debe ser mayor que cero; en una línea gratuita es el valor referencial."),
                    kind=codes.FORMATO_INVALIDO,
                    code=code,
                )
