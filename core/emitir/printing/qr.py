"""QR codes (ISO/IEC 18004, QR 2005): vectors for paper and pages, a PNG for what takes no SVG, letters for a terminal."""

from __future__ import annotations

import struct
import zlib
from functools import lru_cache
from math import isqrt
from typing import Any

#: Light modules around a code where nothing else leaves them (ISO/IEC 18004 §9.1).
_QUIET = 4
_DARK, _LIGHT = 0, 255


def modules(text: str, level: str = "Q") -> list[bytes]:
    """The rows of the code, a byte a module: 0 dark, 255 light; without the quiet zone.

    ``level``: error correction, ``L``, ``M``, ``Q`` or ``H``. Raises ValueError when the text does not fit in a QR
    (over some 1,600 bytes at level Q).
    """
    import zxingcpp

    code = zxingcpp.create_barcode(text.encode(), zxingcpp.BarcodeFormat.QRCode, ec_level=level)
    image: Any = code.to_image(scale=1, add_quiet_zones=False)
    whole = bytes(memoryview(image))
    side = isqrt(len(whole))
    return [whole[start : start + side] for start in range(0, len(whole), side)]


@lru_cache(maxsize=64)
def qr_svg(text: str, level: str = "Q") -> bytes:
    """``text`` in UTF-8 as an SVG of black modules, one user unit each, without the quiet zone.

    One path, sharp at any size and cheap to print; the quiet zone is for the page to leave. Raises as
    :func:`modules`.
    """
    rows = modules(text, level)
    path = []
    for y, row in enumerate(rows):
        # Runs of dark modules in one row, drawn as one rectangle each.
        x = 0
        for run in row.replace(b"\xff", b" ").split(b" "):
            if run:
                path.append(f"M{x} {y}h{len(run)}v1h-{len(run)}z")
            x += len(run) + 1
    side = len(rows)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" width="{side}" height="{side}">'
        f'<path d="{"".join(path)}" shape-rendering="crispEdges"/></svg>'
    ).encode()


def qr_png(text: str, level: str = "Q", scale: int = 8) -> bytes:
    """The same as a PNG (ISO/IEC 15948) of one bit a pixel, ``scale`` pixels a module, with its quiet zone."""
    rows = _with_quiet_zone(modules(text, level))
    side = len(rows) * scale
    lines = b""
    for row in rows:
        bits = "".join(("0" if module == _DARK else "1") * scale for module in row)
        line = int(bits.ljust(-(-side // 8) * 8, "1"), 2).to_bytes(-(-side // 8), "big")
        lines += (b"\0" + line) * scale
    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(lines, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, content) for kind, content in parts)


def qr_terminal(text: str, level: str = "M") -> str:
    """The same in letters, two modules a letter, black on white whatever the terminal's colours are."""
    rows = _with_quiet_zone(modules(text, level), 2)
    if len(rows) % 2:
        rows.append(bytes([_LIGHT]) * len(rows[0]))
    letters = {(_DARK, _DARK): "█", (_DARK, _LIGHT): "▀", (_LIGHT, _DARK): "▄", (_LIGHT, _LIGHT): " "}
    lines = (
        "".join(letters[pair] for pair in zip(upper, lower, strict=True))
        for upper, lower in zip(rows[::2], rows[1::2], strict=True)
    )
    return "\n".join(f"\x1b[30;107m{line}\x1b[0m" for line in lines)


def _with_quiet_zone(rows: list[bytes], width: int = _QUIET) -> list[bytes]:
    side = bytes([_LIGHT]) * width
    blank = bytes([_LIGHT]) * (len(rows) + 2 * width)
    return [*[blank] * width, *(side + row + side for row in rows), *[blank] * width]


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
