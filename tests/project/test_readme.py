"""What the README shows runs as it stands, and answers what it says."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from emitir.signing.throwaway import throwaway_pkcs12
from tests.project.conftest import Demo

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMPANY = {"ruc": "20512345671", "razon_social": "MI EMPRESA S.A.C."}
#: These differ from one run to the next.
CHANGING = {"valor_resumen", "codigo_descarga"}


def blocks(language: str) -> list[str]:
    """The fenced blocks of ``language`` ("" for those that name none), in their order."""
    found = re.findall(r"^```(\w*)\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
    return [body for name, body in found if name == language]


def pairs(texto: str) -> dict[str, str]:
    """The lines of an answer in ``texto``."""
    return {name: value.strip() for name, _, value in (line.partition(":") for line in texto.splitlines())}


@pytest.fixture
def case(tmp_path: Path) -> dict[str, Any]:
    """A folder with a certificate, and the properties of a factura of today in Lima."""
    now = datetime.now(UTC)
    ends = now + timedelta(days=30)
    p12 = throwaway_pkcs12(COMPANY["ruc"], COMPANY["razon_social"], "clave", now, ends)
    (tmp_path / "certificado.p12").write_bytes(p12)
    return {
        "tipo": "f",
        "serie": "F001",
        "numero": 1,
        "fecha": now.astimezone(timezone(timedelta(hours=-5))).date().isoformat(),
        "tipo_doc": "r",
        "numero_doc": "20123456786",
        "razon_social": "ABC CONSULTORES S.A.C.",
        "items": [{"cantidad": 1, "descripcion": "TUERCA", "precio_unitario": 118}],
    }


def test_make_targets_exist() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    pages = README + (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    named = set(re.findall(r"(?:`|^)make ([a-z0-9]+)(?=[`\s])", pages, re.MULTILINE))
    assert {"demo", "test"} <= named
    assert [name for name in named if not re.search(rf"^{name}:", makefile, re.MULTILINE)] == []


@pytest.mark.parametrize(
    "page",
    [
        *(path.relative_to(ROOT).as_posix() for path in ROOT.glob("*.md")),
        *(
            path.relative_to(ROOT).as_posix()
            for path in (*ROOT.glob("docs/**/*.md"), *ROOT.glob("examples/*.md"))
        ),
    ],
)
def test_links_lead_somewhere(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", text)
    assert [link for link in links if not (ROOT / page).parent.joinpath(link).exists()] == []


def test_library_example_runs(
    tmp_path: Path, case: Mapping[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    (code,) = blocks("python")
    monkeypatch.chdir(tmp_path)
    exec(code, {"propiedades": case})  # noqa: S102 - the README's own code
    assert (tmp_path / "20512345671-01-F001-1.xml").read_bytes().startswith(b"<?xml")


@pytest.mark.slow
def test_command_line_example_runs(demo: Demo, tmp_path: Path, case: Mapping[str, Any]) -> None:
    (command,) = re.findall(r"`(emitir build [^`]+)`", README)
    (tmp_path / "caso.json").write_text(json.dumps(case), encoding="utf-8")
    (tmp_path / "empresa.json").write_text(json.dumps(COMPANY), encoding="utf-8")
    elsewhere = Demo(tmp_path, demo.variables)
    run = elsewhere.run(*shlex.split(command), CLAVE="clave")
    assert run.returncode == 0, run.stderr
    assert {path.name for path in (tmp_path / "salida").iterdir()} == {
        "20512345671-01-F001-1.xml",
        "20512345671-01-F001-1.pdf",
    }


@pytest.mark.slow
def test_curl_example_answers_what_it_says(demo: Demo) -> None:
    emit, download = blocks("sh")
    run = demo.run("sh", "-euc", emit)
    assert run.returncode == 0, run.stderr
    answer, shown = pairs(run.stdout), pairs(blocks("")[-1])
    assert list(answer) == list(shown)
    assert {name: value for name, value in answer.items() if name not in CHANGING} == {
        name: value for name, value in shown.items() if name not in CHANGING
    }
    fetched = demo.run("sh", "-euc", download, CODIGO=answer["codigo_descarga"])
    assert fetched.returncode == 0, fetched.stderr
    assert (demo.folder / f"{answer['codigo_documento']}.pdf").read_bytes().startswith(b"%PDF-")
