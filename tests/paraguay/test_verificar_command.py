"""``verificar`` as the service and the shell offer it: a QR of a KuDE, a received XML, and what SIFEN says of them."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from emitir.cli import app
from emitir.clock import system_clock
from emitir.engine import Company, Engine, Settings
from emitir.errors import EmitirError
from emitir.paraguay.country import COUNTRY
from emitir.sandbox.server import SandboxServer
from emitir.service.command import Call
from emitir.service.commands.verificar import COMMAND

from .conftest import HERE, SECRETS
from .oracles import NS, parse


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    settings = Settings(
        data_dir=tmp_path_factory.mktemp("data"),
        wait_seconds=8.0,
        workers=1,
        watch_seconds=1.0,
        drain_seconds=8.0,
    )
    with Engine(settings, country_map={"py": COUNTRY}) as started:
        yield started


@pytest.fixture(scope="module")
def registered(engine: Engine) -> Iterator[Company]:
    company = json.loads((HERE / "company.json").read_text(encoding="utf-8"))
    del company["pais"]
    with SandboxServer() as server:
        there = company | {"ambiente": "sandbox", "endpoints": {"sifen": server.url}}
        yield engine.companies.create("py", there, SECRETS, (HERE / "empresa.p12").read_bytes(), "prueba")[0]


@pytest.fixture(scope="module")
def issued(engine: Engine, registered: Company) -> bytes:
    """The signed XML of an accepted factura of the company."""
    result = engine.emitir(registered, COUNTRY.examples(system_clock())[0])
    assert result.comprobante.estado == "aceptado"
    return engine.download(result.comprobante.codigo_descarga, "xml").content


def asked(engine: Engine, company: Company, **properties: str) -> dict[str, Any]:
    return dict(COMMAND.run(Call(engine, company, properties)).properties)


def test_the_qr_of_a_kude(engine: Engine, registered: Company, issued: bytes) -> None:
    qr = parse(issued).findtext("s:gCamFuFD/s:dCarQR", "", NS)
    said = asked(engine, registered, qr=qr)
    assert (said["resultado"], said["ruc"], said["serie"]) == ("valido", "80000000-5", "001-001")
    other = asked(engine, registered, qr=qr.replace("dTotGralOpe=", "dTotGralOpe=9"))
    assert (other["resultado"], other["diferencias"]) == ("no_coincide", ["total"])


def test_a_received_xml(engine: Engine, registered: Company, issued: bytes) -> None:
    for sent in (issued.decode(), base64.b64encode(issued).decode()):
        said = asked(engine, registered, xml=sent)
        assert said["resultado"] == "valido", said
        assert [check["nombre"] for check in said["comprobaciones"]] == [
            *("esquema", "firma", "certificado", "cadena", "cdc", "qr", "totales", "autoridad")
        ]
    harmed = asked(engine, registered, xml=issued.decode().replace("AZÚCAR", "SAL"))
    assert harmed["resultado"] == "sin_validez"
    firma = next(check for check in harmed["comprobaciones"] if check["nombre"] == "firma")
    assert firma == {
        "nombre": "firma",
        "resultado": "mal",
        "detalle": "El contenido cambió después de firmado.",
    }


@pytest.mark.parametrize(
    ("properties", "path"), [({}, "qr"), ({"xml": "no es base64!"}, "xml"), ({"xml": "<a/>"}, "xml")]
)
def test_refused(properties: dict[str, str], path: str, engine: Engine, registered: Company) -> None:
    with pytest.raises(EmitirError) as caught:
        asked(engine, registered, **properties)
    assert [problem.path for problem in caught.value.problems] == [path]


def test_in_the_shell(registered: Company, issued: bytes, tmp_path: Path) -> None:
    """Without a company nobody is asked; with one and its certificate SIFEN is."""
    file, harmed, company = tmp_path / "de.xml", tmp_path / "harmed.xml", tmp_path / "company.json"
    file.write_bytes(issued)
    harmed.write_bytes(issued.replace("AZÚCAR".encode(), b"SAL"))
    company.write_text(json.dumps({"pais": "py", **registered.settings}), encoding="utf-8")
    run = CliRunner()
    done = run.invoke(app, ["verificar", str(file)])
    assert done.exit_code == 0, done.output
    assert "sin_comprobar" in done.output
    options = [
        "--company",
        str(company),
        "--p12",
        str(HERE / "empresa.p12"),
        "--password-env",
        "CLAVE",
        "--json",
    ]
    done = run.invoke(app, ["verificar", str(file), *options], env={"CLAVE": "prueba"})
    assert done.exit_code == 0, done.output
    assert json.loads(done.output)["resultado"] == "valido"
    done = run.invoke(app, ["verificar", str(harmed)])
    assert done.exit_code == 2
    assert "MAL" in done.output
