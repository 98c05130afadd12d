"""Five different mistakes per document: made after our own rules, which would not let them pass, and signed rightly."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from emitir.country import Signed
from emitir.paraguay.comprobante import Comprobante
from emitir.paraguay.documents import body, seal
from emitir.paraguay.documents.qr import CSC_DE_PRUEBA
from emitir.signing.signer import Signer


@dataclass(frozen=True, slots=True)
class Error:
    """``code``: what SIFEN should say. ``change``: of the content before it is signed; ``after``: of the whole file."""

    code: str
    nombre: str
    change: Callable[[bytes], bytes] = lambda content: content
    after: Callable[[bytes], bytes] = lambda xml: xml
    csc: str = ""


def _other_digit(found: re.Match[bytes]) -> bytes:
    return found[1] + (b"0" if found[2] != b"0" else b"1")


def _receiver_digit(content: bytes) -> bytes:
    return re.sub(rb"(<dDVRec>)(\d)", _other_digit, content, count=1)


def _other_code(content: bytes) -> bytes:
    """The security code of another document: the CDC does not say the same."""
    return re.sub(rb"(<dCodSeg>\d{8})(\d)", _other_digit, content, count=1)


def _more_total(content: bytes) -> bytes:
    return content.replace(b"<dTotGralOpe>", b"<dTotGralOpe>9", 1)


def _later_timbrado(content: bytes) -> bytes:
    return re.sub(rb"<dFeIniT>\d{4}", b"<dFeIniT>2099", content, count=1)


def _other_address(xml: bytes) -> bytes:
    return xml.replace(b"/consultas-test/qr?", b"/consultas/qr?", 1)


_EVERY = (
    Error("1000", "CDC que no corresponde al documento", _other_code),
    Error("1309", "dígito verificador del receptor incorrecto", _receiver_digit),
    Error("2501", "sello del QR con otro CSC", csc="Z" * 32),
    Error("2502", "QR con la dirección de producción", after=_other_address),
)
_TOTAL = Error("2365", "total general que no es la suma", _more_total)
_TIMBRADO = Error("1103", "timbrado que aún no rige", _later_timbrado)


def errors_of(tipo: str) -> tuple[Error, ...]:
    """The five mistakes of a type of document; a remisión has no total."""
    return (*_EVERY, _TIMBRADO if tipo == "7" else _TOTAL)


def spoiled(comprobante: Comprobante, error: Error, signer: Signer, secrets: Mapping[str, str]) -> Signed:
    """The signed file with the mistake in it."""
    own = secrets.get("csc") or CSC_DE_PRUEBA.get(comprobante.emisor.csc_id.zfill(4), "")
    signed = seal(comprobante, error.change(body(comprobante)), signer, error.csc or own)
    return Signed(error.after(signed.xml), signed.valor_resumen)
