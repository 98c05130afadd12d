"""Nota de crédito (07) and nota de débito (08): ``CreditNote`` and ``DebitNote`` of UBL 2.1.

Sheets NotaCredito2_0 and NotaDebito2_0; spec.md §7. A nota de crédito of type 13 changes the payments of a
factura and is worth nothing itself: its one line is zero (rule 3315) and it alone carries forma de pago.
"""

from __future__ import annotations

from dataclasses import dataclass

from emitir.country import Signed
from emitir.peru.comprobante import Comprobante
from emitir.peru.documents import operaciones, ubl
from emitir.peru.documents.comercial import (
    AFTER_SIGNATURE,
    LineNames,
    lines,
    payment_terms,
    tax_totals,
    zero_line,
)
from emitir.peru.model import DocumentoModificado
from emitir.signing.signer import Signer
from emitir.xml import text


@dataclass(frozen=True, slots=True)
class _Kind:
    """What the two kinds of nota call their parts."""

    root: str
    total: str
    lines: LineNames


_KINDS = {
    "07": _Kind("CreditNote", "LegalMonetaryTotal", LineNames("CreditNoteLine", "CreditedQuantity")),
    "08": _Kind(
        "DebitNote", "RequestedMonetaryTotal", LineNames("DebitNoteLine", "DebitedQuantity", zero_rate=True)
    ),
}


def _reference(modified: DocumentoModificado) -> str:
    return (
        f"<cac:BillingReference><cac:InvoiceDocumentReference><cbc:ID>{text(modified.codigo)}</cbc:ID>"
        f"<cbc:DocumentTypeCode>{modified.tipo}</cbc:DocumentTypeCode></cac:InvoiceDocumentReference>"
        "</cac:BillingReference>"
    )


def body(comprobante: Comprobante) -> bytes:
    """Everything after the place of the signature, in canonical form."""
    nota, totales, emisor = comprobante.nota, comprobante.importes, comprobante.emisor
    kind = _KINDS[nota.tipo]
    modified = nota.modificados
    money = f' currencyID="{nota.moneda}">'
    tipo_doc, numero_doc, nombre = comprobante.receptor
    first = f"<cbc:ReferenceID>{text(modified[0].codigo)}</cbc:ReferenceID>" if modified else ""
    content = (
        zero_line(kind.lines, nota.sustento, money)
        if comprobante.cambia_pagos
        else lines(comprobante, kind.lines, money)
    )
    parts = operaciones.NONE if comprobante.sencillo else operaciones.parts(comprobante, money)
    before_lines = (
        f"{AFTER_SIGNATURE}<cbc:ID>{nota.serie}-{nota.numero}</cbc:ID>"
        f"<cbc:IssueDate>{nota.fecha}</cbc:IssueDate>"
        f"{f'<cbc:IssueTime>{nota.hora}</cbc:IssueTime>' if nota.hora else ''}"
        f'<cbc:Note languageLocaleID="1000">{text(comprobante.monto_en_letras)}</cbc:Note>'
        f"{parts.notes}"
        f"<cbc:DocumentCurrencyCode>{nota.moneda}</cbc:DocumentCurrencyCode>"
        f"<cac:DiscrepancyResponse>{first}<cbc:ResponseCode>{nota.motivo}</cbc:ResponseCode>"
        f"<cbc:Description>{text(nota.sustento)}</cbc:Description></cac:DiscrepancyResponse>"
        f"{''.join([_reference(document) for document in modified])}"
        f"{parts.references}{ubl.signature_block(emisor)}"
        f"{ubl.supplier(emisor, comprobante.establecimiento)}"
        f"{ubl.customer(tipo_doc, numero_doc, nombre, nota.direccion)}"
        f"{payment_terms(comprobante, money)}{parts.allowances}{tax_totals(comprobante, totales, money)}"
        f"{operaciones.monetary_total(kind.total, totales, money)}"
    )
    return b"".join((before_lines.encode(), content, f"</{kind.root}>".encode()))


def write(comprobante: Comprobante, signer: Signer) -> Signed:
    """The signed file."""
    return ubl.sign(_KINDS[comprobante.tipo].root, body(comprobante), comprobante.emisor, signer)
