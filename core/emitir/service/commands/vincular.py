"""``vincular``: a one-time code that ties a Telegram chat to the company, with its address and its QR."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import Any

from emitir.engine.chats.roles import DUENO, ROLES
from emitir.i18n import N_
from emitir.service.answers import Answer
from emitir.service.command import Call, Command

_TEXT = {"type": "string"}


def run(call: Call) -> Answer:
    """A code for the asked role, and for each bot the address that hands it over."""
    rol = call.properties.get("rol", DUENO)
    code = call.engine.links.new_code(call.company, rol)
    answer: dict[str, Any] = {
        "estado": "ok",
        "codigo": f"{code.codigo[:4]}-{code.codigo[4:]}",
        "rol": code.rol,
        "vence_en": code.vence_en.isoformat(timespec="seconds"),
    }
    bots = call.engine.bots.list()
    if bots:
        from emitir.printing.qr import qr_png, qr_svg

        answer["bot"] = bots[-1].nombre
        answer["enlace"] = bots[-1].deep_link(code.codigo)
        answer["qr"] = qr_svg(answer["enlace"], "M").decode()
        answer["qr_png"] = base64.b64encode(qr_png(answer["enlace"], "M")).decode()
    return Answer(answer)


def _schema() -> Mapping[str, Any]:
    rol = {"enum": list(ROLES), "default": DUENO, "description": N_("Lo que podrá hacer ese chat.")}
    return {"type": "object", "properties": {"rol": rol}, "additionalProperties": False}


COMMAND = Command(
    name="vincular",
    summary=N_("Pedir un código para vincular un chat de Telegram"),
    description=N_(
        "Da un código de un solo uso, que dura 15 minutos, para vincular un chat de Telegram con la empresa. La persona "
        "abre el enlace (o lee el QR) con su teléfono, o escribe el código al bot."
    ),
    run=run,
    properties=_schema,
    answer={
        "codigo": {**_TEXT, "description": N_("El código, que no se vuelve a mostrar.")},
        "rol": {"enum": list(ROLES), "description": N_("Lo que podrá hacer ese chat.")},
        "vence_en": {**_TEXT, "format": "date-time", "description": N_("Hasta cuándo sirve.")},
        "bot": {**_TEXT, "description": N_("Nombre de usuario del bot; falta si no hay ninguno.")},
        "enlace": {**_TEXT, "description": N_("Dirección que abre el chat con el bot y le da el código.")},
        "qr": {**_TEXT, "description": N_("El enlace como QR, en SVG.")},
        "qr_png": {**_TEXT, "description": N_("El mismo QR como PNG, en base64.")},
    },
)
