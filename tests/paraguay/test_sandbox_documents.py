"""Every golden document through the sandbox SIFEN over HTTP: approved, kept byte for byte, signed still."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from emitir.country import Submission
from emitir.errors import EmitirError
from emitir.paraguay.sifen.answers import Found
from emitir.paraguay.sifen.authority import SifenAuthority
from emitir.paraguay.sifen.services import Sifen
from emitir.signing.keys import LocalSigner
from emitir.verdict import Accepted
from emitir.xml import DECLARATION

from .bad import RUC, F
from .oracles import verified_by_xmlsec1
from .sandboxed import submission
from .schema_walk import schema_of, with_texts
from .test_golden import CASES


def read_case(path: Path, there: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Properties of a golden case, and the company that it is for."""
    case = json.loads(path.read_text(encoding="utf-8"))
    if case.get("empresa", {}).get("ambiente") == "produccion":
        pytest.skip("a document of production is not for the sandbox")
    return case["propiedades"], there | case.get("empresa", {})


def approved_and_intact(sent: Submission, authority: SifenAuthority, sifen: Sifen, folder: Path) -> str:
    """SIFEN approves the document and hands back its very bytes, whose signature xmlsec1 still finds right."""
    verdict = authority.submit(sent)
    assert isinstance(verdict, Accepted), verdict
    found = sifen.consulta(sent.codigo_documento)
    assert isinstance(found, Found)
    assert found.document.encode() == sent.xml[len(DECLARATION) :]
    file = folder / "stored.xml"
    file.write_bytes(found.document.encode())
    assert verified_by_xmlsec1(file)
    return found.document


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_golden_cases_are_approved(
    path: Path,
    there: dict[str, Any],
    authority: SifenAuthority,
    sifen: Sifen,
    signer: LocalSigner,
    tmp_path: Path,
) -> None:
    properties, company = read_case(path, there)
    sent = submission(properties, company, signer)
    approved_and_intact(sent, authority, sifen, tmp_path)
    assert isinstance(authority.ask(sent), Accepted)


#: Begins with the hardest, so that the shortest text has some of them.
HARD = "&<>\"Ñ]]>'&amp;<!--x--><![CDATA[ çß€ ¿¡"


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_every_text_takes_every_character(
    path: Path,
    there: dict[str, Any],
    authority: SifenAuthority,
    sifen: Sifen,
    signer: LocalSigner,
    tmp_path: Path,
) -> None:
    """Every free text of every document, of the company too, made of the characters that XML minds."""
    properties, company = read_case(path, there)

    def hard(shortest: int, longest: int) -> str:
        return (HARD * (shortest // len(HARD) + 1))[: min(longest, max(shortest, len(HARD)))].strip()

    properties = with_texts(properties, schema_of("documento"), hard)
    company = with_texts(company, schema_of("empresa"), hard) | {
        name: there[name] for name in ("ambiente", "endpoints")
    }
    stored = approved_and_intact(submission(properties, company, signer), authority, sifen, tmp_path)
    assert '&amp;&lt;&gt;"Ñ]]&gt;' in stored


def test_as_many_items_as_the_schema_takes(
    there: dict[str, Any], authority: SifenAuthority, sifen: Sifen, signer: LocalSigner, tmp_path: Path
) -> None:
    """999 lines go through the synchronous service, which takes a megabyte; one more is refused with its path."""
    line = {
        "codigo": "A1",
        "descripcion": "Tornillo & tuerca",
        "cantidad": "1.5",
        "precio_unitario": "1000.25",
    }
    long = F | RUC | {"items": [line | {"codigo": f"A{number}"} for number in range(999)]}
    approved_and_intact(submission(long, there, signer), authority, sifen, tmp_path)
    with pytest.raises(EmitirError) as caught:
        submission(long | {"items": [*long["items"], line]}, there, signer)
    assert [problem.path for problem in caught.value.problems] == ["items"]
