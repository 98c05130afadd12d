"""Factura (01) and boleta (03): ``Invoice`` of UBL 2.1, CustomizationID 2.0.

Order and names of the elements: UBL-Invoice-2.1.xsd and SUNAT's sheets Factura2_0 and Boleta2_0.
The text is written in its canonical form (emitir.xml); every value that a person typed passes ``text``.
Amounts carry two decimals by now, so ``!s`` writes them plainly, and three times as fast as ``format``.
"""

from __future__ import annotations

from emitir.country import Signed
from emitir.money import trimmed
from emitir.peru.afectacion import EXONERADO, ICBPER, IGV, INAFECTO, Tributo
from emitir.peru.amounts import Linea, Totales, unit_text
from emitir.peru.comprobante import Comprobante
from emitir.peru.documents import ubl
from emitir.signing.signer import Signer
from emitir.xml import DECLARATION, text

_ROOT = "Invoice"
_EXTENSION = "<ext:UBLExtensions><ext:UBLExtension><ext:ExtensionContent>"
_AFTER_SIGNATURE = (
    "</ext:ExtensionContent></ext:UBLExtension></ext:UBLExtensions>"
    "<cbc:UBLVersionID>2.1</cbc:UBLVersionID><cbc:CustomizationID>2.0</cbc:CustomizationID>"
)
_HEAD = f"<Invoice{ubl.scope(_ROOT)}>{_EXTENSION}".encode()


def _scheme(tributo: Tributo) -> str:
    return (
        f"<cac:TaxScheme><cbc:ID>{tributo.code}</cbc:ID><cbc:Name>{tributo.name}</cbc:Name>"
        f"<cbc:TaxTypeCode>{tributo.type_code}</cbc:TaxTypeCode></cac:TaxScheme></cac:TaxCategory>"
        "</cac:TaxSubtotal>"
    )


_SCHEMES = {tributo.code: _scheme(tributo) for tributo in (IGV, EXONERADO, INAFECTO, ICBPER)}


def _payment_terms(comprobante: Comprobante, money: str) -> str:
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
        for number, cuota in enumerate(comprobante.venta.cuotas, 1)
    ]
    return pending + "".join(cuotas)


def _tax_totals(comprobante: Comprobante, totales: Totales, money: str) -> str:
    """Header taxes: one subtotal per tax that a line has (rule 2638)."""
    present = {linea.tributo.code for linea in comprobante.lineas}
    parts = [f"<cac:TaxTotal><cbc:TaxAmount{money}{totales.igv + totales.icbper!s}</cbc:TaxAmount>"]
    for tributo, base, amount in (
        (IGV, totales.gravado, totales.igv),
        (EXONERADO, totales.exonerado, "0.00"),
        (INAFECTO, totales.inafecto, "0.00"),
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


def _line(number: int, linea: Linea, money: str, percent: str) -> str:
    item = linea.item
    extra = item.codigo or item.codigo_sunat
    if extra:
        extra = (
            f"<cac:SellersItemIdentification><cbc:ID>{text(item.codigo)}</cbc:ID>"
            "</cac:SellersItemIdentification>"
            if item.codigo
            else ""
        )
        if item.codigo_sunat:
            extra += (
                f"<cac:CommodityClassification><cbc:ItemClassificationCode>{item.codigo_sunat}"
                "</cbc:ItemClassificationCode></cac:CommodityClassification>"
            )
    valor_venta, igv = linea.valor_venta, linea.igv
    return (
        f'<cac:InvoiceLine><cbc:ID>{number}</cbc:ID><cbc:InvoicedQuantity unitCode="{item.unidad}">'
        f"{trimmed(item.cantidad)}</cbc:InvoicedQuantity><cbc:LineExtensionAmount{money}{valor_venta!s}"
        "</cbc:LineExtensionAmount><cac:PricingReference><cac:AlternativeConditionPrice>"
        f"<cbc:PriceAmount{money}{unit_text(linea.precio_unitario)}</cbc:PriceAmount>"
        "<cbc:PriceTypeCode>01</cbc:PriceTypeCode></cac:AlternativeConditionPrice></cac:PricingReference>"
        f"<cac:TaxTotal><cbc:TaxAmount{money}{igv + linea.icbper if linea.icbper else igv!s}</cbc:TaxAmount>"
        f"<cac:TaxSubtotal><cbc:TaxableAmount{money}{valor_venta!s}</cbc:TaxableAmount><cbc:TaxAmount{money}"
        f"{igv!s}</cbc:TaxAmount><cac:TaxCategory><cbc:Percent>{percent}</cbc:Percent>"
        f"<cbc:TaxExemptionReasonCode>{item.afectacion_igv}</cbc:TaxExemptionReasonCode>"
        f"{_SCHEMES[linea.tributo.code]}{_bags(linea, money) if linea.icbper else ''}</cac:TaxTotal>"
        f"<cac:Item><cbc:Description>{text(item.descripcion)}</cbc:Description>{extra}</cac:Item>"
        f"<cac:Price><cbc:PriceAmount{money}{unit_text(linea.valor_unitario)}</cbc:PriceAmount></cac:Price>"
        "</cac:InvoiceLine>"
    )


def body(comprobante: Comprobante) -> str:
    """Everything after the place of the signature, in canonical form."""
    venta, totales, emisor = comprobante.venta, comprobante.importes, comprobante.emisor
    money = f' currencyID="{venta.moneda}">'
    percent = trimmed(venta.porcentaje_igv)
    tipo_doc, numero_doc, nombre = comprobante.receptor
    order = f"<cac:OrderReference><cbc:ID>{text(venta.orden_compra)}</cbc:ID></cac:OrderReference>"
    lines = [_line(number, linea, money, percent) for number, linea in enumerate(comprobante.lineas, 1)]
    return (
        f"{_AFTER_SIGNATURE}<cbc:ID>{venta.serie}-{venta.numero}</cbc:ID>"
        f"<cbc:IssueDate>{venta.fecha!s}</cbc:IssueDate>"
        f"{f'<cbc:IssueTime>{venta.hora}</cbc:IssueTime>' if venta.hora else ''}"
        f"{f'<cbc:DueDate>{venta.fecha_vencimiento}</cbc:DueDate>' if venta.fecha_vencimiento else ''}"
        f'<cbc:InvoiceTypeCode listID="{venta.tipo_operacion}">{venta.tipo}</cbc:InvoiceTypeCode>'
        f'<cbc:Note languageLocaleID="1000">{text(comprobante.monto_en_letras)}</cbc:Note>'
        f"<cbc:DocumentCurrencyCode>{venta.moneda}</cbc:DocumentCurrencyCode>"
        f"{order if venta.orden_compra else ''}{ubl.signature_block(emisor)}{ubl.supplier(emisor)}"
        f"{ubl.customer(tipo_doc, numero_doc, nombre, venta.direccion)}"
        f"{_payment_terms(comprobante, money)}{_tax_totals(comprobante, totales, money)}"
        f"<cac:LegalMonetaryTotal><cbc:LineExtensionAmount{money}{totales.valor_venta!s}"
        f"</cbc:LineExtensionAmount><cbc:TaxInclusiveAmount{money}{totales.precio_venta!s}"
        f"</cbc:TaxInclusiveAmount><cbc:PayableAmount{money}{totales.total!s}</cbc:PayableAmount>"
        f"</cac:LegalMonetaryTotal>{''.join(lines)}</Invoice>"
    )


def write(comprobante: Comprobante, signer: Signer) -> Signed:
    """The signed file: declaration, head, signature, body; nothing is re-serialised afterwards."""
    form = ubl.signature_form(_ROOT, comprobante.emisor.hash_firma)
    tail = body(comprobante).encode()
    digest = form.digest(_HEAD, tail)
    return Signed(b"".join((DECLARATION, _HEAD, form.element(digest, signer), tail)), digest)
