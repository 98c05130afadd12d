"""QR codes (ISO/IEC 18004, QR 2005) as vectors: one SVG path, sharp at any size and cheap to print."""

from __future__ import annotations

from functools import lru_cache
from math import isqrt
from typing import Any


@lru_cache(maxsize=64)
def qr_svg(text: str, level: str = "Q") -> bytes:
    """``text`` in UTF-8 as an SVG of black modules, one user unit each, without the quiet zone.

    ``level``: error correction, ``L``, ``M``, ``Q`` or ``H``. The quiet zone is for the page to leave.
    Raises ValueError when the text does not fit in a QR (over some 1,600 bytes at level Q).
    """
    import zxingcpp

    code = zxingcpp.create_barcode(text.encode(), zxingcpp.BarcodeFormat.QRCode, ec_level=level)
    # One byte a module, 0 dark and 255 light, row after row.
    image: Any = code.to_image(scale=1, add_quiet_zones=False)
    modules = bytes(memoryview(image))
    side = isqrt(len(modules))
    dark = modules.replace(b"\xff", b" ")
    path = []
    for y in range(side):
        # Runs of dark modules in one row, drawn as one rectangle each.
        x = 0
        row = dark[y * side : (y + 1) * side]
        for run in row.split(b" "):
            if run:
                path.append(f"M{x} {y}h{len(run)}v1h-{len(run)}z")
            x += len(run) + 1
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" width="{side}" height="{side}">'
        f'<path d="{"".join(path)}" shape-rendering="crispEdges"/></svg>'
    ).encode()
