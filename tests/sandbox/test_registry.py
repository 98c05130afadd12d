"""What is registered stays registered: duplicates, burned numbers, queries, concurrency, kill -9."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import requests

from tests.sandbox import factory
from tests.sandbox import notes as n
from tests.sandbox.factory import CUSTOMER, RUC, Client, Invoice, boleta, set_text
from tests.sandbox.test_tickets import baja, send, status

REJECTED = set_text("cbc:UBLVersionID", "2.0")


def test_same_bytes_again_are_1033_and_counted(sunat: Client) -> None:
    xml = Invoice().signed()
    first = sunat.send(Invoice().name, xml)
    assert [sunat.send(Invoice().name, xml).code for _ in range(2)] == ["1033", "1033"]
    document = sunat.control("GET", f"documents/{Invoice().name}")
    assert document["sendings"] == 3
    assert len(document["distinct_sha256"]) == 1
    assert document["registered"]["state"] == "aceptado"
    assert (
        requests.get(f"{sunat.url}/_sandbox/documents/{Invoice().name}/cdr", timeout=5).content == first.cdr
    )
    assert requests.get(f"{sunat.url}/_sandbox/documents/{Invoice().name}/xml", timeout=5).content == xml


def test_number_with_zeros_is_the_same_number(sunat: Client) -> None:
    assert sunat.send_invoice(Invoice(number="7")).code == "0"
    assert sunat.send_invoice(Invoice(number="00000007")).code == "1033"


def test_a_rejection_burns_the_number(sunat: Client) -> None:
    answer = sunat.send_invoice(Invoice(edits=[REJECTED]))
    assert (answer.code, answer.fault) == ("2074", False)
    assert sunat.send_invoice(Invoice()).code == "1032"


def test_an_exception_leaves_the_number_free(sunat: Client) -> None:
    assert sunat.send_invoice(Invoice(customer="20000000002")).code == "1083"
    assert sunat.send_invoice(Invoice()).code == "0"


@pytest.mark.parametrize("style", ["faultcode", "faultstring"])
def test_rejections_as_faults(sunat: Client, style: str) -> None:
    """SUNAT tells many rejections with a fault; the number is taken all the same, the CDR is there to be asked for."""
    sunat.control("POST", "mode", rejections="fault", fault_style=style)
    answer = sunat.send_invoice(Invoice(edits=[REJECTED]))
    assert answer.fault
    if style == "faultcode":
        assert answer.code == "2074"
        assert "2074 (nodo:" in answer.description
    else:
        assert answer.description == "2074"
    assert "errorCode 2074 (nodo:" in answer.fields["detail"]
    asked = sunat.consult("getStatusCdr", RUC, "01", "F001", "1")
    assert (asked.fields["statusCode"], asked.code) == ("0004", "2074")


def test_fault_names_code_node_and_value(sunat: Client) -> None:
    answer = sunat.send_invoice(Invoice(customer="20000000002"))
    assert "<faultcode>soap-env:Client.1083</faultcode>" in answer.http.text
    assert answer.description.startswith(
        "El numero de RUC del receptor no existe - Detalle: xxx.xxx.xxx value='ticket: "
    )
    assert answer.fields["detail"].endswith(
        'errorCode 1083 (nodo: "cac:AccountingCustomerParty/cac:Party/cac:PartyIdentification/cbc:ID" '
        'valor: "20000000002")'
    )


@pytest.mark.parametrize(
    ("status", "asked"),
    [
        ("0001", (RUC, "01", "F001", "1")),
        ("0002", (RUC, "01", "F001", "2")),
        ("0011", (RUC, "01", "F001", "3")),
        ("0004", ("2012345678", "01", "F001", "1")),
        ("0005", (RUC, "1", "F001", "1")),
        ("0006", (RUC, "01", "F01", "1")),
        ("0007", (RUC, "01", "F001", "0")),
        ("0009", (RUC, "03", "B001", "1")),
        ("0010", (RUC, "07", "B001", "1")),
        ("0012", (CUSTOMER, "01", "F001", "1")),
    ],
)
def test_get_status(sunat: Client, status: str, asked: tuple[str, str, str, str]) -> None:
    sunat.send_invoice(Invoice())
    sunat.send_invoice(Invoice(number="2", edits=[REJECTED]))
    answer = sunat.consult("getStatus", *asked)
    assert answer.fields["statusCode"] == status
    assert answer.fields["statusMessage"]
    assert "content" not in answer.fields


def test_get_status_of_a_ruc_that_does_not_exist(sunat: Client) -> None:
    sunat.control("POST", "lists", ruc_inexistente=[RUC])
    assert sunat.consult("getStatus", RUC, "01", "F001", "1").fields["statusCode"] == "0008"


def test_get_status_cdr(sunat: Client) -> None:
    sent = sunat.send_invoice(Invoice())
    answer = sunat.consult("getStatusCdr", RUC, "01", "F001", "1")
    assert (answer.fields["statusCode"], answer.fields["statusMessage"]) == ("0004", "La constancia existe")
    assert answer.cdr == sent.cdr
    unknown = sunat.consult("getStatusCdr", RUC, "01", "F001", "2")
    assert (unknown.fields["statusCode"], unknown.cdr) == ("0127", b"")
    assert sunat.consult("getStatusCdr", RUC, "03", "B001", "1").fields["statusCode"] == "0009"


def test_notas_and_what_was_given_of_baja_are_asked_for_too(sunat: Client) -> None:
    """A nota of a factura has a CDR to ask for, that of a boleta has none; a baja leaves the CDR as it was."""
    sent = sunat.send_invoice(Invoice())
    of_factura = sunat.send_invoice(n.note())
    sunat.send_invoice(boleta())
    assert sunat.send_invoice(n.of_boleta()).code == "0"
    asked = sunat.consult("getStatusCdr", RUC, "07", "FC01", "1")
    assert (asked.fields["statusCode"], asked.cdr) == ("0004", of_factura.cdr)
    assert sunat.consult("getStatusCdr", RUC, "07", "BC01", "1").fields["statusCode"] == "0010"
    assert status(sunat, send(sunat, *baja()).fields["ticket"]).code == "0"
    assert sunat.consult("getStatus", RUC, "01", "F001", "1").fields["statusCode"] == "0003"
    assert sunat.consult("getStatusCdr", RUC, "01", "F001", "1").cdr == sent.cdr


def test_wrong_password_on_a_query(sunat: Client) -> None:
    client = Client(sunat.url, password="incorrecta")
    answer = client.consult("getStatusCdr", RUC, "01", "F001", "1")
    assert (answer.fault, answer.code) == (True, "0102")


def test_many_at_once(sunat: Client) -> None:
    """Twelve threads, three numbers, the same four bytes each: each number is registered once."""
    documents = [Invoice(number=str(number)) for number in range(1, 4)]
    signed = [(document.name, document.signed()) for document in documents] * 4
    barrier = threading.Barrier(len(signed))

    def send(item: tuple[str, bytes]) -> str:
        barrier.wait()
        return sunat.send(*item).code

    with ThreadPoolExecutor(len(signed)) as pool:
        codes = list(pool.map(send, signed))
    assert sorted(codes) == ["0"] * 3 + ["1033"] * 9
    assert len(sunat.control("GET", "documents")) == 3


@contextlib.contextmanager
def process(state: Path, port: int = 0) -> Iterator[tuple[subprocess.Popen[str], Client]]:
    """``python -m emitir.sandbox`` as users run it."""
    running = subprocess.Popen(
        [sys.executable, "-m", "emitir.sandbox", "--state", str(state), "--port", str(port)],
        stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )  # fmt: skip
    try:
        assert running.stdout is not None
        client = Client(running.stdout.readline().strip())
        _wait(client)
        yield running, client
    finally:
        running.kill()
        running.wait()


def _wait(client: Client) -> None:
    deadline = time.monotonic() + 20
    while True:
        try:
            client.control("GET", "health")
        except requests.ConnectionError:
            assert time.monotonic() < deadline
            time.sleep(0.05)
        else:
            return


@pytest.mark.slow
def test_survives_kill_9(tmp_path: Path) -> None:
    state = tmp_path / "sunat.sqlite"
    with process(state) as (running, client):
        client.control("POST", "lists", ruc_inactivo=["20100070970"])
        client.control("POST", "mode", fault_style="faultstring")
        sent = client.send_invoice(Invoice())
        asked = client.consult("getStatusCdr", RUC, "01", "F001", "1")
        running.send_signal(signal.SIGKILL)
        running.wait()
    with process(state) as (_, client):
        again = client.send_invoice(Invoice())
        assert again.fault
        assert again.description == "1033"
        assert client.consult("getStatusCdr", RUC, "01", "F001", "1").cdr == sent.cdr == asked.cdr
        assert client.control("GET", f"documents/{Invoice().name}")["sendings"] == 2
        assert client.control("GET", "lists")["ruc_inactivo"] == ["20100070970"]


@pytest.mark.slow
def test_killed_while_documents_arrive(tmp_path: Path) -> None:
    """Whatever was answered before the kill is known after it, with the same CDR."""
    state = tmp_path / "sunat.sqlite"
    answered: dict[str, bytes] = {}
    documents = [Invoice(number=str(number)) for number in range(1, 25)]
    signed = [(document, document.signed()) for document in documents]

    def send(client: Client, document: Invoice, xml: bytes) -> None:
        with contextlib.suppress(requests.RequestException):
            answer = client.send(document.name, xml)
            if answer.code == "0":
                answered[document.number] = answer.cdr

    with process(state) as (running, client):
        client.send_invoice(boleta())  # everything is loaded
        with ThreadPoolExecutor(4) as pool:
            for document, xml in signed:
                pool.submit(send, client, document, xml)
            deadline = time.monotonic() + 20
            while len(answered) < 5 and time.monotonic() < deadline:
                time.sleep(0.005)
            running.send_signal(signal.SIGKILL)
            running.wait()
    assert 5 <= len(answered) < 24
    with process(state) as (_, client):
        for number, cdr in answered.items():
            assert client.consult("getStatusCdr", RUC, "01", "F001", number).cdr == cdr
        for document, xml in signed:  # those without an answer may be registered or not: now they are
            assert client.send(document.name, xml).code in (
                {"1033"} if document.number in answered else {"0", "1033"}
            )
        assert len(client.control("GET", "documents")) == 25


def test_clear(sunat: Client) -> None:
    sunat.send_invoice(Invoice())
    sunat.control("DELETE", "state")
    assert sunat.send_invoice(Invoice()).code == "0"
    assert factory.lima_today().isoformat() == sunat.control("GET", "documents")[0]["issue_date"]
