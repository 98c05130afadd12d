"""A guía de remisión that may be issued: what the engine stores, signs, sends and prints."""

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
from emitir.money import ZERO
from emitir.peru.comprobante import plain_value
from emitir.peru.emisor import emisor_of
from emitir.peru.guia.document import write
from emitir.peru.guia.model import TIPOS_DE_GUIA, TRANSPORTISTA, Guia, GuiaRemitente, GuiaTransportista
from emitir.peru.guia.rules import judge
from emitir.peru.guia.traslado import Traslado, in_lima
from emitir.salvage import read_or_salvage
from emitir.signing.signer import Signer


@dataclass(frozen=True, slots=True)
class GuiaDeRemision:
    """Implements :class:`emitir.country.Prepared` and ``Recorded`` for 09 and 31. It has no amounts."""

    traslado: Traslado
    warnings: tuple[Problem, ...] = ()

    @property
    def tipo(self) -> str:
        return self.traslado.datos.tipo

    @property
    def serie(self) -> str:
        return self.traslado.datos.serie

    @property
    def numero(self) -> int:
        return self.traslado.datos.numero

    @property
    def codigo_documento(self) -> str:
        return f"{self.traslado.emisor.ruc}-{self.tipo}-{self.serie}-{self.numero}"

    @property
    def fecha_emision(self) -> date:
        return self.traslado.datos.fecha

    @property
    def moneda(self) -> str:
        return "PEN"

    @property
    def total(self) -> Decimal:
        """Nothing is sold by a guía."""
        return ZERO

    @property
    def receptor_numero(self) -> str:
        return self.traslado.destinatario.numero_doc

    @property
    def receptor_nombre(self) -> str:
        return self.traslado.destinatario.razon_social

    @property
    def modifies(self) -> Sequence[Key]:
        """It modifies nothing."""
        return ()

    @property
    def content_hash(self) -> str:
        datos = self.traslado.datos
        content = {name: plain_value(getattr(datos, name)) for name in sorted(datos.model_fields_set)}
        text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()

    def sign(self, signer: Signer) -> Signed:
        return write(self.traslado, signer)

    def record(self) -> dict[str, Any]:
        """What another document, or somebody who wants to annul it, needs to know."""
        datos, to = self.traslado.datos, self.traslado.destinatario
        return {
            "v": 1,
            "tipo": datos.tipo,
            "serie": datos.serie,
            "numero": datos.numero,
            "fecha": datos.fecha.isoformat(),
            "moneda": "PEN",
            "receptor": {
                "tipo_doc": to.tipo_doc,
                "numero_doc": to.numero_doc,
                "razon_social": to.razon_social,
            },
            "totales": {"total": "0.00"},
            "items": [],
            "modifica": [],
        }

    def printable(self) -> dict[str, Any]:
        from emitir.peru.guia.printed import printable

        return printable(self.traslado)


def prepare(properties: Mapping[str, Any], company: Mapping[str, Any], now: datetime) -> GuiaDeRemision:
    """Check and settle; raises EmitirError with every problem that can be told at once."""
    tipo = TIPOS_DE_GUIA.get(str(properties.get("tipo")).lower())
    model: type[Guia] = GuiaTransportista if tipo == TRANSPORTISTA else GuiaRemitente
    datos, problems = read_or_salvage(model, properties)
    if datos is None:
        raise EmitirError(problems)
    traslado = Traslado(datos, emisor_of(company), in_lima(now))
    misread = {problem.path for problem in problems}
    errors, warnings = judge(traslado)
    problems += [one for one in errors if one.path not in misread]
    if problems:
        raise EmitirError(problems)
    return GuiaDeRemision(traslado, tuple(warnings))
