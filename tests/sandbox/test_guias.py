"""The REST service of guías: token, zip, hash, ticket, CDR; and a breaking case for each code a guía is judged by."""

from __future__ import annotations

import base64
import signal
from pathlib import Path

import pytest
import requests
from lxml import etree

from emitir.sandbox.sunat.rules import GUIA, GUIA_IDENTITY
from tests.sandbox import factory as f
from tests.sandbox import guias as g
from tests.sandbox.cases_guias import GUIA_CASES, GuiaCase
from tests.sandbox.factory import NS, RUC, Client, Invoice, set_text
from tests.sandbox.test_registry import process

GOOD = {
    "venta": g.Guia(),
    "privado": g.private(),
    "privado con dos vehículos": g.private(vehicle=g.vehicle("ABC123", ("ABI456",))),
    "vehículo menor": g.small(),
    "entre establecimientos": g.moved(),
    "exportación": g.export(),
    "transportista sin bienes": g.transport(
        references=g.paper("T001-7", "09", g.CARRIER),
        edits=[
            set_text("cac:DespatchLine/cbc:ID", "0"),
            f.drop("cac:DespatchLine/cbc:DeliveredQuantity"),
            f.drop("cac:Shipment/cac:Delivery/cac:DeliveryAddress"),
        ],
    ),
    "otros": g.Guia(
        reason="13",
        edits=[f.add_after("cac:Shipment/cbc:HandlingCode", "<cbc:HandlingInstructions>FERIA</cbc:HandlingInstructions>")],
    ),
    "público con vehículo": g.Guia(
        indicators=("SUNAT_Envio_IndicadorVehiculoConductoresTransp",), drivers=g.driver(), vehicle=g.vehicle(card=g.CARD)
    ),
    "mañana": g.Guia(start=f.in_days(1), event=g.delivered(f.in_days(1))),
    "transportista": g.transport(),
}  # fmt: skip


@pytest.mark.parametrize("name", GOOD)
def test_accepts_without_a_note(sunat: Client, name: str) -> None:
    guia = GOOD[name]
    body, answer = g.rest(sunat).result(guia)
    assert (body["codRespuesta"], body["indCdrGenerado"]) == ("0", "1")
    assert "error" not in body
    assert (answer.code, answer.notes) == ("0", [])
    number = f"{guia.serie}-{guia.number}"
    assert answer.description == f"El Comprobante numero {number}, ha sido aceptado"
    assert g.files_of(base64.b64decode(body["arcCdr"])) == ["dummy/", f"R-{guia.name}.xml"]
    link = etree.fromstring(answer.cdr).findtext(".//cbc:DocumentDescription", namespaces=NS)
    assert link
    assert link.startswith(
        "https://e-factura.sunat.gob.pe/v1/contribuyente/gre/comprobantes/descargaqr?hashqr="
    )
    assert [item["name"] for item in sunat.control("GET", "documents")] == [guia.name]
    assert sunat.control("GET", f"documents/{guia.name}")["sendings"] == 1


@pytest.mark.parametrize("broken", GUIA_CASES, ids=lambda broken: f"{broken.guia.tipo}-{broken.code}")
def test_each_code_has_its_case(sunat: Client, broken: GuiaCase) -> None:
    sunat.control("POST", "mode", xsd=False)
    if broken.lists:
        sunat.control("POST", "lists", **broken.lists)
    client = g.rest(sunat)
    ticket = client.send(broken.guia.name, broken.guia.signed()).json()["numTicket"]
    findings = sunat.findings()
    assert broken.code in findings
    errors = [code for code in findings if code < "4000"]
    body = client.ask(ticket).json()
    assert body["codRespuesta"] == ("99" if errors else "0")
    assert body.get("error", {}).get("numError", "") == (errors[0] if errors else "")
    registered = not errors or errors[0] >= "2000"
    assert body["indCdrGenerado"] == ("1" if registered else "0")
    assert len(sunat.control("GET", "documents")) == registered


def test_every_rule_has_a_case() -> None:
    rules = {code for table in (*GUIA_IDENTITY, *GUIA) for rule in table.rules for code in rule.codes}
    assert rules == {broken.code for broken in GUIA_CASES}


def test_a_number_counts_once(sunat: Client) -> None:
    client = g.rest(sunat)
    client.result(g.Guia())
    body, _ = client.result(g.Guia())
    assert (body["codRespuesta"], body["error"]["numError"], body["indCdrGenerado"]) == ("99", "1033", "0")
    client.result(g.Guia(number="2", edits=[set_text("cbc:CustomizationID", "1.0")]))
    body, _ = client.result(g.Guia(number="2"))
    assert body["error"]["numError"] == "1032"


def test_not_xml(sunat: Client) -> None:
    client = g.rest(sunat)
    body = client.ask(client.send(g.Guia().name, b"<a/>").json()["numTicket"]).json()
    assert (body["codRespuesta"], body["error"]["numError"]) == ("99", "0306")
    assert client.result(g.Guia())[0]["codRespuesta"] == "0"


@pytest.mark.parametrize(
    "change",
    [{"client_secret": "incorrecto"}, {"password": "incorrecta"}, {"username": f"{RUC}NOEXISTE"}, {"username": "x"},
     {"scope": "x"}, {"grant_type": "client_credentials"}, {"client_id": "otro"}],
)  # fmt: skip
def test_wrong_credentials(sunat: Client, change: dict[str, str]) -> None:
    response = g.Rest(sunat.url).token(**change)
    assert response.status_code == 401
    assert "access_token" not in response.text


def test_without_a_good_token(sunat: Client) -> None:
    client = g.rest(sunat)
    ticket = client.send(g.Guia().name, g.Guia().signed()).json()["numTicket"]
    sunat.control("POST", "clock", offset_seconds=3601)
    assert client.ask(ticket).status_code == 401
    client.bearer = "x"
    assert client.send(g.Guia().name, g.Guia().signed()).status_code == 401
    assert client.token().status_code == 200
    assert client.ask(ticket).json()["codRespuesta"] == "0"


def test_a_token_of_the_consulta_is_no_token_here(sunat: Client) -> None:
    form = {
        "grant_type": "client_credentials", "scope": "https://api.sunat.gob.pe/v1/contribuyente/contribuyentes",
        "client_id": RUC, "client_secret": "s3creto",
    }  # fmt: skip
    answer = requests.post(f"{sunat.url}/v1/clientesextranet/{RUC}/oauth2/token/", data=form, timeout=5)
    client = g.Rest(sunat.url, bearer=answer.json()["access_token"])
    assert client.send(g.Guia().name, g.Guia().signed()).status_code == 401


@pytest.mark.parametrize(
    ("code", "name", "change"),
    [
        ("0156", "", {"hashZip": "0" * 64}),
        ("0156", "", {"hashZip": "ñ"}),
        ("0156", "", {"arcGreZip": "bm8gZXMgdW4gemlw"}),
        ("0155", "", {"arcGreZip": ""}),
        ("0151", "", {"nomArchivo": "otro.zip"}),
        ("0161", "", {"nomArchivo": f"{RUC}-09-T001-2.zip"}),
        ("0151", Invoice().name, {}),
        ("0154", f"{f.CUSTOMER}-09-T001-1", {}),
    ],
)
def test_not_received(sunat: Client, code: str, name: str, change: dict[str, str]) -> None:
    response = g.rest(sunat).send(name or g.Guia().name, g.Guia().signed(), **change)
    assert response.status_code == 422
    body = response.json()
    assert body["cod"] == "422"
    assert [error["cod"] for error in body["errors"]] in (
        [code],
        ["0161"] if "nomArchivo" in change else [code],
    )
    assert sunat.control("GET", "documents") == []


@pytest.mark.parametrize("body", [b"", b"[]", b"nada", b'{"archivo": 1}'])
def test_a_body_that_holds_no_file(sunat: Client, body: bytes) -> None:
    client = g.rest(sunat)
    response = requests.post(
        f"{sunat.url}{g.BASE}/{g.Guia().name}",
        data=body,
        timeout=5,
        headers={"Authorization": f"Bearer {client.bearer}"},
    )
    assert response.status_code == 422


def test_tickets(sunat: Client) -> None:
    sunat.control("POST", "mode", ticket_asks=1, ticket_seconds=30)
    client = g.rest(sunat)
    ticket = client.send(g.Guia().name, g.Guia().signed()).json()["numTicket"]
    assert client.ask(ticket).json() == {"codRespuesta": "98"}
    assert sunat.control("GET", "documents") == []
    sunat.control("POST", "clock", offset_seconds=31)
    assert client.ask(ticket).json()["codRespuesta"] == "0"
    for wrong in ("x", "00000000-0000-4000-8000-000000000001", "0" * 300):
        assert client.ask(wrong).json()["errors"][0]["cod"] == "0127"
    stranger = g.Rest(sunat.url, user=f"{f.CUSTOMER}MODDATOS")
    stranger.token()
    assert stranger.ask(ticket).json()["errors"][0]["cod"] == "0126"


def test_on_demand(sunat: Client) -> None:
    """Rejected, failed, refused, cut off: as any other."""
    client = g.rest(sunat)
    sunat.control("POST", "faults", fault="reject", code="3457")
    body, answer = client.result(g.Guia())
    assert (body["error"]["numError"], answer.code) == ("3457", "3457")
    sunat.control("POST", "faults", fault="fail")
    assert client.result(g.Guia(number="2"))[0]["error"]["numError"] == "0100"
    sunat.control("POST", "faults", operation="enviarGuia", fault="fault", code="0109")
    response = client.send(g.Guia(number="3").name, g.Guia(number="3").signed())
    assert (response.status_code, response.json()["errors"][0]["cod"]) == (500, "0109")
    sunat.control("POST", "faults", operation="enviarGuia", fault="drop_after_commit")
    guia = g.Guia(number="4")
    with pytest.raises(requests.ConnectionError):
        client.send(guia.name, guia.signed())
    assert client.result(guia)[0]["error"]["numError"] == "1033"
    sunat.control("POST", "mode", ticket_answers="bare")
    body, _ = client.result(g.Guia(number="5", weight="0"))
    assert (body["error"]["numError"], body["indCdrGenerado"]) == ("2523", "0")


def test_soap_takes_no_guia(sunat: Client) -> None:
    assert sunat.send(g.Guia().name, g.Guia().signed()).code == "0302"


@pytest.mark.slow
def test_a_ticket_survives_kill_9(tmp_path: Path) -> None:
    state = tmp_path / "sunat.sqlite"
    with process(state) as (running, sunat):
        sunat.control("POST", "mode", ticket_asks=1)
        client = g.rest(sunat)
        ticket = client.send(g.Guia().name, g.Guia().signed()).json()["numTicket"]
        running.send_signal(signal.SIGKILL)
        running.wait()
    with process(state) as (_, sunat):
        client.url = sunat.url
        assert client.ask(ticket).json() == {"codRespuesta": "98"}
        assert client.ask(ticket).json()["codRespuesta"] == "0"
