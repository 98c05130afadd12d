"""Which properties belong to which document (spec.md §2): the groups that SIFEN demands or refuses."""

from __future__ import annotations

from emitir import error_codes as codes
from emitir.i18n import N_
from emitir.paraguay.catalogs import catalog, is_free_text
from emitir.paraguay.comprobante import Comprobante
from emitir.paraguay.receptor import EXTERIOR
from emitir.paraguay.rules.engine import Report, rule

#: Property to the documents that carry it, and the code of every other one.
_ONLY_IN: dict[str, tuple[str, str]] = {
    "tipo_transaccion": ("14", "1216"),
    "compras_publicas": ("1", "1351"),
    "indicador_presencia": ("1", "1351"),
    "fecha_traslado": ("1", "1351"),
    "exportacion": ("1", ""),
    "vendedor": ("4", "2551"),
    "lugar_transaccion": ("4", "2551"),
    "responsable_emision": ("7", "2601"),
    "kilometros": ("7", "2601"),
    "fecha_factura": ("7", "2601"),
    "precio_flete": ("7", "2601"),
    "forma_pago": ("14", "1501"),
    "pagos": ("14", "1501"),
    "plazo": ("14", "1501"),
    "cuotas": ("14", "1501"),
    "cantidad_cuotas": ("14", "1501"),
    "entrega_inicial": ("14", "1501"),
    "transporte": ("17", "2101"),
    "carga": ("17", "2390"),
    "obligaciones": ("1456", "1201"),
    "tipo_cambio": ("156", "1201"),
    "comision": ("156", "2351"),
    "redondeo": ("1456", "2351"),
    "descuento_global_porcentaje": ("156", "2351"),
    "condicion_anticipo": ("156", "1201"),
    "total": ("1456", "2351"),
    "energia": ("1", ""),
    "seguro": ("1", ""),
    "supermercado": ("1", ""),
    "adicionales": ("156", ""),
}
_NAMES = {
    "1": "factura",
    "4": "autofactura",
    "5": "nota de crédito",
    "6": "nota de débito",
    "7": "nota de remisión",
}
#: Of a line: amounts that a remisión does not carry, discounts that an autofactura has none of.
_AMOUNTS = (
    "precio_unitario",
    "tipo_cambio",
    "descuento",
    "descuento_global",
    "anticipo",
    "anticipo_global",
    "total",
)
_DISCOUNTS = ("descuento", "descuento_global", "anticipo", "anticipo_global")


@rule(
    "1216",
    "1351",
    "1451",
    "1501",
    "2101",
    "2390",
    "2551",
    "2601",
    "1201",
    "2351",
)
def not_of_this_document(c: Comprobante, report: Report) -> None:
    """A property that this document does not carry is refused rather than left out in silence."""
    given = c.datos.model_fields_set
    for name, (tipos, code) in _ONLY_IN.items():
        if name in given and c.tipo not in tipos and getattr(c.datos, name) not in (None, "", []):
            report(
                name,
                N_("Una {document} no lleva esta propiedad; es de: {allowed}."),
                code=code,
                document=_NAMES[c.tipo],
                allowed=", ".join(_NAMES[tipo] for tipo in tipos),
            )
    if c.tipo in "14" and c.datos.motivo:
        report("motivo", N_("Solo las notas llevan motivo."), code="1451")


@rule("1851", "1901", tipos="7")
def remision_without_amounts(c: Comprobante, report: Report) -> None:
    """A remisión carries goods, no amounts."""
    for number, item in enumerate(c.datos.items, 1):
        for name in _AMOUNTS:
            if getattr(item, name):
                report(f"items-{number}-{name}", N_("Una nota de remisión no lleva importes."))
        if "afectacion_iva" in item.model_fields_set or item.tasa_iva:
            report(f"items-{number}-afectacion_iva", N_("Una nota de remisión no lleva IVA."), code="1901")


@rule("1901", "1853", tipos="4")
def autofactura_without_iva(c: Comprobante, report: Report) -> None:
    """An autofactura carries neither IVA nor discounts (EA008 = E721 x E711)."""
    for number, item in enumerate(c.datos.items, 1):
        for name in _DISCOUNTS:
            if getattr(item, name):
                report(
                    f"items-{number}-{name}",
                    N_("Una autofactura no lleva descuentos ni anticipos."),
                    code="1853",
                )
        if item.tasa_iva in {"5", "10"}:
            report(f"items-{number}-tasa_iva", N_("Una autofactura no lleva IVA."))


@rule("2550", kind=codes.PROPIEDAD_FALTANTE, tipos="4")
def seller(c: Comprobante, report: Report) -> None:
    """An autofactura names its seller."""
    if c.datos.vendedor is None:
        report("vendedor", N_("Falta el vendedor de la autofactura."))


@rule("1450", tipos="56")
def motive_of_nota(c: Comprobante, report: Report) -> None:
    """A nota says why, with a code of the table E401."""
    _motive(c, report, "motivo_ncd", "1450")


@rule("2600", tipos="7")
def motive_of_remision(c: Comprobante, report: Report) -> None:
    """A remisión says why, with a code of the table E501; «otro» with its text."""
    _motive(c, report, "motivo_remision", "2600")
    motivo = c.datos.motivo
    if motivo in catalog("motivo_remision") and is_free_text("motivo_remision", motivo):  # 99
        text = c.datos.motivo_descripcion
        if not text:
            report("motivo_descripcion", N_("Describa el motivo."), kind=codes.PROPIEDAD_FALTANTE)


def _motive(c: Comprobante, report: Report, table: str, code: str) -> None:
    motivo = c.datos.motivo
    if not motivo:
        report("motivo", N_("Falta el motivo."), kind=codes.PROPIEDAD_FALTANTE, code=code)
    elif motivo not in catalog(table):
        listed = ", ".join(
            f"{key} ({row['descripcion'] or 'otro'})" for key, row in catalog(table).rows.items()
        )
        text = N_("El motivo {motive} no existe. Valores: {listed}.")
        report("motivo", text, kind=codes.VALOR_NO_PERMITIDO, code=code, motive=motivo, listed=listed)


@rule("2100", kind=codes.PROPIEDAD_FALTANTE, tipos="7")
def remision_parts(c: Comprobante, report: Report) -> None:
    """A remisión has transport, kilometres and the legend of RG 41/2014 (NT-007)."""
    if c.datos.transporte is None:
        report("transporte", N_("Falta el transporte de la nota de remisión."))
    if c.datos.kilometros is None:
        report("kilometros", N_("Faltan los kilómetros estimados del recorrido."), code="")
    if not c.datos.informacion_fisco and not c.emisor.leyenda_remision:
        report(
            "informacion_fisco",
            N_(
                "Falta el mensaje del art. 3 inc. 7 de la RG 41/2014: aquí, o en leyenda_remision de la empresa."
            ),
            code="",
        )


@rule(tipos="1", source="NT-007")
def export_data(c: Comprobante, report: Report) -> None:
    """The data of an export belong to a receiver abroad, and stand in for informacion_fisco."""
    if c.datos.exportacion is None:
        return
    if c.receptor.operacion != EXTERIOR:
        report("exportacion", N_("Es de una factura a un receptor del exterior (b2f)."), code="")
    if c.datos.informacion_fisco:
        report("exportacion", N_("Ya está informacion_fisco: indique una sola de las dos."), code="")
