"""``inutilizar``: give up numbers that no document will have, where the authority wants to know of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from emitir.country import countries
from emitir.country_events import Declares
from emitir.i18n import N_
from emitir.service.answers import Answer
from emitir.service.command import Call, Command
from emitir.service.commands.evento import ANSWER, declared
from emitir.service.schemas import inlined


def run(call: Call) -> Answer:
    """A range that the authority refuses is an error that carries what it said."""
    return declared(call.engine.inutilizar(call.company, call.properties), call.language)


def _country() -> Declares:
    return next(one for one in countries().values() if isinstance(one, Declares))


def _properties() -> Mapping[str, Any]:
    return inlined(_country().void_schema())


def _example(now: datetime) -> Mapping[str, Any]:
    return _country().void_example(now)


COMMAND = Command(
    name="inutilizar",
    summary=N_("Inutilizar números"),
    description=N_(
        "Declara en SIFEN (Paraguay) que números de un timbrado no se usarán: los que se saltaron, o los de documentos "
        "rechazados que no se corrigen. Hasta 1000 por vez, del mismo tipo, establecimiento y punto, en los primeros 15 "
        "días del mes siguiente. Emitir no vuelve a dar ni a aceptar esos números. Un rango con comprobantes emitidos "
        "es el error NUMERO_USADO."
    ),
    run=run,
    aliases=("inutilizacion",),
    properties=_properties,
    answer=ANSWER,
    example=_example,
)
