"""Clock, modes, lists, log, description of the services; and what the sandbox may import."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest
import requests
from lxml import etree

import emitir.sandbox
from emitir.sandbox.server import SandboxServer
from emitir.sandbox.sunat.names import parse_name, ruc_exists
from tests.sandbox.factory import BILL, CONSULT, RUC, Client, Invoice, in_days

PACKAGE = Path(emitir.sandbox.__file__).parent


def test_clock_moves_in_lima_time(sunat: Client) -> None:
    day = Invoice().day
    sunat.control("POST", "clock", now=f"{day}T23:59:30", frozen=True)
    assert sunat.control("GET", "clock")["now"] == f"{day}T23:59:30-05:00"
    sunat.control("POST", "clock", offset_seconds=3 * 86400)
    assert sunat.send_invoice(Invoice()).code == "0"
    sunat.control("POST", "clock", offset_seconds=4 * 86400)
    assert sunat.send_invoice(Invoice(number="2")).code == "2108"
    sunat.control("POST", "clock", offset_seconds=-3 * 86400)
    assert sunat.send_invoice(Invoice(number="3")).code == "2329"
    sunat.control("DELETE", "clock")
    assert sunat.send_invoice(Invoice(number="4")).code == "0"


def test_a_day_begins_in_lima(sunat: Client) -> None:
    """At 04:59 UTC it is still yesterday in Lima."""
    sunat.control("POST", "clock", now="2026-11-25T04:59:00+00:00", frozen=True)
    assert sunat.send_invoice(Invoice(day="2026-11-21")).code == "0"
    sunat.control("POST", "clock", now="2026-11-25T05:00:00+00:00", frozen=True)
    assert sunat.send_invoice(Invoice(number="2", day="2026-11-21")).code == "2108"


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("clock", {}),
        ("clock", {"now": "mañana"}),
        ("clock", {"offset_seconds": "x"}),
        ("clock", {"offset_seconds": 1e300}),
        ("mode", {"rejections": "mail"}),
        ("mode", {"ticket_seconds": -1}),
        ("mode", {"xsd": "si"}),
        ("mode", {"color": "red"}),
        ("lists", {"ruc": []}),
        ("lists", {"ruc_inactivo": "20123456786"}),
        ("lists", {"ruc_inactivo": [1]}),
    ],
)
def test_wrong_settings_are_told(sunat: Client, path: str, body: dict[str, object]) -> None:
    response = requests.post(f"{sunat.url}/_sandbox/{path}", json=body, timeout=5)
    assert response.status_code == 422


def test_log_tells_what_came(sunat: Client) -> None:
    sunat.send_invoice(Invoice())
    sunat.consult("getStatus", *Invoice().name.split("-"))
    sending, query = sunat.control("GET", "log")
    assert (sending["operation"], sending["file_name"], sending["outcome"], sending["code"]) == (
        "sendBill", Invoice().name, "aceptado", "0",
    )  # fmt: skip
    assert len(sending["sha256"]) == 64
    assert sending["milliseconds"] > 0
    assert (query["operation"], query["code"]) == ("getStatus", "0001")
    assert [call["operation"] for call in sunat.control("GET", "log?operation=getStatus")] == ["getStatus"]
    assert "moddatos" not in str(sunat.control("GET", "log"))


def test_as_a_new_sandbox(sunat: Client) -> None:
    sunat.send_invoice(Invoice())
    sunat.control("POST", "mode", ticket_asks=3, rejections="fault")
    sunat.control("POST", "lists", ruc_inactivo=[RUC])
    sunat.control("POST", "clock", offset_seconds=86400)
    sunat.control("POST", "faults", fault="html")
    sunat.control("DELETE", "")
    assert sunat.control("GET", "documents") == sunat.control("GET", "faults") == []
    mode = sunat.control("GET", "mode")
    assert (mode["ticket_asks"], mode["rejections"]) == (0, "cdr")
    assert not any(sunat.control("GET", "lists").values())
    assert sunat.control("GET", "clock")["now"][:10] == in_days(0)


def test_documents_that_never_came(sunat: Client) -> None:
    for path in ("documents/20123456786-01-F001-77", "documents/x/cdr", "documents/x/xml"):
        assert requests.get(f"{sunat.url}/_sandbox/{path}", timeout=5).status_code == 404


def test_missing_schema_is_said(sunat: Client, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from emitir.sandbox.sunat import schema

    monkeypatch.setenv("EMITIR_UBL_XSD", str(tmp_path))
    schema._schema.cache_clear()
    try:
        assert sunat.send_invoice(Invoice()).code == "0"
    finally:
        schema._schema.cache_clear()
    assert "no se encontró UBL-Invoice-2.1.xsd" in sunat.control("GET", "log")[-1]["remarks"][0]


@pytest.mark.parametrize(
    ("path", "operations"),
    [
        (BILL, {"sendBill", "sendSummary", "sendPack", "getStatus"}),
        (
            "/ol-ti-itemision-otroscpe-gem-beta/billService",
            {"sendBill", "sendSummary", "sendPack", "getStatus"},
        ),
        (CONSULT, {"getStatus", "getStatusCdr"}),
    ],
)
def test_wsdl(sunat: Client, path: str, operations: set[str]) -> None:
    response = requests.get(f"{sunat.url}{path}?wsdl", timeout=5)
    assert response.headers["content-type"].startswith("text/xml")
    root = etree.fromstring(response.content)
    wsdl = {"w": "http://schemas.xmlsoap.org/wsdl/", "soap": "http://schemas.xmlsoap.org/wsdl/soap/"}
    assert {node.get("name") for node in root.findall("w:binding/w:operation", wsdl)} == operations
    address = root.find("w:service/w:port/soap:address", wsdl)
    assert address is not None
    assert address.get("location") == f"{sunat.url}{path}"
    assert requests.get(f"{sunat.url}{path}", timeout=5).status_code == 405


def test_two_servers_do_not_share() -> None:
    with SandboxServer() as one, SandboxServer() as two:
        first, second = Client(one.url), Client(two.url)
        assert first.send_invoice(Invoice()).code == "0"
        assert second.send_invoice(Invoice()).code == "0"
        assert first.send_invoice(Invoice()).code == "1033"


def test_stopping_wakes_a_sleeping_call(tmp_path: Path) -> None:
    server = SandboxServer(state=tmp_path / "s.sqlite")
    server.start()
    client = Client(server.url, timeout=1)
    client.control("POST", "faults", operation="sendBill", fault="timeout", seconds=600)
    with pytest.raises(requests.Timeout):
        client.send_invoice(Invoice())
    server.stop()
    with SandboxServer(state=tmp_path / "s.sqlite") as again:
        assert Client(again.url).send_invoice(Invoice()).code == "1033"


FORBIDDEN = ("emitir.peru", "emitir.paraguay", "emitir.signing", "emitir.xml", "emitir.soap", "emitir.engine",
             "emitir.service", "emitir.catalogs", "emitir.printing")  # fmt: skip


def test_imports_nothing_of_the_builder() -> None:
    """By the source: no import of it anywhere, not even inside a function."""
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                assert node.level == 0, path
                names = [f"{node.module}.{alias.name}" for alias in node.names]
            for name in names:
                if name.startswith("emitir."):
                    assert name.startswith("emitir.sandbox"), f"{path.name} imports {name}"


@pytest.mark.slow
def test_runs_without_the_builder() -> None:
    """By running: a whole sending with the builder's modules made impossible to import."""
    program = (
        "import sys\n"
        f"for name in {FORBIDDEN!r}: sys.modules[name] = None\n"
        "from emitir.sandbox.server import SandboxServer\n"
        "from tests.sandbox.factory import Client, Invoice\n"
        "with SandboxServer() as server:\n"
        "    assert Client(server.url).send_invoice(Invoice()).code == '0'\n"
    )
    root = Path(__file__).parents[2]
    subprocess.run([sys.executable, "-c", program], cwd=root, check=True, timeout=60)


def test_help_is_in_spanish() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "emitir.sandbox", "--help"],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert "archivo SQLite" in done.stdout


@pytest.mark.parametrize("ruc", ["20123456786", "20000000001", "20131312955", "10467793549"])
def test_rucs_that_exist(ruc: str) -> None:
    assert ruc_exists(ruc)


@pytest.mark.parametrize(
    "ruc", ["20123456780", "30123456786", "2012345678", "2012345678６", "", "ABCDEFGHIJK"]
)
def test_rucs_that_do_not(ruc: str) -> None:
    assert not ruc_exists(ruc)


def test_names() -> None:
    name = parse_name("20123456786-01-F001-00000021")
    assert name is not None
    assert (name.ruc, name.tipo, name.serie, name.number, name.numero) == (
        "20123456786",
        "01",
        "F001",
        "00000021",
        21,
    )
    assert not name.batch
    batch = parse_name("20123456786-RC-20261121-1")
    assert batch is not None
    assert batch.batch
