"""Cases that break the rules of retenciones and percepciones."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from tests.sandbox import factory as f
from tests.sandbox.factory import RUC, Edit, Invoice, drop, set_attribute, set_text
from tests.sandbox.withholdings import Sale, Withholding

AGENT, RECEIVER = "cac:AgentParty", "cac:ReceiverParty"
ID = "cac:PartyIdentification/cbc:ID"
NAME = "cac:PartyLegalEntity/cbc:RegistrationName"
SIGNATORY = "cac:Signature/cac:SignatoryParty"
WORDS = {"20": ("Retention", "Paid"), "40": ("Perception", "Cashed")}
DOLLARS = Sale(currency="USD", paid="30.00", rate="3.333333")


@dataclass(frozen=True)
class WithholdingCase:
    """A document that breaks the rule ``code``. ``before``: sales that SUNAT received."""

    code: str
    document: Withholding
    lists: dict[str, list[str]] | None = None
    before: tuple[Invoice, ...] = ()


def case(
    code: str, tipo: str, *edits: Edit, lists: dict[str, list[str]] | None = None, before: tuple[Invoice, ...] = (),
    **values: Any,
) -> WithholdingCase:  # fmt: skip
    return WithholdingCase(code, Withholding(tipo=tipo, edits=list(edits), **values), lists, before)


def text(code: str, tipo: str, path: str, value: str, **values: Any) -> WithholdingCase:
    """A document with another text at ``path``."""
    return case(code, tipo, set_text(path, value), **values)


def _address(tipo: str, party: str, street: str, codes: tuple[str, ...]) -> list[WithholdingCase]:
    place = f"{party}/cac:PostalAddress"
    names = ("CitySubdivisionName", "CityName", "CountrySubentity", "District")
    return [
        text("2917", tipo, f"{place}/cbc:ID", "999999"),
        text(street, tipo, f"{place}/cbc:StreetName", "x" * 101),
        *(text(code, tipo, f"{place}/cbc:{name}", "x" * 31) for code, name in zip(codes, names, strict=True)),
        text("2548", tipo, f"{place}/cac:Country/cbc:IdentificationCode", "CL"),
    ]


def both(tipo: str) -> list[WithholdingCase]:
    """The cases that the two share, with the codes of ``tipo``."""
    first = tipo == "20"
    what, paid = WORDS[tipo]

    def code(retention: str, perception: str) -> str:
        return retention if first else perception

    reference = f"sac:SUNAT{what}DocumentReference"
    info = f"{reference}/sac:SUNAT{what}Information"
    exchange = f"{info}/cac:ExchangeRate"
    payment = f"{reference}/cac:Payment"
    two = (Sale(), Sale("F001-2", paid_on=f.in_days(-40)))
    return [
        case("1049", tipo, set_text("cbc:ID", code("R001-2", "P001-2"))),
        case("1001", tipo, serie="F001"),
        text("1034", tipo, f"{AGENT}/{ID}", "20000000001"),
        text("2111", tipo, "cbc:UBLVersionID", ""),
        text("2110", tipo, "cbc:UBLVersionID", "2.1"),
        text("2113", tipo, "cbc:CustomizationID", ""),
        text("2112", tipo, "cbc:CustomizationID", "2.0"),
        case("2600", tipo, day=f.in_days(-75)),
        case("2076", tipo, drop("cac:Signature/cbc:ID")),
        text("2077", tipo, "cac:Signature/cbc:ID", ""),
        case("2079", tipo, drop(f"{SIGNATORY}/cac:PartyIdentification")),
        text("2078", tipo, f"{SIGNATORY}/{ID}", "20000000001"),
        case("2081", tipo, drop(f"{SIGNATORY}/cac:PartyName")),
        text("2080", tipo, f"{SIGNATORY}/cac:PartyName/cbc:Name", " "),
        case("2083", tipo, drop("cac:Signature/cac:DigitalSignatureAttachment")),
        text("2082", tipo, "cac:Signature//cbc:URI", " "),
        case("2678", tipo, set_attribute(f"{AGENT}/{ID}", "schemeID", "")),
        case("2511", tipo, set_attribute(f"{AGENT}/{ID}", "schemeID", "1")),
        text("2901", tipo, f"{AGENT}/cac:PartyName/cbc:Name", "A\nB"),
        text("1037", tipo, f"{AGENT}/{NAME}", ""),
        text("1038", tipo, f"{AGENT}/{NAME}", "A\nB"),
        *_address(tipo, AGENT, "2916", ("2902", "2903", "2904", "2905")),
        case("2516", tipo, receiver_kind=""),
        text("2134", tipo, f"{RECEIVER}/{NAME}", ""),
        text("2133", tipo, f"{RECEIVER}/{NAME}", "A\nB"),
        case(code("2620", "2604"), tipo, receiver=RUC),
        case(code("2618", "2602"), tipo, system="09"),
        case(code("2619", "2603"), tipo, percent="5.00"),
        case("2669", tipo, total="0.00"),
        case("2669", tipo, total="3.001"),
        case(code("2728", "2685"), tipo, set_attribute("cbc:TotalInvoiceAmount", "currencyID", "USD")),
        case(code("2730", "2687"), tipo, paid="0.00"),
        case(code("2732", "2690"), tipo, set_attribute(f"sac:SUNATTotal{paid}", "currencyID", "USD")),
        case("3303", tipo, rounding="1.01"),
        case("3304", tipo, set_attribute("cbc:PayableRoundingAmount", "currencyID", "USD"), rounding="0.10"),
        case(code("2628", "2667"), tipo, total="3.01"),
        case(code("2629", "2668"), tipo, paid="97.01"),
        case("2691", tipo, sales=(Sale(kind=""),)),
        case("2692", tipo, sales=(Sale(kind="09"),)),
        case("2693", tipo, sales=(Sale(""),)),
        case("2694", tipo, sales=(Sale("X001-1"),)),
        case("2694", tipo, sales=(Sale("F001-0"),)),
        text("2696", tipo, f"{reference}/cbc:TotalInvoiceAmount", "0.00"),
        case(code("2737", "2702"), tipo, drop(f"{payment}/cbc:PaidDate")),
        case(code("2661", "2659"), tipo, sales=two),
        case(code("2625", "2612"), tipo, sales=(Sale(paid_on=f.in_days(1)),)),
        case(code("2625", "2612"), tipo, sales=(Sale(issued=f.in_days(-40), paid_on=f.in_days(-35)),)),
        text(code("2733", "2697"), tipo, f"{payment}/cbc:ID", ""),
        text(code("2734", "2698"), tipo, f"{payment}/cbc:ID", "1234567890"),
        case("2626", tipo, sales=(Sale(), Sale())),
        case(code("2735", "2699"), tipo, drop(f"{payment}/cbc:PaidAmount")),
        case(code("2736", "2700"), tipo, sales=(Sale(paid="0.00"),)),
        case(code("2622", "2607"), tipo, set_attribute(f"{payment}/cbc:PaidAmount", "currencyID", "USD")),
        case(code("2740", "2705"), tipo, sales=(Sale(withheld="0.00"),)),
        case(code("2742", "2707"), tipo, set_attribute(f"{info}/sac:SUNAT{what}Amount", "currencyID", "USD")),
        case(code("2746", "2711"), tipo, sales=(Sale(net="0.00"),)),
        case(
            code("2748", "2713"), tipo, set_attribute(f"{info}/sac:SUNATNetTotal{paid}", "currencyID", "USD")
        ),
        case(code("2623", "2608"), tipo, sales=(Sale(withheld="4.01"),)),
        case(code("2623", "2608"), tipo, sales=(Sale(net="99.00"),)),
        case(code("2623", "2608"), tipo, sales=(replace(DOLLARS, rate="4.000000"),)),
        case("2719", tipo, drop(f"{exchange}/cbc:SourceCurrencyCode"), sales=(DOLLARS,)),
        text("2749", tipo, f"{exchange}/cbc:SourceCurrencyCode", "EUR", sales=(DOLLARS,)),
        text("2715", tipo, f"{exchange}/cbc:TargetCurrencyCode", "USD"),
        case("2721", tipo, drop(f"{exchange}/cbc:CalculationRate"), sales=(DOLLARS,)),
        case("2716", tipo, sales=(replace(DOLLARS, rate="3.3333333"),)),
        case("2722", tipo, drop(f"{exchange}/cbc:Date"), sales=(DOLLARS,)),
    ]


RETENTION_CASES = [
    *both("20"),
    case("2617", "20", lists={"agentes_retencion": ["20100070970"]}),
    case("2723", "20", receiver=""),
    case("2724", "20", receiver="1234567890"),
    case("2511", "20", receiver_kind="1"),
    case("2621", "20", receiver="20000000002"),
    case("4091", "20", lists={"agentes_percepcion": [f.CUSTOMER]}),
    text("2906", "20", f"{RECEIVER}/cac:PartyName/cbc:Name", "A\nB"),
    *_address("20", RECEIVER, "2918", ("2907", "2908", "2909", "2910")),
    case("2985", "20", system="02", percent="6.00"),
]

SUBJECT = f.percepcion()
PERCEPTION_CASES = [
    *both("40"),
    case("4285", "40", lists={"agentes_percepcion": ["20100070970"]}),
    case("2679", "40", receiver=""),
    case("2680", "40", receiver_kind="4", receiver="1" * 16),
    case("2605", "40", receiver="20000000002"),
    case("4089", "40", lists={"agentes_retencion": [f.CUSTOMER]}),
    case("4086", "40", lists={"agentes_percepcion": [f.CUSTOMER, RUC]}),
    case("2511", "40", receiver_kind="Z"),
    text("2911", "40", f"{RECEIVER}/cac:PartyName/cbc:Name", "A\nB"),
    *_address("40", RECEIVER, "2919", ("2912", "2913", "2914", "2915")),
    case("3322", "40", exceptional="02"),
    case("3323", "40", exceptional="01", sales=(Sale(), Sale("F001-2"))),
    case("3324", "40", exceptional="01", sales=(Sale("B001-1", "03"),)),
    case("2609", "40", sales=(Sale("F001-999"),)),
    case("2609", "40", sales=(Sale("EB01-1", "03"),)),
    case("2610", "40", before=(f.credit(day=f.in_days(-1)),)),
    case("3312", "40", before=(SUBJECT,)),
    case("3328", "40", before=(f.percepcion(tipo="03", serie="B001"),), sales=(Sale("B001-1", "03"),)),
    case("3325", "40", exceptional="01", before=(f.credit(),)),
    case("3329", "40", before=(Invoice(),)),
]
