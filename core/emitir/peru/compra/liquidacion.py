"""A liquidación de compra that may be issued: what the engine stores, signs, sends and prints."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from emitir.country import Signed
from emitir.errors import EmitirError, Problem
from emitir.peru.compra.document import write
from emitir.peru.compra.figures import CifrasDeCompra, settle
from emitir.peru.compra.model import Liquidacion
from emitir.peru.compra.rules import judge
from emitir.peru.documento import Documento, Receptor
from emitir.peru.emisor import emisor_of
from emitir.peru.plazos import lima_date
from emitir.salvage import read_or_salvage
from emitir.signing.signer import Signer


@dataclass(frozen=True, slots=True)
class LiquidacionDeCompra(Documento[Liquidacion]):
    """Implements :class:`emitir.country.Prepared` and ``Recorded`` for 04. ``receptor`` is the vendor."""

    cifras: CifrasDeCompra
    warnings: tuple[Problem, ...] = ()

    calculadas = frozenset({"total"})

    @property
    def receptor(self) -> Receptor:
        return self.datos

    @property
    def moneda(self) -> str:
        return self.datos.moneda

    @property
    def total(self) -> Decimal:
        """What the vendor gets."""
        return self.cifras.total

    @property
    def cifras_del_contenido(self) -> Sequence[Decimal]:
        return (self.cifras.valor, self.cifras.total)

    def sign(self, signer: Signer) -> Signed:
        return write(self.datos, self.cifras, self.emisor, signer)

    def printable(self) -> dict[str, Any]:
        from emitir.peru.compra.printed import printable

        return printable(self)


def prepare(properties: Mapping[str, Any], company: Mapping[str, Any], now: datetime) -> LiquidacionDeCompra:
    """Check and settle; raises EmitirError with every problem that can be told at once."""
    datos, problems = read_or_salvage(Liquidacion, properties)
    if datos is None:
        raise EmitirError(problems)
    emisor = emisor_of(company)
    misread = {problem.path for problem in problems}
    cifras = settle(datos)
    errors, warnings = judge(datos, emisor, lima_date(now), cifras)
    problems += [one for one in errors if one.path not in misread]
    if problems:
        raise EmitirError(problems)
    return LiquidacionDeCompra(datos, emisor, cifras, tuple(warnings))
