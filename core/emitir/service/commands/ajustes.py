"""``ajustes``: the settings that a company changes by itself, with its own token."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from emitir.country import countries
from emitir.country_facts import OwnSettings
from emitir.i18n import N_
from emitir.service.answers import Answer
from emitir.service.command import Call, Command


def run(call: Call) -> Answer:
    """Change what is given and answer what holds."""
    found = call.engine.ajustes(call.company, call.properties)
    answer: dict[str, Any] = {"estado": "ok", "ajustes": dict(found.ajustes)}
    if found.secretos:
        answer["secretos"] = dict(found.secretos)
    return Answer(answer)


def _schema() -> Mapping[str, Any]:
    properties: dict[str, Any] = {}
    for country in countries().values():
        if isinstance(country, OwnSettings):
            for name, schema in country.own_settings().items():
                properties.setdefault(name, schema)
            for name, text in country.own_secrets().items():
                properties.setdefault(name, {"type": "string", "writeOnly": True, "description": text})
    return {"type": "object", "properties": properties, "additionalProperties": False}


COMMAND = Command(
    name="ajustes",
    summary=N_("Ver y cambiar los ajustes propios de la empresa"),
    description=N_(
        "Sin propiedades dice los ajustes que la empresa puede cambiar con su token y lo que valen. Con propiedades "
        "cambia las que se indican, todas o ninguna, y responde cómo quedan. El RUC, el ambiente, el certificado y "
        "las direcciones de la autoridad los cambia solo quien administra el servicio. Un dato secreto se guarda "
        "cifrado y no vuelve a salir."
    ),
    run=run,
    aliases=("configurar",),
    properties=_schema,
    answer={
        "ajustes": {"type": "object", "description": N_("Lo que vale cada ajuste después de la llamada.")},
        "secretos": {"type": "object", "description": N_("Qué datos secretos están guardados.")},
    },
)
