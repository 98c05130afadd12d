"""What a lote and a message of events have in common: files about documents, numbered within their day, never printed."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from emitir.errors import Problem
from emitir.paraguay.amounts import NADA


@dataclass(frozen=True, slots=True, kw_only=True)
class Archivo(ABC):
    """The greater part of :class:`emitir.country.Prepared`. ``ruc``: without its digit; the number is given by who
    stores it."""

    ruc: str
    correlativo: int
    warnings: tuple[Problem, ...] = ()
    moneda: str = "PYG"
    total: Decimal = NADA
    receptor_numero: str = ""
    receptor_nombre: str = ""

    @property
    @abstractmethod
    def tipo(self) -> str:
        """Among the documents of a company."""

    @property
    @abstractmethod
    def fecha_emision(self) -> date:
        """The day on which it is made, in Asunción."""

    @property
    def serie(self) -> str:
        """The day on which it is made: numbers start again every day."""
        return f"{self.fecha_emision:%Y%m%d}"

    @property
    def numero(self) -> int:
        return self.correlativo

    @property
    def codigo_documento(self) -> str:
        """``80000000-LT-20261121-1``."""
        return f"{self.ruc}-{self.tipo}-{self.serie}-{self.correlativo}"

    def printable(self) -> dict[str, Any]:
        """Nothing is printed of it."""
        return {}
