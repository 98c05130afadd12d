"""A retención (20) or percepción (40) that may be issued: what the engine stores, signs, sends and prints."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from emitir.country import Signed
from emitir.errors import EmitirError, Problem
from emitir.peru.agente.document import write
from emitir.peru.agente.figures import Cifras, settle
from emitir.peru.agente.model import Constancia
from emitir.peru.agente.rules import judge
from emitir.peru.documento import Documento, Receptor
from emitir.peru.emisor import emisor_of
from emitir.peru.plazos import lima_date
from emitir.salvage import read_or_salvage
from emitir.signing.signer import Signer


@dataclass(frozen=True, slots=True)
class ComprobanteDeAgente(Documento[Constancia]):
    """Implements :class:`emitir.country.Prepared` and ``Recorded`` for 20 and 40, in soles."""

    cifras: Cifras
    warnings: tuple[Problem, ...] = ()

    calculadas = frozenset({"total", "total_pagado"})

    @property
    def receptor(self) -> Receptor:
        return self.datos

    @property
    def total(self) -> Decimal:
        """What is withheld or collected."""
        return self.cifras.total

    @property
    def cifras_del_contenido(self) -> Sequence[Decimal]:
        return (self.cifras.total, self.cifras.pagado)

    def sign(self, signer: Signer) -> Signed:
        return write(self.datos, self.cifras, self.emisor, signer)

    def printable(self) -> dict[str, Any]:
        from emitir.peru.agente.printed import printable

        return printable(self)


def prepare(properties: Mapping[str, Any], company: Mapping[str, Any], now: datetime) -> ComprobanteDeAgente:
    """Check and settle; raises EmitirError with every problem that can be told at once."""
    datos, problems = read_or_salvage(Constancia, properties)
    if datos is None:
        raise EmitirError(problems)
    emisor = emisor_of(company)
    misread = {problem.path for problem in problems}
    cifras = settle(datos)
    problems += [one for one in judge(datos, emisor, lima_date(now), cifras) if one.path not in misread]
    if problems:
        raise EmitirError(problems)
    return ComprobanteDeAgente(datos, emisor, cifras)
