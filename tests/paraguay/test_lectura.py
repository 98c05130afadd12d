"""The QR of a KuDE and the CDC read back: every golden document, what was altered, and what SIFEN says of others'."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from emitir.country import Submission
from emitir.errors import EmitirError
from emitir.paraguay.cdc import grouped
from emitir.paraguay.country import COUNTRY
from emitir.paraguay.eventos.prepare import prepare_evento
from emitir.paraguay.eventos.write import message, sign
from emitir.paraguay.sifen.authority import SifenAuthority
from emitir.paraguay.sifen.services import Sifen
from emitir.signing.keys import LocalSigner
from emitir.verdict import Accepted, Observed, Rejected, Unknown

from .conftest import NOW
from .sandboxed import submission

HERE = Path(__file__).parent


def documents() -> Iterator[tuple[str, str, str]]:
    """CDC, QR and digest of each golden file."""
    for file in sorted((HERE / "expected").glob("*.xml")):
        xml = file.read_text("utf-8")
        cdc, qr = re.search(r'<DE Id="(\w{44})"', xml), re.search(r"<dCarQR>(.*?)</dCarQR>", xml)
        digest = re.search(r"<DigestValue>(.*?)</DigestValue>", xml)
        if cdc and qr and digest:
            yield cdc.group(1), unescape(qr.group(1)), digest.group(1)


def test_every_golden_document_is_read_back() -> None:
    found = list(documents())
    assert len(found) > 20
    for cdc, qr, digest in found:
        assert COUNTRY.is_qr(qr)
        facts = COUNTRY.read_qr(qr)
        assert (facts.codigo_documento, facts.valor_resumen) == (cdc, digest)
        assert facts.ruc.partition("-")[0].zfill(8) == cdc[2:10]
        alone = COUNTRY.read_qr(grouped(cdc))
        assert (alone.codigo_documento, alone.total, alone.valor_resumen) == (cdc, None, "")
        assert (alone.tipo, alone.serie, alone.numero, alone.fecha) == (
            facts.tipo,
            facts.serie,
            facts.numero,
            facts.fecha,
        )


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (r"Id=(\d)", r"Id=9", "CDC"),
        (r"(Id=\w{43})\w", r"\1", "CDC"),
        (r"dFeEmiDE=32303236", "dFeEmiDE=32303235", "fecha"),
        (r"dTotGralOpe=[^&]*", "dTotGralOpe=NaN", "total"),
        (r"dTotGralOpe=[^&]*", "", "total"),
        (r"DigestValue=..", "DigestValue=zz", "firma"),
        (r"\?.*", "", "CDC"),
    ],
)
def test_what_cannot_be_is_told(old: str, new: str, told: str) -> None:
    _, qr, _ = next(documents())
    altered = re.sub(old, new, qr, count=1)
    assert altered != qr
    assert COUNTRY.is_qr(altered)
    with pytest.raises(EmitirError) as refused:
        COUNTRY.read_qr(altered)
    assert told in " ".join(problem.message() for problem in refused.value.problems)


@pytest.mark.parametrize(
    "text",
    ["", "https://example.com/qr?Id=1", "hola", "2" * 43, "http://[::1", "20512345671|01|F001|21|1|2|3|4|5|"],
)
def test_what_is_another_text(text: str) -> None:
    assert not COUNTRY.is_qr(text)


def test_sifen_is_asked_about_any_document(
    there: dict[str, Any], authority: SifenAuthority, factura: dict[str, Any], signer: LocalSigner
) -> None:
    sent = submission(factura, there, signer)
    facts = COUNTRY.read_qr(sent.codigo_documento)
    assert isinstance(authority.ask_about(facts), Unknown)
    assert isinstance(authority.submit(sent), Accepted)
    assert isinstance(authority.ask_about(facts), Accepted)
    other = COUNTRY.read_qr(_qr_of(sent).replace("DigestValue=", "DigestValue=41"))
    assert isinstance(authority.ask_about(other), Rejected), "another document has that CDC"
    same = COUNTRY.read_qr(_qr_of(sent))
    assert isinstance(authority.ask_about(same), Accepted)
    assert same.total == Decimal(30000)


def test_a_cancelled_one_is_told(
    there: dict[str, Any],
    authority: SifenAuthority,
    sifen: Sifen,
    factura: dict[str, Any],
    signer: LocalSigner,
) -> None:
    sent = submission(factura, there, signer)
    facts = COUNTRY.read_qr(_qr_of(sent))
    assert isinstance(authority.submit(sent), Accepted)
    event = {"evento": "cancelacion", "cdc": sent.codigo_documento, "motivo": "Error en el total"}
    sifen.evento(message([sign(prepare_evento(event, there, NOW), signer)]))
    verdict = authority.ask_about(facts)
    assert isinstance(verdict, Observed)
    assert "cancelado" in verdict.description


def _qr_of(sent: Submission) -> str:
    found = re.search(rb"<dCarQR>(.*?)</dCarQR>", sent.xml)
    assert found is not None
    return unescape(found.group(1).decode())
