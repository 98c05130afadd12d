"""The files of a comprobante, by ``codigo_descarga``. The PDF is made at its first download and kept.

Made then, it costs the issuing nothing and a fault in it cannot hold up a verdict; kept, it never changes. Of a
document that was annulled it is made once more, with that said on it. One to which the authority's answer still has to
add something (the QR of a guía) is made again each time until then.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

from emitir.country import Properties
from emitir.country_facts import PrintsAnswer
from emitir.engine.comprobante import BAJA_ACEPTADA, ENVIO, Comprobante
from emitir.engine.empresas.companies import Companies
from emitir.engine.storage.archive import CDR, PRINTABLE, XML, read_printable
from emitir.engine.storage.store import Store
from emitir.error_codes import ARCHIVO_NO_DISPONIBLE, COMPROBANTE_NO_EXISTE, VALOR_NO_PERMITIDO
from emitir.errors import EmitirError, Problem
from emitir.i18n import N_

PDF = "pdf"
CLASES = (XML, CDR, PDF)
_TYPES = {XML: "application/xml", CDR: "application/xml", PDF: "application/pdf"}


@dataclass(frozen=True, slots=True)
class Download:
    """One file: its name for the customer's disk, its media type, content, SHA-256 (hex)."""

    filename: str
    content_type: str
    content: bytes = field(repr=False)
    sha256: str


class Files:
    """Reads stored files and makes the printed form."""

    def __init__(self, store: Store, companies: Companies) -> None:
        self._store = store
        self._companies = companies

    def download(self, codigo_descarga: str, clase: str, layout: str = "a4") -> Download:
        """``clase``: ``xml``, ``cdr`` or ``pdf``; ``layout`` of the PDF.

        Raises ``COMPROBANTE_NO_EXISTE``, ``ARCHIVO_NO_DISPONIBLE`` (no CDR yet), ``VALOR_NO_PERMITIDO``.
        """
        if clase not in CLASES:
            text = N_("No existe la clase de archivo {valor}; las que hay son: {conocidas}.")
            params = {"valor": repr(clase[:20]), "conocidas": ", ".join(CLASES)}
            raise EmitirError(Problem(VALOR_NO_PERMITIDO, text, path="clase", params=params))
        document = self._store.by_download(codigo_descarga)
        if document is None:
            raise EmitirError(Problem(COMPROBANTE_NO_EXISTE, N_("No hay un comprobante con ese código.")))
        return self.of(document, clase, layout)

    def of(self, document: Comprobante, clase: str, layout: str = "a4") -> Download:
        """The same for a document at hand. Raises ``ARCHIVO_NO_DISPONIBLE``."""
        stored = _stored_as(document, clase, layout)
        found = self._store.file(document, stored)
        if found is None and clase == PDF and document.clase != ENVIO:
            content, whole = self._print(document, layout)
            if whole:
                self._store.put_file(document, stored, content)
                found = self._store.file(document, stored)
            else:
                found = content, hashlib.sha256(content).hexdigest()
        if found is None and clase == CDR:
            resumen = self._store.informed_by(document)
            if resumen is not None:
                return self.of(resumen, clase, layout)
        if found is None:
            text = N_("{documento} no tiene archivo {clase} todavía (estado {estado}).")
            params = {"documento": document.codigo_documento, "clase": clase, "estado": document.estado}
            raise EmitirError(Problem(ARCHIVO_NO_DISPONIBLE, text, path="clase", params=params))
        prefix = "R-" if clase == CDR else ""
        name = f"{prefix}{document.codigo_documento}.{PDF if clase == PDF else 'xml'}"
        return Download(name, _TYPES[clase], *found)

    def _print(self, document: Comprobante, layout: str) -> tuple[bytes, bool]:
        """The printed form, and whether nothing is still to be added to it by the authority's answer."""
        company = self._companies.by_id(document.empresa_id)
        found = self._store.file(document, PRINTABLE)
        if found is None:
            raise LookupError(f"{document.codigo_documento} has no printable data")
        country = self._companies.country(company.pais)
        data = read_printable(found[0])
        if document.baja_estado == BAJA_ACEPTADA:
            data = {**data, "anulado": True}
        completed: Properties | None = data
        if isinstance(country, PrintsAnswer):
            cdr = self._store.file(document, CDR)
            completed = country.with_answer(data, cdr[0] if cdr else None)
        whole = completed is not None
        return country.pdf(completed or data, layout, self._companies.logo(company)), whole


def _stored_as(document: Comprobante, clase: str, layout: str) -> str:
    """The class under which a file is kept: a PDF by its layout, and anew once the document was annulled."""
    if clase != PDF:
        return clase
    name = PDF if layout == "a4" else f"{PDF}_{layout}"
    return f"{name}_baja" if document.baja_estado == BAJA_ACEPTADA else name
