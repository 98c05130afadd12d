"""Consulta integrada: tokens and the state of any comprobante."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import requests

from tests.sandbox.factory import RUC, Client, Invoice, boleta, set_text
from tests.sandbox.summaries import Line, resumen
from tests.sandbox.test_tickets import baja, last

SCOPE = "https://api.sunat.gob.pe/v1/contribuyente/contribuyentes"
ID = "85e5b0ae-0255-4891-a595-0b98c65c9854"


def ask_token(sunat: Client, **change: str) -> requests.Response:
    form = {
        "grant_type": "client_credentials",
        "scope": SCOPE,
        "client_id": ID,
        "client_secret": "s3creto",
        **change,
    }
    return requests.post(f"{sunat.url}/v1/clientesextranet/{ID}/oauth2/token/", data=form, timeout=5)


def token(sunat: Client) -> str:
    answer = ask_token(sunat).json()
    assert (answer["token_type"], answer["expires_in"]) == ("JWT", 3600)
    text: str = answer["access_token"]
    return text


def ask(sunat: Client, invoice: Invoice, bearer: str | None = None, **change: Any) -> requests.Response:
    body = {
        "numRuc": RUC, "codComp": invoice.tipo, "numeroSerie": invoice.serie, "numero": invoice.number,
        "fechaEmision": date.fromisoformat(invoice.day).strftime("%d/%m/%Y"), "monto": invoice.payable, **change,
    }  # fmt: skip
    return requests.post(
        f"{sunat.url}/v1/contribuyente/contribuyentes/{RUC}/validarcomprobante", json=body, timeout=5,
        headers={"Authorization": f"Bearer {bearer or token(sunat)}"},
    )  # fmt: skip


def state(response: requests.Response) -> str:
    body = response.json()
    assert body["success"] is True
    text: str = body["data"]["estadoCp"]
    return text


@pytest.mark.parametrize(
    "change", [{"client_secret": "incorrecto"}, {"client_secret": ""}, {"client_id": "otro"}, {"scope": "x"},
               {"grant_type": "password"}]
)  # fmt: skip
def test_wrong_credentials(sunat: Client, change: dict[str, str]) -> None:
    response = ask_token(sunat, **change)
    assert response.status_code == 401
    assert "access_token" not in response.text


def test_states(sunat: Client) -> None:
    sunat.send_invoice(boleta())
    sunat.send_invoice(Invoice(edits=[set_text("cbc:UBLVersionID", "2.0")]))
    assert state(ask(sunat, boleta())) == "1"
    assert ask(sunat, boleta()).json()["data"] == {"estadoCp": "1", "estadoRuc": "00", "condDomiRuc": "00"}
    assert state(ask(sunat, Invoice())) == "0"
    assert state(ask(sunat, boleta(number="2"))) == "0"


def test_date_and_amount_have_to_agree(sunat: Client) -> None:
    sunat.send_invoice(boleta())
    assert state(ask(sunat, boleta(), monto=118)) == "1"
    assert state(ask(sunat, boleta(), monto="")) == "1"
    assert state(ask(sunat, boleta(), monto=118.01)) == "0"
    assert state(ask(sunat, boleta(), fechaEmision="01/01/2026")) == "0"


def test_annulled(sunat: Client) -> None:
    """By a comunicación de baja or by a resumen."""
    sunat.send_invoice(Invoice())
    sunat.send_invoice(boleta())
    assert last(sunat, *baja()) == "0"
    assert last(sunat, *resumen(Line(condition="3"))) == "0"
    assert ask(sunat, Invoice()).json()["data"] == {"estadoCp": "2"}
    assert state(ask(sunat, boleta())) == "2"
    assert state(ask(sunat, boleta(), monto=117)) == "0"


def test_on_paper(sunat: Client) -> None:
    """3 when the serie was authorised to be printed, 4 when not; once informed, what was informed."""
    sunat.control("POST", "lists", series_autorizadas=[f"{RUC}-03-0001"])
    assert state(ask(sunat, boleta(serie="0001"))) == "3"
    assert state(ask(sunat, boleta(serie="0002"))) == "4"
    assert last(sunat, *resumen(Line("0002-1"))) == "0"
    assert state(ask(sunat, boleta(serie="0002"))) == "1"


def test_a_token_expires_by_the_clock(sunat: Client) -> None:
    sunat.send_invoice(boleta())
    bearer = token(sunat)
    sunat.control("POST", "clock", offset_seconds=3590)
    assert ask(sunat, boleta(), bearer).status_code == 200
    sunat.control("POST", "clock", offset_seconds=3601)
    assert ask(sunat, boleta(), bearer).status_code == 401
    assert state(ask(sunat, boleta())) == "1"


def test_taxpayer(sunat: Client) -> None:
    sunat.send_invoice(boleta())
    sunat.control("POST", "lists", ruc_inactivo=[RUC], ruc_no_habido=[RUC])
    assert ask(sunat, boleta()).json()["data"] == {"estadoCp": "1", "estadoRuc": "01", "condDomiRuc": "12"}


@pytest.mark.parametrize("bearer", ["x", "a.1.b", f"{ID}.99999999999.{'0' * 64}", f"{ID}.1.{'0' * 64}"])
def test_forged_tokens(sunat: Client, bearer: str) -> None:
    assert ask(sunat, boleta(), bearer).status_code == 401


def test_no_token(sunat: Client) -> None:
    url = f"{sunat.url}/v1/contribuyente/contribuyentes/{RUC}/validarcomprobante"
    assert requests.post(url, json={"numRuc": RUC}, timeout=5).status_code == 401


@pytest.mark.parametrize(
    "change",
    [{"numero": ""}, {"numero": "x"}, {"numero": "1" * 9}, {"fechaEmision": "2026-11-21"}, {"codComp": ""}],
)
def test_wrong_parameters(sunat: Client, change: dict[str, str]) -> None:
    response = ask(sunat, boleta(), **change)
    assert response.status_code == 422
    assert response.json()["success"] is False


def test_wrong_amount_of_a_known_document(sunat: Client) -> None:
    sunat.send_invoice(boleta())
    assert ask(sunat, boleta(), monto="mucho").status_code == 422


@pytest.mark.parametrize("body", ["", "[]", "nada"])
def test_body_that_is_no_object(sunat: Client, body: str) -> None:
    url = f"{sunat.url}/v1/contribuyente/contribuyentes/{RUC}/validarcomprobante"
    assert requests.post(url, data=body, timeout=5).status_code == 422


def test_faults_hit_it_too(sunat: Client) -> None:
    bearer = token(sunat)
    sunat.control("POST", "faults", operation="validarcomprobante", fault="http_503")
    sunat.control("POST", "faults", operation="token", fault="drop_before")
    assert ask(sunat, boleta(), bearer).status_code == 503
    with pytest.raises(requests.ConnectionError):
        ask_token(sunat)
    sunat.control("POST", "faults", operation="validarcomprobante", fault="fault", code="0109")
    assert ask(sunat, boleta(), bearer).json() == {"cod": "0109", "msg": "Servicio no disponible"}
