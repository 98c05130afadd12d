"""Cases that break lines and their taxes."""

from __future__ import annotations

from tests.sandbox import factory as f
from tests.sandbox.cases import CATEGORY, ITEM, LINE, PRICE, SUB, Case, amount_edit, case, loose
from tests.sandbox.factory import Edit, add_after, double, drop, set_attribute, set_text

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
