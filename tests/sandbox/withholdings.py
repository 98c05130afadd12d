"""Retenciones and percepciones for the sandbox's tests, written apart from the library."""

from __future__ import annotations

import base64
from dataclasses import dataclass, field

from lxml import etree

from tests.sandbox.client import Answer, Client, zipped
from tests.sandbox.names import CUSTOMER, NS, RUC, Edit, in_days
from tests.sandbox.signing import sign

OTHERS = "/ol-ti-itemision-otroscpe-gem-beta/billService"
_SCHEMA = "urn:sunat:names:specification:ubl:peru:schema:xsd:"
_WORDS = {"20": ("Retention", "Paid", "01", "3.00"), "40": ("Perception", "Cashed", "01", "2.00")}


def _address(kind: str) -> str:
    return (
        f"<cac:PostalAddress><cbc:ID>150101</cbc:ID><cbc:StreetName>AV. {kind} 1</cbc:StreetName>"
        "<cbc:CitySubdivisionName>-</cbc:CitySubdivisionName><cbc:CityName>LIMA</cbc:CityName>"
        "<cbc:CountrySubentity>LIMA</cbc:CountrySubentity><cbc:District>LIMA</cbc:District><cac:Country>"
        "<cbc:IdentificationCode>PE</cbc:IdentificationCode></cac:Country></cac:PostalAddress>"
    )


def _party(element: str, kind: str, number: str) -> str:
    return (
        f'<cac:{element}><cac:PartyIdentification><cbc:ID schemeID="{kind}">{number}</cbc:ID></cac:PartyIdentification>'
        f"<cac:PartyName><cbc:Name>NOMBRE</cbc:Name></cac:PartyName>{_address(element)}<cac:PartyLegalEntity>"
        "<cbc:RegistrationName>RAZON SOCIAL S.A.</cbc:RegistrationName></cac:PartyLegalEntity>"
        f"</cac:{element}>"
    )


@dataclass(frozen=True)
class Sale:
    """A document of which something is withheld: the defaults are a payment of 100.00 soles today."""

    number: str = "F001-1"
    kind: str = "01"
    issued: str = field(default_factory=lambda: in_days(0))
    paid_on: str = field(default_factory=lambda: in_days(0))
    payment: str = "1"
    paid: str = "100.00"
    withheld: str = ""
    net: str = ""
    currency: str = "PEN"
    rate: str = "1.000000"

    def xml(self, tipo: str) -> str:
        what, paid, _, _ = _WORDS[tipo]
        withheld = self.withheld or {"20": "3.00", "40": "2.00"}[tipo]
        net = self.net or {"20": "97.00", "40": "102.00"}[tipo]
        return (
            f'<sac:SUNAT{what}DocumentReference><cbc:ID schemeID="{self.kind}">{self.number}</cbc:ID>'
            f"<cbc:IssueDate>{self.issued}</cbc:IssueDate>"
            f'<cbc:TotalInvoiceAmount currencyID="{self.currency}">118.00</cbc:TotalInvoiceAmount>'
            f'<cac:Payment><cbc:ID>{self.payment}</cbc:ID><cbc:PaidAmount currencyID="{self.currency}">{self.paid}'
            f"</cbc:PaidAmount><cbc:PaidDate>{self.paid_on}</cbc:PaidDate></cac:Payment>"
            f'<sac:SUNAT{what}Information><sac:SUNAT{what}Amount currencyID="PEN">{withheld}</sac:SUNAT{what}Amount>'
            f"<sac:SUNAT{what}Date>{self.paid_on}</sac:SUNAT{what}Date>"
            f'<sac:SUNATNetTotal{paid} currencyID="PEN">{net}</sac:SUNATNetTotal{paid}><cac:ExchangeRate>'
            f"<cbc:SourceCurrencyCode>{self.currency}</cbc:SourceCurrencyCode><cbc:TargetCurrencyCode>PEN"
            f"</cbc:TargetCurrencyCode><cbc:CalculationRate>{self.rate}</cbc:CalculationRate><cbc:Date>{self.paid_on}"
            f"</cbc:Date></cac:ExchangeRate></sac:SUNAT{what}Information></sac:SUNAT{what}DocumentReference>"
        )


@dataclass
class Withholding:
    """A retención (20) of 3 % or a percepción (40) of 2 % of one payment of 100.00."""

    tipo: str = "20"
    serie: str = ""
    number: str = "1"
    day: str = field(default_factory=lambda: in_days(0))
    receiver_kind: str = "6"
    receiver: str = CUSTOMER
    system: str = "01"
    percent: str = ""
    total: str = ""
    paid: str = ""
    rounding: str = ""
    exceptional: str = ""
    sales: tuple[Sale, ...] = (Sale(),)
    edits: list[Edit] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The file's name without extension."""
        return f"{RUC}-{self.tipo}-{self.serie or self._serie}-{self.number}"

    @property
    def _serie(self) -> str:
        return {"20": "R001", "40": "P001"}[self.tipo]

    def signed(self) -> bytes:
        """The signed document, edits done."""
        root = etree.fromstring(self._text().encode())
        for edit in self.edits:
            edit(root)
        return sign(etree.tostring(root, xml_declaration=True, encoding="UTF-8"))

    def _text(self) -> str:
        what, cashed, _, percent = _WORDS[self.tipo]
        total = self.total or {"20": "3.00", "40": "2.00"}[self.tipo]
        paid = self.paid or {"20": "97.00", "40": "102.00"}[self.tipo]
        declarations = " ".join(f'xmlns:{p}="{NS[p]}"' for p in ("cac", "cbc", "ext", "ds", "sac"))
        indicator = (
            f"<sac:ExceptionalIndicator>{self.exceptional}</sac:ExceptionalIndicator>"
            if self.exceptional
            else ""
        )
        rounding = (
            f'<cbc:PayableRoundingAmount currencyID="PEN">{self.rounding}</cbc:PayableRoundingAmount>'
            if self.rounding
            else ""
        )
        return (
            f'<{what} xmlns="{_SCHEMA}{what}-1" {declarations}><ext:UBLExtensions><ext:UBLExtension>'
            "<ext:ExtensionContent></ext:ExtensionContent></ext:UBLExtension></ext:UBLExtensions>"
            "<cbc:UBLVersionID>2.0</cbc:UBLVersionID><cbc:CustomizationID>1.0</cbc:CustomizationID><cac:Signature>"
            f"<cbc:ID>{RUC}</cbc:ID><cac:SignatoryParty><cac:PartyIdentification><cbc:ID>{RUC}</cbc:ID>"
            "</cac:PartyIdentification><cac:PartyName><cbc:Name>EMISOR S.A.C.</cbc:Name></cac:PartyName>"
            "</cac:SignatoryParty><cac:DigitalSignatureAttachment><cac:ExternalReference><cbc:URI>#SIGN</cbc:URI>"
            f"</cac:ExternalReference></cac:DigitalSignatureAttachment></cac:Signature><cbc:ID>{self.serie or self._serie}"
            f"-{self.number}</cbc:ID><cbc:IssueDate>{self.day}</cbc:IssueDate>{indicator}"
            f"{_party('AgentParty', '6', RUC)}{_party('ReceiverParty', self.receiver_kind, self.receiver)}"
            f"<sac:SUNAT{what}SystemCode>{self.system}</sac:SUNAT{what}SystemCode>"
            f"<sac:SUNAT{what}Percent>{self.percent or percent}</sac:SUNAT{what}Percent>"
            f'<cbc:TotalInvoiceAmount currencyID="PEN">{total}</cbc:TotalInvoiceAmount>{rounding}'
            f'<sac:SUNATTotal{cashed} currencyID="PEN">{paid}</sac:SUNATTotal{cashed}>'
            f"{''.join(sale.xml(self.tipo) for sale in self.sales)}</{what}>"
        )

    def send(self, sunat: Client) -> Answer:
        """Send it where retenciones and percepciones go."""
        return send_other(sunat, self.name, self.signed())


def send_other(sunat: Client, name: str, xml: bytes, operation: str = "sendBill") -> Answer:
    """Send a file to the service of retenciones and percepciones."""
    content = base64.b64encode(zipped(name, xml)).decode()
    return sunat.call(OTHERS, operation, fileName=f"{name}.zip", contentFile=content)
