"""Looking at a PDF as a reader does: its words, and its page as pixels."""

from __future__ import annotations

import io
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdf
import zxingcpp
from PIL import Image

#: Blanks of the printed text: they keep figures aligned and words breakable, and say nothing.
_BLANKS = dict.fromkeys(map(ord, " \t\n\r\u00a0\u2007\u2008\u200b"))
DPI = 200


def squash(text: str) -> str:
    """``text`` without blanks: how lines were broken does not matter."""
    return text.translate(_BLANKS)


def pages(pdf: bytes) -> list[str]:
    """The text of every page."""
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]


def words(pdf: bytes) -> str:
    """The text of the whole document, squashed."""
    return squash("".join(pages(pdf)))


def strings(value: Any) -> list[str]:
    """Every text inside lists and objects."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        value = value.values()
    return [text for part in value for text in strings(part)] if not isinstance(value, int | float) else []


def picture(pdf: bytes, folder: Path, page: int = 1) -> Image.Image:
    """One page as poppler draws it, at :data:`DPI`."""
    source = folder / "page.pdf"
    source.write_bytes(pdf)
    command = ["pdftoppm", "-r", str(DPI), "-f", str(page), "-l", str(page), str(source)]
    drawn = subprocess.run(command, capture_output=True, check=True, timeout=60).stdout
    return Image.open(io.BytesIO(drawn))


@dataclass(frozen=True)
class Symbol:
    """A QR found on a page. Measures in millimetres, from the top left corner of the page."""

    text: str
    level: str
    left: float
    top: float
    side: float


def find_qr(page: Image.Image) -> Symbol:
    """The one QR of a page."""
    found = zxingcpp.read_barcodes(page, formats=zxingcpp.barcode_formats_from_str("QRCode"))
    assert len(found) == 1, f"{len(found)} symbols on the page"
    corner, right = found[0].position.top_left, found[0].position.top_right
    scale = 25.4 / DPI
    return Symbol(
        found[0].text, found[0].ec_level, corner.x * scale, corner.y * scale, (right.x - corner.x) * scale
    )
