"""What waits behind a ticket: 98 for a while, verdicts on demand, the order in which things are judged."""

from __future__ import annotations

import base64
import contextlib
import signal
from pathlib import Path

import pytest

from tests.sandbox import factory as f
from tests.sandbox.factory import RUC, Client, Invoice
from tests.sandbox.summaries import Line, resumen, stamp
from tests.sandbox.test_registry import process
from tests.sandbox.test_tickets import baja, send, status


def codes(sunat: Client, ticket: str, times: int) -> list[str]:
    return [status(sunat, ticket).fields["statusCode"] for _ in range(times)]


def test_so_many_questions(sunat: Client) -> None:
    sunat.control("POST", "mode", ticket_asks=3)
    ticket = send(sunat, *resumen(Line())).fields["ticket"]
    assert sunat.control("GET", "documents") == []
    assert codes(sunat, ticket, 5) == ["98", "98", "98", "0", "0"]
    assert len(sunat.control("GET", "documents")) == 1


def test_questions_and_seconds(sunat: Client) -> None:
    sunat.control("POST", "mode", ticket_asks=1, ticket_seconds=60)
    ticket = send(sunat, *resumen(Line())).fields["ticket"]
    assert codes(sunat, ticket, 3) == ["98", "98", "98"]
    sunat.control("POST", "clock", offset_seconds=61)
    assert codes(sunat, ticket, 1) == ["0"]


def test_a_pack_too(sunat: Client) -> None:
    sunat.control("POST", "mode", ticket_asks=1)
    content = base64.b64encode(f.zipped(Invoice().name, Invoice().signed())).decode()
    sent = sunat.call(f.BILL, "sendPack", fileName=f"{RUC}-LT-{stamp()}-1.zip", contentFile=content)
    assert codes(sunat, sent.fields["ticket"], 2) == ["98", "0"]


def test_rejected_on_demand(sunat: Client) -> None:
    """The resumen that fails and goes again with another number."""
    sunat.control("POST", "faults", fault="reject", code="2280", file_name="-RC-")
    ticket = send(sunat, *resumen(Line())).fields["ticket"]
    answer = status(sunat, ticket)
    assert (answer.fields["statusCode"], answer.code) == ("99", "2280")
    assert sunat.control("GET", "documents") == []
    ticket = send(sunat, *resumen(Line(), number="2")).fields["ticket"]
    assert status(sunat, ticket).fields["statusCode"] == "0"


def test_fails_without_a_cdr(sunat: Client) -> None:
    sunat.control("POST", "mode", ticket_asks=1)
    sunat.control("POST", "faults", fault="fail")
    ticket = send(sunat, *resumen(Line())).fields["ticket"]
    assert status(sunat, ticket).fields["statusCode"] == "98"
    answer = status(sunat, ticket)
    assert (answer.fields["statusCode"], answer.cdr) == ("99", b"")


def test_another_fault_does_not_touch_the_process(sunat: Client) -> None:
    sunat.control("POST", "faults", operation="*", fault="http_503", file_name="nada", times=0)
    ticket = send(sunat, *resumen(Line())).fields["ticket"]
    assert status(sunat, ticket).fields["statusCode"] == "0"


def test_a_rejection_without_a_cdr(sunat: Client) -> None:
    sunat.control("POST", "mode", ticket_answers="bare")
    ticket = send(sunat, *baja()).fields["ticket"]
    answer = status(sunat, ticket)
    assert (answer.fields["statusCode"], answer.cdr) == ("99", b"")
    unknown = status(sunat, "1")
    assert (unknown.fault, unknown.fields["statusCode"]) == (False, "0127")


def test_the_registry_changes_when_a_file_is_judged(sunat: Client) -> None:
    """A boleta sent while the resumen that informs it waits: the resumen comes too late."""
    sunat.control("POST", "mode", ticket_asks=1)
    ticket = send(sunat, *resumen(Line())).fields["ticket"]
    assert sunat.send_invoice(f.boleta()).code == "0"
    assert codes(sunat, ticket, 1) == ["98"]
    assert status(sunat, ticket).code == "2282"


def test_the_same_name_while_it_waits(sunat: Client) -> None:
    sunat.control("POST", "mode", ticket_asks=1)
    send(sunat, *resumen(Line()))
    again = send(sunat, *resumen(Line("B001-2")))
    assert (again.fault, again.code) == (True, "0402")


def test_days_count_from_reception(sunat: Client) -> None:
    """Received on the seventh day, judged on the eighth."""
    sunat.send_invoice(Invoice())
    sunat.control("POST", "clock", offset_seconds=7 * 86400)
    sunat.control("POST", "mode", ticket_seconds=2 * 86400)
    ticket = send(sunat, *baja()).fields["ticket"]
    sunat.control("POST", "clock", offset_seconds=9 * 86400 + 1)
    answer = status(sunat, ticket)
    assert (answer.fields["statusCode"], answer.code) == ("0", "0")


@pytest.mark.slow
def test_a_ticket_survives_kill_9(tmp_path: Path) -> None:
    state = tmp_path / "sunat.sqlite"
    with process(state) as (running, client):
        client.control("POST", "mode", ticket_asks=2)
        client.send_invoice(Invoice())
        ticket = send(client, *baja()).fields["ticket"]
        assert codes(client, ticket, 1) == ["98"]
        running.send_signal(signal.SIGKILL)
        running.wait()
    with process(state) as (running, client):
        assert codes(client, ticket, 2) == ["98", "0"]
        assert [document["state"] for document in client.control("GET", "documents")] == ["anulado"]
        with contextlib.suppress(ProcessLookupError):
            running.send_signal(signal.SIGKILL)
        running.wait()
    with process(state) as (_, client):
        assert codes(client, ticket, 1) == ["0"]
