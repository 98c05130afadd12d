"""Comunicación de baja (RA): ``VoidedDocuments``, CustomizationID 1.0. Sheet Comunicación_de_Baja1_0.

One file holds documents of one date of issue; its ID carries the date on which the file was made, its
ReferenceDate that of the documents (rules 2346, 2375). Facturas and their notas; boletas go by resumen.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from emitir.country import Signed
from emitir.peru.documents import ubl20
from emitir.peru.emisor import Emisor
from emitir.signing.signer import Signer
from emitir.xml import text

_ROOT = "VoidedDocuments"


@dataclass(frozen=True, slots=True)
class LineaBaja:
    """One document to annul: type (01, 07, 08), serie, number, reason (3 to 100 characters)."""

    tipo: str
    serie: str
    numero: int
    motivo: str


@dataclass(frozen=True, slots=True)
class ComunicacionBaja:
    """``correlativo``: number of the file within its day of generation (Lima), from 1. ``clase``: ``RA``, or
    ``RR`` for a resumen de reversiones, which undoes retenciones and percepciones in the same form.
    """

    emisor: Emisor
    correlativo: int
    fecha_generacion: date
    fecha_documentos: date
    lineas: tuple[LineaBaja, ...]
    clase: str = "RA"

    @property
    def identificador(self) -> str:
        """``RA-20261121-1``."""
        return ubl20.identifier(self.clase, self.fecha_generacion, self.correlativo)

    @property
    def codigo_documento(self) -> str:
        """Name of the file: RUC and identifier."""
        return f"{self.emisor.ruc}-{self.identificador}"

    def sign(self, signer: Signer) -> Signed:
        """The signed file."""
        header = ubl20.header(
            "1.0", self.identificador, self.fecha_documentos, self.fecha_generacion, self.emisor
        )
        lines = "".join(_line(number, linea) for number, linea in enumerate(self.lineas, 1))
        return ubl20.sign(_ROOT, header + lines, self.emisor, signer)


def _line(number: int, linea: LineaBaja) -> str:
    return (
        f"<sac:VoidedDocumentsLine><cbc:LineID>{number}</cbc:LineID>"
        f"<cbc:DocumentTypeCode>{linea.tipo}</cbc:DocumentTypeCode>"
        f"<sac:DocumentSerialID>{linea.serie}</sac:DocumentSerialID>"
        f"<sac:DocumentNumberID>{linea.numero}</sac:DocumentNumberID>"
        f"<sac:VoidReasonDescription>{text(linea.motivo)}</sac:VoidReasonDescription></sac:VoidedDocumentsLine>"
    )
