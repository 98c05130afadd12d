"""Liquidación de compra (04) over real HTTP, and a breaking case for each code that it is judged by."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from emitir.sandbox.sunat.rules import PURCHASE, PURCHASE_IDENTITY
from tests.sandbox import factory as f
from tests.sandbox import purchases as p
from tests.sandbox.cases import Case
from tests.sandbox.cases_document import other
from tests.sandbox.factory import RUC, Client, Edit, add_after, double, drop, set_attribute, set_text
from tests.sandbox.test_rules import CASES

VENDOR = "cac:AccountingSupplierParty/cac:Party"
NUMBER = f"{VENDOR}/cac:PartyIdentification/cbc:ID"
HOME = f"{VENDOR}/cac:PartyLegalEntity/cac:RegistrationAddress"
PLACE = "cac:DeliveryTerms/cac:DeliveryLocation"
ADDRESS = f"{PLACE}/cac:Address"
LINE = "cac:InvoiceLine"
PROPERTY = f"{LINE}/cac:Item/cac:AdditionalItemProperty"
REFERENCE = "cac:AdditionalDocumentReference"
TOTAL = "cac:LegalMonetaryTotal"
INCOME = "cac:TaxTotal/cac:TaxSubtotal[cac:TaxCategory/cac:TaxScheme/cbc:ID='3000']"

GOOD = {
    "compra": p.Purchase(),
    "con retención": p.withheld(),
    "oro": p.gold(),
    "anticipo": p.advanced(),
    "de ayer": p.Purchase(day=f.in_days(-1)),
    "pasaporte": p.Purchase(customer_type="7", customer="A1234567"),
}


@dataclass(frozen=True)
class Broken:
    """A liquidación that breaks the rule ``code``."""

    code: str
    document: p.Purchase
    lists: tuple[tuple[str, str], ...] = ()


def case(code: str, *edits: Edit, of: Callable[..., p.Purchase] = p.Purchase, **values: str) -> Broken:
    return Broken(code, of(edits=list(edits), **values))


def text(code: str, path: str, value: str, of: Callable[..., p.Purchase] = p.Purchase) -> Broken:
    """A liquidación with another text at ``path``."""
    return case(code, set_text(path, value), of=of)


OWN = [
    case("1001", serie="F001"),
    case("3206", operation="0101"),
    case("2108", day=f.in_days(-2)),
    case("4347", serie="0001", day=f.in_days(-8)),
    case("2329", day=f.in_days(1)),
    case("2337", set_attribute(f"{TOTAL}/cbc:PayableAmount", "currencyID", "USD")),
    case("2800", customer_type="6", customer=f.CUSTOMER),
    case("2450", customer="1234567"),
    Broken("2450", p.Purchase(), (("dni_inexistente", "12345678"),)),
    case("2802", customer_type="7", customer="A 1"),
    text("2022", f"{VENDOR}/cac:PartyLegalEntity/cbc:RegistrationName", "UNO\nDOS"),
    text("2452", f"{HOME}/cac:AddressLine/cbc:Line", ""),
    text("2593", f"{HOME}/cac:AddressLine/cbc:Line", "AB"),
    text("2593", f"{HOME}/cac:AddressLine/cbc:Line", " FUNDO"),
    text("4341", f"{HOME}/cbc:CitySubdivisionName", "x" * 26),
    text("4342", f"{HOME}/cbc:CityName", "x" * 31),
    text("2453", f"{HOME}/cbc:ID", ""),
    text("4339", f"{HOME}/cbc:ID", "999999"),
    text("4343", f"{HOME}/cbc:CountrySubentity", "x" * 31),
    text("4344", f"{HOME}/cbc:District", "x" * 31),
    text("4041", f"{HOME}/cac:Country/cbc:IdentificationCode", "CL"),
    text("4041", f"{ADDRESS}/cac:Country/cbc:IdentificationCode", "CL"),
    text("2456", f"{HOME}/cbc:AddressTypeCode", ""),
    text("2457", f"{HOME}/cbc:AddressTypeCode", "06"),
    text("2454", f"{ADDRESS}/cac:AddressLine/cbc:Line", ""),
    text("2778", f"{ADDRESS}/cac:AddressLine/cbc:Line", "AB"),
    text("4238", f"{ADDRESS}/cbc:CitySubdivisionName", "x" * 26),
    text("4239", f"{ADDRESS}/cbc:CityName", "x" * 31),
    text("2455", f"{ADDRESS}/cbc:ID", ""),
    text("2917", f"{ADDRESS}/cbc:ID", "999999"),
    text("4240", f"{ADDRESS}/cbc:CountrySubentity", "x" * 31),
    text("4241", f"{ADDRESS}/cbc:District", "x" * 31),
    text("2458", f"{PLACE}/cbc:LocationTypeCode", ""),
    text("2459", f"{PLACE}/cbc:LocationTypeCode", "06"),
    case("4009", references=other("CONTRATO-1", "05")),
    *(case(code, of=p.gold, without=concept) for concept, code in
      (("6000", "2466"), ("6004", "2467"), ("6005", "2468"), ("6006", "2469"))),
    text("3064", f"{PROPERTY}[1]/cbc:Value", "", p.gold),
    case("4280", of=p.gold, law="85.555"),
    text("4235", f"{PROPERTY}[1]/cbc:Name", "", p.gold),
    text("3105", f"{LINE}/cac:TaxTotal/cac:TaxSubtotal/cbc:TaxableAmount", "0.00"),
    case("3223", add_after(f"{LINE}/cac:TaxTotal/cac:TaxSubtotal", f.subtotal("2000", "100.00", "10.00"))),
    text("4294", f"{LINE}/cac:TaxTotal/cac:TaxSubtotal[2]/cbc:TaxableAmount", "100.01", p.withheld),
    case("3050", add_after(f"{LINE}//cac:TaxSubtotal[2]//cbc:Percent",
                           "<cbc:TaxExemptionReasonCode>10</cbc:TaxExemptionReasonCode>"), of=p.withheld),
    case("2464", of=p.withheld, tax="2.51"),
    text("2470", f"{INCOME}/cbc:TaxableAmount", "100.001", p.withheld),
    text("4345", f"{INCOME}/cbc:TaxableAmount", "101.01", p.withheld),
    case("4346", of=p.withheld, total="2.51"),
    case("2591", drop(f"{TOTAL}/cbc:LineExtensionAmount")),
    case("2592", drop(f"{TOTAL}/cbc:TaxInclusiveAmount")),
    case("4312", of=p.withheld, payable="97.49"),
    text("3213", "cac:PrepaidPayment/cbc:ID", "2", p.advanced),
    text("3214", f"{REFERENCE}/cbc:DocumentStatusCode", "2", p.advanced),
    case("3215", double(REFERENCE), of=p.advanced),
    case("3216", drop(f"{REFERENCE}/cbc:DocumentStatusCode"), of=p.advanced),
    text("2465", f"{REFERENCE}/cbc:DocumentTypeCode", "02", p.advanced),
    text("2521", f"{REFERENCE}/cbc:ID", "F001-1", p.advanced),
    text("3218", f"{REFERENCE}/cbc:ID", "L001-901", p.advanced),
]  # fmt: skip


def _known(sunat: Client) -> None:
    sunat.control("POST", "lists", comprobantes_externos=[f"{RUC}-04-L001-900"])


@pytest.mark.parametrize("name", GOOD)
def test_accepts_without_a_note(sunat: Client, name: str) -> None:
    _known(sunat)
    answer = sunat.send_invoice(GOOD[name])
    assert (answer.code, answer.notes, sunat.findings()) == ("0", [], [])
    assert answer.description == "La Liquidacion de Compra numero L001-1, ha sido aceptada"
    assert sunat.send_invoice(GOOD[name]).code == "1033"


@pytest.mark.parametrize("broken", OWN, ids=lambda broken: broken.code)
def test_each_code_of_its_own(sunat: Client, broken: Broken) -> None:
    _known(sunat)
    sunat.control("POST", "mode", xsd=False)
    for name, value in broken.lists:
        sunat.control("POST", "lists", **{name: [value]})
    answer = sunat.send_invoice(broken.document)
    findings = sunat.findings()
    assert broken.code in findings
    errors = [code for code in findings if code < "4000"]
    assert answer.code == (errors[0] if errors else "0")


def _codes() -> set[str]:
    found = set()
    for table in (*PURCHASE_IDENTITY, *PURCHASE):
        for rule in table.rules:
            found |= {code for code in (rule.lenient,) if code and "04" in rule.types}
    return found


def test_every_rule_has_a_case() -> None:
    own = {broken.code for broken in OWN}
    assert own <= _codes()
    assert _codes() - own <= {case.code for case in CASES}


@pytest.mark.parametrize("code", sorted(_codes() - {broken.code for broken in OWN}))
def test_each_code_shared_with_boletas(sunat: Client, code: str) -> None:
    """A liquidación that says what a boleta with this fault says has it too."""
    assert any(_breaks(sunat, case) for case in CASES if case.code == code)


def _breaks(sunat: Client, broken: Case) -> bool:
    sunat.control("DELETE", "state")
    sunat.control("POST", "mode", xsd=False)
    if broken.lists:
        sunat.control("POST", "lists", **broken.lists)
    sunat.send_invoice(p.as_purchase(broken.invoice))
    return broken.code in sunat.findings()
