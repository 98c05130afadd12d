"""A photo or the PDF of a comprobante: its QR is read and judged."""

from __future__ import annotations

import asyncio
import io

import pypdfium2
import pytest
from PIL import Image

from emitir_bot import scanning
from emitir_bot.scan import UnreadableError, qr_texts
from tests.bot.conftest import World
from tests.bot.test_documents import issue


def _pdf(world: World, code: str) -> bytes:
    with world.client() as client:
        return client.descargar(code, "pdf").contenido


def _photo(pdf: bytes, turn: float = 4.0) -> bytes:
    """The page as a phone sees it: a bit turned, compressed."""
    page = pypdfium2.PdfDocument(pdf)[0].render(scale=2.5).to_pil()
    out = io.BytesIO()
    page.rotate(turn, expand=True, fillcolor="white").convert("RGB").save(out, "JPEG", quality=70)
    return out.getvalue()


def _qr(text: str) -> bytes:
    import zxingcpp

    code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode)
    out = io.BytesIO()
    Image.fromarray(code.to_image(scale=6)).save(out, "PNG")
    return out.getvalue()


def test_our_own_comprobante_as_pdf_and_as_photo(world: World) -> None:
    made, ana = issue(world), world.linked()
    pdf = _pdf(world, made["codigo_descarga"])
    ana.sends_document(pdf, "factura.pdf", "application/pdf")
    shown = ana.reads(f"Factura F001-{made['numero']}: válido", "20512345671", "90.00")
    assert shown.buttons == ["👁 Ver"]
    ana.sends_photo(_photo(pdf))
    ana.reads(f"Factura F001-{made['numero']}: válido")


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"total": "900.00"}, "no coincide con lo emitido: el total"),
        ({"fecha": "2020-01-31"}, "no coincide con lo emitido: la fecha"),
        ({"resumen": "otro="}, "no coincide con lo emitido: la firma"),
        ({"numero": "99999"}, "no existe"),
        ({"ruc": "20123456780"}, "⚠️"),
        ({"ruc": "20123456786"}, "no hubo a quién preguntar"),
    ],
)
def test_what_was_altered_is_told(world: World, change: dict[str, str], expected: str) -> None:
    made, ana = issue(world), world.linked()
    facts = {
        "ruc": "20512345671",
        "numero": str(made["numero"]),
        "total": "90.00",
        "fecha": made["_fecha"],
        "resumen": made["valor_resumen"],
    } | change
    ana.sends_photo(
        _qr("{ruc}|01|F001|{numero}|13.72|{total}|{fecha}|6|20123456786|{resumen}|".format(**facts))
    )
    ana.reads(expected)


def test_pictures_without_a_qr_and_files_that_are_none(world: World) -> None:
    ana = world.linked()
    blank = io.BytesIO()
    Image.new("RGB", (300, 300), "white").save(blank, "PNG")
    ana.sends_photo(blank.getvalue())
    ana.reads("No encontré un QR")
    ana.sends_document(b"%PDF-1.7 not really", "x.pdf", "application/pdf")
    ana.reads("No pude abrir ese archivo")
    ana.sends_photo(_qr("https://example.com"))
    ana.reads("no es el de un comprobante")
    world.stranger("Eva").sends_photo(blank.getvalue())


def test_a_file_that_takes_too_long_costs_an_answer_and_no_more() -> None:
    blank = io.BytesIO()
    Image.new("L", (4000, 4000), "white").save(blank, "PNG")
    with pytest.raises(UnreadableError):
        asyncio.run(scanning.qr_texts(blank.getvalue(), seconds=0.01))
    assert asyncio.run(scanning.qr_texts(_qr("hola"))) == ["hola"]


def test_a_picture_that_unpacks_to_more_than_it_should() -> None:
    bomb = io.BytesIO()
    Image.new("1", (30_000, 30_000)).save(bomb, "PNG")
    assert len(bomb.getvalue()) < 200_000
    with pytest.raises(UnreadableError):
        asyncio.run(scanning.qr_texts(bomb.getvalue()))


def test_the_process_that_opens_files_knows_no_token(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_TOKEN", "secret")
    seen: dict[str, object] = {}

    async def spawned(*arguments: str, env: dict[str, str], **more: object) -> object:
        seen.update(env)
        raise UnreadableError

    monkeypatch.setattr(asyncio, "create_subprocess_exec", spawned)
    with pytest.raises(UnreadableError):
        asyncio.run(scanning.qr_texts(b"x"))
    assert "PATH" in seen
    assert not [name for name in seen if "TOKEN" in name]


@pytest.mark.parametrize("content", [b"", b"x" * 100, b"\x89PNG\r\n\x1a\n" + b"\0" * 50, b"GIF89a"])
def test_what_cannot_be_opened(content: bytes) -> None:
    with pytest.raises(UnreadableError):
        qr_texts(content)
