"""The QR of the page, read back from its pixels (spec.md §14: level Q, at most 6 x 6 cm, black, at the foot)."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image

from emitir.peru.printed import render
from emitir.printing import qr_svg, typeset
from emitir.printing.qr import qr_png, qr_terminal
from emitir.printing.typeset import Template

from .conftest import DIGEST, NOW, Make, line
from .paper import DPI, find_qr, picture

DRAW = Template(b'#set page(width: 60mm, height: 60mm, margin: 5mm)\n#image("qr.svg", width: 50mm)', {})


def darkest(page: Image.Image, left: float, top: float, right: float, bottom: float) -> int:
    """The darkest pixel of a rectangle in millimetres."""
    scale = DPI / 25.4
    box = (round(left * scale), round(top * scale), round(right * scale), round(bottom * scale))
    return min(page.convert("L").crop(box).tobytes())


def test_the_qr_says_what_the_document_says(make: Make, tmp_path: Path) -> None:
    page = picture(render(make(), "a4"), tmp_path)
    symbol = find_qr(page)
    assert symbol.text == f"20123456786|01|F001|21|6.25|41.00|2026-11-21|6|20123456786|{DIGEST}|"
    assert symbol.level == "Q"
    # 49 modules of 0.6 mm.
    assert symbol.side <= 60
    assert symbol.side / 57 >= 0.19
    assert symbol.top > 230, "at the foot of the page"
    # A quiet zone of a millimetre at least, whichever side.
    left, top, side = symbol.left, symbol.top, symbol.side
    for around in (
        (left - 1.5, top - 1.5, left - 0.3, top + side + 1.5),
        (left + side + 0.3, top - 1.5, left + side + 1.5, top + side + 1.5),
        (left - 1.5, top - 1.5, left + side + 1.5, top - 0.3),
        (left - 1.5, top + side + 0.3, left + side + 1.5, top + side + 1.5),
    ):
        assert darkest(page, *around) > 250
    assert darkest(page, left, top, left + 2, top + 2) == 0, "black"


def test_the_qr_comes_once_on_the_last_page(make: Make, tmp_path: Path) -> None:
    pdf = render(make(items=[line(f"línea {number}") for number in range(60)]), "a4")
    assert find_qr(picture(pdf, tmp_path, page=2)).text.startswith("20123456786|01|F001|21|")
    assert zxingcpp.read_barcodes(picture(pdf, tmp_path, page=1)) == []


def test_a_customer_without_document(make: Make, tmp_path: Path) -> None:
    nobody = dict.fromkeys(["tipo_doc", "numero_doc", "razon_social", "direccion"])
    pdf = render(make(tipo="b", serie="B001", **nobody), "a4")
    assert find_qr(picture(pdf, tmp_path)).text.endswith(f"|2026-11-21|-|-|{DIGEST}|")


@pytest.mark.parametrize("text", ["A", "20123456786|01|F001|21|", "peña|Ñandú|日本", "x" * 800])
def test_any_text_comes_back(text: str, tmp_path: Path) -> None:
    page = picture(typeset(DRAW, None, NOW, {"qr.svg": qr_svg(text)}), tmp_path)
    found = zxingcpp.read_barcodes(page)
    assert [symbol.bytes.decode() for symbol in found] == [text]
    assert found[0].ec_level == "Q"


def test_a_text_that_no_qr_can_hold() -> None:
    with pytest.raises(ValueError, match=r"\S"):
        qr_svg("x" * 3000)


def test_letters_of_a_terminal_are_the_code() -> None:
    """Drawn as pixels, two a letter, what the terminal shows is read again."""
    text = "https://t.me/emitir_bot?start=ABCDEFGH"
    pairs = {"█": (0, 0), "▀": (0, 255), "▄": (255, 0), " ": (255, 255)}
    lines = [re.sub(r"\x1b\[[0-9;]*m", "", row) for row in qr_terminal(text).split("\n")]
    image = Image.new("L", (len(lines[0]), 2 * len(lines)), 255)
    for y, letters in enumerate(lines):
        for x, letter in enumerate(letters):
            for half in (0, 1):
                image.putpixel((x, 2 * y + half), pairs[letter][half])
    grown = image.resize((image.width * 4, image.height * 4), Image.Resampling.NEAREST)
    assert [one.text for one in zxingcpp.read_barcodes(grown)] == [text]


def test_a_png_is_read_again() -> None:
    image = Image.open(io.BytesIO(qr_png("NANDU-1", "M")))
    assert (image.format, image.mode) == ("PNG", "1")
    assert [one.text for one in zxingcpp.read_barcodes(image.convert("L"))] == ["NANDU-1"]
