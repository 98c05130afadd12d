"""``emitir`` from the bytes of each generation of clients to the authority and back, files included."""

from __future__ import annotations

import base64
import io
import re
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
import requests
from lxml import etree
from pypdf import PdfReader

from emitir.client import EmitirClient
from emitir.peru.examples import boleta
from emitir.wire import write
from tests.service.conftest import House
from tests.service.http import Access, Reply, send

Properties = Callable[..., dict[str, Any]]


@pytest.fixture
def sandbox(house: House) -> Iterator[Callable[..., None]]:
    """Make the sandbox misbehave, or fill its lists; as good as new afterwards."""

    def post(path: str, **body: Any) -> None:
        requests.post(f"{house.sandbox}/_sandbox/{path}", json=body, timeout=10).raise_for_status()

    yield post
    requests.delete(f"{house.sandbox}/_sandbox/faults", timeout=10).raise_for_status()
    post("lists", ruc_inexistente=[], ruc_inactivo=[], ruc_no_habido=[])


def sendings(house: House, codigo_documento: str) -> int:
    answer = requests.get(f"{house.sandbox}/_sandbox/documents/{codigo_documento}", timeout=10)
    return int(answer.json().get("sendings", 0)) if answer.status_code == 200 else 0


def check_accepted(reply: Reply, codigo_documento: str) -> dict[str, Any]:
    answer = reply.properties
    assert reply.status == 200, reply.body
    assert (answer["estado"], answer["estado_comprobante"]) == ("ok", "aceptado")
    assert answer["codigo_documento"] == codigo_documento
    assert re.fullmatch("[0-9a-f]{40}", answer["codigo_descarga"])
    assert len(base64.b64decode(answer["valor_resumen"], validate=True)) == 32
    assert answer["sunat_respuesta"] == "0"
    assert "aceptad" in answer["sunat_descripcion"]
    return answer


def code(properties: dict[str, Any]) -> str:
    tipo = {"f": "01", "b": "03"}[properties["tipo"]]
    return f"20512345671-{tipo}-{properties['serie']}-{properties['numero']}"


def test_every_generation_and_format(house: House, company: Access, properties: Properties) -> None:
    def calls(sent: dict[str, Any]) -> Iterator[Callable[[], Reply]]:
        as_json, as_texto = write(sent, "json"), write(sent, "texto")
        yield lambda: company.generation_1("emitir", as_json)
        yield lambda: company.generation_1("emitir", as_texto, "texto")
        yield lambda: company.generation_2("emitir", as_json)
        yield lambda: company.generation_2("emitir", as_texto, "text/plain")
        yield lambda: company.generation_3("emitir", as_json)
        yield lambda: company.generation_3("emitir", as_texto, "text/plain; charset=utf-8")

    for number in range(6):
        sent = exact(properties(razon_social="ÑANDÚ & <CÍA> S.A.C."))
        replies = [call() for call in calls(sent)]
        # each number begins with another of the calls; the others get the same answer and send nothing
        first = replies[number]
        check_accepted(first, code(sent))
        assert len({reply.properties["valor_resumen"] for reply in replies}) == 1
        assert len({reply.properties["codigo_descarga"] for reply in replies}) == 1
        assert sendings(house, code(sent)) == 1


def exact(properties: dict[str, Any]) -> dict[str, Any]:
    """JSON's floats as the Decimals that they were written as."""

    def value(member: Any) -> Any:
        if isinstance(member, float):
            return Decimal(repr(member))
        if isinstance(member, dict):
            return {key: value(inner) for key, inner in member.items()}
        return [value(inner) for inner in member] if isinstance(member, list) else member

    return {key: value(member) for key, member in properties.items()}


def test_the_answer_in_texto(company: Access, properties: Properties) -> None:
    reply = company.generation_1("emitir", write(exact(properties()), "texto"), "texto")
    names = [line.partition(":")[0] for line in reply.body.decode().splitlines()]
    assert names == [
        "estado", "codigo_documento", "serie", "numero", "valor_resumen", "codigo_descarga", "estado_comprobante",
        "sunat_respuesta", "sunat_descripcion",
    ]  # fmt: skip
    assert reply.body.startswith(b"estado: ok\ncodigo_documento: 20512345671-01-F001-")


def test_items_as_an_object_and_numbers_as_they_come(company: Access, properties: Properties) -> None:
    sent = properties(numero_doc=20123456786, total_gravado=None, total_igv=None)
    sent["items"] = {
        "2": {"cantidad": "0.5", "descripcion": "CAFÉ", "precio_unitario": "10.000"},
        "1": {
            "cantidad": 2,
            "descripcion": "PAN",
            "valor_unitario": 1.0000000001,
            "igv": None,
            "codigo": "7",
        },
    }
    answer = check_accepted(company.emitir(sent), code(sent))
    xml = send(company.url, f"/descarga/{answer['codigo_descarga']}/xml", {}, method="GET").body.decode()
    assert xml.index("PAN") < xml.index("CAFÉ")
    assert "1.0000000001" in xml


def test_a_boleta_and_its_files(company: Access) -> None:
    sent = boleta(datetime.now(UTC)) | {"numero": 77}
    answer = check_accepted(company.generation_3("emitir", write(sent, "json")), code(sent))

    def get(kind: str, method: str = "GET") -> Reply:
        return send(company.url, f"/descarga/{answer['codigo_descarga']}/{kind}", {}, method=method)

    xml, cdr, pdf = get("xml"), get("cdr"), get("pdf")
    for reply, media_type, name in (
        (xml, "application/xml", f"{code(sent)}.xml"),
        (cdr, "application/xml", f"R-{code(sent)}.xml"),
        (pdf, "application/pdf", f"{code(sent)}.pdf"),
    ):
        assert (reply.status, reply.media_type) == (200, media_type)
        assert f'filename="{name}"' in reply.headers["content-disposition"]
        assert reply.headers["x-content-type-options"] == "nosniff"
        assert reply.headers["referrer-policy"] == "no-referrer"
    assert etree.QName(etree.fromstring(xml.body)).localname == "Invoice"
    assert etree.QName(etree.fromstring(cdr.body)).localname == "ApplicationResponse"
    assert answer["valor_resumen"].encode() in xml.body
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf.body)).pages)
    assert "MARÍA ÑAHUI QUISPE" in text
    assert answer["valor_resumen"] in text.replace("\n", "")
    head = get("pdf", "HEAD")
    assert (head.status, head.body, head.headers["content-length"]) == (200, b"", str(len(pdf.body)))
    assert get("pdf?formato=a4").status == 200
    assert get("pdf?formato=a3").status == 404
    assert get("txt").status == 404


def test_the_same_content_twice_at_once(house: House, company: Access, properties: Properties) -> None:
    sent = properties()
    replies: list[Reply] = []
    callers = [threading.Thread(target=lambda: replies.append(company.emitir(sent))) for _ in range(6)]
    for caller in callers:
        caller.start()
    for caller in callers:
        caller.join()
    assert len({check_accepted(reply, code(sent))["codigo_descarga"] for reply in replies}) == 1
    assert sendings(house, code(sent)) == 1


def test_other_content_under_a_used_number(house: House, company: Access, properties: Properties) -> None:
    sent = properties()
    check_accepted(company.emitir(sent), code(sent))
    reply = company.emitir(sent | {"razon_social": "OTRA S.A.C."})
    assert (reply.status, reply.paths) == (400, [("NUMERO_USADO", "numero")])
    assert code(sent) in reply.properties["descripcion_error"]
    assert sendings(house, code(sent)) == 1


def test_two_companies_do_not_meet(house: House, properties: Properties) -> None:
    """The same serie and number is another document for another company."""
    sent = properties()
    mine = check_accepted(house.company.emitir(sent), code(sent))
    other = check_accepted(house.other.emitir(sent), code(sent).replace("20512345671", "20600000005"))
    assert mine["codigo_descarga"] != other["codigo_descarga"]


def test_a_rejection_is_an_error_with_the_words_of_the_authority(
    company: Access, properties: Properties, sandbox: Callable[..., None]
) -> None:
    sandbox("faults", operation="sendBill", fault="fault", code="2335")
    sent = properties()
    for reply in (company.emitir(sent), company.generation_1("emitir", write(exact(sent), "texto"), "texto")):
        answer = reply.properties
        assert (reply.status, answer["estado"], answer["codigo_error"]) == (400, "error", "AUTORIDAD_RECHAZA")
        assert answer["estado_comprobante"] == "rechazado"
        assert answer["codigo_documento"] == code(sent)
        assert answer["sunat_respuesta"] == "2335"
        assert answer["sunat_descripcion"]
        assert "2335" in answer["descripcion_error"]
        assert answer["errores"][0]["codigo_autoridad"] == "2335"


def test_not_received_leaves_the_number_free(
    company: Access, properties: Properties, sandbox: Callable[..., None]
) -> None:
    sandbox("faults", operation="sendBill", fault="fault", code="0154")
    sent = properties()
    reply = company.emitir(sent)
    assert (reply.status, reply.properties["codigo_error"]) == (400, "AUTORIDAD_NO_RECIBE")
    assert reply.properties["estado_comprobante"] == "no_recibido"
    check_accepted(company.emitir(sent | {"razon_social": "CORREGIDA S.A.C."}), code(sent))


def test_a_lost_answer_is_asked_for_and_not_sent_again(
    house: House, company: Access, properties: Properties, sandbox: Callable[..., None]
) -> None:
    sandbox("faults", operation="sendBill", fault="drop_after_commit")
    sent = properties()
    reply = company.emitir(sent)
    if reply.properties["estado_comprobante"] != "aceptado":  # a slow machine: the same call again
        reply = company.emitir(sent)
    check_accepted(reply, code(sent))
    assert sendings(house, code(sent)) == 1


@pytest.mark.slow
def test_a_silent_authority_leaves_it_pending(
    company: Access, properties: Properties, sandbox: Callable[..., None]
) -> None:
    sandbox("faults", operation="*", fault="http_503", times=0)
    sent = properties()
    reply = company.emitir(sent)
    answer = reply.properties
    assert (reply.status, answer["estado"]) == (200, "ok")
    assert answer["estado_comprobante"] in ("enviando", "por_enviar")
    assert "sunat_respuesta" not in answer
    assert "sunat_descripcion" not in answer
    cdr = send(company.url, f"/descarga/{answer['codigo_descarga']}/cdr", {}, method="GET")
    assert cdr.status == 404
    assert "todavía no está listo" in cdr.body.decode()
    xml = send(company.url, f"/descarga/{answer['codigo_descarga']}/xml", {}, method="GET")
    assert xml.status == 200
    hola = company.generation_3("hola", b"[]")
    assert (hola.status, hola.properties["codigo_error"]) == (503, "AUTORIDAD_NO_RESPONDE")
    assert hola.properties["conexion"] is False


def test_an_observation_comes_under_both_names(
    company: Access, properties: Properties, sandbox: Callable[..., None]
) -> None:
    sandbox("lists", ruc_no_habido=["20123456786"])
    sent = properties()
    reply = company.emitir(sent)
    answer = reply.properties
    assert (reply.status, answer["estado"], answer["estado_comprobante"]) == (200, "ok", "observado")
    assert answer["sunat_respuesta"] == "0"
    assert re.match("4[0-9]{3} ", answer["sunat_observaciones"][0])
    assert answer["sunat_observacion"] == answer["sunat_observaciones"]
    texto = company.generation_1("emitir", write(exact(sent), "texto"), "texto").body.decode()
    assert f"\nsunat_observacion-1: {answer['sunat_observaciones'][0]}\n" in texto
    with EmitirClient(company.url, company.uuid, company.token) as client:
        assert client.emitir(sent).observaciones == tuple(answer["sunat_observaciones"])


def test_the_client_issues_and_downloads(company: Access, properties: Properties) -> None:
    with EmitirClient(company.url, company.uuid, company.token, formato="texto") as client:
        sent = properties()
        emitido = client.emitir(sent)
        assert (emitido.estado_comprobante, emitido.sunat_respuesta) == ("aceptado", "0")
        assert not emitido.pendiente
        assert emitido.codigo_documento == code(sent)
        archivo = client.descargar(emitido.codigo_descarga, "cdr")
        assert (archivo.nombre, archivo.tipo_medio) == (f"R-{code(sent)}.xml", "application/xml")
        assert emitido.codigo_descarga not in repr(archivo)


def test_download_codes_stand_in_no_log(house: House, company: Access, properties: Properties) -> None:
    sent = properties()
    answer = check_accepted(company.emitir(sent), code(sent))
    send(company.url, f"/descarga/{answer['codigo_descarga']}/xml", {}, method="GET")
    assert answer["codigo_descarga"] not in house.log
    assert company.token not in house.log
    assert "ESCUDO DE VIBRANIUM" not in house.log
