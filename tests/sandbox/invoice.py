"""Facturas and boletas for the sandbox's tests, written apart from the library."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from tests.sandbox.names import CUSTOMER, NS, RUC, Edit, lima_today
from tests.sandbox.signing import sign

TAXES = {
    "1000": ("IGV", "VAT"), "1016": ("IVAP", "VAT"), "2000": ("ISC", "EXC"), "7152": ("ICBPER", "OTH"),
    "9995": ("EXP", "FRE"), "9996": ("GRA", "FRE"), "9997": ("EXO", "VAT"), "9998": ("INA", "FRE"),
    "9999": ("OTROS", "OTH"), "3000": ("IR", "TOX"),
}  # fmt: skip


def subtotal(code: str, base: str, tax: str, extra: str = "", currency: str = "PEN") -> str:
    """A ``cac:TaxSubtotal``; ``extra`` stands before ``cac:TaxScheme``."""
    name, kind = TAXES[code]
    return (
        f'<cac:TaxSubtotal><cbc:TaxableAmount currencyID="{currency}">{base}</cbc:TaxableAmount>'
        f'<cbc:TaxAmount currencyID="{currency}">{tax}</cbc:TaxAmount><cac:TaxCategory>{extra}<cac:TaxScheme>'
        f"<cbc:ID>{code}</cbc:ID><cbc:Name>{name}</cbc:Name><cbc:TaxTypeCode>{kind}</cbc:TaxTypeCode>"
        "</cac:TaxScheme></cac:TaxCategory></cac:TaxSubtotal>"
    )


def line(
    number: int, *, price: str, with_tax: str, value: str, tax: str, subtotals: str, quantity: str = "1", kind: str = "01",
    charges: str = "",
) -> str:  # fmt: skip
    """A ``cac:InvoiceLine``."""
    return (
        f'<cac:InvoiceLine><cbc:ID>{number}</cbc:ID><cbc:InvoicedQuantity unitCode="NIU">{quantity}'
        f'</cbc:InvoicedQuantity><cbc:LineExtensionAmount currencyID="PEN">{value}</cbc:LineExtensionAmount>'
        f'<cac:PricingReference><cac:AlternativeConditionPrice><cbc:PriceAmount currencyID="PEN">{with_tax}'
        f"</cbc:PriceAmount><cbc:PriceTypeCode>{kind}</cbc:PriceTypeCode></cac:AlternativeConditionPrice>"
        f'</cac:PricingReference>{charges}<cac:TaxTotal><cbc:TaxAmount currencyID="PEN">{tax}</cbc:TaxAmount>'
        f"{subtotals}</cac:TaxTotal><cac:Item><cbc:Description>ESCUDO Ñ {number}</cbc:Description>"
        f"<cac:SellersItemIdentification><cbc:ID>P{number}</cbc:ID></cac:SellersItemIdentification></cac:Item>"
        f'<cac:Price><cbc:PriceAmount currencyID="PEN">{price}</cbc:PriceAmount></cac:Price></cac:InvoiceLine>'
    )


def igv(affectation: str = "10", percent: str = "18") -> str:
    """The part of a line's tax category that says the rate and the affectation."""
    return f"<cbc:Percent>{percent}</cbc:Percent><cbc:TaxExemptionReasonCode>{affectation}</cbc:TaxExemptionReasonCode>"


def sale(number: int = 1) -> str:
    """A line of 100.00 plus IGV."""
    return line(
        number, price="100", with_tax="118", value="100.00", tax="18.00",
        subtotals=subtotal("1000", "100.00", "18.00", igv()),
    )  # fmt: skip


CASH = "<cac:PaymentTerms><cbc:ID>FormaPago</cbc:ID><cbc:PaymentMeansID>Contado</cbc:PaymentMeansID></cac:PaymentTerms>"


@dataclass
class Invoice:
    """A document to send; the defaults are a factura of 118.00 that SUNAT accepts."""

    serie: str = "F001"
    number: str = "1"
    tipo: str = "01"
    ruc: str = RUC
    operation: str = "0101"
    day: str = field(default_factory=lambda: lima_today().isoformat())
    customer_type: str = "6"
    customer: str = CUSTOMER
    notes: str = '<cbc:Note languageLocaleID="1000">CIENTO DIECIOCHO CON 00/100 SOLES</cbc:Note>'
    references: str = ""
    terms: str = CASH
    prepaid: str = ""
    charges: str = ""
    tax: str = "18.00"
    subtotals: str = field(default_factory=lambda: subtotal("1000", "100.00", "18.00"))
    lines: str = field(default_factory=sale)
    value: str = "100.00"
    inclusive: str = "118.00"
    more_totals: str = ""
    payable: str = "118.00"
    edits: list[Edit] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The file's name without extension."""
        return f"{self.ruc}-{self.tipo}-{self.serie}-{self.number}"

    def xml(self) -> bytes:
        """The document without signature, edits done."""
        root = etree.fromstring(self._text().encode())
        for edit in self.edits:
            edit(root)
        return etree.tostring(root, xml_declaration=True, encoding="UTF-8")

    def _text(self) -> str:
        declarations = " ".join(f'xmlns:{p}="{NS[p]}"' for p in ("cac", "cbc", "ext", "ds"))
        return (
            f'<Invoice xmlns="{NS["i"]}" {declarations}><ext:UBLExtensions><ext:UBLExtension><ext:ExtensionContent>'
            "</ext:ExtensionContent></ext:UBLExtension></ext:UBLExtensions><cbc:UBLVersionID>2.1</cbc:UBLVersionID>"
            f"<cbc:CustomizationID>2.0</cbc:CustomizationID><cbc:ID>{self.serie}-{self.number}</cbc:ID>"
            f"<cbc:IssueDate>{self.day}</cbc:IssueDate><cbc:IssueTime>10:00:00</cbc:IssueTime>"
            f'<cbc:InvoiceTypeCode listID="{self.operation}">{self.tipo}</cbc:InvoiceTypeCode>{self.notes}'
            f"<cbc:DocumentCurrencyCode>PEN</cbc:DocumentCurrencyCode>{self.references}<cac:Signature>"
            f"<cbc:ID>{self.ruc}</cbc:ID><cac:SignatoryParty><cac:PartyIdentification><cbc:ID>{self.ruc}</cbc:ID>"
            "</cac:PartyIdentification><cac:PartyName><cbc:Name>EMISOR S.A.C.</cbc:Name></cac:PartyName>"
            "</cac:SignatoryParty><cac:DigitalSignatureAttachment><cac:ExternalReference><cbc:URI>#SIGN</cbc:URI>"
            "</cac:ExternalReference></cac:DigitalSignatureAttachment></cac:Signature><cac:AccountingSupplierParty>"
            f'<cac:Party><cac:PartyIdentification><cbc:ID schemeID="6">{self.ruc}</cbc:ID></cac:PartyIdentification>'
            "<cac:PartyName><cbc:Name>EMISOR</cbc:Name></cac:PartyName><cac:PartyLegalEntity>"
            "<cbc:RegistrationName>EMISOR S.A.C.</cbc:RegistrationName><cac:RegistrationAddress><cbc:ID>150101</cbc:ID>"
            "<cbc:AddressTypeCode>0000</cbc:AddressTypeCode><cbc:CitySubdivisionName>-</cbc:CitySubdivisionName>"
            "<cbc:CityName>LIMA</cbc:CityName><cbc:CountrySubentity>LIMA</cbc:CountrySubentity>"
            "<cbc:District>LIMA</cbc:District><cac:AddressLine><cbc:Line>AV. PROBANDO 123</cbc:Line></cac:AddressLine>"
            "<cac:Country><cbc:IdentificationCode>PE</cbc:IdentificationCode></cac:Country></cac:RegistrationAddress>"
            "</cac:PartyLegalEntity></cac:Party></cac:AccountingSupplierParty><cac:AccountingCustomerParty><cac:Party>"
            f'<cac:PartyIdentification><cbc:ID schemeID="{self.customer_type}">{self.customer}</cbc:ID>'
            "</cac:PartyIdentification><cac:PartyLegalEntity><cbc:RegistrationName>CLIENTE S.A.</cbc:RegistrationName>"
            f"</cac:PartyLegalEntity></cac:Party></cac:AccountingCustomerParty>{self.terms}{self.prepaid}{self.charges}"
            f'<cac:TaxTotal><cbc:TaxAmount currencyID="PEN">{self.tax}</cbc:TaxAmount>{self.subtotals}</cac:TaxTotal>'
            f'<cac:LegalMonetaryTotal><cbc:LineExtensionAmount currencyID="PEN">{self.value}</cbc:LineExtensionAmount>'
            f'<cbc:TaxInclusiveAmount currencyID="PEN">{self.inclusive}</cbc:TaxInclusiveAmount>{self.more_totals}'
            f'<cbc:PayableAmount currencyID="PEN">{self.payable}</cbc:PayableAmount></cac:LegalMonetaryTotal>'
            f"{self.lines}</Invoice>"
        )

    def signed(self, **options: Any) -> bytes:
        """The signed document."""
        return sign(self.xml(), **options)


def boleta(**values: Any) -> Invoice:
    """A boleta that SUNAT accepts."""
    return Invoice(
        **{"tipo": "03", "serie": "B001", "customer_type": "1", "customer": "12345678", "terms": "", **values}
    )
