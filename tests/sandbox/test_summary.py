"""Resumen diario over real HTTP: what it does to SUNAT's registry, and a breaking case for each of its codes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from emitir.sandbox.sunat.rules import SUMMARY
from tests.sandbox import factory as f
from tests.sandbox import notes as n
from tests.sandbox.cases_summary import NOTE, SUMMARY_CASES, SummaryCase
from tests.sandbox.factory import BILL, RUC, Client
from tests.sandbox.summaries import Line, customer, perceived, resumen, sold, stamp, tax
from tests.sandbox.test_tickets import last, send, status

STATES = {"aceptado": "1", "anulado": "2"}


def states(sunat: Client) -> dict[str, str]:
    return {item["name"].removeprefix(f"{RUC}-"): item["state"] for item in sunat.control("GET", "documents")}


def test_the_boletas_of_a_day(sunat: Client) -> None:
    lines = (
        Line(),
        Line("B001-2", sold=sold("02", "50.00"), taxes=tax("1000", "IGV", "VAT", "0.00"), total="50.00"),
        Line("B001-3", perception=perceived(), customer=customer("6", f.CUSTOMER)),
        Line("B001-4", currency="USD", sold=sold("01", "100.00", "USD"),
             taxes=tax("1000", "IGV", "VAT", "18.00", "USD")),
        Line("0001-7", customer=""),
    )  # fmt: skip
    name, xml = resumen(*lines)
    answer = status(sunat, send(sunat, name, xml).fields["ticket"])
    assert (answer.fields["statusCode"], answer.code, answer.notes) == ("0", "0", [])
    assert answer.description == f"El Resumen diario RC-{stamp()}-1, ha sido aceptado"
    assert states(sunat) == {f"03-{line.number}": "aceptado" for line in lines}


def test_a_boleta_informed_is_no_more_sent_alone(sunat: Client) -> None:
    assert last(sunat, *resumen(Line())) == "0"
    assert sunat.send_invoice(f.boleta()).code == "1033"
    assert last(sunat, *resumen(Line("0001-1"), number="2")) == "0"
    assert sunat.send_invoice(f.boleta(serie="0001")).code == "1084"


def test_a_boleta_sent_alone_is_annulled_by_a_resumen(sunat: Client) -> None:
    assert sunat.send_invoice(f.boleta()).code == "0"
    assert last(sunat, *resumen(Line())) == "2282"
    assert last(sunat, *resumen(Line(condition="3"), number="2")) == "0"
    assert states(sunat) == {"03-B001-1": "anulado"}
    assert sunat.send_invoice(f.boleta()).code == "1032"


def test_added_and_annulled_on_its_day(sunat: Client) -> None:
    assert last(sunat, *resumen(Line(), Line(condition="3"))) == "0"
    assert states(sunat) == {"03-B001-1": "anulado"}


def test_modified(sunat: Client) -> None:
    assert last(sunat, *resumen(Line())) == "0"
    change = Line(
        condition="2", sold=sold("01", "200.00"), taxes=tax("1000", "IGV", "VAT", "36.00"), total="236.00"
    )
    assert last(sunat, *resumen(change, number="2")) == "0"
    (document,) = sunat.control("GET", "documents")
    assert (document["total"], document["informed_by"]) == ("236.00", f"{RUC}-RC-{stamp()}-2")


def test_a_nota_in_a_resumen(sunat: Client) -> None:
    """Its boleta was informed earlier: in the same file it is too late."""
    assert last(sunat, *resumen(Line(), NOTE)) == "2989"
    assert last(sunat, *resumen(Line(), number="2")) == "0"
    assert last(sunat, *resumen(NOTE, number="3")) == "0"
    assert last(sunat, *resumen(replace(NOTE, condition="3", reference=""), number="4")) == "0"
    assert states(sunat)["07-BC01-1"] == "anulado"
    assert sunat.send_invoice(n.of_boleta(number="2")).code == "0"


def test_a_nota_on_a_boleta_of_another_system(sunat: Client) -> None:
    sunat.control("POST", "lists", comprobantes_externos=[f"{RUC}-03-B001-1"])
    assert last(sunat, *resumen(NOTE)) == "0"


def test_five_hundred_lines(sunat: Client) -> None:
    assert last(sunat, *resumen(*(Line(f"B001-{number}") for number in range(1, 501)))) == "0"
    assert len(states(sunat)) == 500


def test_all_or_nothing(sunat: Client) -> None:
    assert last(sunat, *resumen(Line(), Line("B001-2", condition="3"))) == "2663"
    assert states(sunat) == {}


def test_the_name_counts_once(sunat: Client) -> None:
    """Accepted or rejected: another file must have another number."""
    assert last(sunat, *resumen(Line(condition="3"))) == "2663"
    assert last(sunat, *resumen(Line())) == "2223"
    assert last(sunat, *resumen(Line(), number="2")) == "0"


def test_seven_days(sunat: Client) -> None:
    assert last(sunat, *resumen(Line(), Line("B001-2"))) == "0"
    sunat.control("POST", "clock", offset_seconds=7 * 86400)
    assert last(sunat, *resumen(Line(condition="3"), number="2")) == "0"
    sunat.control("POST", "clock", offset_seconds=8 * 86400)
    assert last(sunat, *resumen(Line("B001-2", condition="3"), number="3")) == "2957"


@pytest.mark.parametrize("broken", SUMMARY_CASES, ids=lambda broken: broken.code)
def test_each_code_has_its_case(sunat: Client, broken: SummaryCase) -> None:
    sunat.control("POST", "mode", xsd=False)
    for number, line in enumerate(broken.before, 90):
        assert last(sunat, *resumen(line, number=str(number))) == "0"
    if broken.lists:
        sunat.control("POST", "lists", **broken.lists)
    made = resumen(*broken.lines, day=broken.day, generated=broken.generated, edits=broken.edits)
    answer = send(sunat, *made)
    findings = sunat.findings()
    assert broken.code in findings
    errors = [code for code in findings if code < "4000"]
    if answer.fault:
        assert answer.code == errors[0] < "2000"
        return
    result = sunat.call(BILL, "getStatus", ticket=answer.fields["ticket"])
    assert result.fields["statusCode"] == ("99" if errors else "0")
    assert result.code == (errors[0] if errors else "0")
    assert [note[:4] for note in result.notes] == [code for code in findings if code >= "4000"]


def test_every_rule_has_a_case() -> None:
    rules = {code for table in SUMMARY for rule in table.rules for code in rule.codes}
    assert rules == {broken.code for broken in SUMMARY_CASES}
