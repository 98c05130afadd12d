"""The mail addresses of a customer that are known: of the comprobante, of earlier mails, of the company's Odoo."""

from __future__ import annotations

import logging
from typing import Any

from emitir_bot.central import EmitirApiError
from emitir_bot.turn import Turn

logger = logging.getLogger("emitir_bot")
#: Offered as buttons, and earlier documents of the customer that are looked at.
_OFFERED, _LOOKED_AT = 4, 3


async def known_addresses(turn: Turn, document: dict[str, Any]) -> list[str]:
    """Newest first, each once; empty when nobody knows one."""
    found = [str(document.get("correo_cliente", ""))]
    found += [str(one["destino"]) for one in document.get("correos", ())]
    customer = str(document.get("numero_doc", ""))
    if customer.strip("-0"):  # who buys without data is many people
        if turn.odoo is not None:
            link = turn.link
            found += await turn.central.run(
                lambda: turn.odoo.addresses(link.ruc, customer) if turn.odoo else []
            )
        found += await _of_earlier(turn, document, customer)
    seen = {address.lower(): address for address in reversed(found) if "@" in address}
    return list(reversed(seen.values()))[:_OFFERED]


async def _of_earlier(turn: Turn, document: dict[str, Any], customer: str) -> list[str]:
    """Where earlier comprobantes of the same customer went."""
    found: list[str] = []
    try:
        others = (await turn.ask("listar", cliente=customer, limite=_LOOKED_AT + 1)).get("comprobantes", [])
        for one in others:
            if one["codigo_documento"] != document["codigo_documento"] and one["numero_doc"] == customer:
                answer = await turn.ask("consultar", codigo_documento=one["codigo_documento"])
                found += [str(answer.get("correo_cliente", ""))]
                found += [str(mail["destino"]) for mail in answer.get("correos", ())]
    except EmitirApiError as error:
        logger.info("no earlier addresses: %s", error.code)  # only a proposal: the person can write one
    return found
