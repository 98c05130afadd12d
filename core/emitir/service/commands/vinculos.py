"""``vinculos``: the chats that are linked to the company; with ``revocar`` it ends one of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from emitir.error_codes import TIPO_INCORRECTO
from emitir.errors import EmitirError, Problem
from emitir.i18n import N_
from emitir.service.answers import Answer
from emitir.service.command import Call, Command

_TEXT = {"type": "string"}


def run(call: Call) -> Answer:
    """End the named link, then tell those that are left."""
    uuid = call.properties.get("revocar", "")
    if not isinstance(uuid, str):
        raise EmitirError(Problem(TIPO_INCORRECTO, N_("Debe ser un texto."), "revocar"))
    if uuid:
        call.engine.links.revoke(call.company, uuid)
    links = [
        {
            "vinculo": link.uuid,
            "bot": link.bot,
            "nombre": link.nombre,
            "rol": link.rol,
            "creado_en": link.creado_en.isoformat(timespec="seconds"),
        }
        for link in call.engine.links.of_company(call.company)
    ]
    return Answer({"estado": "ok", "vinculos": links})


def _schema() -> Mapping[str, Any]:
    revoke = {**_TEXT, "description": N_("El vínculo que se termina; deja de servir en ese momento.")}
    return {"type": "object", "properties": {"revocar": revoke}, "additionalProperties": False}


COMMAND = Command(
    name="vinculos",
    summary=N_("Ver y revocar los chats vinculados a la empresa"),
    description=N_(
        "Lista los chats de Telegram vinculados a la empresa, cada uno con su rol. Con revocar termina uno: desde "
        "ese momento ese chat no ve nada más de la empresa."
    ),
    run=run,
    properties=_schema,
    answer={
        "vinculos": {
            "type": "array",
            "items": {"type": "object"},
            "description": N_(
                "Cada vínculo: vinculo (su nombre), bot, nombre de la persona, rol y creado_en."
            ),
        }
    },
)
