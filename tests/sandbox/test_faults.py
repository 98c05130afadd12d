"""Faults on demand: each does what it says, and registers or not as it says."""

from __future__ import annotations

import time

import pytest
import requests

from tests.sandbox.factory import CONSULT, RUC, Client, Invoice, envelope, read_answer

NAME = Invoice().name


def order(sunat: Client, fault: str, operation: str = "sendBill", **more: object) -> None:
    sunat.control("POST", "faults", operation=operation, fault=fault, **more)


def registered(sunat: Client) -> bool:
    return sunat.control("GET", f"documents/{NAME}")["registered"] is not None


@pytest.mark.parametrize(("fault", "kept"), [("drop_before", False), ("drop_after_commit", True)])
def test_dropped_connections(sunat: Client, fault: str, kept: bool) -> None:
    order(sunat, fault)
    with pytest.raises(requests.ConnectionError):
        sunat.send_invoice(Invoice())
    assert registered(sunat) is kept
    document = sunat.control("GET", f"documents/{NAME}")
    assert (document["sendings"], document["calls"][0]["fault"]) == (1, fault)
    assert sunat.send_invoice(Invoice()).code == ("1033" if kept else "0")


@pytest.mark.parametrize(("when", "at_once"), [("after", True), ("before", False)])
def test_timeout(sunat: Client, when: str, at_once: bool) -> None:
    order(sunat, "timeout", seconds=1.5, when=when)
    started = time.monotonic()
    with pytest.raises(requests.Timeout):
        Client(sunat.url, timeout=0.6).send_invoice(Invoice())
    assert time.monotonic() - started < 1.4
    assert registered(sunat) is at_once
    time.sleep(1.6)
    assert registered(sunat)  # a late one is registered when nobody listens any more


@pytest.mark.parametrize(
    ("fault", "status", "text"),
    [
        ("html", 200, "Request Rejected"),
        ("empty", 200, ""),
        ("http_401", 401, "401"),
        ("http_403", 403, "403"),
        ("http_500", 500, "500"),
        ("http_502", 502, "502"),
        ("http_503", 503, "503"),
    ],
)
def test_answers_of_something_in_front(sunat: Client, fault: str, status: int, text: str) -> None:
    order(sunat, fault)
    response = sunat.send_invoice(Invoice()).http
    assert response.status_code == status
    assert text in response.text
    assert not response.text or "Envelope" not in response.text
    assert not registered(sunat)


def test_garbled(sunat: Client) -> None:
    order(sunat, "garbled", when="after")
    body = {"fileName": "x.zip"}
    response = requests.post(
        f"{sunat.url}/ol-ti-itcpfegem-beta/billService", data=envelope("sendBill", body, "u", "p"), timeout=5
    )
    assert response.text.startswith("<?xml")
    assert not response.text.endswith("Envelope>")


def test_every_one_may_come_after_the_commit(sunat: Client) -> None:
    order(sunat, "http_500", when="after")
    assert sunat.send_invoice(Invoice()).http.status_code == 500
    assert registered(sunat)


@pytest.mark.parametrize("style", ["faultcode", "faultstring"])
def test_fault_with_a_code(sunat: Client, style: str) -> None:
    order(sunat, "fault", code="0109", style=style)
    answer = sunat.send_invoice(Invoice())
    assert answer.http.status_code == 500
    if style == "faultcode":
        assert answer.code == "0109"
        assert "El servicio de autenticación no está disponible" in answer.description
    else:
        assert answer.description == "0109"
        assert "0109" not in answer.code
    assert not registered(sunat)


def test_fault_with_a_code_that_nobody_knows(sunat: Client) -> None:
    order(sunat, "fault", code="9876")
    assert sunat.send_invoice(Invoice()).code == "9876"


def test_times_operation_and_file(sunat: Client) -> None:
    order(sunat, "http_503", times=2)
    order(sunat, "http_500", operation="getStatusCdr", times=0)
    order(sunat, "empty", operation="*", file_name="F001-9")
    assert [sunat.send_invoice(Invoice()).http.status_code for _ in range(3)] == [503, 503, 200]
    for _ in range(3):
        assert sunat.consult("getStatusCdr", RUC, "01", "F001", "1").http.status_code == 500
    assert sunat.send_invoice(Invoice(number="9")).http.content == b""
    assert [fault["fault"] for fault in sunat.control("GET", "faults")] == ["http_500"]
    sunat.control("DELETE", "faults")
    assert sunat.consult("getStatusCdr", RUC, "01", "F001", "1").code == "0"


@pytest.mark.parametrize(
    "body",
    [{}, {"fault": "fire"}, {"fault": "html", "x": 1}, {"fault": "html", "times": "2"}, {"fault": "fault", "code": 109},
     {"fault": "reject"}, {"fault": "reject", "code": "1033"}, {"fault": "fail", "operation": "sendBill"},
     {"fault": "html", "operation": "proceso"}, {"fault": "html", "when": "never"}, {"fault": "fault", "style": "loud"}],
)  # fmt: skip
def test_wrong_orders_are_told(sunat: Client, body: dict[str, object]) -> None:
    response = requests.post(f"{sunat.url}/_sandbox/faults", json=body, timeout=5)
    assert response.status_code == 422
    assert response.json()["error"]
    assert sunat.control("GET", "faults") == []


def test_a_dropped_query(sunat: Client) -> None:
    order(sunat, "drop_before", operation="getStatusCdr")
    body = envelope("getStatusCdr", {"rucComprobante": RUC}, f"{RUC}MODDATOS", "x")
    with requests.Session() as session:
        with pytest.raises(requests.ConnectionError):
            session.post(sunat.url + CONSULT, data=body, timeout=5)
        assert (
            read_answer(session.post(sunat.url + CONSULT, data=body, timeout=5)).fields["statusCode"]
            == "0005"
        )
