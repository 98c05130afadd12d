"""Every golden event over HTTP to the sandbox SIFEN, its texts made of the characters that XML minds: registered, kept
with its document, and signed still."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from emitir.paraguay.eventos.model import MODELOS
from emitir.paraguay.eventos.prepare import prepare_evento
from emitir.paraguay.eventos.write import message, sign
from emitir.paraguay.sifen.answers import Found
from emitir.paraguay.sifen.authority import connect
from emitir.paraguay.sifen.services import Sifen
from emitir.signing.keys import LocalSigner, load_pkcs12
from emitir.signing.throwaway import throwaway_pkcs12
from emitir.verdict import Accepted

from .bad import C, F, R
from .conftest import NOW
from .oracles import parse, schema, verified_by_xmlsec1
from .sandboxed import QUICK, numbers, submission
from .schema_walk import with_texts
from .test_eventos import GOOD

HARD = "&<>\"Ñ]]>'&amp;<!--x--><![CDATA[ çß€ ¿¡"
_RECEIVER = {"conformidad", "disconformidad", "desconocimiento", "notificacion"}


@pytest.fixture(scope="module")
def supplier() -> LocalSigner:
    """Somebody else, whose documents the company answers."""
    start, end = datetime(2020, 1, 1, tzinfo=UTC), datetime(2040, 1, 1, tzinfo=UTC)
    return load_pkcs12(throwaway_pkcs12("RUC80012345-0", "PROVEEDOR", "prueba", start, end), "prueba")


def hard(shortest: int, longest: int) -> str:
    return (HARD * (shortest // len(HARD) + 1))[: min(longest, max(shortest, len(HARD)))].strip()


def base_of(name: str, event: dict[str, Any]) -> dict[str, Any]:
    """The document that an event is about."""
    if event["evento"] == "transporte":
        return R
    return C if name == "cancelacion-nota" else F


@pytest.mark.parametrize("name", GOOD)
def test_registered_and_intact(
    name: str, there: dict[str, Any], signer: LocalSigner, supplier: LocalSigner, sifen: Sifen, tmp_path: Path
) -> None:
    event = dict(GOOD[name])
    if event["evento"] == "inutilizacion":
        first = next(numbers) + 1_000_000
        event |= {"desde": first, "hasta": first + 3}
        sent = None
    else:
        whose, key = (there, signer)
        if event["evento"] in _RECEIVER:
            whose, key = there | {"ruc": "80012345-0"}, supplier
        sent = submission(base_of(name, event), whose, key)
        assert isinstance(connect(whose, key, QUICK).submit(sent), Accepted)
        event["cdc"] = sent.codigo_documento
    model = MODELOS[event["evento"]].model_json_schema()
    event = with_texts(event, model, hard)
    event["evento"] = GOOD[name]["evento"]
    xml = message([sign(prepare_evento(event, there, NOW), signer)])
    assert schema("siRecepEvento_v150.xsd").validate(parse(xml.encode()))
    answer = sifen.evento(xml)
    assert isinstance(answer, tuple)
    assert [(result.estado, result.code) for result in answer] == [("Aprobado", "0600")]
    if sent is None:
        return
    found = sifen.consulta(sent.codigo_documento)
    assert isinstance(found, Found)
    assert len(found.events) == 1
    if HARD[:8] in str(event):
        assert '&amp;&lt;&gt;"Ñ]]&gt;' in found.events[0]
    file = tmp_path / "event.xml"
    file.write_text(found.events[0], encoding="utf-8")
    assert verified_by_xmlsec1(file, "rEve")
