"""The zip that arrives: its name, what is in it, and the answers 0151 to 0161."""

from __future__ import annotations

import base64
import io
import zipfile
import zlib

from emitir.sandbox.sunat.names import FileName, parse_name
from emitir.sandbox.sunat.refusal import Refusal

#: No comprobante is this big: protects the sandbox from a zip bomb.
MAX_XML = 16 * 1024 * 1024


def open_zip(file_name: str, content: str) -> tuple[FileName, bytes]:
    """The XML of ``content`` (base64 of a zip called ``file_name``). Raises Refusal with SUNAT's code."""
    name = zip_name(file_name)
    entries = unpack(content)
    if len(entries) > 1:
        raise Refusal("0158", node="zip", value=str(len(entries)))
    entry, xml = entries[0]
    inner = entry_name(entry)
    if not xml:
        raise Refusal("0160", node="xml", value=entry)
    if inner.base != name.base:
        raise Refusal("0161", node="xml", value=entry)
    return name, xml


def zip_name(file_name: str) -> FileName:
    """Take the name of the zip apart. Raises Refusal 0151."""
    stem, _, extension = file_name.rpartition(".")
    name = parse_name(stem)
    if extension.lower() != "zip" or name is None:
        raise Refusal("0151", node="fileName", value=file_name)
    return name


def entry_name(entry: str) -> FileName:
    """Take the name of an XML file apart. Raises Refusal 0159."""
    stem, _, extension = entry.rpartition(".")
    name = parse_name(stem)
    if extension.lower() != "xml" or name is None:
        raise Refusal("0159", node="xml", value=entry)
    return name


def unpack(content: str) -> list[tuple[str, bytes]]:
    """The files of a base64 zip, folders left out. Raises Refusal 0155, 0156 or 0157."""
    try:
        data = base64.b64decode("".join(content.split()), validate=True)
    except ValueError:  # binascii.Error, or letters that are not ASCII
        raise Refusal("0156", node="contentFile", value="base64") from None
    if not data:
        raise Refusal("0155", node="contentFile")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = [info for info in archive.infolist() if not info.is_dir()]
            if sum(info.file_size for info in infos) > MAX_XML:
                raise Refusal("0156", node="contentFile", value="demasiado grande")
            entries = [(info.filename, archive.read(info)) for info in infos]
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError):
        raise Refusal("0156", node="contentFile") from None
    if not entries:
        raise Refusal("0157", node="contentFile")
    return entries


def pack(name: str, xml: bytes) -> bytes:
    """The zip of a CDR, with the empty folder ``dummy/`` that SUNAT's have."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("dummy/", b"")
        archive.writestr(f"{name}.xml", xml)
    return buffer.getvalue()


def pack_all(files: list[tuple[str, bytes]]) -> bytes:
    """The zip of several CDRs."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, xml in files:
            archive.writestr(f"{name}.xml", xml)
    return buffer.getvalue()
