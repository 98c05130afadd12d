"""SUNAT's rules on guías, applied before anything leaves. Codes from 4000 on are observations (``advertencias``)."""

from __future__ import annotations

from emitir.errors import Problem
from emitir.peru.guia.rules import documents, goods, header, parties, places, shipment, transport
from emitir.peru.guia.rules.finding import Rule
from emitir.peru.guia.traslado import Traslado

RULES: tuple[Rule, ...] = (
    *(header.serie, header.fecha, header.inicio, header.entrega),
    *(shipment.motive, shipment.modality, shipment.weight, shipment.customs, shipment.containers),
    *(parties.remitente, parties.destinatario, parties.proveedor, parties.comprador, parties.flete),
    *(documents.each, documents.customs, documents.deposits, documents.how_many),
    *(transport.carrier, transport.permits, transport.vehicles, transport.drivers),
    *(places.departure, places.arrival, places.ports),
    *(goods.any_goods, goods.each),
)


def judge(guia: Traslado) -> tuple[list[Problem], list[Problem]]:
    """Errors, and what SUNAT would only observe."""
    found = [problem for rule in RULES for problem in rule(guia)]
    return (
        [one for one in found if one.authority_code < "4000"],
        [one for one in found if one.authority_code >= "4000"],
    )
