"""One breaking case for each code the sandbox judges an invoice by, over real HTTP."""

from __future__ import annotations

import pytest

from emitir.sandbox.sunat.rules import IDENTITY, INVOICE
from tests.sandbox.cases import Case
from tests.sandbox.cases_document import (
    HEADER_CASES,
    IDENTITY_CASES,
    LEGEND_CASES,
    PARTY_CASES,
    REFERENCE_CASES,
    SIGNATURE_BLOCK_CASES,
)
from tests.sandbox.cases_lines import LINE_CASES, LINE_TAX_CASES
from tests.sandbox.cases_payment import ATTRIBUTE_CASES, PAYMENT_CASES, SPECIAL_CASES
from tests.sandbox.cases_properties import CARGO_CASES, PROPERTY_CASES
from tests.sandbox.cases_totals import ADVANCE_CASES, CHARGE_CASES, TAX_TOTAL_CASES, TOTAL_CASES
from tests.sandbox.factory import Client

CASES = [
    *IDENTITY_CASES, *SIGNATURE_BLOCK_CASES, *HEADER_CASES, *LEGEND_CASES, *PARTY_CASES, *REFERENCE_CASES,
    *LINE_CASES, *LINE_TAX_CASES, *TAX_TOTAL_CASES, *CHARGE_CASES, *TOTAL_CASES, *ADVANCE_CASES, *SPECIAL_CASES,
    *PAYMENT_CASES, *ATTRIBUTE_CASES, *PROPERTY_CASES, *CARGO_CASES,
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
    rules = {code for table in (*IDENTITY, *INVOICE) for rule in table.rules for code in rule.codes}
    assert rules == {broken.code for broken in CASES}
