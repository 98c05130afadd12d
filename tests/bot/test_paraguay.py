"""A company of Paraguay in the phone: guaraníes, SIFEN's words, the CDC, the cancelación, issuing step by step."""

from __future__ import annotations

import io
import itertools
import json
import subprocess
from datetime import UTC, datetime
from typing import Any

import pytest

from emitir.client import EmitirClient
from emitir.paraguay.cdc import grouped
from emitir.paraguay.examples import factura
from emitir.wire import write
from tests.bot.conftest import EMITIR, ROOT, World
from tests.bot.telegram.people import Person
from tests.bot.test_scan import _photo
from tests.service.conftest import ENVIRONMENT

_references = itertools.count(1)
FOLDER = ROOT / "tests" / "paraguay"


class Company:
    """The company of Paraguay beside those of Peru, on the same service."""

    def __init__(self, world: World) -> None:
        self.world = world
        settings = json.loads((FOLDER / "company.json").read_text("utf-8"))
        settings |= {"pais": "py", "ambiente": "sandbox", "endpoints": {"sifen": world.sandbox}}
        file = world.folder / "py.json"
        file.write_text(json.dumps(settings), "utf-8")
        made = subprocess.run(
            [
                *(EMITIR, "company", "create", str(file), "--p12", str(FOLDER / "empresa.p12")),
                *("--password-env", "CLAVE_PY", "--secret", "csc=CSC"),
                *("--data", str(world.folder / "data"), "--json"),
            ],
            env={**ENVIRONMENT, "CLAVE_PY": "prueba", "CSC": "ABCD0000000000000000000000000000"},
            capture_output=True,
            text=True,
            check=False,
        )
        assert made.returncode == 0, made.stdout + made.stderr
        answer = json.loads(made.stdout)
        self.uuid, self.token = answer["uuid"], answer["token"]

    def client(self) -> EmitirClient:
        return EmitirClient(self.world.service, self.uuid, self.token)

    def linked(self, rol: str = "dueno") -> Person:
        with self.client() as client:
            code = client.comando("vincular", {"rol": rol})["codigo"]
        person = self.world.stranger("Rosa")
        person.says(f"/start {code}")
        person.reads("quedó vinculado con La Prueba & Hijos", "80000000-5")
        return person

    def issue(self, **changes: Any) -> dict[str, Any]:
        properties = json.loads(write(factura(datetime.now(UTC)), "json"))
        del properties["numero"]
        properties |= {"referencia": f"prueba-{next(_references)}"} | changes
        with self.client() as client:
            return client.emitir(properties).respuesta


@pytest.fixture(scope="module")
def company(world: World) -> Company:
    return Company(world)


def test_the_card_in_guaranies_and_in_sifens_words(company: Company) -> None:
    made, rosa = company.issue(), company.linked()
    number = f"001-001-{made['numero']:07d}"
    for asked in (f"/comprobante {number}", f"001-001-{made['numero']}", f"/estado {number}"):
        rosa.says(asked)
        shown = rosa.reads(f"Factura {number}", "aprobado")
    rosa.says(f"/comprobante {number}")
    shown = rosa.reads(f"Factura {number} · aprobado", "COMERCIAL ÑANDUTÍ S.A. · 80012345-0", "Gs. 237.500")
    assert "🗑 Cancelar el documento" in shown.buttons
    rosa.presses("PDF")
    assert rosa.receives(".pdf").content.startswith(b"%PDF")
    rosa.says("/ventas")
    assert "Gs. " in rosa.reads("Ventas de La Prueba", "IVA").text


def test_nothing_rejected_and_nothing_pending(company: Company) -> None:
    rosa = company.linked()
    rosa.says("/rechazados")
    rosa.reads("No hay comprobantes rechazados")
    rosa.says("qué tengo pendiente")
    rosa.reads("No hay comprobantes pendientes")


def test_a_taxpayer_by_its_ruc(company: Company) -> None:
    rosa = company.linked()
    rosa.says("/ruc 80012345-0")
    shown = rosa.reads("CONTRIBUYENTE 80012345-0", "RUC 80012345-0", "ACTIVO", "SIFEN")
    assert shown.buttons == ["🧾 Emitirle un comprobante", "📂 Sus comprobantes"]
    rosa.presses("Emitirle un comprobante")
    rosa.reads("Cliente: CONTRIBUYENTE 80012345-0")
    rosa.says("/ruc 80012345-1")
    rosa.reads("⚠️", "80012345-0")
    rosa.presses("¿Quiso decir 80012345-0")
    rosa.reads("CONTRIBUYENTE 80012345-0")
    rosa.says("/ruc ñandutí")
    rosa.reads("se busca por RUC")
    rosa.says("cuaderno")
    rosa.reads("No entendí «cuaderno»", "15.000")
    rosa.says("/cancelar")
    rosa.reads("Cancelado")
    rosa.says("80012345-0")
    rosa.reads("CONTRIBUYENTE 80012345-0")


def test_a_cdc_is_judged(company: Company) -> None:
    made, rosa = company.issue(), company.linked()
    cdc = made["codigo_documento"]
    rosa.says(grouped(cdc))
    shown = rosa.reads(f"Factura 001-001-{made['numero']:07d}: válido", "80000000-5")
    assert shown.buttons == ["👁 Ver"]
    rosa.presses("👁 Ver")
    rosa.reads("· aprobado")
    rosa.says(cdc[:-1] + str((int(cdc[-1]) + 1) % 10))
    rosa.reads("⚠️", "no es válido")
    rosa.says(f"/comprobante {cdc}")
    rosa.reads(f"001-001-{made['numero']:07d} · aprobado")


def test_a_photo_of_its_kude(company: Company) -> None:
    made, rosa = company.issue(), company.linked()
    with company.client() as client:
        pdf = client.descargar(made["codigo_descarga"], "pdf").contenido
    rosa.sends_document(pdf, "kude.pdf", "application/pdf")
    rosa.reads(f"Factura 001-001-{made['numero']:07d}: válido", "por 237.500")
    rosa.sends_photo(_photo(pdf, 2.0))
    rosa.reads(f"Factura 001-001-{made['numero']:07d}: válido")


def test_a_cancelacion_with_its_deadline(company: Company) -> None:
    made, rosa, seller = company.issue(), company.linked("contador"), company.linked("vendedor")
    number = f"001-001-{made['numero']}"
    seller.says(f"/comprobante {number}")
    assert "🗑 Cancelar el documento" not in seller.reads("aprobado").buttons
    rosa.says(f"/comprobante {number}")
    rosa.reads("aprobado")
    rosa.presses("Cancelar el documento")
    rosa.reads("dentro de las 48 horas desde su aprobación", "Escriba el motivo")
    rosa.says("Error en los datos del cliente")
    rosa.reads("¿Dar de baja", "«Error en los datos del cliente»")
    rosa.presses("Sí, dar de baja")
    rosa.reads("baja")
    rosa.says(f"/estado {number}")
    rosa.reads("cancel")


def test_issuing_step_by_step(company: Company) -> None:
    rosa = company.linked("vendedor")
    rosa.says("/emitir")
    rosa.reads("RUC del cliente con su dígito")
    rosa.says("hola")
    rosa.reads("no es un RUC")
    rosa.says("80.012.345-1")
    rosa.reads("⚠️", "80012345-0")
    rosa.says("80012345-0")
    rosa.reads("Cliente: CONTRIBUYENTE 80012345-0", "precio con IVA")
    rosa.says("2 x cuaderno 15.000\nazúcar 6.200 5%\nlibro 80.000 exento")
    rosa.reads("1. 2 × cuaderno a Gs. 15.000", "azúcar a Gs. 6.200 (5 %)", "libro a Gs. 80.000 (exento)")
    rosa.presses("Ver antes")
    rosa.reads("Factura para CONTRIBUYENTE 80012345-0", "Total: Gs. 116.200", "¿La emito?")
    assert rosa.receives("vista-previa.pdf").content.startswith(b"%PDF")
    rosa.presses("Sí, emitir")
    rosa.reads("Factura 001-001-", "aprobado", "Gs. 116.200", patience=30)


def test_issuing_without_the_customers_data(company: Company) -> None:
    rosa = company.linked()
    rosa.says("/emitir")
    rosa.reads("RUC del cliente")
    rosa.presses("Sin datos")
    rosa.reads("Cliente: sin nombre")
    rosa.says("café 12.000")
    rosa.reads("1. 1 × café a Gs. 12.000")
    rosa.presses("Ver antes")
    rosa.reads("Total: Gs. 12.000")
    rosa.presses("Sí, emitir")
    rosa.reads("Factura 001-001-", "aprobado", patience=30)


def test_the_address_in_the_comprobante_is_proposed(company: Company) -> None:
    made, rosa = company.issue(correo="compras@nanduti.example"), company.linked()
    rosa.says(f"/correo 001-001-{made['numero']}")
    assert rosa.reads("¿A qué correo envío").buttons == ["compras@nanduti.example", "Cancelar"]


def test_a_received_xml(company: Company) -> None:
    made, rosa = company.issue(), company.linked()
    with company.client() as client:
        xml = client.descargar(made["codigo_descarga"], "xml").contenido
    rosa.sends_document(xml, "factura.xml", "application/xml")
    rosa.reads(f"Factura 001-001-{made['numero']:07d}", "80000000-5", "237.500")
    altered = xml.replace(b"<dTotGralOpe>237500", b"<dTotGralOpe>37500")
    assert altered != xml
    rosa.sends_document(altered, "factura.xml", "application/xml")
    told = rosa.reads(f"001-001-{made['numero']:07d}", "•")
    assert "es válido" not in told.text
    rosa.sends_document(b"<html/>", "x.xml", "text/xml")
    rosa.reads("⚠️")


def test_a_qr_that_is_altered(company: Company) -> None:
    import zxingcpp
    from PIL import Image

    made, rosa = company.issue(), company.linked()
    with company.client() as client:
        xml = client.descargar(made["codigo_descarga"], "xml").contenido.decode()
    qr = xml.partition("<dCarQR>")[2].partition("</dCarQR>")[0].replace("&amp;", "&")
    code = zxingcpp.create_barcode(
        qr.replace("dTotGralOpe=237500", "dTotGralOpe=37500"), zxingcpp.BarcodeFormat.QRCode
    )
    out = io.BytesIO()
    Image.fromarray(code.to_image(scale=6)).save(out, "PNG")
    rosa.sends_photo(out.getvalue())
    rosa.reads("no coincide con lo emitido: el total")
