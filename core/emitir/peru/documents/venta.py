"""Factura (01) and boleta (03): ``Invoice`` of UBL 2.1, CustomizationID 2.0.

Order and names of the elements: UBL-Invoice-2.1.xsd and SUNAT's sheets Factura2_0 and Boleta2_0.
"""

from __future__ import annotations

from emitir.country import Signed
from emitir.peru.comprobante import Comprobante
from emitir.peru.documents import ubl
from emitir.peru.documents.comercial import AFTER_SIGNATURE, LineNames, lines, payment_terms, tax_totals
from emitir.signing.signer import Signer
from emitir.xml import text

_ROOT = "Invoice"
_LINES = LineNames("InvoiceLine", "InvoicedQuantity")


def body(comprobante: Comprobante) -> bytes:
    """Everything after the place of the signature, in canonical form."""
    venta, totales, emisor = comprobante.venta, comprobante.importes, comprobante.emisor
    money = f' currencyID="{venta.moneda}">'
    tipo_doc, numero_doc, nombre = comprobante.receptor
    order = f"<cac:OrderReference><cbc:ID>{text(venta.orden_compra)}</cbc:ID></cac:OrderReference>"
    before_lines = (
        f"{AFTER_SIGNATURE}<cbc:ID>{venta.serie}-{venta.numero}</cbc:ID>"
        f"<cbc:IssueDate>{venta.fecha!s}</cbc:IssueDate>"
        f"{f'<cbc:IssueTime>{venta.hora}</cbc:IssueTime>' if venta.hora else ''}"
        f"{f'<cbc:DueDate>{venta.fecha_vencimiento}</cbc:DueDate>' if venta.fecha_vencimiento else ''}"
        f'<cbc:InvoiceTypeCode listID="{venta.tipo_operacion}">{venta.tipo}</cbc:InvoiceTypeCode>'
        f'<cbc:Note languageLocaleID="1000">{text(comprobante.monto_en_letras)}</cbc:Note>'
        f"<cbc:DocumentCurrencyCode>{venta.moneda}</cbc:DocumentCurrencyCode>"
        f"{order if venta.orden_compra else ''}{ubl.signature_block(emisor)}{ubl.supplier(emisor)}"
        f"{ubl.customer(tipo_doc, numero_doc, nombre, venta.direccion)}"
        f"{payment_terms(comprobante, money)}{tax_totals(comprobante, totales, money)}"
        f"<cac:LegalMonetaryTotal><cbc:LineExtensionAmount{money}{totales.valor_venta!s}"
        f"</cbc:LineExtensionAmount><cbc:TaxInclusiveAmount{money}{totales.precio_venta!s}"
        f"</cbc:TaxInclusiveAmount><cbc:PayableAmount{money}{totales.total!s}</cbc:PayableAmount>"
        f"</cac:LegalMonetaryTotal>"
    )
    return b"".join((before_lines.encode(), lines(comprobante, _LINES, money), b"</Invoice>"))


def write(comprobante: Comprobante, signer: Signer) -> Signed:
    """The signed file."""
    return ubl.sign(_ROOT, body(comprobante), comprobante.emisor, signer)
