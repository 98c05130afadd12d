"""Facturas and boletas for the sandbox's tests, written and signed apart from the library (signxml signs)."""

from __future__ import annotations

import base64
import copy
import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Any

import requests
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from lxml import etree
from signxml.algorithms import (
    CanonicalizationMethod,
    DigestAlgorithm,
    SignatureConstructionMethod,
    SignatureMethod,
)
from signxml.signer import XMLSigner

RUC = "20123456786"
CUSTOMER = "20000000001"
BILL = "/ol-ti-itcpfegem-beta/billService"
CONSULT = "/ol-it-wsconscpegem/billConsultService"
UBL = "urn:oasis:names:specification:ubl:schema:xsd:"
NS = {
    "i": UBL + "Invoice-2",
    "cac": UBL + "CommonAggregateComponents-2",
    "cbc": UBL + "CommonBasicComponents-2",
    "ext": UBL + "CommonExtensionComponents-2",
    "ds": "http://www.w3.org/2000/09/xmldsig#",
    "sac": "urn:sunat:names:specification:ubl:peru:schema:xsd:SunatAggregateComponents-1",
    "ar": UBL + "ApplicationResponse-2",
    "s": "http://schemas.xmlsoap.org/soap/envelope/",
    "br": "http://service.sunat.gob.pe",
}
TAXES = {
    "1000": ("IGV", "VAT"), "1016": ("IVAP", "VAT"), "2000": ("ISC", "EXC"), "7152": ("ICBPER", "OTH"),
    "9995": ("EXP", "FRE"), "9996": ("GRA", "FRE"), "9997": ("EXO", "VAT"), "9998": ("INA", "FRE"),
    "9999": ("OTROS", "OTH"),
}  # fmt: skip

Edit = Callable[[etree._Element], None]


@lru_cache(maxsize=8)
def key_and_certificate(
    ruc: str = RUC, start: int = -30, end: int = 365, serial: int = 1
) -> tuple[bytes, bytes]:
    """A key and a self-made certificate of ``ruc``, PEM; ``start`` and ``end`` in days from today."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name(
        [x509.NameAttribute(NameOID.COMMON_NAME, "PRUEBA"), x509.NameAttribute(NameOID.SERIAL_NUMBER, ruc)]
    )
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(serial)
        .not_valid_before(now + timedelta(days=start))
        .not_valid_after(now + timedelta(days=end))
        .sign(key, hashes.SHA256())
    )
    pem = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return pem, certificate.public_bytes(serialization.Encoding.PEM)


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


def free(affectation: str = "11", tax: str = "18.00", **values: Any) -> Invoice:
    """A factura of one gift worth 100.00 and one sale."""
    gift = line(
        2, price="0", with_tax="100", kind="02", value="100.00", tax="0.00",
        subtotals=subtotal("9996", "100.00", tax, igv(affectation)),
    )  # fmt: skip
    notes = '<cbc:Note languageLocaleID="1002">TRANSFERENCIA GRATUITA</cbc:Note>'
    totals = subtotal("1000", "100.00", "18.00") + subtotal("9996", "100.00", tax)
    return Invoice(**{"lines": sale() + gift, "subtotals": totals, "notes": notes, **values})


def untaxed(code: str = "9997", affectation: str = "20", **values: Any) -> Invoice:
    """A factura of 100.00 without IGV: exonerada, inafecta or exportación."""
    one = line(
        1, price="100", with_tax="100", value="100.00", tax="0.00",
        subtotals=subtotal(code, "100.00", "0.00", igv(affectation)),
    )  # fmt: skip
    return Invoice(
        **{
            "lines": one, "subtotals": subtotal(code, "100.00", "0.00"), "tax": "0.00", "inclusive": "100.00",
            "payable": "100.00", **values,
        }
    )  # fmt: skip


def export(**values: Any) -> Invoice:
    """A factura of exportación to somebody abroad."""
    return untaxed("9995", "40", **{"operation": "0200", "customer_type": "-", "customer": "-", **values})


def rice(**values: Any) -> Invoice:
    """A factura of arroz pilado: IVAP of 4 %."""
    one = line(
        1, price="100", with_tax="104", value="100.00", tax="4.00",
        subtotals=subtotal("1016", "100.00", "4.00", igv("17", "4")),
    )  # fmt: skip
    return Invoice(
        **{
            "lines": one, "subtotals": subtotal("1016", "100.00", "4.00"), "tax": "4.00", "inclusive": "104.00",
            "payable": "104.00", "notes": '<cbc:Note languageLocaleID="2007">IVAP</cbc:Note>', **values,
        }
    )  # fmt: skip


def excise(**values: Any) -> Invoice:
    """A factura with ISC (10 %) below the IGV, and another tax of 5 %."""
    parts = (
        subtotal("1000", "110.00", "19.80", igv())
        + subtotal(
            "2000", "100.00", "10.00", "<cbc:Percent>10</cbc:Percent><cbc:TierRange>01</cbc:TierRange>"
        )
        + subtotal("9999", "100.00", "5.00", "<cbc:Percent>5</cbc:Percent>")
    )
    one = line(1, price="100", with_tax="134.80", value="100.00", tax="34.80", subtotals=parts)
    totals = (
        subtotal("1000", "100.00", "19.80")
        + subtotal("2000", "100.00", "10.00")
        + subtotal("9999", "100.00", "5.00")
    )
    return Invoice(
        **{
            "lines": one,
            "subtotals": totals,
            "tax": "34.80",
            "inclusive": "134.80",
            "payable": "134.80",
            **values,
        }
    )


def bags(**values: Any) -> Invoice:
    """A factura with two plastic bags: ICBPER of 0.50 each."""
    bag = subtotal("7152", "", "1.00", "<cbc:PerUnitAmount currencyID='PEN'>0.50</cbc:PerUnitAmount>")
    bag = bag.replace(
        '<cbc:TaxableAmount currencyID="PEN"></cbc:TaxableAmount><cbc:TaxAmount currencyID="PEN">1.00</cbc:TaxAmount>',
        '<cbc:TaxAmount currencyID="PEN">1.00</cbc:TaxAmount><cbc:BaseUnitMeasure unitCode="NIU">2</cbc:BaseUnitMeasure>',
    )
    one = line(
        1, price="50", with_tax="59.50", value="100.00", tax="19.00", quantity="2",
        subtotals=subtotal("1000", "100.00", "18.00", igv()) + bag,
    )  # fmt: skip
    total = subtotal("7152", "", "1.00").replace(
        '<cbc:TaxableAmount currencyID="PEN"></cbc:TaxableAmount>', ""
    )
    return Invoice(
        **{
            "lines": one, "subtotals": subtotal("1000", "100.00", "18.00") + total, "tax": "19.00",
            "inclusive": "119.00", "payable": "119.00", **values,
        }
    )  # fmt: skip


def terms(
    kind: str, amount: str = "", due: str = "", indicator: str = "FormaPago", currency: str = "PEN"
) -> str:
    """A ``cac:PaymentTerms``."""
    money = f'<cbc:Amount currencyID="{currency}">{amount}</cbc:Amount>' if amount else ""
    when = f"<cbc:PaymentDueDate>{due}</cbc:PaymentDueDate>" if due else ""
    means = f"<cbc:PaymentMeansID>{kind}</cbc:PaymentMeansID>" if kind else ""
    return f"<cac:PaymentTerms><cbc:ID>{indicator}</cbc:ID>{means}{money}{when}</cac:PaymentTerms>"


def in_days(days: int) -> str:
    """A date so many days from today in Lima."""
    return (lima_today() + timedelta(days=days)).isoformat()


def credit(
    pending: str = "118.00", first: str = "59.00", second: str = "59.00", due: int = 30, **values: Any
) -> Invoice:
    """A factura al crédito with two cuotas."""
    parts = (
        terms("Credito", pending)
        + terms("Cuota001", first, in_days(due))
        + terms("Cuota002", second, in_days(60))
    )
    return Invoice(**{"terms": parts, **values})


def charge(
    reason: str,
    amount: str,
    indicator: str = "false",
    factor: str = "",
    base: str = "",
    currency: str = "PEN",
) -> str:
    """A ``cac:AllowanceCharge``."""
    part = f"<cbc:MultiplierFactorNumeric>{factor}</cbc:MultiplierFactorNumeric>" if factor else ""
    of = f'<cbc:BaseAmount currencyID="{currency}">{base}</cbc:BaseAmount>' if base else ""
    code = f"<cbc:AllowanceChargeReasonCode>{reason}</cbc:AllowanceChargeReasonCode>" if reason else ""
    return (
        f"<cac:AllowanceCharge><cbc:ChargeIndicator>{indicator}</cbc:ChargeIndicator>{code}{part}"
        f'<cbc:Amount currencyID="{currency}">{amount}</cbc:Amount>{of}</cac:AllowanceCharge>'
    )


def detraccion(good: str = "037", amount: str = "14.00", currency: str = "PEN", **values: Any) -> Invoice:
    """A factura subject to detracción."""
    means = (
        "<cac:PaymentMeans><cbc:ID>Detraccion</cbc:ID><cbc:PaymentMeansCode>001</cbc:PaymentMeansCode>"
        "<cac:PayeeFinancialAccount><cbc:ID>00012345</cbc:ID></cac:PayeeFinancialAccount></cac:PaymentMeans>"
    )
    parts = means + CASH + terms(good, amount, indicator="Detraccion", currency=currency)
    notes = '<cbc:Note languageLocaleID="2006">Operación sujeta a detracción</cbc:Note>'
    return Invoice(**{"operation": "1001", "terms": parts, "notes": notes, **values})


def percepcion(**values: Any) -> Invoice:
    """A factura with percepción of 2 %."""
    return Invoice(
        **{
            "operation": "2001", "charges": charge("51", "2.36", "true", "0.02", "118.00"),
            "terms": CASH + terms("", "120.36", indicator="Percepcion"), **values,
        }
    )  # fmt: skip


def retencion(amount: str = "3.54", base: str = "118.00", **values: Any) -> Invoice:
    """A factura with retención del IGV of 3 %."""
    return Invoice(**{"charges": charge("62", amount, "false", "0.03", base), **values})


def anticipo(**values: Any) -> Invoice:
    """A factura of 118.00 of which 59.00 were paid before."""
    reference = (
        "<cac:AdditionalDocumentReference><cbc:ID>F001-900</cbc:ID><cbc:DocumentTypeCode>02</cbc:DocumentTypeCode>"
        "<cbc:DocumentStatusCode>1</cbc:DocumentStatusCode><cac:IssuerParty><cac:PartyIdentification>"
        f'<cbc:ID schemeID="6">{RUC}</cbc:ID></cac:PartyIdentification></cac:IssuerParty>'
        "</cac:AdditionalDocumentReference>"
    )
    paid = '<cac:PrepaidPayment><cbc:ID>1</cbc:ID><cbc:PaidAmount currencyID="PEN">59.00</cbc:PaidAmount></cac:PrepaidPayment>'
    return Invoice(
        **{
            "references": reference, "prepaid": paid, "charges": charge("04", "50.00", "false", "0.5", "100.00"),
            "subtotals": subtotal("1000", "50.00", "9.00"), "tax": "9.00", "payable": "59.00",
            "more_totals": '<cbc:PrepaidAmount currencyID="PEN">59.00</cbc:PrepaidAmount>', **values,
        }
    )  # fmt: skip


def lima_today() -> date:
    """Today in Lima."""
    return (datetime.now(UTC) - timedelta(hours=5)).date()


def sign(
    xml: bytes,
    *,
    pair: tuple[bytes, bytes] | None = None,
    method: SignatureMethod = SignatureMethod.RSA_SHA256,
    digest: DigestAlgorithm = DigestAlgorithm.SHA256,
    c14n: CanonicalizationMethod = CanonicalizationMethod.CANONICAL_XML_1_0,
) -> bytes:
    """Sign as SUNAT wants it: enveloped, in ExtensionContent, with an Id."""
    key, certificate = pair or key_and_certificate()
    root = etree.fromstring(xml)
    place = root.find("ext:UBLExtensions/ext:UBLExtension/ext:ExtensionContent", NS)
    assert place is not None
    etree.SubElement(place, f"{{{NS['ds']}}}Signature", Id="placeholder")
    signer = _LegacySigner(
        method=SignatureConstructionMethod.enveloped,
        signature_algorithm=method,
        digest_algorithm=digest,
        c14n_algorithm=c14n,
    )
    signed = signer.sign(root, key=_loaded(key), cert=[certificate.decode()], always_add_key_value=False)
    signature = signed.find(".//ds:Signature", NS)
    assert signature is not None
    signature.set("Id", "SIGN")
    return etree.tostring(signed, xml_declaration=True, encoding="UTF-8")


@lru_cache(maxsize=8)
def _loaded(pem: bytes) -> rsa.RSAPrivateKey:
    """The key, read once: reading takes longer than signing."""
    key = serialization.load_pem_private_key(pem, None)
    assert isinstance(key, rsa.RSAPrivateKey)
    return key


class _LegacySigner(XMLSigner):
    """signxml's signer, also for SHA-1, which SUNAT still takes."""

    def check_deprecated_methods(self) -> None:
        """Everything goes."""


def zipped(name: str, xml: bytes) -> bytes:
    """A zip with one XML."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(f"{name}.xml", xml)
    return buffer.getvalue()


def _found(root: etree._Element, path: str) -> list[Any]:
    found = root.xpath(path, namespaces=NS)
    assert isinstance(found, list)
    assert found, path
    return found


def set_text(path: str, value: str) -> Edit:
    """Edit: give every element at ``path`` this text."""

    def edit(root: etree._Element) -> None:
        for element in _found(root, path):
            element.text = value

    return edit


def set_attribute(path: str, name: str, value: str | None) -> Edit:
    """Edit: set or (None) remove an attribute."""

    def edit(root: etree._Element) -> None:
        for element in _found(root, path):
            if value is None:
                del element.attrib[name]
            else:
                element.set(name, value)

    return edit


def drop(path: str) -> Edit:
    """Edit: remove the elements at ``path``."""

    def edit(root: etree._Element) -> None:
        for element in _found(root, path):
            element.getparent().remove(element)

    return edit


def add_after(path: str, xml: str) -> Edit:
    """Edit: put ``xml`` behind the first element at ``path``."""

    def edit(root: etree._Element) -> None:
        declarations = " ".join(f'xmlns:{p}="{NS[p]}"' for p in ("cac", "cbc", "ext", "ds"))
        wrapper = etree.fromstring(f"<w {declarations}>{xml}</w>")
        place = _found(root, path)[0]
        for element in reversed(wrapper):
            place.addnext(element)

    return edit


def double(path: str) -> Edit:
    """Edit: repeat the first element at ``path``."""

    def edit(root: etree._Element) -> None:
        element = _found(root, path)[0]
        element.addnext(copy.deepcopy(element))

    return edit


@dataclass
class Answer:
    """An answer of a SOAP service, taken apart. ``code``: of the CDR, or of the fault."""

    http: requests.Response
    code: str = ""
    description: str = ""
    notes: list[str] = field(default_factory=list)
    cdr: bytes = b""
    fault: bool = False
    fields: dict[str, str] = field(default_factory=dict)


def envelope(operation: str, fields: dict[str, str], user: str, password: str) -> bytes:
    """A SOAP request as SUNAT wants it."""
    wsse = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd"
    inner = "".join(f"<{name}>{value}</{name}>" for name, value in fields.items())
    return (
        f'<soapenv:Envelope xmlns:soapenv="{NS["s"]}" xmlns:ser="{NS["br"]}" xmlns:wsse="{wsse}"><soapenv:Header>'
        f"<wsse:Security><wsse:UsernameToken><wsse:Username>{user}</wsse:Username><wsse:Password>{password}"
        f"</wsse:Password></wsse:UsernameToken></wsse:Security></soapenv:Header><soapenv:Body><ser:{operation}>{inner}"
        f"</ser:{operation}></soapenv:Body></soapenv:Envelope>"
    ).encode()


@dataclass
class Client:
    """A small SOAP client for the sandbox at ``url``."""

    url: str
    user: str = RUC + "MODDATOS"
    password: str = "moddatos"
    timeout: float = 20

    def call(self, path: str, operation: str, **fields: str) -> Answer:
        """Call an operation."""
        body = envelope(operation, fields, self.user, self.password)
        response = requests.post(
            self.url + path,
            data=body,
            headers={"Content-Type": "text/xml; charset=utf-8"},
            timeout=self.timeout,
        )
        return read_answer(response)

    def send(self, name: str, xml: bytes, operation: str = "sendBill") -> Answer:
        """Send one XML in its zip."""
        content = base64.b64encode(zipped(name, xml)).decode()
        return self.call(BILL, operation, fileName=f"{name}.zip", contentFile=content)

    def send_invoice(self, invoice: Invoice, **options: Any) -> Answer:
        """Sign and send."""
        return self.send(invoice.name, invoice.signed(**options))

    def consult(self, operation: str, ruc: str, tipo: str, serie: str, number: str) -> Answer:
        """Ask billConsultService."""
        return self.call(
            CONSULT,
            operation,
            rucComprobante=ruc,
            tipoComprobante=tipo,
            serieComprobante=serie,
            numeroComprobante=number,
        )

    def control(self, method: str, path: str, **body: Any) -> Any:
        """Call a control path; returns its JSON."""
        response = requests.request(
            method, f"{self.url}/_sandbox/{path}", json=body or None, timeout=self.timeout
        )
        assert response.ok, response.text
        return response.json()

    def findings(self) -> list[str]:
        """Codes found in the last call."""
        return [finding["code"] for finding in self.control("GET", "log")[-1]["findings"]]


def read_answer(response: requests.Response) -> Answer:
    """Take an answer apart."""
    answer = Answer(response)
    if "xml" not in response.headers.get("content-type", "") or not response.content:
        return answer
    root = etree.fromstring(response.content)
    fault = root.find("s:Body/s:Fault", NS)
    if fault is not None:
        answer.fault = True
        answer.code = (fault.findtext("faultcode") or "").rpartition(".")[2]
        answer.description = fault.findtext("faultstring") or ""
        answer.fields["detail"] = fault.findtext("detail/message") or ""
        return answer
    for element in root.iterfind("s:Body/br:*/", NS):
        answer.fields[etree.QName(element).localname] = element.text or ""
        for child in element:
            answer.fields[etree.QName(child).localname] = child.text or ""
    content = answer.fields.get("applicationResponse") or answer.fields.get("content")
    if content:
        read_cdr(answer, base64.b64decode(content))
    return answer


def read_cdr(answer: Answer, data: bytes) -> None:
    """Take the CDR in a zip apart."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        name = next(name for name in archive.namelist() if name.startswith("R-"))
        answer.cdr = archive.read(name)
        answer.fields["cdr_name"] = name
        answer.fields["cdr_entries"] = " ".join(archive.namelist())
    root = etree.fromstring(answer.cdr)
    response = root.find("cac:DocumentResponse/cac:Response", NS)
    assert response is not None
    answer.code = response.findtext("cbc:ResponseCode", namespaces=NS) or ""
    answer.description = response.findtext("cbc:Description", namespaces=NS) or ""
    answer.notes = [note.text or "" for note in root.findall("cbc:Note", NS)]
