"""A guía de remisión that may be issued: what the engine stores, signs, sends and prints."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from emitir.country import Signed
from emitir.errors import EmitirError, Problem
from emitir.peru.documento import Documento, Receptor
from emitir.peru.emisor import emisor_of
from emitir.peru.guia.document import write
from emitir.peru.guia.model import TIPOS_DE_GUIA, TRANSPORTISTA, Guia, GuiaRemitente, GuiaTransportista
from emitir.peru.guia.rules import judge
from emitir.peru.guia.traslado import Traslado, in_lima
from emitir.salvage import read_or_salvage
from emitir.signing.signer import Signer


@dataclass(frozen=True, slots=True)
class GuiaDeRemision(Documento[Guia]):
    """Implements :class:`emitir.country.Prepared` and ``Recorded`` for 09 and 31. It has no amounts."""

    traslado: Traslado
    warnings: tuple[Problem, ...] = ()

    @property
    def receptor(self) -> Receptor:
        return self.traslado.destinatario

    def sign(self, signer: Signer) -> Signed:
        return write(self.traslado, signer)

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
    emisor = emisor_of(company)
    traslado = Traslado(datos, emisor, in_lima(now))
    misread = {problem.path for problem in problems}
    errors, warnings = judge(traslado)
    problems += [one for one in errors if one.path not in misread]
    if problems:
        raise EmitirError(problems)
    return GuiaDeRemision(datos, emisor, traslado, tuple(warnings))
