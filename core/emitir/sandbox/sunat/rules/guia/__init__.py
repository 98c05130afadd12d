"""Guías de remisión electrónicas: remitente (09) and transportista (31).

SUNAT publishes no sheet of them with the others: these rules are those that spec.md §10 names, that the messages of
its codes say without doubt and that its style sheets for guías of version 2.0 apply.
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
    documents.SENDER,
    documents.CARRIER,
    shipment.TABLE,
    shipment.SENDER,
    carrier.TABLE,
    vehicles.TABLE,
    places.TABLE,
    places.SENDER,
    lines.TABLE,
)
