"""What liquidaciones (04), guías (09, 31), retenciones (20) and percepciones (40) have in common once they may be
issued: how they are named, told apart and remembered."""

from __future__ import annotations

import hashlib
import json
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar, Generic, Protocol, TypeVar

from emitir.country import Key
from emitir.money import ZERO
from emitir.peru.comprobante import plain_value
from emitir.peru.emisor import Emisor


class Receptor(Protocol):
    """To whom it goes."""

    @property
    def tipo_doc(self) -> str: ...

    @property
    def numero_doc(self) -> str: ...

    @property
    def razon_social(self) -> str: ...


class Cabecera(Protocol):
    """The properties that every one of these documents has."""

    @property
    def tipo(self) -> str: ...

    @property
    def serie(self) -> str: ...

    @property
    def numero(self) -> int: ...

    @property
    def fecha(self) -> date: ...

    @property
    def model_fields_set(self) -> set[str]: ...


D = TypeVar("D", bound=Cabecera)


@dataclass(frozen=True, slots=True)
class Documento(ABC, Generic[D]):
    """The greater part of :class:`emitir.country.Prepared` and ``Recorded``. A document of these types modifies
    no other."""

    datos: D
    emisor: Emisor

    #: Properties that follow from others: given or not, it is the same content.
    calculadas: ClassVar[frozenset[str]] = frozenset()

    @property
    @abstractmethod
    def receptor(self) -> Receptor:
        """To whom it goes."""

    @property
    def total(self) -> Decimal:
        return ZERO

    @property
    def cifras_del_contenido(self) -> Sequence[Decimal]:
        """Figures that make two documents different."""
        return ()

    @property
    def tipo(self) -> str:
        return self.datos.tipo

    @property
    def serie(self) -> str:
        return self.datos.serie

    @property
    def numero(self) -> int:
        return self.datos.numero

    @property
    def codigo_documento(self) -> str:
        """RUC-TIPO-SERIE-NUMERO: the name of its file as well (spec.md §2)."""
        return f"{self.emisor.ruc}-{self.tipo}-{self.serie}-{self.numero}"

    @property
    def fecha_emision(self) -> date:
        return self.datos.fecha

    @property
    def moneda(self) -> str:
        """Soles, where the document says no other."""
        return "PEN"

    @property
    def receptor_numero(self) -> str:
        return self.receptor.numero_doc

    @property
    def receptor_nombre(self) -> str:
        return self.receptor.razon_social

    @property
    def modifies(self) -> Sequence[Key]:
        """It modifies nothing."""
        return ()

    @property
    def content_hash(self) -> str:
        names = sorted(self.datos.model_fields_set - self.calculadas)
        content = {name: plain_value(getattr(self.datos, name)) for name in names}
        if self.cifras_del_contenido:
            content["totales"] = [str(one) for one in self.cifras_del_contenido]
        text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()

    def record(self) -> dict[str, Any]:
        """What another document, or whoever wants to annul it, needs to know."""
        return {
            "v": 1,
            "tipo": self.tipo,
            "serie": self.serie,
            "numero": self.numero,
            "fecha": self.fecha_emision.isoformat(),
            "moneda": self.moneda,
            "receptor": {
                "tipo_doc": self.receptor.tipo_doc,
                "numero_doc": self.receptor.numero_doc,
                "razon_social": self.receptor.razon_social,
            },
            "totales": {"total": str(self.total)},
            "items": [],
            "modifica": [],
        }
