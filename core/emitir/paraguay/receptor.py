"""Who receives the document: the four cases of group D200 (spec.md §5), told from what was given."""

from __future__ import annotations

from dataclasses import dataclass

from emitir.paraguay.emisor import Emisor
from emitir.paraguay.identity import check_digit, split_ruc, taxpayer_kind
from emitir.paraguay.model import Documento

INNOMINADO = "5"
PARAGUAY = "PRY"
#: D202: b2f.
EXTERIOR = "4"
SIN_NOMBRE = "Sin Nombre"


@dataclass(frozen=True, slots=True)
class Receptor:
    """``ruc`` and ``dv`` for a taxpayer; ``tipo_doc`` (D208) and ``numero`` for everybody else."""

    operacion: str
    ruc: str = ""
    dv: str = ""
    clase: str = ""
    tipo_doc: str = ""
    numero: str = ""
    nombre: str = ""

    @property
    def naturaleza(self) -> str:
        """D201: 1 contribuyente, 2 not."""
        return "1" if self.ruc else "2"

    @property
    def innominado(self) -> bool:
        """Whether nobody is named."""
        return self.tipo_doc == INNOMINADO

    @property
    def documento(self) -> str:
        """What a person calls its number: ``80000000-5``, ``1234567``, empty for nobody."""
        return f"{self.ruc}-{self.dv}" if self.ruc else "" if self.innominado else self.numero


def is_own(datos: Documento) -> bool:
    """Whether the receiver is the issuer itself: autofactura (1317), remisión between own premises (2606)."""
    nobody = not datos.tipo_doc and not datos.numero_doc
    return datos.tipo == "4" or (datos.tipo == "7" and datos.motivo == "7" and nobody)


def kind_of_document(datos: Documento) -> str:
    """``r`` or the code of D208: as given; a number like 80000000-5 is a RUC; nothing at all is innominado."""
    if datos.tipo_doc:
        return datos.tipo_doc
    if not datos.numero_doc:
        return INNOMINADO
    parts = split_ruc(datos.numero_doc)
    return "r" if parts and parts[1] and parts[1] == check_digit(parts[0]) else ""


def receptor_of(datos: Documento, emisor: Emisor) -> Receptor:
    """The receiver; what contradicts itself is told by the rules."""
    if is_own(datos):
        ruc, dv = emisor.ruc_y_dv
        operacion = "2" if datos.tipo == "4" else datos.operacion or "1"
        return Receptor(operacion, ruc, dv, emisor.clase, nombre=emisor.razon_social)
    kind = kind_of_document(datos)
    if kind == "r":
        parts = split_ruc(datos.numero_doc.upper())
        ruc, dv = parts or (datos.numero_doc, "")
        clase = datos.tipo_contribuyente or taxpayer_kind(ruc)
        return Receptor(datos.operacion or "1", ruc, dv or check_digit(ruc), clase, nombre=datos.razon_social)
    operacion = datos.operacion or ("2" if datos.pais == PARAGUAY else "4")
    if kind == INNOMINADO:
        return Receptor(operacion, tipo_doc=kind, numero="0", nombre=SIN_NOMBRE)
    return Receptor(operacion, tipo_doc=kind, numero=datos.numero_doc, nombre=datos.razon_social)
