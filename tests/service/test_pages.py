"""Pages for people and machines: status, health, metrics, documentation, "not found"."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from tests.service.conftest import House
from tests.service.http import Access, send


def test_status_page(house: House) -> None:
    reply = send(house.url, "/", {}, method="GET")
    assert (reply.status, reply.media_type) == (200, "text/html")
    assert "en servicio" in reply.body.decode()
    assert "default-src 'none'" in reply.headers["content-security-policy"]
    assert "server" not in reply.headers


def test_health(house: House) -> None:
    reply = send(house.url, "/salud", {}, method="GET")
    assert reply.status == 200
    answer = json.loads(reply.body)
    assert answer["estado"] == "ok"
    assert (answer["sin_respuesta"], answer["fuera_de_plazo"]) == (0, 0)


def test_metrics_count_what_was_answered(house: House, company: Access) -> None:
    def refused() -> float:
        text = send(house.url, "/metrics", {}, method="GET").body.decode()
        found = re.search(
            r'^emitir_requests_total\{codigo_error="COMANDO_DESCONOCIDO",command="",http="400",'
            r'route="command"\} (\S+)$',
            text,
            re.MULTILINE,
        )
        return float(found.group(1)) if found else 0.0

    before = refused()
    for _ in range(3):
        company.generation_3("nada-que-exista", b"{}")
    assert refused() == before + 3
    text = send(house.url, "/metrics", {}, method="GET").body.decode()
    assert 'emitir_request_seconds_bucket{command="",le="0.005",route="command"}' in text
    assert company.uuid not in text
    assert "nada-que-exista" not in text


@pytest.mark.parametrize(
    "target", ["/favicon.ico", "/nada", "/v1/nada/otra", "/descarga/abc", "/descarga/x/pdf"]
)
def test_pages_that_do_not_exist(house: House, target: str) -> None:
    reply = send(house.url, target, {}, method="GET")
    assert (reply.status, reply.media_type) == (404, "text/html")
    assert "No encontrado" in reply.body.decode()


@pytest.mark.parametrize(
    "target",
    [
        f"/descarga/{'0' * 40}/pdf",
        f"/descarga/{'0' * 40}/xml",
        f"/descarga/{'0' * 40}/exe",
        f"/descarga/{'0' * 40}/pdf?formato=a3",
        f"/descarga/{'0' * 39}/pdf",
        f"/descarga/{'G' * 40}/pdf",
        "/descarga/%2e%2e%2f%2e%2e/pdf",
        f"/descarga/{'0' * 40}'--/pdf",
    ],
)
def test_unknown_download(house: House, target: str) -> None:
    reply = send(house.url, target, {}, method="GET")
    assert reply.status == 404
    assert "text/html" in reply.headers["content-type"]


def test_documentation_is_one_page_that_fetches_nothing(house: House) -> None:
    reply = send(house.url, "/docs", {}, method="GET")
    page = reply.body.decode()
    assert reply.status == 200
    for part in (
        "items-1-precio_unitario",
        "X-Formato",
        "ESCUDO DE VIBRANIUM",
        "COMANDO_DESCONOCIDO",
        "hola",
        "emitir",
    ):
        assert part in page
    assert "tipo: f\nserie: F001" in page
    assert not re.search(r"(src|href)=\"?(https?:)?//", page), "something is fetched from elsewhere"
    english = send(house.url, "/docs", {"Accept-Language": "en"}, method="GET").body.decode()
    assert 'lang="en"' in english


def test_openapi_document(house: House) -> None:
    document: dict[str, Any] = json.loads(send(house.url, "/openapi.json", {}, method="GET").body)
    assert document["openapi"].startswith("3.1")
    assert set(document["paths"]) >= {
        "/v1/{uuid}/hola",
        "/{uuid}/hola",
        "/v1/{uuid}/emitir",
        "/{uuid}/emitir",
    }
    operation = document["paths"]["/v1/{uuid}/emitir"]["post"]
    content = operation["requestBody"]["content"]
    assert set(content) == {"application/json", "text/plain"}
    sale, withheld, *guias, paraguay = content["application/json"]["schema"]["anyOf"]
    assert [one["title"] for one in (sale, withheld, paraguay)] == [
        "Perú, factura, boleta o nota",
        "Perú, comprobante de retención o percepción",
        "Paraguay",
    ]
    assert {"motivo_traslado", "partida", "enviar_a"} <= set(guias[0]["properties"])
    # What every document requires: the number may be left to the service, a nota of motive 13 has no items.
    assert sale["required"] == ["tipo", "serie", "fecha"]
    assert withheld["required"] == ["tipo", "serie", "fecha", "numero_doc", "razon_social"]
    assert sale["properties"]["items"]["items"]["properties"]["cantidad"]["description"]
    examples = content["application/json"]["examples"]
    assert examples["Perú"]["value"]["total_gravado"] == 76.28
    assert examples["Paraguay"]["value"]["numero_doc"] == "80012345-0"
    assert "numero_doc: 20123456786" in content["text/plain"]["examples"]["Perú"]["value"]
    assert "numero_doc: 80012345-0" in content["text/plain"]["examples"]["Paraguay"]["value"]
    assert set(operation["responses"]) == {"200", "400", "403", "406", "500", "503"}
    assert set(document["components"]["securitySchemes"]) == {"bearer", "token"}
    assert "$defs" not in json.dumps(document)
