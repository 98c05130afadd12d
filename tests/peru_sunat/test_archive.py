"""Zips that go out, zips that come in, and zips that mean harm."""

from __future__ import annotations

import io
import time
import zipfile

import pytest

from emitir.peru.sunat.archive import ArchiveError, pack, unpack
from tests.peru_sunat.material import RUC, zipped

NAME = f"{RUC}-01-F001-21"


def test_equal_documents_make_equal_zips() -> None:
    first = pack(NAME, b"<a/>")
    time.sleep(2.1)  # a zip counts time in steps of two seconds
    assert pack(NAME, b"<a/>") == first


def test_what_goes_out_is_one_xml_of_the_same_name() -> None:
    with zipfile.ZipFile(io.BytesIO(pack(NAME, "<a>ñ</a>".encode()))) as archive:
        assert archive.namelist() == [f"{NAME}.xml"]
        assert archive.read(f"{NAME}.xml").decode() == "<a>ñ</a>"
        assert archive.infolist()[0].compress_type == zipfile.ZIP_DEFLATED


@pytest.mark.parametrize("dummy", ["", "dummy", "dummy/"])
@pytest.mark.parametrize("entry", ["R-x.xml", "R-x.XML", "carpeta/R-x.xml"])
def test_what_comes_in(dummy: str, entry: str) -> None:
    assert unpack(zipped(b"<a/>", entry, dummy)) == (entry.rpartition("/")[2], b"<a/>")


def test_an_xml_without_zip() -> None:
    assert unpack(b"\n<?xml version='1.0'?><a/>") == ("", b"\n<?xml version='1.0'?><a/>")


def many(count: int) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for n in range(count):
            archive.writestr(f"{n}.xml", b"<a/>")
    return buffer.getvalue()


def lying() -> bytes:
    """Eleven million bytes under a directory that promises ten."""
    data = zipped(b"<" * 11_000_000)
    size = (11_000_000).to_bytes(4, "little")
    assert data.count(size) == 2
    return data.replace(size, (10).to_bytes(4, "little"))


def corrupt() -> bytes:
    data = bytearray(zipped(b"<a>" + bytes(range(256)) * 40 + b"</a>"))
    data[100:140] = bytes(40)
    return bytes(data)


def encrypted() -> bytes:
    data = bytearray(zipped(b"<a/>"))
    for at in (data.index(b"PK\x03\x04") + 6, data.index(b"PK\x01\x02") + 8):
        data[at] |= 1
    return bytes(data)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"hola",
        b"PK\x03\x04",
        zipped(b"<a/>")[:40],
        zipped(b"x", "leeme.txt"),
        many(2),
        many(30),
        zipped(b" " * 11_000_000),
        lying(),
        corrupt(),
        encrypted(),
    ],
    ids=["empty", "text", "head", "cut", "no-xml", "two", "thirty", "bomb", "lying", "corrupt", "encrypted"],
)
def test_what_is_refused(content: bytes) -> None:
    with pytest.raises(ArchiveError):
        unpack(content)
