"""Blocks that Invoice, CreditNote and DebitNote share: taxes of the header, lines, forma de pago.

The text is written in its canonical form (emitir.xml); every value that a person typed passes ``text``.
Amounts carry two decimals by now, so ``!s`` writes them plainly, and three times as fast as ``format``.
"""

from __future__ import annotations

from dataclasses import dataclass

from emitir.money import ZERO, trimmed
from emitir.peru.afectacion import (
    EXONERADO,
    EXPORTACION,
    GRATUITO,
    ICBPER,
    IGV,
    INAFECTO,
    ISC,
    IVAP,
    OTROS,
    TRIBUTOS,
    Tributo,
)
from emitir.peru.amounts import Totales, unit_text
from emitir.peru.comprobante import Comprobante
from emitir.peru.documents import linea as parts
from emitir.peru.lineas import Linea
from emitir.xml import text

AFTER_SIGNATURE = (
    "</ext:ExtensionContent></ext:UBLExtension></ext:UBLExtensions>"
    "<cbc:UBLVersionID>2.1</cbc:UBLVersionID><cbc:CustomizationID>2.0</cbc:CustomizationID>"
)


def _scheme(tributo: Tributo) -> str:
    return (
        f"<cac:TaxScheme><cbc:ID>{tributo.code}</cbc:ID><cbc:Name>{tributo.name}</cbc:Name>"
        f"<cbc:TaxTypeCode>{tributo.type_code}</cbc:TaxTypeCode></cac:TaxScheme></cac:TaxCategory>"
        "</cac:TaxSubtotal>"
    )


_SCHEMES = {tributo.code: _scheme(tributo) for tributo in TRIBUTOS}


_ONLY_IGV = {IGV.code}


def payment_terms(comprobante: Comprobante, money: str) -> str:
    """Forma de pago, each in its own node (rules 3244-3267, 3461)."""
    forma = comprobante.forma_pago
    if not forma:
        return ""
    if forma == "Contado":
        return (
            "<cac:PaymentTerms><cbc:ID>FormaPago</cbc:ID><cbc:PaymentMeansID>Contado</cbc:PaymentMeansID>"
            "</cac:PaymentTerms>"
        )
    pending = (
        "<cac:PaymentTerms><cbc:ID>FormaPago</cbc:ID><cbc:PaymentMeansID>Credito</cbc:PaymentMeansID>"
        f"<cbc:Amount{money}{comprobante.monto_pendiente!s}</cbc:Amount></cac:PaymentTerms>"
    )
    cuotas = [
        "<cac:PaymentTerms><cbc:ID>FormaPago</cbc:ID>"
        f"<cbc:PaymentMeansID>Cuota{number:03d}</cbc:PaymentMeansID><cbc:Amount{money}{cuota.monto!s}"
        f"</cbc:Amount><cbc:PaymentDueDate>{cuota.fecha}</cbc:PaymentDueDate></cac:PaymentTerms>"
        for number, cuota in enumerate(comprobante.datos.cuotas, 1)
    ]
    return pending + "".join(cuotas)


def tax_totals(comprobante: Comprobante, totales: Totales, money: str) -> str:
    """Header taxes: one subtotal per tax that a line has (rule 2638)."""
    present = {linea.tributo.code for linea in comprobante.lineas} or {IGV.code}
    if present == _ONLY_IGV and not totales.icbper and not totales.base_isc and not totales.base_otros:
        return (
            f"<cac:TaxTotal><cbc:TaxAmount{money}{totales.igv!s}</cbc:TaxAmount><cac:TaxSubtotal>"
            f"<cbc:TaxableAmount{money}{totales.gravado!s}</cbc:TaxableAmount><cbc:TaxAmount{money}"
            f"{totales.igv!s}</cbc:TaxAmount><cac:TaxCategory>{_SCHEMES[IGV.code]}</cac:TaxTotal>"
        )
    parts = [f"<cac:TaxTotal><cbc:TaxAmount{money}{totales.tributos!s}</cbc:TaxAmount>"]
    if totales.base_isc:
        present.add(ISC.code)
    if totales.base_otros:
        present.add(OTROS.code)
    for tributo, base, amount in (
        (ISC, totales.base_isc, totales.isc),
        (IGV, totales.gravado, totales.igv),
        (IVAP, totales.gravado_ivap, totales.ivap),
        (EXPORTACION, totales.exportacion, "0.00"),
        (EXONERADO, totales.exonerado, "0.00"),
        (INAFECTO, totales.inafecto, "0.00"),
        (GRATUITO, totales.gratuito, totales.igv_gratuito),
        (OTROS, totales.base_otros, totales.otros_tributos),
    ):
        if tributo.code in present:
            parts.append(
                f"<cac:TaxSubtotal><cbc:TaxableAmount{money}{base!s}</cbc:TaxableAmount><cbc:TaxAmount{money}"
                f"{amount!s}</cbc:TaxAmount><cac:TaxCategory>{_SCHEMES[tributo.code]}"
            )
    if totales.icbper:
        parts.append(
            f"<cac:TaxSubtotal><cbc:TaxAmount{money}{totales.icbper!s}</cbc:TaxAmount><cac:TaxCategory>"
            f"{_SCHEMES[ICBPER.code]}"
        )
    parts.append("</cac:TaxTotal>")
    return "".join(parts)


def _bags(linea: Linea, money: str) -> str:
    """ICBPER of a line: bags and amount per bag (rules 3236-3238)."""
    cantidad = linea.item.cantidad
    return (
        f"<cac:TaxSubtotal><cbc:TaxAmount{money}{linea.icbper!s}</cbc:TaxAmount>"
        f'<cbc:BaseUnitMeasure unitCode="NIU">{trimmed(cantidad)}</cbc:BaseUnitMeasure><cac:TaxCategory>'
        f"<cbc:PerUnitAmount{money}{linea.icbper_unitario!s}</cbc:PerUnitAmount>{_SCHEMES[ICBPER.code]}"
    )


@dataclass(frozen=True, slots=True)
class LineNames:
    """Names of the line element and its quantity in a kind of document.

    ``zero_rate``: whether a line without IGV says 0 as its rate (rule 3101, notas de débito only).
    ``ajustes``: whether its lines carry discounts and charges; where not, they are in the unit value.
    """

    line: str
    quantity: str
    zero_rate: bool = False
    ajustes: bool = False


def lines(comprobante: Comprobante, names: LineNames, money: str) -> bytes:
    """Every line of the document, in UTF-8.

    Encoded one by one: a line in plain ASCII is copied, and one accent does not slow down all the others.
    """
    percent = trimmed(comprobante.datos.porcentaje_igv)
    return b"".join(
        [_line(number, linea, names, money, percent) for number, linea in enumerate(comprobante.lineas, 1)]
    )


def _line(number: int, linea: Linea, names: LineNames, money: str, percent: str) -> bytes:
    item = linea.item
    codes = item.codigo or item.codigo_sunat
    if codes:
        codes = (
            f"<cac:SellersItemIdentification><cbc:ID>{text(item.codigo)}</cbc:ID>"
            "</cac:SellersItemIdentification>"
            if item.codigo
            else ""
        )
        if linea.con_datos:
            codes += parts.gtin(item.codigo_gtin)
        if item.codigo_sunat:
            codes += (
                f"<cac:CommodityClassification><cbc:ItemClassificationCode>{item.codigo_sunat}"
                "</cbc:ItemClassificationCode></cac:CommodityClassification>"
            )
    elif linea.con_datos:
        codes = parts.gtin(item.codigo_gtin)
    delivery = ""
    if linea.con_datos:
        codes += parts.properties(item)
        delivery = parts.delivery(item)
    valor_venta, igv, extra = linea.valor_venta, linea.igv, linea.extra
    price_type, valor_unitario, base = "01", linea.valor_unitario, valor_venta
    allowances = isc = others = ""
    taxes = igv
    if extra is not None:
        taxes, base = linea.tributos - linea.icbper, extra.base_igv
        if extra.con_igv:
            percent = trimmed(linea.tasa)
        elif linea.tributo in (EXPORTACION, GRATUITO):
            percent = "0"
        if extra.gratuita:
            price_type, valor_unitario = "02", ZERO
        if names.ajustes:
            allowances = parts.allowances(extra, money)
        elif extra.descuento or extra.cargo:
            valor_unitario = valor_unitario and linea.valor_exacto / item.cantidad
        if extra.base_isc:
            isc = parts.isc(extra, item.tipo_isc, money) + _SCHEMES[ISC.code]
        if extra.otros:
            others = parts.others(extra, valor_venta, money) + _SCHEMES[OTROS.code]
    if names.zero_rate and linea.tributo in (EXONERADO, INAFECTO, EXPORTACION):
        percent = "0"
    return (
        f'<cac:{names.line}><cbc:ID>{number}</cbc:ID><cbc:{names.quantity} unitCode="{item.unidad}">'
        f"{trimmed(item.cantidad)}</cbc:{names.quantity}><cbc:LineExtensionAmount{money}{valor_venta!s}"
        "</cbc:LineExtensionAmount><cac:PricingReference><cac:AlternativeConditionPrice>"
        f"<cbc:PriceAmount{money}{unit_text(linea.precio_unitario)}</cbc:PriceAmount>"
        f"<cbc:PriceTypeCode>{price_type}</cbc:PriceTypeCode></cac:AlternativeConditionPrice>"
        f"</cac:PricingReference>{delivery}{allowances}"
        f"<cac:TaxTotal><cbc:TaxAmount{money}{taxes + linea.icbper if linea.icbper else taxes!s}</cbc:TaxAmount>"
        f"{isc}<cac:TaxSubtotal><cbc:TaxableAmount{money}{base!s}</cbc:TaxableAmount><cbc:TaxAmount{money}"
        f"{igv!s}</cbc:TaxAmount><cac:TaxCategory><cbc:Percent>{percent}</cbc:Percent>"
        f"<cbc:TaxExemptionReasonCode>{item.afectacion_igv}</cbc:TaxExemptionReasonCode>"
        f"{_SCHEMES[linea.tributo.code]}{others}{_bags(linea, money) if linea.icbper else ''}</cac:TaxTotal>"
        f"<cac:Item><cbc:Description>{text(item.descripcion)}</cbc:Description>{codes}</cac:Item>"
        f"<cac:Price><cbc:PriceAmount{money}{unit_text(valor_unitario)}</cbc:PriceAmount></cac:Price>"
        f"</cac:{names.line}>"
    ).encode()


def zero_line(names: LineNames, description: str, money: str) -> bytes:
    """The one line of a document without amounts: no price, since SUNAT takes none of zero (rule 2369)."""
    return (
        f'<cac:{names.line}><cbc:ID>1</cbc:ID><cbc:{names.quantity} unitCode="ZZ">1</cbc:{names.quantity}>'
        f"<cbc:LineExtensionAmount{money}0.00</cbc:LineExtensionAmount><cac:TaxTotal><cbc:TaxAmount{money}0.00"
        f"</cbc:TaxAmount><cac:TaxSubtotal><cbc:TaxableAmount{money}0.00</cbc:TaxableAmount>"
        f"<cbc:TaxAmount{money}0.00</cbc:TaxAmount><cac:TaxCategory><cbc:Percent>18</cbc:Percent>"
        f"<cbc:TaxExemptionReasonCode>10</cbc:TaxExemptionReasonCode>{_SCHEMES[IGV.code]}</cac:TaxTotal>"
        f"<cac:Item><cbc:Description>{text(description)}</cbc:Description></cac:Item></cac:{names.line}>"
    ).encode()
