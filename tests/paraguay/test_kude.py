"""The KuDE, looked at as a reader does: every text is on the paper, and the QR is the one of the XML."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from emitir.errors import EmitirError
from emitir.paraguay.prepare import prepare
from emitir.paraguay.printed import LAYOUTS, REPRESENTACION, SIN_VALOR, render
from emitir.signing.keys import LocalSigner
from tests.printing.paper import find_qr, pages, picture, squash, words

from .conftest import NOW, SECRETS
from .oracles import NS, parse
from .test_golden import CASES, prepared

NAMES = [path.stem for path in CASES]
#: One of each document, and the ones that print something of their own.
LOOKED_AT = [
    "autofactura",
    "factura-credito-cuotas",
    "factura-exportacion",
    "factura-dolares-global",
    "factura-exterior",
    "factura-innominado",
    "factura-parcial-30-al-5",
    "nota-credito-impreso",
    "nota-debito",
    "remision-varias-entregas",
]


def made(name: str, company: dict[str, Any], signer: LocalSigner) -> tuple[dict[str, Any], bytes]:
    """What is stored of a golden case for its KuDE, and its XML."""
    path = next(path for path in CASES if path.stem == name)
    document = prepared(json.loads(path.read_text(encoding="utf-8")), company)
    xml = document.sign_with(signer, SECRETS).xml
    stored: dict[str, Any] = json.loads(json.dumps(document.printable(), ensure_ascii=False))
    return stored, xml


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("name", LOOKED_AT)
def test_qr_on_the_page_is_the_one_of_the_xml(
    name: str, layout: str, company: dict[str, Any], signer: LocalSigner, tmp_path: Path
) -> None:
    stored, xml = made(name, company, signer)
    pdf = render(stored, layout)
    found = find_qr(picture(pdf, tmp_path, len(pages(pdf))))
    assert found.text == parse(xml).findtext("s:gCamFuFD/s:dCarQR", namespaces=NS)
    assert found.side >= 25


@pytest.mark.parametrize("name", NAMES)
def test_every_text_is_on_the_paper(name: str, company: dict[str, Any], signer: LocalSigner) -> None:
    stored, _ = made(name, company, signer)
    paper = words(render(stored, "a4"))
    said = [
        stored["numero"],
        stored["emisor"]["nombre"],
        stored["emisor"]["ruc"],
        *stored["timbrado"],
        stored["consulta"],
        stored["cdc"],
        REPRESENTACION,
        stored.get("letras", ""),
    ]
    for group in (
        "receptor",
        "datos",
        "referencias",
        "traslado",
        "totales",
        "iva",
        "pago",
        "notas",
        "cuotas",
        "detalle",
    ):
        said += [text for row in stored.get(group, []) for text in row]
    said += stored.get("total", [])
    # Characters without a glyph are drawn as boxes: emoji and Chinese are not what Paraguay prints.
    missing = [text for text in said if text.isascii() and squash(text) not in paper]
    assert missing == []


@pytest.mark.parametrize("layout", ["80mm", "58mm"])
@pytest.mark.parametrize("name", LOOKED_AT)
def test_every_text_is_on_the_tape(
    name: str, layout: str, company: dict[str, Any], signer: LocalSigner
) -> None:
    stored, _ = made(name, company, signer)
    paper = words(render(stored, layout))
    said = [stored["numero"], stored["cdc"], stored["consulta"], REPRESENTACION, *stored["timbrado"]]
    for group in (
        "receptor",
        "datos",
        "referencias",
        "traslado",
        "totales",
        "iva",
        "pago",
        "notas",
        "cuotas",
    ):
        said += [text for row in stored.get(group, []) for text in row]
    said += [text for row in stored["renglones"] for text in row] + stored.get("firmas", [])
    assert [text for text in said if text.isascii() and squash(text) not in paper] == []


def test_guaranies_have_no_decimals_and_other_currencies_two(
    company: dict[str, Any], signer: LocalSigner
) -> None:
    guaranies, _ = made("factura-parcial-50", company, signer)
    dollars, _ = made("factura-dolares-global", company, signer)
    assert guaranies["total"][1] == "Gs. 1.100.000"
    assert guaranies["letras"] == "Son: UN MILLÓN CIEN MIL GUARANÍES"
    assert dollars["total"][1] == "US$ 1.619,98"
    assert ["Total en guaraníes", "Gs. 11.745.055"] in dollars["totales"]


def test_a_partial_line_is_split(company: dict[str, Any], signer: LocalSigner) -> None:
    stored, _ = made("factura-parcial-30-al-5", company, signer)
    assert stored["detalle"][0][7:] == ["689.655", "310.345", "", ""]
    assert stored["detalle"][1][7:] == ["", "", "24.998", ""]


def test_pages_are_numbered_and_titled(company: dict[str, Any], signer: LocalSigner) -> None:
    stored, _ = made("factura-cien-items", company, signer)
    sheets = pages(render(stored, "a4"))
    assert len(sheets) > 1
    for number, sheet in enumerate(sheets, 1):
        assert f"Página {number} de {len(sheets)}" in sheet
        assert squash(stored["numero"]) in squash(sheet)
    assert "Total a pagar" in sheets[-1]


def test_the_qr_is_on_the_first_page(company: dict[str, Any], signer: LocalSigner, tmp_path: Path) -> None:
    stored, xml = made("factura-cien-items", company, signer)
    found = find_qr(picture(render(stored, "a4"), tmp_path, 1))
    assert found.text == parse(xml).findtext("s:gCamFuFD/s:dCarQR", namespaces=NS)
    assert found.side >= 25


def test_a_summary_has_quantity_and_total_but_no_lines(company: dict[str, Any], signer: LocalSigner) -> None:
    stored, _ = made("factura-mixta-todas-las-afectaciones", company, signer)
    paper = words(render(stored, "resumen"))
    for text in ("Cantidad de ítems6", "Total a pagarGs. 1.291.000", *stored["timbrado"], stored["cdc"]):
        assert squash(text) in paper
    assert squash(stored["detalle"][0][1]) not in paper


def test_a_tape_tells_every_line(company: dict[str, Any], signer: LocalSigner) -> None:
    stored, _ = made("factura-descuentos-y-anticipos", company, signer)
    assert render(stored, "ticket") == render(stored, "80mm")
    for layout in ("80mm", "58mm"):
        paper = words(render(stored, layout))
        assert [text for row in stored["renglones"] for text in row if squash(text) not in paper] == []
    assert stored["renglones"][0][1:] == [
        "3 UNI × 1.000.000",
        "IVA 10 % · descuento 450.000 · anticipo 450.000",
        "2.100.000",
    ]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_logo_of_the_company(layout: str, company: dict[str, Any], signer: LocalSigner) -> None:
    stored, _ = made("factura-produccion", company, signer)
    picture_of = io.BytesIO()
    Image.new("RGB", (300, 90), (20, 80, 40)).save(picture_of, "png")
    with_logo = render(stored, layout, picture_of.getvalue())
    assert with_logo != render(stored, layout)
    assert len(pages(with_logo)) == 1


def test_the_mark_of_tests(company: dict[str, Any], signer: LocalSigner) -> None:
    stored, _ = made("factura-innominado", company, signer)
    assert squash(SIN_VALOR) in words(render(stored, "a4"))
    real, _ = made("factura-produccion", company, signer)
    assert squash(SIN_VALOR) not in words(render(real, "a4"))
    assert "consultas-test" not in words(render(real, "a4"))


def test_same_data_same_bytes(company: dict[str, Any], signer: LocalSigner) -> None:
    stored, _ = made("factura-innominado", company, signer)
    assert render(stored, "a4") == render(stored, "a4")


def test_refused(company: dict[str, Any], factura: dict[str, Any], signer: LocalSigner) -> None:
    stored, _ = made("factura-innominado", company, signer)
    with pytest.raises(EmitirError, match="no existe"):
        render(stored, "a5")
    with pytest.raises(ValueError, match="version"):
        render(stored | {"v": 9}, "a4")
    with pytest.raises(ValueError, match="sign it first"):
        prepare(factura, company, NOW).printable()
