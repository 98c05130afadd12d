"""The sandbox SIFEN as a wire: mutual TLS that lets nobody else in, and everything that can go wrong on the way."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import requests
from cryptography import x509
from cryptography.hazmat.primitives import serialization

from emitir.paraguay.sifen.answers import Lote
from emitir.paraguay.sifen.authority import SifenAuthority, connect, sifen_of
from emitir.paraguay.sifen.endpoints import PATHS, SANDBOX_TRUST_VARIABLE
from emitir.paraguay.sifen.services import Sifen
from emitir.sandbox.server import SandboxServer
from emitir.signing.keys import LocalSigner, load_pkcs12
from emitir.signing.throwaway import throwaway_pkcs12
from emitir.verdict import Accepted, InProcess, NotReceived, NoVerdict, Rejected, Unknown

from .bad import F
from .sandboxed import QUICK, fault, set_clock, submission

START, END = datetime(2020, 1, 1, tzinfo=UTC), datetime(2040, 1, 1, tzinfo=UTC)


def pem(signer: LocalSigner) -> bytes:
    found = x509.load_der_x509_certificate(signer.certificate_der)
    return found.public_bytes(serialization.Encoding.PEM)


def other_signer(text: str) -> LocalSigner:
    return load_pkcs12(throwaway_pkcs12(text, "OTRA", "prueba", START, END), "prueba")


@pytest.fixture(scope="module")
def unknown_taxpayer() -> LocalSigner:
    """Let in by the connection, and of no taxpayer that the sandbox knows."""
    return other_signer("RUC9991234-1")


@pytest.fixture(scope="module")
def neighbour() -> LocalSigner:
    """Another taxpayer."""
    return other_signer("RUC80099999-1")


@pytest.fixture(scope="module")
def guarded(
    signer: LocalSigner, unknown_taxpayer: LocalSigner, neighbour: LocalSigner
) -> Iterator[SandboxServer]:
    with SandboxServer(clients=pem(signer) + pem(unknown_taxpayer) + pem(neighbour)) as running:
        set_clock(running, "2026-11-21T15:00:00+00:00")
        yield running


@pytest.fixture
def secured(
    company: dict[str, Any], guarded: SandboxServer, monkeypatch: pytest.MonkeyPatch
) -> dict[str, Any]:
    monkeypatch.setenv(SANDBOX_TRUST_VARIABLE, str(guarded.trust_file))
    return company | {"ambiente": "sandbox", "endpoints": {"sifen": guarded.tls_url}}


def test_mutual_tls(secured: dict[str, Any], signer: LocalSigner) -> None:
    authority = connect(secured, signer, QUICK)
    sent = submission(F, secured, signer)
    assert isinstance(authority.submit(sent), Accepted)
    assert isinstance(authority.ask(sent), Accepted)
    assert isinstance(authority.ping(), Accepted)


def test_nobody_else_is_let_in(secured: dict[str, Any], guarded: SandboxServer, signer: LocalSigner) -> None:
    sent = submission(F, secured, signer)
    stranger = connect(secured, other_signer("RUC80000000-5"), QUICK)
    verdict = stranger.submit(sent)
    assert isinstance(verdict, NoVerdict)
    with pytest.raises(requests.RequestException):  # no certificate at all
        requests.post(
            f"{guarded.tls_url}{PATHS['recibe']}", data=b"x", verify=str(guarded.trust_file), timeout=5
        )
    assert isinstance(connect(secured, signer, QUICK).ask(sent), Unknown)


def test_a_certificate_of_no_taxpayer(secured: dict[str, Any], unknown_taxpayer: LocalSigner) -> None:
    verdict = connect(secured, unknown_taxpayer, QUICK).ping()
    assert isinstance(verdict, NotReceived)
    assert verdict.code == "0183"


def test_the_documents_of_others_are_not_shown(
    secured: dict[str, Any], signer: LocalSigner, neighbour: LocalSigner
) -> None:
    """0421: SIFEN shows a document to who issued and to who received it."""
    sent = submission(F, secured, signer)
    assert isinstance(connect(secured, signer, QUICK).submit(sent), Accepted)
    answer = sifen_of(secured, neighbour, QUICK).consulta(sent.codigo_documento)
    assert getattr(answer, "code", "") == "0421"
    assert not isinstance(connect(secured, neighbour, QUICK).ask(sent), Accepted)


def test_clients_that_are_none() -> None:
    with pytest.raises(ValueError, match="PEM"):
        SandboxServer(clients=b"nada")
    with SandboxServer() as plain:
        assert plain.tls_url == ""
        with pytest.raises(ValueError, match="mutual TLS"):
            _ = plain.trust_file


@pytest.mark.parametrize(
    ("wrong", "kept"),
    [
        ({"fault": "drop_before"}, False),
        ({"fault": "drop_after_commit"}, True),
        ({"fault": "timeout", "seconds": 3}, True),
        ({"fault": "html"}, False),
        ({"fault": "html", "when": "after"}, True),
        ({"fault": "empty"}, False),
        ({"fault": "garbled", "when": "after"}, True),
        ({"fault": "http_500"}, False),
        ({"fault": "http_503", "when": "after"}, True),
        ({"fault": "fault"}, False),
        ({"fault": "fault", "code": "0160", "when": "after"}, True),
        ({"fault": "fault", "code": "0100"}, False),
        ({"fault": "fault", "code": "0161", "when": "after"}, True),
        ({"fault": "fault", "code": "0162"}, False),
    ],
    ids=lambda value: "-".join(map(str, value.values())) if isinstance(value, dict) else "",
)
def test_nothing_is_known_until_the_cdc_is_asked_for(
    wrong: dict[str, Any],
    kept: bool,
    server: SandboxServer,
    there: dict[str, Any],
    authority: SifenAuthority,
    signer: LocalSigner,
) -> None:
    fault(server, operation="recibe", **wrong)
    sent = submission(F, there, signer)
    assert isinstance(authority.submit(sent), NoVerdict)
    assert isinstance(authority.ask(sent), Accepted if kept else Unknown)


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_lote_that_is_not_queued_or_says_so(
    when: str, server: SandboxServer, there: dict[str, Any], sifen: Sifen, signer: LocalSigner
) -> None:
    """0301 is said at times of a lote that was taken: its CDC tells (spec.md §10)."""
    fault(server, operation="recibe-lote", fault="fault", code="0301", when=when)
    sent = submission(F, there, signer)
    answer = sifen.recibe_lote([sent.xml])
    assert isinstance(answer, Lote)
    assert (answer.code, answer.protocolo) == ("0301", "")
    found = sifen.consulta_lote(cdc=sent.codigo_documento)
    assert isinstance(found, Lote)
    assert found.code == ("0360" if when == "before" else "0361")


def test_a_company_without_the_synchronous_service(
    server: SandboxServer, there: dict[str, Any], authority: SifenAuthority, signer: LocalSigner
) -> None:
    """Said before anything is registered: the number is free, and the engine goes on in lotes."""
    fault(server, operation="recibe", fault="fault", code="1264")
    sent = submission(F, there, signer)
    verdict = authority.submit(sent)
    assert isinstance(verdict, Rejected)
    assert (verdict.code, verdict.frees) == ("1264", True)
    by_lote = connect(there | {"envio": "lote"}, signer, QUICK)
    assert isinstance(by_lote.submit(sent), InProcess)


def test_what_is_asked_can_fail_as_well(
    server: SandboxServer, there: dict[str, Any], authority: SifenAuthority, signer: LocalSigner
) -> None:
    sent = submission(F, there, signer)
    assert isinstance(authority.submit(sent), Accepted)
    for kind in ("html", "empty", "http_500", "drop_before"):
        fault(server, operation="consulta", fault=kind)
        assert isinstance(authority.ask(sent), NoVerdict), kind
    assert isinstance(authority.ask(sent), Accepted)


def test_services_over_tls(secured: dict[str, Any], signer: LocalSigner) -> None:
    there = sifen_of(secured, signer, QUICK)
    assert getattr(there.consulta_ruc("80000000"), "code", "") == "0502"
