"""Kind and size of a PNG or JPEG from its first bytes, without decoding it.

PNG: ISO/IEC 15948 §11.2.2 (IHDR). JPEG: ITU-T T.81 §B.2.2 (frame header).
"""

from __future__ import annotations

import struct

_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8\xff"
#: SOF markers: every frame type but DHT (C4), JPG (C8) and DAC (CC).
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
#: Markers that stand alone: TEM, RSTn, SOI.
_BARE = frozenset({0x01, 0xD8, *range(0xD0, 0xD8)})


def raster_kind(data: bytes) -> str:
    """``"png"``, ``"jpeg"`` or ``""``."""
    return "png" if data.startswith(_PNG) else "jpeg" if data.startswith(_JPEG) else ""


def raster_size(data: bytes, kind: str) -> tuple[int, int] | None:
    """Width and height in pixels; None when the file does not say."""
    if kind == "png":
        if data[12:16] != b"IHDR" or len(data) < 24:
            return None
        width, height = struct.unpack(">II", data[16:24])
        return width, height
    return _jpeg_size(data)


def _jpeg_size(data: bytes) -> tuple[int, int] | None:
    at = 2
    while at + 9 <= len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if marker == 0xFF:
            at += 1
        elif marker in _BARE:
            at += 2
        elif marker in _FRAMES:
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return width, height
        else:
            at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    return None
