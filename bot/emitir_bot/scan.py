"""QR codes in photos and PDFs, decoded on this machine.

``python -m emitir_bot.scan`` reads a file from its input and writes the texts as JSON; see :mod:`emitir_bot.scanning`.
"""

from __future__ import annotations

import io
import json
import resource
import sys

import pypdfium2
import zxingcpp
from PIL import Image, UnidentifiedImageError

#: Pixels of a picture and pages of a PDF that are looked at: strangers send what they like.
MAX_PIXELS, MAX_PAGES = 40_000_000, 5
#: Scales at which a page is looked at: a small QR needs more points.
_SCALES = (2.0, 4.0)

#: Bytes of memory and seconds of a processor that a file may cost, and the exit status for one that cannot be opened.
_MEMORY, _CPU_SECONDS, UNREADABLE = 2 * 1024**3, 20, 3


class UnreadableError(Exception):
    """Neither a picture nor a PDF that can be opened."""


def qr_texts(content: bytes) -> list[str]:
    """The texts of the QR codes in a picture or a PDF. Raises UnreadableError."""
    return _of_pdf(content) if content[:1024].lstrip().startswith(b"%PDF") else _of_picture(content)


def _of_picture(content: bytes) -> list[str]:
    try:
        with Image.open(io.BytesIO(content)) as image:
            if image.width * image.height > MAX_PIXELS:
                raise UnreadableError
            return _decoded(image.convert("L"))
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError) as error:
        raise UnreadableError from error


def _of_pdf(content: bytes) -> list[str]:
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        raise UnreadableError from error
    try:
        for number in range(min(len(document), MAX_PAGES)):
            page = document[number]
            for scale in _SCALES:
                if page.get_width() * page.get_height() * scale**2 > MAX_PIXELS:
                    continue
                found = _decoded(page.render(scale=scale, grayscale=True).to_pil())
                if found:
                    return found
        return []
    finally:
        document.close()


def _decoded(image: Image.Image) -> list[str]:
    found = zxingcpp.read_barcodes(image, formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode))
    return [barcode.text for barcode in found if barcode.text]


def main() -> None:
    """The process that opens one file."""
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (_CPU_SECONDS, _CPU_SECONDS))
    try:
        found = qr_texts(sys.stdin.buffer.read())
    except (UnreadableError, MemoryError):
        sys.exit(UNREADABLE)
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main()
