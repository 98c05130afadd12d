"""A liquidación de compra that may be issued: what the engine stores, signs, sends and prints."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from emitir.country import Key, Signed
from emitir.errors import EmitirError, Problem
from emitir.peru.compra.document import write
from emitir.peru.compra.figures import CifrasDeCompra, settle
from emitir.peru.compra.model import Liquidacion
from emitir.peru.compra.rules import judge
from emitir.peru.comprobante import plain_value
from emitir.peru.emisor import Emisor, emisor_of
from emitir.peru.plazos import lima_date
from emitir.salvage import read_or_salvage
from emitir.signing.signer import Signer


@dataclass(frozen=True, slots=True)
class LiquidacionDeCompra:
    """Implements :class:`emitir.country.Prepared` and ``Recorded`` for 04. ``receptor`` is the vendor."""

    datos: Liquidacion
    emisor: Emisor
    cifras: CifrasDeCompra
    warnings: tuple[Problem, ...] = ()

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
        return f"{self.emisor.ruc}-{self.tipo}-{self.serie}-{self.numero}"

    @property
    def fecha_emision(self) -> date:
        return self.datos.fecha

    @property
    def moneda(self) -> str:
        return self.datos.moneda

    @property
    def total(self) -> Decimal:
        """What the vendor gets."""
        return self.cifras.total

    @property
    def receptor_numero(self) -> str:
        return self.datos.numero_doc

    @property
    def receptor_nombre(self) -> str:
        return self.datos.razon_social

    @property
    def modifies(self) -> Sequence[Key]:
        """It modifies nothing."""
        return ()

    @property
    def content_hash(self) -> str:
        content = {
            name: plain_value(getattr(self.datos, name))
            for name in sorted(self.datos.model_fields_set - {"total"})
        }
        content |= {"totales": [str(self.cifras.valor), str(self.cifras.total)]}
        text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()

    def sign(self, signer: Signer) -> Signed:
        return write(self.datos, self.cifras, self.emisor, signer)

    def record(self) -> dict[str, Any]:
        """What a later resumen de reversiones needs."""
        datos = self.datos
        return {
            "v": 1,
            "tipo": datos.tipo,
            "serie": datos.serie,
            "numero": datos.numero,
            "fecha": datos.fecha.isoformat(),
            "moneda": datos.moneda,
            "receptor": {
                "tipo_doc": datos.tipo_doc,
                "numero_doc": datos.numero_doc,
                "razon_social": datos.razon_social,
            },
            "totales": {"total": str(self.cifras.total)},
            "items": [],
            "modifica": [],
        }

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
