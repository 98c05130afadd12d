"""What each code means, and where faults carry theirs."""

from __future__ import annotations

import pytest

from emitir.peru.sunat import codes
from emitir.peru.sunat.verdicts import fault_code, from_code, from_fault
from emitir.soap.envelope import read
from emitir.soap.outcome import Answer, Fault
from emitir.verdict import (
    Accepted,
    AlreadyRegistered,
    InProcess,
    Note,
    NotReceived,
    NoVerdict,
    Observed,
    Rejected,
)
from tests.peru_sunat.material import recorded


def fault(name: str) -> Fault:
    outcome = read(Answer(500, "text/xml", recorded(name)))
    assert isinstance(outcome, Fault)
    return outcome


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("fault-faultcode.xml", 2335),
        ("fault-faultcode-sin-cliente.xml", 151),
        ("fault-servidor-ocupado.xml", 109),
        ("fault-faultstring.xml", 2335),
        ("fault-faultstring-con-texto.xml", 154),
        ("fault-detalle.xml", 3105),
        ("fault-detalle-nodo.xml", 3103),
        ("fault-ya-registrado.xml", 1033),
        ("fault-interno.xml", None),
        ("fault-sin-servicio.xml", None),
        ("fault-numeros-ajenos.xml", None),
    ],
)
def test_where_a_fault_carries_its_code(name: str, code: int | None) -> None:
    assert fault_code(fault(name)) == code


def test_fault_of_an_ose_shows_its_text_and_not_its_number() -> None:
    assert from_fault(fault("fault-faultstring.xml")) == Rejected(
        "2335", "El documento electrónico ingresado ha sido alterado"
    )


def test_fault_without_text_gets_that_of_the_list() -> None:
    assert from_fault(Fault("Client.0151", "")) == NotReceived("0151", codes.message("0151"), False)


@pytest.mark.parametrize("name", ["fault-interno.xml", "fault-sin-servicio.xml", "fault-numeros-ajenos.xml"])
def test_a_fault_without_code_is_no_verdict(name: str) -> None:
    verdict = from_fault(fault(name))
    assert verdict == NoVerdict("fault", fault(name).string)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("fault-ya-registrado.xml", AlreadyRegistered),
        ("fault-ya-anulado.xml", AlreadyRegistered),
        ("fault-en-proceso.xml", InProcess),
        ("fault-clave.xml", NotReceived),
    ],
)
def test_faults_that_are_answers(name: str, expected: type) -> None:
    assert isinstance(from_fault(fault(name)), expected)


@pytest.mark.parametrize(
    ("code", "retryable"),
    [(code, True) for code in (100, 109, 130, 138, 200)]
    + [(code, False) for code in (102, 139, 151, 306, 1034, 1079, 1999)],
)
def test_exceptions_are_not_received(code: int, retryable: bool) -> None:
    assert from_code(code, "x") == NotReceived(f"{code:04}", "x", retryable)


@pytest.mark.parametrize("code", [2000, 2335, 3999])
def test_rejections(code: int) -> None:
    assert from_code(code, "x", (Note("1", "n"),), b"cdr") == Rejected(
        str(code), "x", (Note("1", "n"),), b"cdr"
    )


def test_observations() -> None:
    assert from_code(4000, "x") == Observed("4000", "x", (Note("4000", "x"),))
    assert from_code(0, "x", (Note("4031", "n"),)) == Observed("0", "x", (Note("4031", "n"),))
    assert from_code(0, "x") == Accepted("0", "x")


@pytest.mark.parametrize("code", [402, 1032, 1033, 2223, 2324])
def test_already_there(code: int) -> None:
    assert from_code(code, "x") == AlreadyRegistered(f"{code:04}", "x")


def test_a_cdr_is_never_already_there() -> None:
    """2223 inside a CDR is the verdict itself."""
    assert isinstance(from_code(2223, "x", cdr=b"cdr"), Rejected)


@pytest.mark.parametrize("code", [1, 11, 98, 99])
def test_small_codes_are_no_verdict(code: int) -> None:
    assert isinstance(from_code(code), NoVerdict)


def test_messages_of_the_list() -> None:
    assert codes.message("0151") == codes.message(151) == "El nombre del archivo ZIP es incorrecto"
    assert codes.message("9999") == ""
    assert codes.is_known(2335)
    assert len(codes._messages()) == 2148
    assert all(len(code) == 4 and code.isdigit() and text for code, text in codes._messages().items())
