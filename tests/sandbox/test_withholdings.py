"""Retenciones (20), percepciones (40) and the resumen de reversiones (RR) that undoes them, over real HTTP."""

from __future__ import annotations

import pytest

from emitir.sandbox.sunat.rules import VOIDED_DOCUMENTS, WITHHOLDING, WITHHOLDING_IDENTITY
from tests.sandbox import factory as f
from tests.sandbox import purchases as p
from tests.sandbox.cases_withholding import DOLLARS, PERCEPTION_CASES, RETENTION_CASES, WithholdingCase
from tests.sandbox.factory import RUC, Answer, Client, Edit, Invoice, set_text
from tests.sandbox.test_tickets import LINE, baja, stamp
from tests.sandbox.withholdings import OTHERS, Sale, Withholding, send_other

KNOWN = [f"{RUC}-01-F001-1", f"{RUC}-01-F001-2"]
CREDIT_NOTE = Sale("F001-9", "07")

GOOD = {
    "retención": Withholding(),
    "retención en dólares": Withholding(sales=(DOLLARS,)),
    "retención de dos pagos": Withholding(sales=(Sale(), Sale(payment="2")), total="6.00", paid="194.00"),
    "retención con una nota de crédito": Withholding(sales=(Sale(), CREDIT_NOTE)),
    "retención redondeada": Withholding(paid="97.10", rounding="0.10"),
    "percepción": Withholding("40"),
    "percepción en dólares": Withholding("40", sales=(DOLLARS,)),
    "percepción de una boleta": Withholding("40", sales=(Sale("B001-1", "03"),)),
    "percepción de consumidor": Withholding("40", receiver_kind="1", receiver="12345678"),
    "percepción excepcional": Withholding("40", exceptional="01"),
}


@pytest.mark.parametrize("name", GOOD)
def test_accepts_without_a_note(sunat: Client, name: str) -> None:
    sunat.control("POST", "lists", comprobantes_externos=[*KNOWN, f"{RUC}-07-F001-9"])
    document = GOOD[name]
    answer = document.send(sunat)
    assert (answer.code, answer.notes, sunat.findings()) == ("0", [], [])
    kind = {"20": "Retencion", "40": "Percepcion"}[document.tipo]
    number = document.name.removeprefix(f"{RUC}-{document.tipo}-")
    assert answer.description == f"El Comprobante de {kind} numero {number}, ha sido aceptado"
    assert document.send(sunat).code == "1033"


@pytest.mark.parametrize(
    "broken",
    [*RETENTION_CASES, *PERCEPTION_CASES],
    ids=lambda broken: f"{broken.document.tipo}-{broken.code}",
)
def test_each_code_has_its_case(sunat: Client, broken: WithholdingCase) -> None:
    for sale in broken.before:
        assert sunat.send_invoice(sale).code == "0"
    if not broken.before:
        sunat.control("POST", "lists", comprobantes_externos=KNOWN)
    sunat.control("POST", "mode", xsd=False)
    if broken.lists:
        sunat.control("POST", "lists", **broken.lists)
    answer = broken.document.send(sunat)
    findings = sunat.findings()
    assert broken.code in findings
    errors = [code for code in findings if code < "4000"]
    assert answer.code == (errors[0] if errors else "0")


@pytest.mark.parametrize(("tipo", "cases"), [("20", RETENTION_CASES), ("40", PERCEPTION_CASES)])
def test_every_rule_has_a_case(tipo: str, cases: list[WithholdingCase]) -> None:
    tables = (*WITHHOLDING_IDENTITY, *WITHHOLDING)
    rules = {code for table in tables for rule in table.rules if tipo in rule.types for code in rule.codes}
    assert rules - {"3322"} | ({"3322"} if tipo == "40" else set()) == {case.code for case in cases}


def test_each_service_takes_its_own(sunat: Client) -> None:
    retention = Withholding()
    assert sunat.send(retention.name, retention.signed()).code == "0302"
    assert send_other(sunat, Invoice().name, Invoice().signed()).code == "0302"
    assert send_other(sunat, *baja(), operation="sendSummary").code == "0302"
    assert sunat.send(*reversion(), operation="sendSummary").code == "0302"


def test_the_ninth_of_next_month(sunat: Client) -> None:
    sunat.control("POST", "clock", now="2026-12-09T23:00:00")
    document = Withholding(day="2026-11-30", sales=(Sale(issued="2026-11-01", paid_on="2026-11-30"),))
    assert document.send(sunat).code == "0"
    sunat.control("POST", "clock", now="2026-12-10T00:30:00")
    document.number = "2"
    assert document.send(sunat).code == "2600"


# Reversiones


def reversion(
    *edits: Edit, tipo: str = "20", serie: str = "R001", document: str = "1", number: str = "1", day: str = ""
) -> tuple[str, bytes]:
    """A resumen de reversiones of one document."""
    renamed = set_text("cbc:ID", f"RR-{stamp()}-{number}")
    _, xml = baja(renamed, *edits, tipo=tipo, serie=serie, document=document, day=day)
    return f"{RUC}-RR-{stamp()}-{number}", xml


def undo(sunat: Client, **values: str) -> Answer:
    ticket = send_other(sunat, *reversion(**values), operation="sendSummary").fields["ticket"]
    return sunat.call(OTHERS, "getStatus", ticket=ticket)


def test_reversed(sunat: Client) -> None:
    Withholding().send(sunat)
    answer = undo(sunat)
    assert (answer.fields["statusCode"], answer.code) == ("0", "0")
    assert answer.description == f"El Resumen de reversiones RR-{stamp()}-1, ha sido aceptado"
    assert sunat.control("GET", "documents")[0]["state"] == "anulado"
    assert undo(sunat).code == "2223"
    assert undo(sunat, number="2").code == "2751"
    assert undo(sunat, number="3", document="7").code == "2750"
    assert Withholding().send(sunat).code == "1033"


def test_a_liquidacion_reversed_in_seven_days(sunat: Client) -> None:
    for number in ("1", "2", "3"):
        edits = [set_text("cbc:UBLVersionID", "2.0")] if number == "3" else []
        sunat.send_invoice(p.Purchase(number=number, edits=edits))
    sunat.control("POST", "clock", offset_seconds=7 * 86400)
    assert undo(sunat, tipo="04", serie="L001").code == "0"
    assert undo(sunat, tipo="04", serie="L001", document="3", number="2").code == "2398"
    sunat.control("POST", "clock", offset_seconds=8 * 86400)
    assert undo(sunat, tipo="04", serie="L001", document="2", number="3").code == "2958"


REVERSIONS = [
    ("2308", {"tipo": "01", "serie": "F001"}),
    ("2674", {"serie": "P001"}),
    ("2675", {"tipo": "40"}),
    ("2345", {"tipo": "04"}),
]


@pytest.mark.parametrize(("code", "values"), REVERSIONS)
def test_each_code_of_a_reversion(sunat: Client, code: str, values: dict[str, str]) -> None:
    undo(sunat, **values)
    assert code in [finding["code"] for call in sunat.control("GET", "log") for finding in call["findings"]]


def test_every_rule_of_a_reversion_has_a_case() -> None:
    """Its own; those that it shares with the comunicación de baja have theirs there."""
    own = [table for table in VOIDED_DOCUMENTS if table.types == {"RR"}]
    assert {rule.strict for table in own for rule in table.rules} == {code for code, _ in REVERSIONS}


def test_dates_of_a_reversion(sunat: Client) -> None:
    Withholding().send(sunat)
    assert undo(sunat, day=f.in_days(1)).code == "2671"
    assert LINE in reversion()[1].decode()
