"""Cases that break totals, charges and anticipos."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.sandbox import factory as f
from tests.sandbox.cases import CATEGORY, HEAD, LINE, SCHEME, TOTAL, Case, amount_edit, case, charged, note
from tests.sandbox.factory import Edit, Invoice, add_after, double, drop, set_attribute, set_text

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
    case("3218", of=f.anticipo, lists={"comprobantes_externos": []}),
    case("2529", set_text(REFERENCE_ISSUER, "20000000002"), of=f.anticipo),
    case("2520", set_attribute(REFERENCE_ISSUER, "schemeID", "1"), of=f.anticipo),
    case("2509", set_text(f"{TOTAL}/cbc:PrepaidAmount", "58.00"), of=f.anticipo),
    case("3287", drop("cac:AllowanceCharge"), of=f.anticipo),
]
