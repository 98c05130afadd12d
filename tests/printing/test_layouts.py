"""Every layout of every kind of document: what it says, its paper, its QR as it is drawn."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pypdf
import pytest

from emitir.peru.country import COUNTRY
from emitir.peru.printed import LAYOUTS, render

from ..peru.conftest import NOW
from .paper import find_qr, picture, squash, words

PERU = Path(__file__).resolve().parents[1] / "peru"
#: Width of the paper of each layout, in millimetres.
WIDTHS = {"a4": 210, "a5": 148, "80mm": 80, "58mm": 58}
HASH = "WA2D82j9244jX2qUirGHuymVlocTUtyCiNajfLSx92E="
CASES = (
    *("factura-mezcla", "factura-detraccion-credito", "factura-credito-tres-cuotas", "factura-anticipos"),
    *("boleta-tren", "boleta-percepcion", "nota-credito-varios", "nota-debito-cargo", "retencion-varios"),
    *("percepcion-especial", "factura-itinerante", "factura-exportacion-servicios"),
)


def stored(name: str) -> dict[str, Any]:
    company = json.loads((PERU / "company.json").read_text(encoding="utf-8"))
    del company["pais"]
    case = json.loads((PERU / "cases" / f"{name}.json").read_text(encoding="utf-8"))
    return COUNTRY.prepare(case["propiedades"], company, NOW).printable() | {"valor_resumen": HASH}


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("name", CASES)
def test_what_it_says(name: str, layout: str) -> None:
    data = stored(name)
    said = words(render(data, layout))
    pairs = [
        *data["receptor"],
        *data["datos"],
        *data.get("pago", []),
        *data.get("totales", []),
        data["total"],
    ]
    for label, value in pairs:
        assert squash(label) in said, label
        assert squash(value) in said, value
    for row in data["detalle"]:
        for part in (row[1] if data["tipo"] in {"20", "40"} else row[4]).split("\n"):
            assert squash(part) in said
    for text in (*data.get("leyendas", []), data["letras"], data["numero"], data["denominacion"], HASH):
        assert squash(text) in said
    for cuota in data.get("cuotas", []):
        assert squash(cuota[2]) in said


@pytest.mark.parametrize("layout", LAYOUTS)
def test_paper_and_qr(layout: str, tmp_path: Path) -> None:
    data = stored("factura-mezcla")
    pdf = render(data, layout)
    box = pypdf.PdfReader(io.BytesIO(pdf)).pages[0].mediabox
    assert round(float(box.width) * 25.4 / 72) == WIDTHS[layout]
    symbol = find_qr(picture(pdf, tmp_path))
    assert symbol.text == f"{data['qr']}{HASH}|"


@pytest.mark.parametrize("layout", ["a5", "80mm", "58mm"])
def test_hundreds_of_lines(layout: str) -> None:
    data = stored("factura-mezcla")
    line = data["detalle"][1]
    data["detalle"] = [
        [str(number), *line[1:4], f"PRODUCTO {number}X", *line[5:]] for number in range(1, 601)
    ]
    pdf = render(data, layout)
    said = words(pdf)
    assert all(f"PRODUCTO{number}X" in said for number in (1, 300, 600))
    for page in pypdf.PdfReader(io.BytesIO(pdf)).pages:
        assert float(page.mediabox.height) <= 14_400
