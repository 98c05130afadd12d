"""Cases that break the rules of a resumen diario."""

from __future__ import annotations

from dataclasses import dataclass, replace

from tests.sandbox import factory as f
from tests.sandbox.factory import Edit, double, drop, set_attribute, set_text
from tests.sandbox.sales import charge
from tests.sandbox.summaries import Line, customer, modifies, perceived, sold, tax

LINE = "sac:SummaryDocumentsLine"
SUPPLIER = "cac:AccountingSupplierParty"
STATUS = "cac:Status/cbc:ConditionCode"
PAYMENT = "sac:BillingPayment"
PERCEPTION = "sac:SUNATPerceptionSummaryDocumentReference"
SCHEME = "cac:TaxTotal//cac:TaxScheme"
NOTE = Line("BC01-1", "07", reference=modifies())
PERCEIVED = Line(perception=perceived())
CHARGED = Line(charges=charge("", "10.00", "true"), total="128.00")


@dataclass(frozen=True)
class SummaryCase:
    """A resumen that breaks the rule ``code``. ``before``: what was informed earlier."""

    code: str
    lines: tuple[Line, ...]
    edits: tuple[Edit, ...] = ()
    day: str = ""
    generated: int = 0
    before: tuple[Line, ...] = ()
    lists: dict[str, list[str]] | None = None


def case(
    code: str, *edits: Edit, of: Line | tuple[Line, ...] = Line(), day: str = "", generated: int = 0,  # noqa: B008 -- frozen
    before: tuple[Line, ...] = (), lists: dict[str, list[str]] | None = None,
) -> SummaryCase:  # fmt: skip
    return SummaryCase(code, of if isinstance(of, tuple) else (of,), edits, day, generated, before, lists)


def text(code: str, path: str, value: str, of: Line | tuple[Line, ...] = Line()) -> SummaryCase:  # noqa: B008 -- frozen
    """A resumen with another text at ``path``."""
    return case(code, set_text(path, value), of=of)


HEADER = [
    case("2075", drop("cbc:UBLVersionID")),
    text("2074", "cbc:UBLVersionID", "2.1"),
    text("2072", "cbc:CustomizationID", "1.0"),
    text("2220", "cbc:ID", "RC-20260101-1"),
    text("2346", "cbc:IssueDate", "2026-01-01"),
    case("2236", generated=1),
    case("2671", day=f.in_days(1)),
    case("4443", day=f.in_days(-8)),
    text("1034", f"{SUPPLIER}/cbc:CustomerAssignedAccountID", "20000000001"),
    text("2219", f"{SUPPLIER}/cbc:AdditionalAccountID", ""),
    text("2218", f"{SUPPLIER}/cbc:AdditionalAccountID", "1"),
    text("2229", f"{SUPPLIER}//cbc:RegistrationName", ""),
    text("2228", f"{SUPPLIER}//cbc:RegistrationName", "x" * 101),
    case("2280", of=tuple(Line(f"B001-{number}") for number in range(1, 502))),
    case("2076", drop("cac:Signature/cbc:ID")),
    text("2077", "cac:Signature/cbc:ID", ""),
    case("2079", drop("cac:Signature//cac:PartyIdentification")),
    text("2078", "cac:Signature//cac:PartyIdentification/cbc:ID", "20000000001"),
    case("2081", drop("cac:Signature//cac:PartyName")),
    text("2080", "cac:Signature//cac:PartyName/cbc:Name", " "),
    case("2083", drop("cac:Signature/cac:DigitalSignatureAttachment")),
    text("2082", "cac:Signature//cbc:URI", " "),
]

LINES = [
    text("2238", f"{LINE}/cbc:LineID", "123456"),
    text("2239", f"{LINE}/cbc:LineID", "0"),
    case("2752", double(LINE)),
    case("2512", drop(f"{LINE}/cbc:ID")),
    case("2513", of=Line("F001-1")),
    case("2513", of=Line("B001-0")),
    case("2513", of=replace(NOTE, reference=modifies("F001-1", "01"))),
    text("2242", f"{LINE}/cbc:DocumentTypeCode", ""),
    case("2241", of=Line(tipo="01")),
    case("2514", of=Line(total="700.01", customer="")),
    case("2014", drop(f"{LINE}//cbc:CustomerAssignedAccountID")),
    case("2015", drop(f"{LINE}//cbc:AdditionalAccountID")),
    case("2016", of=Line(customer=customer("Z"))),
    case("2017", of=Line(customer=customer("6", "123"))),
    case("4207", of=Line(customer=customer("1", "123"))),
    case("4208", of=Line(customer=customer("7", "A 1"))),
    case("2582", of=Line(reference=modifies())),
    case("2524", of=replace(NOTE, reference="")),
    case("2920", of=replace(NOTE, reference=modifies("B001"))),
    case("2583", drop(f"{LINE}/cac:BillingReference//cbc:DocumentTypeCode"), of=NOTE),
    text("2522", f"{LINE}/{STATUS}", ""),
    case("2896", of=Line(condition="9")),
    case("3094", of=(Line(), Line())),
    case("3095", of=(Line(), Line(condition="2"))),
    case("3096", of=(Line(condition="2"), Line(condition="3")), before=(Line(),)),
]

REGISTRY = [
    case("2663", of=Line(condition="2")),
    case("2663", of=Line(condition="3")),
    case("2282", before=(Line(),)),
    case("2987", of=Line(condition="3"), before=(Line(), Line(condition="3"))),
    case("2987", before=(Line(), Line(condition="3"))),
    case("2957", of=Line(condition="3"), day=f.in_days(-8), before=(Line(),)),
    case("2989", of=NOTE),
    case("2990", of=NOTE, before=(Line(), Line(condition="3"))),
]

PERCEPTIONS = [
    case("2986", of=replace(PERCEIVED, condition="2"), before=(Line(),)),
    case("2986", of=replace(NOTE, perception=perceived()), before=(Line(),)),
    case("2605", of=replace(PERCEIVED, customer=customer("6", "20000000002"))),
    case("2605", of=replace(PERCEIVED, customer=customer("6", f.CUSTOMER)), lists={"ruc_inexistente": [f.CUSTOMER]}),
    case("4089", of=replace(PERCEIVED, customer=customer("6", f.CUSTOMER)), lists={"agentes_retencion": [f.CUSTOMER]}),
    case("2517", of=Line(perception=perceived("09"))),
    case("2891", of=Line(perception=perceived(rate="3.00"))),
    case("2893", of=Line(perception=perceived(amount="0.00"))),
    case("2893", of=Line(perception=perceived(amount="2.361"))),
    case("2895", of=Line(perception=perceived(cashed="0.00"))),
    case("2897", of=Line(perception=perceived(base="0.00"))),
    case("2601", of=PERCEIVED, lists={"agentes_percepcion": [f.CUSTOMER]}),
    case("2685", set_attribute(f"{LINE}/{PERCEPTION}/cbc:TotalInvoiceAmount", "currencyID", "USD"), of=PERCEIVED),
    case("2690", set_attribute(f"{LINE}/{PERCEPTION}/sac:SUNATTotalCashed", "currencyID", "USD"), of=PERCEIVED),
    case("2608", of=Line(perception=perceived(amount="3.37", cashed="121.37"))),
    case("2608", of=Line(perception=perceived(cashed="122.00"))),
]  # fmt: skip

_SEVEN = "<cbc:Percent>7</cbc:Percent><cac:TaxScheme>"
AMOUNTS = [
    case("2251", of=Line(total="118.001")),
    case("2071", of=Line(sold=sold("01", "100.00", "USD"))),
    case("2255", drop(f"{LINE}/{PAYMENT}/cbc:PaidAmount")),
    case("2254", of=Line(sold=sold("01", "100.001"))),
    case("2257", drop(f"{LINE}/{PAYMENT}/cbc:InstructionID")),
    case("2256", of=Line(sold=sold("99", "100.00"))),
    case("2357", of=Line(sold=sold("01", "50.00") * 2)),
    case("2263", of=Line(charges=charge("", "10.00", "false"))),
    case("2411", double(f"{LINE}/cac:AllowanceCharge"), of=CHARGED),
    case("2261", of=Line(charges=charge("", "10.001", "true"))),
    case("2266", of=Line(charges=charge("", "0.00", "true"))),
    case("4027", of=Line(total="123.01")),
    case("2278", of=Line(taxes=tax("2000", "ISC", "EXC", "0.00"))),
    case("2048", of=Line(taxes=tax("1000", "IGV", "VAT", "18.001"))),
    text("2344", f"{LINE}/cac:TaxTotal/cac:TaxSubtotal/cbc:TaxAmount", "18.01"),
    text("2269", f"{LINE}/{SCHEME}/cbc:ID", ""),
    text("2268", f"{LINE}/{SCHEME}/cbc:ID", "1234"),
    case("2355", double(f"{LINE}/cac:TaxTotal")),
    text("2271", f"{LINE}/{SCHEME}/cbc:Name", ""),
    text("2276", f"{LINE}/{SCHEME}/cbc:Name", "IVA"),
    case("3051", of=Line(taxes=tax("1016", "IGV", "VAT", "4.00"))),
    case("2992", day="2027-01-15"),
    case("3504", of=Line(taxes=tax("1000", "IGV", "VAT", "18.00").replace("<cac:TaxScheme>", _SEVEN, 1))),
    case("2275", of=Line(taxes=tax("1000", "IGV", "VAT", "18.00") + tax("2000", "IGV", "EXC", "0.00"))),
    case("4019", of=Line(taxes=tax("1000", "IGV", "VAT", "23.01"), total="123.01")),
    case("4302", of=Line(taxes=tax("1016", "IVAP", "VAT", "9.01"), total="109.01")),
]

SUMMARY_CASES = [*HEADER, *LINES, *REGISTRY, *PERCEPTIONS, *AMOUNTS]
