"""Against the sandbox SUNAT: real HTTP, its own judgement, its faults on demand."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import requests

from emitir.peru.sunat.authority import SunatAuthority, connect
from emitir.sandbox.server import SandboxServer
from emitir.soap.exchange import Limits
from emitir.verdict import Accepted, NotReceived, NoVerdict, Unknown
from tests.peru_sunat.material import RUC, submission

LIMITS = Limits(connect=2, read=0.5)


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with SandboxServer() as running:
        yield running.url


@pytest.fixture
def authority(server: str, monkeypatch: pytest.MonkeyPatch) -> SunatAuthority:
    monkeypatch.setenv("EMITIR_PE_SANDBOX_URL", server)
    return connect({"ruc": RUC}, {"consulta_client_id": "id", "consulta_client_secret": "x"}, LIMITS)


def fault(server: str, **what: Any) -> None:
    requests.post(f"{server}/_sandbox/faults", json=what, timeout=5).raise_for_status()


def calls(server: str) -> list[dict[str, Any]]:
    log = requests.get(f"{server}/_sandbox/log", timeout=5).json()
    found: list[dict[str, Any]] = log["calls"] if isinstance(log, dict) else log
    return found


def test_ping(authority: SunatAuthority, server: str) -> None:
    assert isinstance(authority.ping(), Accepted)
    wrong = connect({"ruc": RUC}, {"usuario_sol": "A", "clave_sol": "incorrecta"}, LIMITS).ping()
    assert isinstance(wrong, NotReceived)
    assert wrong.code == "0102"


def test_what_is_no_document_is_not_received(authority: SunatAuthority) -> None:
    verdict = authority.submit(submission())
    assert isinstance(verdict, NotReceived)
    assert not verdict.retryable


@pytest.mark.parametrize("codigo", [f"{RUC}-01-F001-77", f"{RUC}-03-B001-77"])
def test_a_document_never_sent_is_unknown(codigo: str, authority: SunatAuthority) -> None:
    assert isinstance(authority.ask(submission(codigo)), Unknown)


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("drop_before", "empty"),
        ("drop_after_commit", "empty"),
        ("html", "html"),
        ("empty", "empty"),
        ("garbled", "garbled"),
        ("http_401", "http"),
        ("http_500", "http"),
        ("http_503", "http"),
        ("timeout", "timeout"),
    ],
)
def test_faults_on_demand_are_one_sending(
    name: str, reason: str, authority: SunatAuthority, server: str
) -> None:
    before = len(calls(server))
    fault(server, operation="sendBill", fault=name, seconds=1, times=1)
    verdict = authority.submit(submission())
    assert isinstance(verdict, NoVerdict)
    assert verdict.reason == reason
    assert len(calls(server)) == before + 1


@pytest.mark.parametrize("style", ["faultcode", "faultstring"])
@pytest.mark.parametrize(("code", "retryable"), [("0109", True), ("0151", False)])
def test_fault_codes(style: str, code: str, retryable: bool, authority: SunatAuthority, server: str) -> None:
    fault(server, operation="sendBill", fault="fault", code=code, style=style, times=1)
    verdict = authority.submit(submission())
    assert isinstance(verdict, NotReceived)
    assert (verdict.code, verdict.retryable) == (code, retryable)
