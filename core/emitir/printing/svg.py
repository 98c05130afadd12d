"""An SVG from outside: its proportions, its pictures, and nothing that reaches beyond itself."""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from emitir.i18n import N_

if TYPE_CHECKING:
    from lxml import etree

_SVG = "{http://www.w3.org/2000/svg}svg"
_HREFS = ("href", "{http://www.w3.org/1999/xlink}href")
_LENGTH = re.compile(r"\s*([0-9]*\.?[0-9]+(?:e[+-]?[0-9]+)?)\s*(px|pt|pc|mm|cm|in|q)?\s*", re.IGNORECASE)
_DATA = re.compile(r"data:image/(?:png|jpe?g);base64,(.*)", re.DOTALL | re.IGNORECASE)
#: Copies of copies grow exponentially: a drawing for print needs few.
_MAX_USES = 200
_MAX_ELEMENTS = 20_000


class SvgError(ValueError):
    """``text``: what is wrong, a sentence of the catalogs."""

    def __init__(self, text: str) -> None:
        self.text = text
        super().__init__(text)


@dataclass(frozen=True, slots=True)
class Drawing:
    """``text``: the file in UTF-8. ``pictures``: the raster pictures inside, still encoded as PNG or JPEG."""

    text: bytes = field(repr=False)
    width: float
    height: float
    pictures: tuple[bytes, ...] = field(repr=False)


def read_svg(data: bytes) -> Drawing:
    """Read a drawing; raises :class:`SvgError` when it is not a self-contained SVG that says its size."""
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise SvgError(N_("El logo debe ser una imagen PNG, JPEG o SVG.")) from error
    if root.tag != _SVG:
        raise SvgError(N_("El logo debe ser una imagen PNG, JPEG o SVG."))
    # Drawing programs write a DOCTYPE; without declarations it means nothing, and it is left out below.
    declared = root.getroottree().docinfo.internalDTD
    if declared is not None and (declared.entities() or declared.elements()):
        raise SvgError(N_("El logo SVG declara entidades: guárdelo como SVG simple."))
    pictures = tuple(_pictures(root))
    width, height = _size(root)
    return Drawing(etree.tostring(root, encoding="utf-8"), width, height, pictures)


def _pictures(root: etree._Element) -> list[bytes]:
    pictures: list[bytes] = []
    uses = elements = 0
    for element in root.iter("*"):
        elements += 1
        uses += element.tag == "{http://www.w3.org/2000/svg}use"
        for name in _HREFS:
            target = (element.get(name) or "").strip()
            if not target or target.startswith("#"):
                continue
            found = _DATA.fullmatch(target)
            if found is None:
                raise SvgError(N_("El logo SVG enlaza a otro archivo: inserte la imagen dentro del SVG."))
            try:
                pictures.append(base64.b64decode(found[1]))
            except binascii.Error as error:
                raise SvgError(N_("El logo SVG contiene una imagen dañada.")) from error
    if uses > _MAX_USES or elements > _MAX_ELEMENTS:
        raise SvgError(N_("El logo SVG es demasiado complejo: simplifique el dibujo o use PNG."))
    return pictures


def _size(root: etree._Element) -> tuple[float, float]:
    sides = [_LENGTH.fullmatch(root.get(name) or "") for name in ("width", "height")]
    if sides[0] and sides[1] and sides[0][2] == sides[1][2]:
        size = float(sides[0][1]), float(sides[1][1])
    else:
        try:
            box = [float(part) for part in re.split(r"[\s,]+", (root.get("viewBox") or "").strip())]
        except ValueError:
            box = []
        size = (box[2], box[3]) if len(box) == 4 else (0.0, 0.0)
    if not (0 < size[0] < 1e6 and 0 < size[1] < 1e6):
        raise SvgError(N_("El logo SVG no dice su tamaño: agregue width y height, o viewBox."))
    return size
