"""Factura (01) and boleta (03): ``Invoice`` of UBL 2.1, CustomizationID 2.0.

Order and names of the elements: UBL-Invoice-2.1.xsd and SUNAT's sheets Factura2_0 and Boleta2_0.
"""

from __future__ import annotations

from emitir.country import Signed
from emitir.peru.comprobante import Comprobante
from emitir.peru.documents import operaciones, ubl
from emitir.peru.documents.comercial import AFTER_SIGNATURE, LineNames, lines, payment_terms, tax_totals
from emitir.signing.signer import Signer
from emitir.xml import text

_ROOT = "Invoice"
_LINES = LineNames("InvoiceLine", "InvoicedQuantity", ajustes=True)


def body(comprobante: Comprobante) -> bytes:
    """Everything after the place of the signature, in canonical form."""
    venta, totales, emisor = comprobante.venta, comprobante.importes, comprobante.emisor
    money = f' currencyID="{venta.moneda}">'
    tipo_doc, numero_doc, nombre = comprobante.receptor
    order = f"<cac:OrderReference><cbc:ID>{text(venta.orden_compra)}</cbc:ID></cac:OrderReference>"
    parts = operaciones.NONE if comprobante.sencillo else operaciones.parts(comprobante, money)
    before_lines = (
        f"{AFTER_SIGNATURE}<cbc:ID>{venta.serie}-{venta.numero}</cbc:ID>"
        f"<cbc:IssueDate>{venta.fecha!s}</cbc:IssueDate>"
        f"{f'<cbc:IssueTime>{venta.hora}</cbc:IssueTime>' if venta.hora else ''}"
        f"{f'<cbc:DueDate>{venta.fecha_vencimiento}</cbc:DueDate>' if venta.fecha_vencimiento else ''}"
        f'<cbc:InvoiceTypeCode listID="{comprobante.tipo_operacion}">{venta.tipo}</cbc:InvoiceTypeCode>'
        f'<cbc:Note languageLocaleID="1000">{text(comprobante.monto_en_letras)}</cbc:Note>'
        f"{parts.notes}"
        f"<cbc:DocumentCurrencyCode>{venta.moneda}</cbc:DocumentCurrencyCode>"
        f"{order if venta.orden_compra else ''}{parts.references}{ubl.signature_block(emisor)}"
        f"{ubl.supplier(emisor, comprobante.establecimiento, venta.agente_ventas_ruc)}"
        f"{ubl.customer(tipo_doc, numero_doc, nombre, venta.direccion)}{parts.delivery}"
        f"{parts.payment}{payment_terms(comprobante, money)}{parts.allowances}"
        f"{tax_totals(comprobante, totales, money)}"
        f"{operaciones.monetary_total('LegalMonetaryTotal', totales, money)}"
    )
    return b"".join((before_lines.encode(), lines(comprobante, _LINES, money), b"</Invoice>"))


def write(comprobante: Comprobante, signer: Signer) -> Signed:
    """The signed file."""
    return ubl.sign(_ROOT, body(comprobante), comprobante.emisor, signer)
