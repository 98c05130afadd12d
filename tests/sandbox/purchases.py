"""Liquidaciones de compra for the sandbox's tests, made of a factura's parts."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import Any

from lxml import etree

from tests.sandbox.invoice import Invoice, igv, line, subtotal
from tests.sandbox.names import NS, RUC, UBL, Edit

_SWAPPED = {
    "AccountingSupplierParty": "AccountingCustomerParty",
    "AccountingCustomerParty": "AccountingSupplierParty",
}
_WHERE = (
    "<cbc:ID>150101</cbc:ID>{kind}<cbc:CitySubdivisionName>-</cbc:CitySubdivisionName><cbc:CityName>LIMA</cbc:CityName>"
    "<cbc:CountrySubentity>LIMA</cbc:CountrySubentity><cbc:District>LIMA</cbc:District><cac:AddressLine>"
    "<cbc:Line>FUNDO SANTA ROSA</cbc:Line></cac:AddressLine><cac:Country><cbc:IdentificationCode>PE"
    "</cbc:IdentificationCode></cac:Country>"
)
_HOME = f"<cac:RegistrationAddress>{_WHERE.format(kind='<cbc:AddressTypeCode>01</cbc:AddressTypeCode>')}</cac:RegistrationAddress>"
_PLACE = (
    "<cac:DeliveryTerms><cac:DeliveryLocation><cbc:LocationTypeCode>02</cbc:LocationTypeCode>"
    f"<cac:Address>{_WHERE.format(kind='')}</cac:Address></cac:DeliveryLocation></cac:DeliveryTerms>"
)


@dataclass
class Purchase(Invoice):
    """A purchase of 100.00 plus IGV from somebody without a RUC. ``early``: edits of the factura it is made of."""

    tipo: str = "04"
    serie: str = "L001"
    operation: str = "0501"
    customer_type: str = "1"
    customer: str = "12345678"
    terms: str = ""
    payable: str = "100.00"
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
        root.tag = f"{{{UBL}SelfBilledInvoice-2}}SelfBilledInvoice"
        for node in root:
            name = etree.QName(node)
            if name.localname in _SWAPPED:
                node.tag = f"{{{name.namespace}}}{_SWAPPED[name.localname]}"
        vendor = root.find("cac:AccountingSupplierParty", NS)
        assert vendor is not None
        home = vendor.find("cac:Party/cac:PartyLegalEntity", NS)
        if home is not None:
            home.append(_piece(_HOME))
        vendor.addnext(_piece(_PLACE))


def _piece(xml: str) -> etree._Element:
    declarations = " ".join(f'xmlns:{prefix}="{NS[prefix]}"' for prefix in ("cac", "cbc"))
    return etree.fromstring(f"<w {declarations}>{xml}</w>")[0]


def as_purchase(sale: Invoice) -> Purchase:
    """A liquidación that says what a factura says, its edits included."""
    values = {item.name: getattr(sale, item.name) for item in fields(Invoice)}
    values["early"] = values.pop("edits")
    serie = "L001" if sale.serie[0] in "FB" else sale.serie
    return Purchase(**{**values, "tipo": "04", "serie": serie, "operation": "0501"})


def withheld(tax: str = "1.50", total: str = "1.50", **values: Any) -> Purchase:
    """A purchase with a retención of 1.5 % of the vendor's income tax."""
    rate = subtotal("3000", "100.00", tax, "<cbc:Percent>1.5</cbc:Percent>")
    one = line(
        1, price="100", with_tax="118", value="100.00", tax="18.00",
        subtotals=subtotal("1000", "100.00", "18.00", igv()) + rate,
    )  # fmt: skip
    totals = subtotal("1000", "100.00", "18.00") + subtotal("3000", "100.00", total)
    return Purchase(**{"lines": one, "subtotals": totals, "payable": "98.50", **values})


def gold(law: str = "85.50", without: str = "", **values: Any) -> Purchase:
    """A purchase of gold, exonerada."""
    concepts = {"6000": "010000112", "6004": law, "6005": "01", "6006": "EL TORO"}
    properties = "".join(
        f"<cac:AdditionalItemProperty><cbc:Name>ORO</cbc:Name><cbc:NameCode>{code}</cbc:NameCode>"
        f"<cbc:Value>{value}</cbc:Value></cac:AdditionalItemProperty>"
        for code, value in concepts.items()
        if code != without
    )
    one = line(
        1, price="100", with_tax="100", value="100.00", tax="0.00",
        subtotals=subtotal("9997", "100.00", "0.00", igv("20")),
    ).replace("</cac:Item>", f"{properties}</cac:Item>")  # fmt: skip
    return Purchase(
        **{
            "operation": "0503", "lines": one, "subtotals": subtotal("9997", "100.00", "0.00"), "tax": "0.00",
            "inclusive": "100.00", **values,
        }
    )  # fmt: skip


def advanced(**values: Any) -> Purchase:
    """A purchase of 100.00 of which 50.00 were paid before, under the liquidación L001-900."""
    reference = (
        "<cac:AdditionalDocumentReference><cbc:ID>L001-900</cbc:ID><cbc:DocumentTypeCode>10</cbc:DocumentTypeCode>"
        "<cbc:DocumentStatusCode>1</cbc:DocumentStatusCode><cac:IssuerParty><cac:PartyIdentification>"
        f'<cbc:ID schemeID="6">{RUC}</cbc:ID></cac:PartyIdentification></cac:IssuerParty>'
        "</cac:AdditionalDocumentReference>"
    )
    paid = '<cac:PrepaidPayment><cbc:ID>1</cbc:ID><cbc:PaidAmount currencyID="PEN">50.00</cbc:PaidAmount></cac:PrepaidPayment>'
    discount = (
        "<cac:AllowanceCharge><cbc:ChargeIndicator>false</cbc:ChargeIndicator><cbc:AllowanceChargeReasonCode>04"
        '</cbc:AllowanceChargeReasonCode><cbc:Amount currencyID="PEN">50.00</cbc:Amount></cac:AllowanceCharge>'
    )
    return Purchase(
        **{
            "references": reference, "prepaid": paid, "charges": discount, "payable": "50.00", "tax": "9.00",
            "subtotals": subtotal("1000", "50.00", "9.00"),
            "more_totals": '<cbc:PrepaidAmount currencyID="PEN">50.00</cbc:PrepaidAmount>', **values,
        }
    )  # fmt: skip
