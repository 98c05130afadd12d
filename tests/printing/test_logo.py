"""Logos: taken when they can be drawn, refused with a reason when not."""

from __future__ import annotations

import base64
import io
import struct
import zlib
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageChops

from emitir.errors import EmitirError
from emitir.peru.printed import render
from emitir.printing import check_logo

from .conftest import Make, png
from .paper import DPI, picture

SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 90 30">{}</svg>'
DRAWING = SVG.format('<rect width="90" height="30" fill="#c83228"/>').encode()
JPEG = png(kind="JPEG")


def empty_png(width: int, height: int) -> bytes:
    """Black, and tiny as a file whatever its size in pixels."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    rows = chunk(b"IDAT", zlib.compress(bytes((width + 1) * height), 9))
    return b"\x89PNG\r\n\x1a\n" + head + rows + chunk(b"IEND", b"")


def reason(data: bytes) -> str:
    with pytest.raises(EmitirError) as caught:
        check_logo(data)
    (problem,) = caught.value.problems
    assert (problem.code, problem.path) == ("CONFIGURACION_INVALIDA", "logo")
    return problem.message()


def red(image: Image.Image) -> tuple[int, int, int, int] | None:
    """Box of what has the logo's red, in pixels."""
    nothing_else = ImageChops.difference(image.convert("RGB"), Image.new("RGB", image.size, "#c83228"))
    return nothing_else.convert("L").point(lambda value: 255 * (value < 6)).getbbox()


@pytest.mark.parametrize("logo", [png(), JPEG, DRAWING, png(600, 200)], ids=["png", "jpeg", "svg", "large"])
def test_it_is_drawn_in_its_place_and_proportions(make: Make, logo: bytes, tmp_path: Path) -> None:
    page = picture(render(make(), "a4", logo), tmp_path)
    box = red(page)
    assert box is not None
    left, top, right, bottom = (side * 25.4 / DPI for side in box)
    assert left == pytest.approx(15, abs=0.6)
    assert 18 < top < 22
    assert right - left == pytest.approx(62, abs=1), "as wide as the place allows"
    assert (right - left) / (bottom - top) == pytest.approx(3, rel=0.06)


def test_a_tall_logo_keeps_to_its_height(make: Make, tmp_path: Path) -> None:
    box = red(picture(render(make(), "a4", png(100, 200)), tmp_path))
    assert box is not None
    assert (box[3] - box[1]) * 25.4 / DPI == pytest.approx(22, abs=0.6)


def test_without_logo_the_name_stands_there(make: Make, tmp_path: Path) -> None:
    assert red(picture(render(make(), "a4"), tmp_path)) is None


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGBA", "LA", "I;16", "CMYK"])
def test_every_kind_of_pixel(make: Make, mode: str) -> None:
    out = io.BytesIO()
    image = Image.new("RGB", (60, 20), "#c83228")
    converted = Image.new("I;16", (60, 20), 9000) if mode == "I;16" else image.convert(mode)
    converted.save(out, "JPEG" if mode == "CMYK" else "PNG")
    assert render(make(), "a4", out.getvalue()).startswith(b"%PDF")


@pytest.mark.parametrize(
    "options", [{"progressive": True}, {"quality": 5}, {"exif": b"Exif\0\0MM\0*\0\0\0\x08\0\0"}]
)
def test_every_kind_of_jpeg(options: dict[str, object]) -> None:
    out = io.BytesIO()
    Image.new("RGB", (60, 20), "#c83228").save(out, "JPEG", **options)
    assert (check_logo(out.getvalue()).width, check_logo(out.getvalue()).height) == (60, 20)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"hola",
        b"GIF89a" + bytes(40),
        b"<html/>",
        b"<svg/>",
        b"%PDF-1.7",
        b"<svg xmlns='http://www.w3.org/2000/svg'",
    ],
)
def test_neither_png_nor_jpeg_nor_svg(data: bytes) -> None:
    assert reason(data) == "El logo debe ser una imagen PNG, JPEG o SVG."


def test_damaged_files() -> None:
    whole = png()
    assert "dañado" in reason(whole[: len(whole) // 2])
    assert "dañado" in reason(whole[:60] + b"????" + whole[64:])
    assert "no se puede leer su tamaño" in reason(whole[:20])
    assert "no se puede leer su tamaño" in reason(JPEG[:40])
    assert "no se puede leer su tamaño" in reason(empty_png(0, 5))


def test_too_heavy_and_too_large() -> None:
    assert reason(png() + bytes(1_000_000)).startswith("El logo pesa 1")
    assert reason(empty_png(3001, 10)) == "El logo mide 3001 × 10 píxeles; el máximo es 3000 por lado."


@pytest.mark.parametrize(
    "link",
    ["file:///etc/passwd", "base.typ", "http://example.com/a.png", "//example.com/a.png", "data:text/html,x"],
)
@pytest.mark.parametrize("name", ["href", "xlink:href"])
def test_an_svg_reaches_for_nothing(link: str, name: str) -> None:
    assert "enlaza a otro archivo" in reason(SVG.format(f'<image {name}="{link}"/>').encode())


def test_an_svg_without_traps() -> None:
    entity = b'<!DOCTYPE svg [<!ENTITY a "x">]>' + SVG.format("<text>&a;</text>").encode()
    assert "declara entidades" in reason(entity)
    picture = base64.b64encode(empty_png(4000, 4000)).decode()
    assert "4000 × 4000" in reason(SVG.format(f'<image href="data:image/png;base64,{picture}"/>').encode())
    assert "no es PNG ni JPEG" in reason(
        SVG.format('<image href="data:image/png;base64,aG9sYQ=="/>').encode()
    )
    assert "imagen dañada" in reason(SVG.format('<image href="data:image/png;base64,a"/>').encode())
    assert "complejo" in reason(SVG.format('<use href="#a"/>' * 201).encode())
    copies = "".join(f'<g id="a{n}">' + f'<use href="#a{n - 1}"/>' * 10 + "</g>" for n in range(1, 10))
    bomb = f'<defs><g id="a0"><rect width="1" height="1"/></g>{copies}</defs><use href="#a9"/>'
    assert "no se puede dibujar" in reason(SVG.format(bomb).encode())
    assert "no dice su tamaño" in reason(b'<svg xmlns="http://www.w3.org/2000/svg"/>')


@pytest.mark.parametrize(
    ("attributes", "size"),
    [
        ('width="40" height="20"', (40, 20)),
        ('width="40mm" height="20mm" viewBox="0 0 9 9"', (40, 20)),
        ('width="100%" height="100%" viewBox="0 0 30 10"', (30, 10)),
        ('viewBox="5,5 , 30.5 10"', (30.5, 10)),
    ],
)
def test_how_an_svg_tells_its_size(attributes: str, size: tuple[float, float]) -> None:
    logo = check_logo(
        f'<svg xmlns="http://www.w3.org/2000/svg" {attributes}><rect width="9" height="9"/></svg>'.encode()
    )
    assert (logo.width, logo.height) == size


def test_what_drawing_programs_write() -> None:
    head = b'<?xml version="1.0" encoding="iso-8859-1"?>\n<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "svg11.dtd">\n'
    logo = check_logo(head + SVG.format("<title>Ñandú</title><rect width='9' height='9'/>").encode("latin-1"))
    assert b"DOCTYPE" not in logo.svg
    assert "Ñandú".encode() in logo.svg


@given(
    source=st.sampled_from([png(), JPEG, DRAWING]),
    changes=st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 255)), max_size=6),
    length=st.integers(0, 10**6),
)
def test_no_file_does_more_than_be_refused(
    source: bytes, changes: list[tuple[int, int]], length: int
) -> None:
    data = bytearray(source)
    for position, value in changes:
        data[position % len(data)] = value
    with suppress(EmitirError):
        assert check_logo(bytes(data[: max(1, length % (2 * len(data)))])).svg
