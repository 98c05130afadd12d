"""One breaking case for each code the sandbox judges an invoice by, over real HTTP.

A case is the code, what is sent, and whether the schema is asked (a rule may sit behind one that the schema
keeps anybody from reaching).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from emitir.sandbox.sunat.rules import IDENTITY, INVOICE
from tests.sandbox import factory as f
from tests.sandbox.factory import (
    CASH,
    Client,
    Edit,
    Invoice,
    add_after,
    double,
    drop,
    set_attribute,
    set_text,
)

LINE = "cac:InvoiceLine"
SUB = f"{LINE}/cac:TaxTotal/cac:TaxSubtotal"
CATEGORY = f"{SUB}/cac:TaxCategory"
TOTAL = "cac:LegalMonetaryTotal"
SUPPLIER = "cac:AccountingSupplierParty/cac:Party"
CUSTOMER = "cac:AccountingCustomerParty/cac:Party"
ADDRESS = f"{SUPPLIER}/cac:PartyLegalEntity/cac:RegistrationAddress"
HEAD = "cac:TaxTotal/cac:TaxSubtotal"
SCHEME = "cac:TaxCategory/cac:TaxScheme"
SIGNATORY = "cac:Signature/cac:SignatoryParty"
ITEM = f"{LINE}/cac:Item"
PRICE = f"{LINE}/cac:PricingReference/cac:AlternativeConditionPrice"
LONG = "x" * 1501


@dataclass(frozen=True)
class Case:
    """A document that breaks the rule ``code``. ``lists``: SUNAT's padrones for it."""

    code: str
    invoice: Invoice
    schema: bool = True
    lists: dict[str, list[str]] | None = None


def case(
    code: str, *edits: Edit, of: Callable[..., Invoice] = Invoice, schema: bool = True,
    lists: dict[str, list[str]] | None = None, **values: Any,
) -> Case:  # fmt: skip
    return Case(code, of(edits=list(edits), **values), schema, lists)


def loose(code: str, *edits: Edit, of: Callable[..., Invoice] = Invoice, **values: Any) -> Case:
    """A case that the schema would stop."""
    return case(code, *edits, of=of, schema=False, **values)


def amount_edit(path: str) -> Edit:
    """Make every amount at ``path`` have three decimals."""
    return set_text(path, "100.001")


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


def note(code: str, text: str = "LEYENDA") -> str:
    return f'<cbc:Note languageLocaleID="{code}">{text}</cbc:Note>'


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

QUANTITY = f"{LINE}/cbc:InvoicedQuantity"
PRODUCT = "<cac:CommodityClassification><cbc:ItemClassificationCode>{}</cbc:ItemClassificationCode></cac:CommodityClassification>"
GTIN = '<cac:StandardItemIdentification><cbc:ID schemeID="{}">{}</cbc:ID></cac:StandardItemIdentification>'
SELLER = f"{ITEM}/cac:SellersItemIdentification"


def line_charge(code: str, *edits: Edit, reason: str = "00", amount: str = "10.00", **values: str) -> Case:
    """A line with a charge or discount, and edits of it."""
    one = f.line(
        1, price="110", with_tax="118", value="100.00", tax="18.00",
        subtotals=f.subtotal("1000", "100.00", "18.00", f.igv()), charges=f.charge(reason, amount, **values),
    )  # fmt: skip
    return loose(code, *edits, lines=one)


LINE_CASES = [
    case("2023", set_text(f"{LINE}/cbc:ID", "0")),
    case("2023", set_text(f"{LINE}/cbc:ID", "1000")),
    case("2752", double(LINE)),
    case("2883", set_attribute(QUANTITY, "unitCode", None)),
    loose("2936", set_attribute(QUANTITY, "unitCode", "QQQ")),
    case("2024", drop(QUANTITY)),
    case("2024", set_text(QUANTITY, "0")),
    case("2025", set_text(QUANTITY, "1.00000000001")),
    case("4269", set_text(f"{SELLER}/cbc:ID", "x" * 31)),
    case("4332", add_after(SELLER, PRODUCT.format("1234"))),
    case("4337", add_after(SELLER, PRODUCT.format("12340000"))),
    case("3181", operation="0112", customer_type="6"),
    case("4334", add_after(SELLER, GTIN.format("GTIN-13", "123"))),
    case("4333", add_after(SELLER, GTIN.format("", "123").replace(' schemeID=""', ""))),
    case("4335", add_after(SELLER, GTIN.format("EAN", "123"))),
    case("2026", set_text(f"{ITEM}/cbc:Description", "")),
    case("2027", set_text(f"{ITEM}/cbc:Description", "x" * 501)),
    loose("2068", drop(f"{LINE}/cac:Price")),
    case("2369", set_text(f"{LINE}/cac:Price/cbc:PriceAmount", "100.00000000001")),
    case("2640", set_text(f"{LINE}[2]/cac:Price/cbc:PriceAmount", "100"), of=f.free),
    case("2028", drop(f"{LINE}/cac:PricingReference")),
    case("2367", set_text(f"{PRICE}/cbc:PriceAmount", "118.00000000001")),
    case("3270", set_text(f"{PRICE}/cbc:PriceAmount", "119.01")),
    case("4287", set_text(f"{PRICE}/cbc:PriceAmount", "116.99"), of=f.boleta),
    case("2410", set_text(f"{PRICE}/cbc:PriceTypeCode", "09")),
    case("2409", double(PRICE)),
    case("3224", set_text(f"{PRICE}/cbc:PriceTypeCode", "02")),
    case("3234", set_text(f"{LINE}[2]/cac:PricingReference//cbc:PriceTypeCode", "01"), of=f.free),
    case("2370", amount_edit(f"{LINE}/cbc:LineExtensionAmount")),
    case("3271", set_text(f"{LINE}/cac:Price/cbc:PriceAmount", "101.01")),
    case("3271", set_text(f"{LINE}[2]/cac:PricingReference//cbc:PriceAmount", "98.99"), of=f.free),
    case("4288", set_text(f"{LINE}/cac:Price/cbc:PriceAmount", "98.99"), of=f.boleta),
    line_charge("3114", indicator="true"),
    line_charge("3114", reason="47"),
    line_charge("3073", reason=""),
    line_charge("2954", reason="99"),
    line_charge("4268", reason="02"),
    line_charge("3052", factor="0.1234567", base="81.00"),
    line_charge("2955", amount="10.001"),
    line_charge("3053", factor="0.1", base="100.001"),
    line_charge("3290", factor="0.1", base="111.00"),
    Case("4289", f.boleta(lines=f.line(
        1, price="110", with_tax="118", value="100.00", tax="18.00",
        subtotals=f.subtotal("1000", "100.00", "18.00", f.igv()),
        charges=f.charge("00", "10.00", factor="0.1", base="120.00"))), schema=False),
]  # fmt: skip

LINE_TAX_CASES = [
    case("3195", drop(f"{LINE}/cac:TaxTotal")),
    case("3026", double(f"{LINE}/cac:TaxTotal")),
    case("3021", set_text(f"{LINE}/cac:TaxTotal/cbc:TaxAmount", "18.001")),
    case("3292", set_text(f"{LINE}/cac:TaxTotal/cbc:TaxAmount", "19.01")),
    case("4293", set_text(f"{LINE}/cac:TaxTotal/cbc:TaxAmount", "16.99"), of=f.boleta),
    case("2037", drop(f"{CATEGORY}/cac:TaxScheme/cbc:ID")),
    case("2036", set_text(f"{CATEGORY}/cac:TaxScheme/cbc:ID", "1234")),
    case("3067", double(SUB)),
    case("2996", drop(f"{CATEGORY}/cac:TaxScheme/cbc:Name")),
    case("3051", set_text(f"{CATEGORY}/cac:TaxScheme/cbc:Name", "IVA")),
    case("2377", set_text(f"{CATEGORY}/cac:TaxScheme/cbc:TaxTypeCode", "FRE")),
    case("3105", drop(SUB)),
    case("3223", add_after(SUB, f.subtotal("9997", "100.00", "0.00", f.igv("20")))),
    case("3223", add_after(SUB, f.subtotal("2000", "100.00", "10.00", "<cbc:Percent>10</cbc:Percent>")), of=f.rice),
    case("3031", amount_edit(f"{SUB}/cbc:TaxableAmount")),
    case("3272", set_text(f"{SUB}/cbc:TaxableAmount", "100.01")),
    case("3272", set_text(f"{SUB}[1]/cbc:TaxableAmount", "111.01"), of=f.excise),
    case("4294", set_text(f"{SUB}/cbc:TaxableAmount", "99.99"), of=f.boleta),
    case("2033", set_text(f"{SUB}/cbc:TaxAmount", "18.001")),
    case("3110", set_text(f"{SUB}/cbc:TaxAmount", "0.50"), of=f.untaxed),
    case("3110", set_text(f"{LINE}[2]//cac:TaxSubtotal/cbc:TaxAmount", "18.00"), of=lambda **v: f.free("21", "0.00", **v)),
    case("3111", set_text(f"{SUB}/cbc:TaxAmount", "0.00")),
    case("3111", set_text(f"{LINE}[2]//cac:TaxSubtotal/cbc:TaxAmount", "0.00"), of=f.free),
    case("3103", set_text(f"{SUB}/cbc:TaxAmount", "19.01")),
    case("3240", of=f.boleta, operation="0113"),
    case("2992", drop(f"{CATEGORY}/cbc:Percent")),
    case("3102", set_text(f"{CATEGORY}/cbc:Percent", "18.123456")),
    case("2993", set_text(f"{CATEGORY}/cbc:Percent", "0")),
    case("2371", drop(f"{CATEGORY}/cbc:TaxExemptionReasonCode")),
    case("3050", add_after(f"{SUB}[2]//cbc:Percent", "<cbc:TaxExemptionReasonCode>10</cbc:TaxExemptionReasonCode>"), of=f.excise),
    case("2040", set_text(f"{CATEGORY}/cbc:TaxExemptionReasonCode", "20")),
    case("2642", set_text(f"{CATEGORY}/cbc:TaxExemptionReasonCode", "30"), of=f.export),
    case("2644", add_after(LINE, f.sale(2)), of=f.rice),
    case("3108", set_text(f"{SUB}[2]/cbc:TaxAmount", "11.01"), of=f.excise),
    case("3109", set_text(f"{SUB}[3]/cbc:TaxAmount", "6.01"), of=f.excise),
    case("3104", set_text(f"{SUB}[2]//cbc:Percent", "0"), of=f.excise),
    case("2373", drop(f"{SUB}[2]//cbc:TierRange"), of=f.excise),
    case("3210", add_after(f"{SUB}[3]//cbc:Percent", "<cbc:TierRange>01</cbc:TierRange>"), of=f.excise),
    case("2041", set_text(f"{SUB}[2]//cbc:TierRange", "07"), of=f.excise),
    case("3237", drop(f"{SUB}/cbc:BaseUnitMeasure"), of=f.bags),
    case("2892", set_text(f"{SUB}/cbc:BaseUnitMeasure", "2.5"), of=f.bags),
    case("3236", set_text(f"{SUB}/cbc:BaseUnitMeasure", "3"), of=f.bags),
    case("3238", set_text(f"{CATEGORY}/cbc:PerUnitAmount", "0"), of=f.bags),
    case("4318", set_text(f"{CATEGORY}/cbc:PerUnitAmount", "0.60"), of=f.bags),
    case("4237", set_text(f"{CATEGORY}/cbc:PerUnitAmount", "0.40"), of=f.bags),
    case("4320", set_attribute(f"{SUB}/cbc:BaseUnitMeasure", "unitCode", "KGM"), of=f.bags),
]  # fmt: skip

TAX = "cac:TaxTotal/cbc:TaxAmount"


def base_of(tax: str) -> str:
    return f"{HEAD}[{SCHEME}/cbc:ID='{tax}']/cbc:TaxableAmount"


def tax_of(tax: str) -> str:
    return f"{HEAD}[{SCHEME}/cbc:ID='{tax}']/cbc:TaxAmount"


def of_boleta(make: Callable[..., Invoice]) -> Callable[..., Invoice]:
    """The same sale as a boleta."""

    def made(**values: Any) -> Invoice:
        return make(**{"tipo": "03", "serie": "B001", "customer_type": "1", "customer": "12345678", **values})

    return made


def sums(factura: str, boleta: str, edit: Edit, make: Callable[..., Invoice] = Invoice) -> list[Case]:
    """The same wrong sum in a factura (an error) and in a boleta (an observation)."""
    return [case(factura, edit, of=make), case(boleta, edit, of=of_boleta(make))]


NO_TOTAL = "<cac:TaxSubtotal><cbc:TaxAmount currencyID='PEN'>0.00</cbc:TaxAmount></cac:TaxSubtotal>"
TAX_TOTAL_CASES = [
    case("2956", drop("cac:TaxTotal")),
    case("3024", double("cac:TaxTotal")),
    case("3020", set_text(TAX, "18.001")),
    *sums("3294", "4301", set_text(TAX, "19.01")),
    case("2638", drop(HEAD)),
    case("3059", drop(f"{HEAD}/{SCHEME}/cbc:ID")),
    case("3007", set_text(f"{HEAD}/{SCHEME}/cbc:ID", "1234")),
    case("3068", double(HEAD)),
    case("2054", drop(f"{HEAD}/{SCHEME}/cbc:Name")),
    case("2052", drop(f"{HEAD}/{SCHEME}/cbc:TaxTypeCode")),
    case("2964", set_text(f"{HEAD}/{SCHEME}/cbc:Name", "IVA")),
    case("2961", set_text(f"{HEAD}/{SCHEME}/cbc:TaxTypeCode", "FRE")),
    case("3107", add_after(HEAD, f.subtotal("1000", "0.00", "0.00")), of=f.export),
    case("3003", drop(f"{HEAD}/cbc:TaxableAmount")),
    case("2999", amount_edit(f"{HEAD}/cbc:TaxableAmount")),
    case("2048", set_text(f"{HEAD}/cbc:TaxAmount", "18.001")),
    case("3000", set_text(f"{HEAD}/cbc:TaxAmount", "0.50"), of=f.untaxed),
    *sums("3273", "4295", set_text(base_of("9995"), "101.01"), f.export),
    *sums("3275", "4297", set_text(base_of("9997"), "98.99"), f.untaxed),
    *sums("3274", "4296", set_text(base_of("9998"), "101.01"), lambda **v: f.untaxed("9998", "30", **v)),
    *sums("3276", "4298", set_text(base_of("9996"), "101.01"), f.free),
    *sums("3302", "4311", set_text(tax_of("9996"), "16.99"), f.free),
    *sums("3277", "4299", set_text(base_of("1000"), "101.01")),
    *sums("3291", "4290", set_text(tax_of("1000"), "19.01")),
    *sums("3293", "4300", set_text(base_of("1016"), "101.01"), f.rice),
    *sums("3295", "4302", set_text(tax_of("1016"), "5.01"), f.rice),
    *sums("3296", "4303", set_text(base_of("2000"), "101.01"), f.excise),
    *sums("3298", "4305", set_text(tax_of("2000"), "11.01"), f.excise),
    case("3297", set_text(base_of("9999"), "100.01"), of=f.excise),
    case("4304", set_text(base_of("9999"), "101.01"), of=of_boleta(f.excise)),
    *sums("3299", "4306", set_text(tax_of("9999"), "6.01"), f.excise),
    *sums("3306", "4321", set_text(tax_of("7152"), "1.01"), f.bags),
    case("3462", set_text(f"{CATEGORY}/cbc:Percent", "19")),
    case("3462", set_text(f"{LINE}[2]//cbc:Percent", "10.5"), of=f.free),
    case("4439", set_text(f"{CATEGORY}/cbc:Percent", "10.5"), lines=f.line(
        1, price="100", with_tax="110.50", value="100.00", tax="10.50",
        subtotals=f.subtotal("1000", "100.00", "10.50", f.igv())), subtotals=f.subtotal("1000", "100.00", "10.50"),
        tax="10.50", inclusive="110.50", payable="110.50"),
    case("2650", add_after(HEAD, f.subtotal("2000", "100.00", "0.00")), of=f.rice),
    case("2641", set_text(base_of("9996"), "0.00"), of=f.free),
    case("2416", set_text(base_of("9996"), "0.00"), of=f.free),
    case("3283", notes=note("2001")),
    case("4022", of=f.boleta, notes=note("2001")),
    case("3284", notes=note("2002")),
    case("4023", of=f.boleta, notes=note("2002")),
    case("3285", notes=note("2003")),
    case("4024", of=f.boleta, notes=note("2003")),
    case("3289", notes=note("2008")),
    case("4244", of=f.boleta, notes=note("2008")),
]  # fmt: skip


def charged(
    code: str, reason: str, amount: str = "10.00", of: Callable[..., Invoice] = Invoice, **values: str
) -> Case:
    """A document with one global charge or discount."""
    return case(code, of=of, charges=f.charge(reason, amount, **values))


CHARGE_CASES = [
    charged("3114", "02", indicator="true"),
    charged("3114", "46", indicator="false"),
    charged("3072", ""),
    charged("4291", "00"),
    charged("3071", "99"),
    charged("3025", "02", factor="0.1234567", base="81.00"),
    charged("2968", "02", "10.001"),
    charged("3016", "02", base="100.001"),
    charged("3307", "02", factor="0.2", base="100.00"),
    charged("4322", "02", of=f.boleta, factor="0.2", base="100.00"),
    charged("3282", "04"),
    charged("3074", "45", "0.00", indicator="true", base="100.00"),
    charged("3092", "45", indicator="true"),
]


def more(name: str, value: str) -> str:
    return f'<cbc:{name} currencyID="PEN">{value}</cbc:{name}>'


def with_total(code: str, name: str, value: str, of: Callable[..., Invoice] = Invoice) -> Case:
    return case(code, of=of, more_totals=more(name, value))


TOTAL_CASES = [
    with_total("2065", "AllowanceTotalAmount", "0.001"),
    with_total("2064", "ChargeTotalAmount", "0.001"),
    case("2062", set_text(f"{TOTAL}/cbc:PayableAmount", "118.001")),
    case("2031", set_text(f"{TOTAL}/cbc:LineExtensionAmount", "100.001")),
    case("3019", set_text(f"{TOTAL}/cbc:TaxInclusiveAmount", "118.001")),
    case("3288", drop(f"{TOTAL}/cbc:LineExtensionAmount")),
    case("4212", drop(f"{TOTAL}/cbc:LineExtensionAmount"), of=f.boleta),
    case("3305", drop(f"{TOTAL}/cbc:TaxInclusiveAmount")),
    case("4317", drop(f"{TOTAL}/cbc:TaxInclusiveAmount"), of=f.boleta),
    with_total("3300", "AllowanceTotalAmount", "1.01"),
    with_total("4307", "AllowanceTotalAmount", "1.01", f.boleta),
    with_total("3301", "ChargeTotalAmount", "1.01"),
    with_total("4308", "ChargeTotalAmount", "1.01", f.boleta),
    *sums("3278", "4309", set_text(f"{TOTAL}/cbc:LineExtensionAmount", "101.01")),
    *sums("3279", "4310", set_text(f"{TOTAL}/cbc:TaxInclusiveAmount", "119.01")),
    *sums("3279", "4310", set_text(f"{TOTAL}/cbc:TaxInclusiveAmount", "118.00"), f.rice),
    *sums("3280", "4312", set_text(f"{TOTAL}/cbc:PayableAmount", "116.99")),
    with_total("3303", "PayableRoundingAmount", "1.01"),
    with_total("4314", "PayableRoundingAmount", "-1.01", f.boleta),
]

PAID = "cac:PrepaidPayment"
REFERENCE = "cac:AdditionalDocumentReference"
REFERENCE_ISSUER = f"{REFERENCE}/cac:IssuerParty/cac:PartyIdentification/cbc:ID"
ADVANCE_CASES = [
    case("3211", set_text(f"{PAID}/cbc:ID", ""), of=f.anticipo),
    case("3212", double(PAID), of=f.anticipo),
    case("3213", set_text(f"{PAID}/cbc:ID", "2"), of=f.anticipo),
    case("2503", set_text(f"{PAID}/cbc:PaidAmount", "0.00"), of=f.anticipo),
    case("3220", drop(f"{TOTAL}/cbc:PrepaidAmount"), of=f.anticipo),
    case("3214", set_text(f"{REFERENCE}/cbc:DocumentStatusCode", "2"), of=f.anticipo),
    case("3215", double(REFERENCE), of=f.anticipo),
    case("3216", drop(f"{REFERENCE}/cbc:DocumentStatusCode"), of=f.anticipo),
    case("2505", set_text(f"{REFERENCE}/cbc:DocumentTypeCode", "99"), of=f.anticipo),
    case("2521", set_text(f"{REFERENCE}/cbc:ID", "B001-1"), of=f.anticipo),
    case("3217", drop(f"{REFERENCE}/cac:IssuerParty"), of=f.anticipo),
    case("2529", set_text(REFERENCE_ISSUER, "20000000002"), of=f.anticipo),
    case("2520", set_attribute(REFERENCE_ISSUER, "schemeID", "1"), of=f.anticipo),
    case("2509", set_text(f"{TOTAL}/cbc:PrepaidAmount", "58.00"), of=f.anticipo),
    case("3287", drop("cac:AllowanceCharge"), of=f.anticipo),
]

CHARGE = "cac:AllowanceCharge"
TERMS = "cac:PaymentTerms"
MEANS = "cac:PaymentMeans"
DETRACCION = f"{TERMS}[cbc:ID='Detraccion']"
PERCEPCION = f"{TERMS}[cbc:ID='Percepcion']"
SPECIAL_CASES = [
    case("3093", drop(CHARGE), of=f.percepcion),
    case("3308", of=f.percepcion, operation="0101"),
    case(
        "3330",
        of=f.percepcion,
        terms=f.terms("Credito", "118.00") + f.terms("Cuota001", "118.00", f.in_days(30)),
    ),
    case("2798", set_text(f"{CHARGE}/cbc:Amount", "3.37"), of=f.percepcion),
    case("2797", set_text(f"{CHARGE}/cbc:BaseAmount", "118.01"), of=f.percepcion),
    case("3233", drop(f"{CHARGE}/cbc:BaseAmount"), of=f.percepcion),
    case("2792", set_attribute(f"{CHARGE}/cbc:Amount", "currencyID", "USD"), of=f.percepcion),
    case("2788", set_attribute(f"{CHARGE}/cbc:BaseAmount", "currencyID", "USD"), of=f.percepcion),
    case("2788", set_attribute(f"{PERCEPCION}/cbc:Amount", "currencyID", "USD"), of=f.percepcion),
    case("3309", drop(PERCEPCION), of=f.percepcion),
    case("3310", drop(f"{PERCEPCION}/cbc:Amount"), of=f.percepcion),
    case("3311", set_text(f"{PERCEPCION}/cbc:Amount", "0.00"), of=f.percepcion),
    case("3311", set_text(f"{PERCEPCION}/cbc:Amount", "120.361"), of=f.percepcion),
    case("3262", of=f.retencion, operation="0112", customer_type="1", customer="12345678"),
    case("3262", of=f.retencion, lists={"agentes_retencion": ["20100070970"]}),
    case("3269", of=f.retencion, lists={"agentes_retencion": [f.RUC, f.CUSTOMER]}),
    case("3263", of=f.retencion, amount="4.55"),
    case("3264", of=f.retencion, base="118.01"),
    case("3316", operation="2002"),
    charged("3317", "63", base="100.00"),
    charged("3318", "63"),
    case("3127", drop(DETRACCION), of=f.detraccion),
    case("3127", drop(f"{DETRACCION}/cbc:PaymentMeansID"), of=f.detraccion),
    case("3128", of=f.detraccion, operation="0101"),
    case("3033", of=f.detraccion, good="999"),
    case("3129", of=f.detraccion, operation="1003"),
    case("3034", drop(MEANS), of=f.detraccion),
    case("3034", drop(f"{MEANS}/cac:PayeeFinancialAccount"), of=f.detraccion),
    case("3174", set_text(f"{MEANS}/cbc:PaymentMeansCode", "777"), of=f.detraccion),
    case("3035", drop(f"{DETRACCION}/cbc:Amount"), of=f.detraccion),
    case("3037", of=f.detraccion, amount="0.00"),
    case("3037", of=f.detraccion, amount="14.001"),
    case("3208", of=f.detraccion, currency="USD"),
]

PAYMENT_CASES = [
    case("3244", terms=""),
    case("3245", drop(f"{TERMS}/cbc:PaymentMeansID")),
    case("3461", double(f"{TERMS}/cbc:PaymentMeansID")),
    case("3246", set_text(f"{TERMS}/cbc:PaymentMeansID", "CONTADO")),
    case("3247", terms=CASH + f.terms("Credito", "118.00") + f.terms("Cuota001", "118.00", f.in_days(30))),
    case("3248", terms=CASH + CASH),
    case("3249", terms=f.terms("Credito", "118.00")),
    case("3252", drop(f"{TERMS}[1]"), of=f.credit),
    case("3250", of=f.credit, pending="118.001"),
    case("3253", of=f.credit, first="59.001"),
    case("3251", of=f.credit, pending=""),
    case("3265", of=f.credit, pending="118.01"),
    case("3319", of=f.credit, second="58.99"),
    case("3254", of=f.credit, second=""),
    case("3266", of=f.credit, first="118.01"),
    loose("3255", set_text(f"{TERMS}[2]/cbc:PaymentDueDate", "31/12/2026"), of=f.credit),
    case("3256", drop(f"{TERMS}[2]/cbc:PaymentDueDate"), of=f.credit),
    case("3267", of=f.credit, due=0),
]

TYPE_CODE = "cbc:InvoiceTypeCode"
ATTRIBUTE_CASES = [
    case("4251", set_attribute(TYPE_CODE, "listAgencyName", "SUNAT")),
    case("4252", set_attribute(TYPE_CODE, "listName", "SUNAT:Identificador de Tipo de Documento")),
    case("4253", set_attribute(TYPE_CODE, "listURI", "catalogo01")),
    case("4254", set_attribute("cbc:DocumentCurrencyCode", "listID", "ISO")),
    case(
        "4255",
        set_attribute(f"{CUSTOMER}/cac:PartyIdentification/cbc:ID", "schemeName", "SUNAT:Identificador"),
    ),
    case("4256", set_attribute(f"{CUSTOMER}/cac:PartyIdentification/cbc:ID", "schemeAgencyName", "SUNAT")),
    case("4257", set_attribute(f"{CATEGORY}/cac:TaxScheme/cbc:ID", "schemeURI", "catalogo05")),
    case("4258", set_attribute(QUANTITY, "unitCodeListID", "rec 20")),
    case("4259", set_attribute(QUANTITY, "unitCodeListAgencyName", "UNECE")),
    case("4260", set_attribute(TYPE_CODE, "name", "Operacion")),
    case("4261", set_attribute(TYPE_CODE, "listSchemeURI", "catalogo51")),
]

CASES = [
    *IDENTITY_CASES, *SIGNATURE_BLOCK_CASES, *HEADER_CASES, *LEGEND_CASES, *PARTY_CASES, *REFERENCE_CASES,
    *LINE_CASES, *LINE_TAX_CASES, *TAX_TOTAL_CASES, *CHARGE_CASES, *TOTAL_CASES, *ADVANCE_CASES, *SPECIAL_CASES,
    *PAYMENT_CASES, *ATTRIBUTE_CASES,
]  # fmt: skip


@pytest.mark.parametrize("broken", CASES, ids=lambda broken: broken.code)
def test_each_code_has_its_case(sunat: Client, broken: Case) -> None:
    sunat.control("POST", "mode", xsd=broken.schema)
    if broken.lists:
        sunat.control("POST", "lists", **broken.lists)
    answer = sunat.send_invoice(broken.invoice)
    findings = sunat.findings()
    assert broken.code in findings
    errors = [code for code in findings if code < "4000"]
    assert answer.code == (errors[0] if errors else "0")
    assert answer.fault == (bool(errors) and errors[0] < "2000")
    if not answer.fault:
        assert [text[:4] for text in answer.notes] == [code for code in findings if code >= "4000"]


def test_every_rule_has_a_case() -> None:
    """A rule that nobody can break is no rule."""
    rules = {code for table in (*IDENTITY, *INVOICE) for rule in table.rules for code in rule.codes.values()}
    assert rules == {broken.code for broken in CASES}
