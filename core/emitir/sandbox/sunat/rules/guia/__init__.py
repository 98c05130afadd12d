"""Guías de remisión electrónicas: remitente (09) and transportista (31).

SUNAT publishes no sheet of them with the others: these rules are those that spec.md §10 names and that the messages of
its codes say without doubt.
"""

from __future__ import annotations

from emitir.sandbox.sunat.rules import signature_block
from emitir.sandbox.sunat.rules.guia import (
    carrier,
    documents,
    header,
    lines,
    parties,
    places,
    shipment,
    vehicles,
)
from emitir.sandbox.sunat.rules.table import Table

GUIA_IDENTITY: tuple[Table, ...] = (header.IDENTITY,)

GUIA: tuple[Table, ...] = (
    signature_block.block("09", "31"),
    header.TABLE,
    parties.TABLE,
    parties.SENDER,
    parties.CARRIER,
    documents.TABLE,
    shipment.TABLE,
    shipment.SENDER,
    carrier.TABLE,
    vehicles.TABLE,
    places.TABLE,
    places.SENDER,
    lines.TABLE,
)
