"""Resúmenes diarios for the sandbox's tests, written apart from the library."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from tests.sandbox.names import NS, RUC, Edit, in_days
from tests.sandbox.signing import sign

SUMMARY = "urn:sunat:names:specification:ubl:peru:schema:xsd:SummaryDocuments-1"


def stamp(days: int = 0) -> str:
    """The day in a file's name."""
    return in_days(days).replace("-", "")


def tax(code: str, name: str, kind: str, amount: str, currency: str = "PEN") -> str:
    """A ``cac:TaxTotal`` of a line."""
    money = f'<cbc:TaxAmount currencyID="{currency}">{amount}</cbc:TaxAmount>'
    return (
        f"<cac:TaxTotal>{money}<cac:TaxSubtotal>{money}<cac:TaxCategory><cac:TaxScheme><cbc:ID>{code}</cbc:ID>"
        f"<cbc:Name>{name}</cbc:Name><cbc:TaxTypeCode>{kind}</cbc:TaxTypeCode></cac:TaxScheme></cac:TaxCategory>"
        "</cac:TaxSubtotal></cac:TaxTotal>"
    )


def sold(kind: str, amount: str, currency: str = "PEN") -> str:
    """A ``sac:BillingPayment``: a value of sale of a kind of catalog 11."""
    return (
        f'<sac:BillingPayment><cbc:PaidAmount currencyID="{currency}">{amount}</cbc:PaidAmount>'
        f"<cbc:InstructionID>{kind}</cbc:InstructionID></sac:BillingPayment>"
    )


def customer(kind: str = "1", number: str = "12345678") -> str:
    """The customer of a line."""
    return (
        f"<cac:AccountingCustomerParty><cbc:CustomerAssignedAccountID>{number}</cbc:CustomerAssignedAccountID>"
        f"<cbc:AdditionalAccountID>{kind}</cbc:AdditionalAccountID></cac:AccountingCustomerParty>"
    )


def modifies(number: str = "B001-1", tipo: str = "03") -> str:
    """What a nota of the resumen modifies."""
    return (
        f"<cac:BillingReference><cac:InvoiceDocumentReference><cbc:ID>{number}</cbc:ID><cbc:DocumentTypeCode>{tipo}"
        "</cbc:DocumentTypeCode></cac:InvoiceDocumentReference></cac:BillingReference>"
    )


def perceived(
    system: str = "01", rate: str = "2.00", amount: str = "2.36", cashed: str = "120.36", base: str = "118.00",
    currency: str = "PEN",
) -> str:  # fmt: skip
    """The percepción of a line."""
    money = f'currencyID="{currency}"'
    return (
        f"<sac:SUNATPerceptionSummaryDocumentReference><sac:SUNATPerceptionSystemCode>{system}"
        f"</sac:SUNATPerceptionSystemCode><sac:SUNATPerceptionPercent>{rate}</sac:SUNATPerceptionPercent>"
        f"<cbc:TotalInvoiceAmount {money}>{amount}</cbc:TotalInvoiceAmount><sac:SUNATTotalCashed {money}>{cashed}"
        f"</sac:SUNATTotalCashed><cbc:TaxableAmount {money}>{base}</cbc:TaxableAmount>"
        "</sac:SUNATPerceptionSummaryDocumentReference>"
    )


@dataclass(frozen=True)
class Line:
    """A line: the defaults inform the boleta B001-1 of 118.00."""

    number: str = "B001-1"
    tipo: str = "03"
    condition: str = "1"
    customer: str = customer()
    reference: str = ""
    perception: str = ""
    total: str = "118.00"
    currency: str = "PEN"
    sold: str = sold("01", "100.00")
    charges: str = ""
    taxes: str = tax("1000", "IGV", "VAT", "18.00")

    def xml(self, position: int) -> str:
        return (
            f"<sac:SummaryDocumentsLine><cbc:LineID>{position}</cbc:LineID><cbc:DocumentTypeCode>{self.tipo}"
            f"</cbc:DocumentTypeCode><cbc:ID>{self.number}</cbc:ID>{self.customer}{self.reference}{self.perception}"
            f"<cac:Status><cbc:ConditionCode>{self.condition}</cbc:ConditionCode></cac:Status>"
            f'<sac:TotalAmount currencyID="{self.currency}">{self.total}</sac:TotalAmount>{self.sold}{self.charges}'
            f"{self.taxes}</sac:SummaryDocumentsLine>"
        )


def resumen(
    *lines: Line, number: str = "1", day: str = "", generated: int = 0, edits: tuple[Edit, ...] = ()
) -> tuple[str, bytes]:
    """A resumen diario: its name and its signed bytes. ``day``: of its documents; ``generated``: days from today."""
    declarations = " ".join(f'xmlns:{p}="{NS[p]}"' for p in ("cac", "cbc", "ext", "ds", "sac"))
    text = (
        f'<SummaryDocuments xmlns="{SUMMARY}" {declarations}><ext:UBLExtensions><ext:UBLExtension>'
        "<ext:ExtensionContent></ext:ExtensionContent></ext:UBLExtension></ext:UBLExtensions>"
        "<cbc:UBLVersionID>2.0</cbc:UBLVersionID><cbc:CustomizationID>1.1</cbc:CustomizationID>"
        f"<cbc:ID>RC-{stamp(generated)}-{number}</cbc:ID>"
        f"<cbc:ReferenceDate>{day or in_days(generated)}</cbc:ReferenceDate><cbc:IssueDate>{in_days(generated)}</cbc:IssueDate>"
        f"<cac:Signature><cbc:ID>S</cbc:ID><cac:SignatoryParty><cac:PartyIdentification><cbc:ID>{RUC}</cbc:ID>"
        "</cac:PartyIdentification><cac:PartyName><cbc:Name>E</cbc:Name></cac:PartyName></cac:SignatoryParty>"
        "<cac:DigitalSignatureAttachment><cac:ExternalReference><cbc:URI>#S</cbc:URI></cac:ExternalReference>"
        "</cac:DigitalSignatureAttachment></cac:Signature><cac:AccountingSupplierParty>"
        f"<cbc:CustomerAssignedAccountID>{RUC}</cbc:CustomerAssignedAccountID>"
        "<cbc:AdditionalAccountID>6</cbc:AdditionalAccountID><cac:Party><cac:PartyLegalEntity>"
        "<cbc:RegistrationName>EMISOR S.A.C.</cbc:RegistrationName></cac:PartyLegalEntity></cac:Party>"
        f"</cac:AccountingSupplierParty>{''.join(line.xml(i) for i, line in enumerate(lines, 1))}</SummaryDocuments>"
    )
    root = etree.fromstring(text.encode())
    for edit in edits:
        edit(root)
    return f"{RUC}-RC-{stamp(generated)}-{number}", sign(etree.tostring(root))
