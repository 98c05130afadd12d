"""Notas over real HTTP: what SUNAT accepts, and a breaking case for each code that it judges one by."""

from __future__ import annotations

import pytest

from emitir.sandbox.sunat.rules import NOTE, NOTE_IDENTITY
from tests.sandbox import factory as f
from tests.sandbox import notes as n
from tests.sandbox.cases import Case
from tests.sandbox.cases_notes import NOTE_CASES, NoteCase, of_excise, of_export, of_rice
from tests.sandbox.factory import RUC, Client, Invoice
from tests.sandbox.test_rules import CASES
from tests.sandbox.test_tickets import baja, send, status

GOOD = {
    "anulación": (Invoice(), n.note()),
    "parcial": (Invoice(), n.note(reason="09", payable="118.00")),
    "de boleta": (f.boleta(), n.of_boleta()),
    "de boleta, débito": (f.boleta(), n.of_boleta(tipo="08", reason="02")),
    "débito": (Invoice(), n.debit()),
    "cuotas": (f.credit(), n.cuotas()),
    "exportación": (f.export(), n.note(customer_type="-", customer="-", **of_export())),
    "arroz pilado": (f.rice(), n.debit(**of_rice())),
    "ISC": (f.excise(), n.note(**of_excise())),
    "otros conceptos, sin documento": (Invoice(), n.note(reason="10", modified=())),
    "penalidad, sin documento": (Invoice(), n.debit(reason="03", modified=())),
}


@pytest.mark.parametrize("name", GOOD)
def test_accepts_without_a_note(sunat: Client, name: str) -> None:
    factura, nota = GOOD[name]
    assert sunat.send_invoice(factura).code == "0"
    answer = sunat.send_invoice(nota)
    assert (answer.code, answer.notes, sunat.findings()) == ("0", [], [])
    kind = {"07": "Nota de Credito", "08": "Nota de Debito"}[nota.tipo]
    assert answer.description == f"La {kind} numero {nota.serie}-1, ha sido aceptada"


def _elsewhere(sunat: Client, note: n.Note) -> None:
    known = [f"{RUC}-{tipo}-{number}" for tipo, number in note.modified]
    sunat.control("POST", "lists", comprobantes_externos=known)


@pytest.mark.parametrize("broken", NOTE_CASES, ids=lambda broken: broken.id)
def test_each_code_of_their_own(sunat: Client, broken: NoteCase) -> None:
    for document in broken.before:
        sunat.send_invoice(document)
    if broken.void:
        assert status(sunat, send(sunat, *baja()).fields["ticket"]).code == "0"
    if broken.known and not broken.before:
        _elsewhere(sunat, broken.note)
    sunat.control("POST", "mode", xsd=broken.schema)
    answer = sunat.send_invoice(broken.note)
    findings = sunat.findings()
    assert broken.code in findings
    errors = [code for code in findings if code < "4000"]
    assert answer.code == (errors[0] if errors else "0")


def _codes(tipo: str) -> set[str]:
    tables = (*NOTE_IDENTITY, *NOTE)
    return {code for table in tables for rule in table.rules if tipo in rule.types for code in rule.codes}


def _shared(tipo: str) -> list[str]:
    """The codes of facturas and boletas that notas have too."""
    own = {case.code for case in NOTE_CASES if case.note.tipo == tipo}
    return sorted({case.code for case in CASES} & _codes(tipo) - own)


@pytest.mark.parametrize(("code", "tipo"), [(code, tipo) for tipo in ("07", "08") for code in _shared(tipo)])
def test_each_code_shared_with_facturas(sunat: Client, code: str, tipo: str) -> None:
    """A nota that says what a factura with this fault says has it too."""
    assert any(_breaks(sunat, case, tipo) for case in CASES if case.code == code)


def _breaks(sunat: Client, broken: Case, tipo: str) -> bool:
    sunat.control("DELETE", "state")
    note = n.as_note(broken.invoice, tipo)
    _elsewhere(sunat, note)
    sunat.control("POST", "mode", xsd=False)
    if broken.lists:
        sunat.control("POST", "lists", **broken.lists)
    sunat.send_invoice(note)
    return broken.code in sunat.findings()


@pytest.mark.parametrize("tipo", ["07", "08"])
def test_every_rule_has_a_case(tipo: str) -> None:
    own = {case.code for case in NOTE_CASES if case.note.tipo == tipo}
    assert _codes(tipo) - own - {case.code for case in CASES} == set()
    assert own - _codes(tipo) == set()
