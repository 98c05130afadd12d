"""rDE: the frame of every document, its signature and its QR. What one type alone has is in its own file.

Order of the groups: siRecepDE_v150.xsd (spec.md §2). The text equals its own Canonical XML; what comes after
the signature is appended, so that signed bytes are never touched again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from emitir import error_codes as codes
from emitir.country import Signed
from emitir.errors import EmitirError, Problem
from emitir.i18n import N_
from emitir.paraguay.comprobante import Comprobante
from emitir.paraguay.documents import autofactura, factura, nota, remision
from emitir.paraguay.documents.complementos import associated, general_use, sectors, transport
from emitir.paraguay.documents.firma import NAMESPACE, digest, signature
from emitir.paraguay.documents.general import commercial, issuer, operation, receiver
from emitir.paraguay.documents.items import lines
from emitir.paraguay.documents.qr import CSC_DE_PRUEBA, qr_url
from emitir.paraguay.documents.totales import totals
from emitir.signing.signer import Signer
from emitir.xml import DECLARATION, text

#: Type of document to its own groups.
_SPECIFIC: dict[str, Callable[[Comprobante], str]] = {
    "1": factura.specific,
    "4": autofactura.specific,
    "5": nota.specific,
    "6": nota.specific,
    "7": remision.specific,
}
_ROOT = (
    f'<rDE xmlns="{NAMESPACE}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
    f' xsi:schemaLocation="{NAMESPACE} siRecepDE_v150.xsd"><dVerFor>150</dVerFor>'
).encode()
_DE = b"<DE Id="
#: The same start tag as exclusive canonicalization sees it.
_DE_CANONICAL = f'<DE xmlns="{NAMESPACE}" Id='.encode()


def body(comprobante: Comprobante) -> bytes:
    """``DE`` from the value of its ``Id`` on: start tag and content, in canonical form."""
    datos, cdc = comprobante.datos, comprobante.codigo_documento
    head = (
        f'"{cdc}"><dDVId>{cdc[-1]}</dDVId><dFecFirma>{comprobante.ahora.isoformat()}</dFecFirma>'
        f"<dSisFact>1</dSisFact>{operation(comprobante)}<gDatGralOpe>"
        f"<dFeEmiDE>{comprobante.momento.isoformat()}</dFeEmiDE>{commercial(comprobante)}"
        f"{issuer(comprobante.emisor, comprobante.partes_serie[1])}{receiver(comprobante)}</gDatGralOpe>"
        f"<gDtipDE>{_SPECIFIC[datos.tipo](comprobante)}"
    )
    tail = (
        f"{sectors(datos)}{transport(datos.transporte)}</gDtipDE>{totals(comprobante)}{general_use(datos)}"
        f"{associated(comprobante)}</DE>"
    )
    return b"".join((head.encode(), lines(comprobante), tail.encode()))


def write(comprobante: Comprobante, signer: Signer, secrets: Mapping[str, str]) -> Signed:
    """The signed file with its QR. Raises EmitirError when the company has no CSC."""
    emisor = comprobante.emisor
    csc = secrets.get("csc", "")
    if not csc and emisor.de_prueba:
        csc = CSC_DE_PRUEBA.get(emisor.csc_id.zfill(4), "")
    if not csc:
        sentence = N_("Falta el CSC (código de seguridad del contribuyente) del ambiente {ambiente}.")
        params = {"ambiente": emisor.ambiente}
        raise EmitirError(Problem(codes.CONFIGURACION_INVALIDA, sentence, "csc", params))
    return seal(comprobante, body(comprobante), signer, csc)


def seal(comprobante: Comprobante, content: bytes, signer: Signer, csc: str) -> Signed:
    """Sign what :func:`body` gave and append the QR; sets ``comprobante.qr``."""
    value = digest(_DE_CANONICAL, content)
    comprobante.qr = qr_url(comprobante, value, csc)
    after = (
        f"{signature(comprobante.codigo_documento, value, signer)}<gCamFuFD><dCarQR>"
        f"{text(comprobante.qr)}</dCarQR></gCamFuFD></rDE>"
    )
    return Signed(b"".join((DECLARATION, _ROOT, _DE, content, after.encode())), value)
