"""A company's logo: checked once, then carried into a page as SVG.

Typst takes virtual files of text only, so a PNG or JPEG travels inside a small SVG. Everything that would
make a page fail, or cost a fortune to draw, is refused here with a message for the person who chose it.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NoReturn

from emitir.error_codes import CONFIGURACION_INVALIDA
from emitir.errors import EmitirError, Problem
from emitir.i18n import N_
from emitir.printing.raster import raster_kind, raster_size
from emitir.printing.typeset import Template, typeset_error

#: Bytes of the file. Printed some centimetres wide, a logo that is larger only makes every PDF heavier.
MAX_BYTES = 1_000_000
#: Pixels of a side: 600 dots per inch over the width that it is printed at are half of this.
MAX_SIDE = 3000

_TRIAL = b"#set page(width: 10cm, height: 10cm)\n#image(%s, width: 5cm)"


@dataclass(frozen=True, slots=True)
class Logo:
    """``svg``: what the page draws. ``width``, ``height``: its proportions, in any unit."""

    svg: bytes = field(repr=False)
    width: float
    height: float

    def fit(self, width: float, height: float) -> tuple[float, float]:
        """Largest size with these proportions inside ``width`` x ``height`` (same unit out as in)."""
        scale = min(width / self.width, height / self.height)
        return round(self.width * scale, 3), round(self.height * scale, 3)


def _refuse(text: str, **params: Any) -> NoReturn:
    raise EmitirError(Problem(CONFIGURACION_INVALIDA, text, path="logo", params=params))


@lru_cache(maxsize=32)
def check_logo(data: bytes) -> Logo:
    """Check a PNG, JPEG or SVG by what it is, not by its name, and make it ready for a page.

    Raises EmitirError (``CONFIGURACION_INVALIDA``, path ``logo``) when it is none of them, too large,
    damaged, or an SVG that reaches for other files.
    """
    if len(data) > MAX_BYTES:
        _refuse(
            N_("El logo pesa {size} KB; el máximo es {limit} KB."),
            size=-(-len(data) // 1000),
            limit=MAX_BYTES // 1000,
        )
    kind = raster_kind(data)
    return _raster(data, kind) if kind else _vector(data)


def _check_side(size: tuple[int, int] | None) -> tuple[int, int]:
    if size is None or not all(size):
        _refuse(N_("El logo está dañado: no se puede leer su tamaño."))
    if max(size) > MAX_SIDE:
        _refuse(
            N_("El logo mide {width} × {height} píxeles; el máximo es {limit} por lado."),
            width=size[0],
            height=size[1],
            limit=MAX_SIDE,
        )
    return size


def _draw(source: bytes, files: dict[str, bytes], data: Any) -> None:
    """Draw the logo by itself: what fails here would fail on every page."""
    if error := typeset_error(Template(_TRIAL % source, {}), data, files):
        _refuse(N_("El logo está dañado o usa algo que no se puede dibujar ({reason})."), reason=error)


def _raster(data: bytes, kind: str) -> Logo:
    width, height = _check_side(raster_size(data, kind))
    _draw(b'bytes(json("data.json"))', {}, list(data))
    picture = base64.b64encode(data).decode("ascii")
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}">'
        f'<image width="{width}" height="{height}" href="data:image/{kind};base64,{picture}"/></svg>'
    )
    return Logo(svg.encode(), width, height)


def _vector(data: bytes) -> Logo:
    from emitir.printing.svg import SvgError, read_svg

    try:
        drawing = read_svg(data)
    except SvgError as error:
        raise EmitirError(Problem(CONFIGURACION_INVALIDA, error.text, path="logo")) from error
    for picture in drawing.pictures:
        kind = raster_kind(picture)
        if not kind:
            _refuse(N_("El logo SVG contiene una imagen que no es PNG ni JPEG."))
        _check_side(raster_size(picture, kind))
    _draw(b'"logo.svg"', {"logo.svg": drawing.text}, None)
    return Logo(drawing.text, drawing.width, drawing.height)
