"""Notas de crédito and de débito for the sandbox's tests, made of a factura's parts."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import Any

from lxml import etree

from tests.sandbox.invoice import Invoice, line, subtotal
from tests.sandbox.names import NS, UBL, Edit
from tests.sandbox.sales import terms

_KINDS = {"07": "CreditNote", "08": "DebitNote"}
_PARTS = {
    "07": {"InvoiceLine": "CreditNoteLine", "InvoicedQuantity": "CreditedQuantity"},
    "08": {
        "InvoiceLine": "DebitNoteLine",
        "InvoicedQuantity": "DebitedQuantity",
        "LegalMonetaryTotal": "RequestedMonetaryTotal",
    },
}


@dataclass
class Note(Invoice):
    """A nota of 118.00 on F001-1. ``early``: edits of the factura that it is made of, ``edits``: of the nota.

    ``modified``: type and number of each document that it modifies.
    """

    tipo: str = "07"
    serie: str = "FC01"
    terms: str = ""
    reason: str = "01"
    sustento: str = "ANULACION DE LA OPERACION"
    modified: tuple[tuple[str, str], ...] = (("01", "F001-1"),)
    early: list[Edit] = field(default_factory=list)

    def xml(self) -> bytes:
        root = etree.fromstring(self._text().encode())
        for edit in self.early:
            edit(root)
        self._convert(root)
        for edit in self.edits:
            edit(root)
        return etree.tostring(root, xml_declaration=True, encoding="UTF-8")

    def _convert(self, root: etree._Element) -> None:
        kind = _KINDS[self.tipo]
        root.tag = f"{{{UBL}{kind}-2}}{kind}"
        for node in root.iter("*"):
            name = etree.QName(node)
            if name.localname in _PARTS[self.tipo]:
                node.tag = f"{{{name.namespace}}}{_PARTS[self.tipo][name.localname]}"
        for code in root.findall("cbc:InvoiceTypeCode", NS):
            root.remove(code)
        order = root.find("cac:OrderReference", NS)
        before = root.find("cac:DespatchDocumentReference", NS)
        if before is None:
            before = root.find("cac:AdditionalDocumentReference", NS)
        if before is None:
            before = root.find("cac:Signature", NS)
        assert before is not None
        for node in etree.fromstring(self._what()):
            (
                before if order is None or node.tag == f"{{{NS['cac']}}}BillingReference" else order
            ).addprevious(node)

    def _what(self) -> str:
        declarations = " ".join(f'xmlns:{prefix}="{NS[prefix]}"' for prefix in ("cac", "cbc"))
        first = f"<cbc:ReferenceID>{self.modified[0][1]}</cbc:ReferenceID>" if self.modified else ""
        references = "".join(
            f"<cac:BillingReference><cac:InvoiceDocumentReference><cbc:ID>{number}</cbc:ID><cbc:DocumentTypeCode>{tipo}"
            "</cbc:DocumentTypeCode></cac:InvoiceDocumentReference></cac:BillingReference>"
            for tipo, number in self.modified
        )
        return (
            f"<w {declarations}><cac:DiscrepancyResponse>{first}<cbc:ResponseCode>{self.reason}</cbc:ResponseCode>"
            f"<cbc:Description>{self.sustento}</cbc:Description></cac:DiscrepancyResponse>{references}</w>"
        )


def note(**values: Any) -> Note:
    """A nota de crédito on the factura F001-1."""
    return Note(**values)


def debit(**values: Any) -> Note:
    """A nota de débito on the factura F001-1."""
    return Note(
        **{"tipo": "08", "serie": "FD01", "reason": "02", "sustento": "AUMENTO EN EL VALOR", **values}
    )


def of_boleta(**values: Any) -> Note:
    """A nota de crédito on the boleta B001-1."""
    return Note(
        **{
            "serie": "BC01", "modified": (("03", "B001-1"),), "customer_type": "1", "customer": "12345678", **values,
        }
    )  # fmt: skip


def as_note(sale: Invoice, tipo: str) -> Note:
    """A nota that says what a factura or a boleta says, its edits included."""
    values = {item.name: getattr(sale, item.name) for item in fields(Invoice)}
    values["early"] = values.pop("edits")
    modifies = ("01", "F001-1") if sale.tipo == "01" else ("03", "B001-1")
    reason = {"9995": "11", "1016": "12"}
    found = [code for tax, code in reason.items() if f"<cbc:ID>{tax}</cbc:ID>" in sale.lines]
    return Note(
        **{
            **values, "tipo": tipo, "modified": (modifies,), "reason": found[0] if found else "01",
            "terms": sale.terms.replace(">Contado<", ">Credito<") if tipo == "07" else sale.terms,
        }
    )  # fmt: skip


def cuotas(
    pending: str = "118.00", first: str = "59.00", second: str = "59.00", due: str = "", **values: Any
) -> Note:
    """A nota of type 13: new cuotas of a factura al crédito, itself worth nothing."""
    nothing = line(
        1, price="0", with_tax="0", value="0.00", tax="0.00",
        subtotals=subtotal("1000", "0.00", "0.00", "<cbc:Percent>18</cbc:Percent><cbc:TaxExemptionReasonCode>10"
                           "</cbc:TaxExemptionReasonCode>"),
    )  # fmt: skip
    parts = terms("Credito", pending) + terms("Cuota001", first, due or "2099-01-31")
    parts += terms("Cuota002", second, "2099-02-28")
    zero = {"value": "0.00", "inclusive": "0.00", "payable": "0.00", "tax": "0.00"}
    return Note(
        **{
            "reason": "13",
            "terms": parts,
            "lines": nothing,
            "subtotals": subtotal("1000", "0.00", "0.00"),
            **zero,
            **values,
        }
    )
