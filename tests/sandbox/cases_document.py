"""Cases that break name, header, leyendas, parties and references."""

from __future__ import annotations

from tests.sandbox import factory as f
from tests.sandbox.cases import ADDRESS, CUSTOMER, LINE, LONG, SIGNATORY, SUPPLIER, TOTAL, case, loose, note
from tests.sandbox.factory import add_after, double, drop, set_attribute, set_text

DELIVERY = (
    "<cac:Delivery><cac:DeliveryLocation><cac:Address><cbc:ID>{ubigeo}</cbc:ID>"
    "<cbc:CitySubdivisionName>{text}</cbc:CitySubdivisionName><cbc:CityName>{text}</cbc:CityName>"
    "<cbc:CountrySubentity>{text}</cbc:CountrySubentity><cbc:District>{text}</cbc:District>"
    "<cac:AddressLine><cbc:Line>{line}</cbc:Line></cac:AddressLine><cac:Country>"
    "<cbc:IdentificationCode>{country}</cbc:IdentificationCode></cac:Country></cac:Address></cac:DeliveryLocation>"
    "</cac:Delivery>"
)


def delivery(ubigeo: str = "150101", text: str = "LIMA", line: str = "CALLE 1", country: str = "PE") -> str:
    return DELIVERY.format(ubigeo=ubigeo, text=text, line=line, country=country)


def guia(number: str = "T001-1", kind: str = "09") -> str:
    return (
        f"<cac:DespatchDocumentReference><cbc:ID>{number}</cbc:ID><cbc:DocumentTypeCode>{kind}</cbc:DocumentTypeCode>"
        "</cac:DespatchDocumentReference>"
    )


def other(number: str = "X-1", kind: str = "99") -> str:
    return guia(number, kind).replace("DespatchDocument", "AdditionalDocument")


IDENTITY_CASES = [
    loose("1001", set_text("cbc:ID", "B001-1")),
    case("1001", of=f.boleta, serie="F001"),
    case("1035", set_text("cbc:ID", "F002-1")),
    case("1036", set_text("cbc:ID", "F001-2")),
    case("1004", set_text("cbc:InvoiceTypeCode", "")),
    case("1003", set_text("cbc:InvoiceTypeCode", "03")),
    case("1034", set_text(f"{SUPPLIER}/cac:PartyIdentification/cbc:ID", "20000000001")),
]

SIGNATURE_BLOCK_CASES = [
    loose("2076", drop("cac:Signature/cbc:ID")),
    case("2077", set_text("cac:Signature/cbc:ID", "")),
    case("2079", drop(f"{SIGNATORY}/cac:PartyIdentification")),
    case("2078", set_text(f"{SIGNATORY}/cac:PartyIdentification/cbc:ID", "20000000001")),
    case("2081", drop(f"{SIGNATORY}/cac:PartyName")),
    case("2080", set_text(f"{SIGNATORY}/cac:PartyName/cbc:Name", " ")),
    case("2083", drop("cac:Signature/cac:DigitalSignatureAttachment")),
    case("2082", set_text("cac:Signature/cac:DigitalSignatureAttachment/cac:ExternalReference/cbc:URI", " ")),
]

HEADER_CASES = [
    case("2075", drop("cbc:UBLVersionID")),
    case("2074", set_text("cbc:UBLVersionID", "2.0")),
    case("2073", drop("cbc:CustomizationID")),
    case("2072", set_text("cbc:CustomizationID", "1.0")),
    case("2108", day=f.in_days(-4)),
    case("1079", of=f.boleta, day=f.in_days(-6)),
    case("2329", day=f.in_days(3)),
    case("2070", drop("cbc:DocumentCurrencyCode")),
    loose("3088", set_text("cbc:DocumentCurrencyCode", "XYZ")),
    case("2071", set_attribute(f"{TOTAL}/cbc:PayableAmount", "currencyID", "USD")),
    case("2071", set_attribute(f"{LINE}/cac:Price/cbc:PriceAmount", "currencyID", "USD")),
    case("2071", set_attribute("cac:PaymentTerms[2]/cbc:Amount", "currencyID", "USD"), of=f.credit),
    case("3205", set_attribute("cbc:InvoiceTypeCode", "listID", None)),
    case("3206", operation="9999"),
    case("3206", operation="0113"),
    case("3206", of=f.boleta, operation="0112"),
    case("4233", add_after("cbc:DocumentCurrencyCode", "<cac:OrderReference><cbc:ID>" + "1" * 21 + "</cbc:ID></cac:OrderReference>")),
]  # fmt: skip

LEGEND_CASES = [
    case("3027", notes=note("7777")),
    case("3014", notes=note("1000") + note("1000")),
    case("3006", notes=note("1000", "UNO\nDOS")),
    case("3006", notes=note("1000", "x" * 201)),
    case("4264", of=f.rice, notes=note("1000")),
    case("4265", of=f.detraccion, notes=note("1000")),
    case("4266", add_after("cac:AccountingCustomerParty", delivery())),
]

PARTY_CASES = [
    case("3089", double(f"{SUPPLIER}/cac:PartyIdentification")),
    case("1008", set_attribute(f"{SUPPLIER}/cac:PartyIdentification/cbc:ID", "schemeID", None)),
    case("1007", set_attribute(f"{SUPPLIER}/cac:PartyIdentification/cbc:ID", "schemeID", "1")),
    case("2010", lists={"ruc_inactivo": [f.RUC]}),
    case("2011", lists={"ruc_no_habido": [f.RUC]}),
    case("4092", set_text(f"{SUPPLIER}/cac:PartyName/cbc:Name", "A\nB")),
    case("1037", set_text(f"{SUPPLIER}/cac:PartyLegalEntity/cbc:RegistrationName", "")),
    case("4338", set_text(f"{SUPPLIER}/cac:PartyLegalEntity/cbc:RegistrationName", LONG)),
    case("4094", set_text(f"{ADDRESS}/cac:AddressLine/cbc:Line", "AB")),
    case("4095", set_text(f"{ADDRESS}/cbc:CitySubdivisionName", "x" * 26)),
    case("4096", set_text(f"{ADDRESS}/cbc:CityName", "x" * 31)),
    case("4093", set_text(f"{ADDRESS}/cbc:ID", "999999")),
    case("4097", set_text(f"{ADDRESS}/cbc:CountrySubentity", "x" * 31)),
    case("4098", set_text(f"{ADDRESS}/cbc:District", "x" * 31)),
    case("4041", set_text(f"{ADDRESS}/cac:Country/cbc:IdentificationCode", "CL")),
    case("4236", add_after("cac:AccountingCustomerParty", delivery(line="AB"))),
    case("4238", add_after("cac:AccountingCustomerParty", delivery(text="x" * 31))),
    case("4239", add_after("cac:AccountingCustomerParty", delivery(text="x" * 31))),
    case("4231", add_after("cac:AccountingCustomerParty", delivery(ubigeo="999999"))),
    case("4240", add_after("cac:AccountingCustomerParty", delivery(text="x" * 31))),
    case("4241", add_after("cac:AccountingCustomerParty", delivery(text="x" * 31))),
    case("3030", drop(f"{ADDRESS}/cbc:AddressTypeCode")),
    case("4198", drop(f"{ADDRESS}/cbc:AddressTypeCode"), of=f.boleta),
    case("4198", drop(f"{ADDRESS}/cbc:AddressTypeCode"), serie="0001"),
    case("3239", set_text(f"{ADDRESS}/cbc:AddressTypeCode", "0002"), lists={"establecimientos": [f"{f.RUC}-0001"]}),
    case("4199", set_text(f"{ADDRESS}/cbc:AddressTypeCode", "0002"), of=f.boleta,
         lists={"establecimientos": [f"{f.RUC}-0001"]}),
    case("4242", set_text(f"{ADDRESS}/cbc:AddressTypeCode", "01")),
    case("3090", double(f"{CUSTOMER}/cac:PartyIdentification")),
    case("2014", drop(f"{CUSTOMER}/cac:PartyIdentification")),
    case("2015", set_attribute(f"{CUSTOMER}/cac:PartyIdentification/cbc:ID", "schemeID", None)),
    case("2800", customer_type="1", customer="12345678"),
    case("2800", of=f.export, customer_type="6", customer=f.CUSTOMER),
    case("2800", of=f.export, customer_type="Z"),
    case("2800", operation="0112", customer_type="4"),
    case("2800", operation="2106", customer_type="1", customer="12345678"),
    case("2800", of=f.boleta, operation="0200", customer_type="6", customer=f.CUSTOMER),
    case("2017", customer="2000000001"),
    case("1083", customer="20000000002"),
    case("1083", lists={"ruc_inexistente": [f.CUSTOMER]}),
    case("4013", lists={"ruc_inactivo": [f.CUSTOMER]}),
    case("4014", lists={"ruc_no_habido": [f.CUSTOMER]}),
    case("2802", of=f.export, customer_type="7", customer="A 1"),
    case("4208", of=f.boleta, customer_type="7", customer="A" * 16),
    case("2801", operation="0112", customer_type="1", customer="1234567"),
    case("4207", of=f.boleta, customer="1234567"),
    case("2021", drop(f"{CUSTOMER}/cac:PartyLegalEntity")),
    case("2022", set_text(f"{CUSTOMER}/cac:PartyLegalEntity/cbc:RegistrationName", "AB")),
    case("3098", of=f.export, operation="0201"),
    case("3099", add_after("cac:AccountingCustomerParty", delivery(country="PE")), of=f.export, operation="0208"),
]  # fmt: skip

REFERENCE_CASES = [
    case("4006", references=guia("T01-1")),
    case("4005", references=guia(kind="01")),
    case("2364", references=guia() + guia()),
    case("4010", references=other("X" * 31)),
    case("4009", references=other(kind="55")),
    case("2365", references=other() + other()),
]
