"""``consultarruc``: who is a taxpayer, from the list that the installation keeps."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from emitir.country import ListsTaxpayers, Taxpayers, countries
from emitir.error_codes import DOCUMENTO_NO_HABILITADO
from emitir.errors import EmitirError, Problem
from emitir.i18n import N_
from emitir.service.answers import Answer
from emitir.service.command import Call, Command
from emitir.service.schemas import inlined


def run(call: Call) -> Answer:
    """One taxpayer, or a list for a search by name."""
    found = call.engine.taxpayers(call.company)
    if found is None:
        text = N_("En {pais} no hay una lista de contribuyentes que consultar.")
        name = countries()[call.company.pais].name
        raise EmitirError(Problem(DOCUMENTO_NO_HABILITADO, text, params={"pais": name}))
    return Answer({"estado": "ok", **found.lookup(call.properties)})


@lru_cache(maxsize=1)
def _described() -> Taxpayers | None:
    """The first country that has a list: it describes the command."""
    listing = (country for country in countries().values() if isinstance(country, ListsTaxpayers))
    country = next(listing, None)
    return None if country is None else country.taxpayers(Path("."))


def _properties() -> Mapping[str, Any]:
    described = _described()
    return {"type": "object"} if described is None else inlined(described.input_schema())


def _answer() -> Mapping[str, Any]:
    described = _described()
    return {} if described is None else described.answer_schema()


def _example(now: datetime) -> Mapping[str, Any]:
    described = _described()
    return {} if described is None else described.example()


COMMAND = Command(
    name="consultarruc",
    summary=N_("Consultar un contribuyente"),
    description=N_(
        "Busca un contribuyente por RUC, por DNI o por nombre en el padrón que guarda esta instalación, y responde "
        "su nombre, estado, condición y dirección, con la fecha y el origen del dato."
    ),
    run=run,
    aliases=("consultaruc", "ruc"),
    properties=_properties,
    answer=_answer(),
    example=_example,
)
