"""``consultarruc``: who is a taxpayer, from the list that the installation keeps."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from emitir.country import AsksForTaxpayers, ListsTaxpayers, countries
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
def _described() -> Mapping[str, tuple[Mapping[str, Any], Mapping[str, Any], Mapping[str, Any]]]:
    """By the name of each country that tells of taxpayers: what it takes, what it gives, an example."""
    found = {}
    for country in countries().values():
        if isinstance(country, AsksForTaxpayers):
            found[country.name] = country.taxpayers_described()
        elif isinstance(country, ListsTaxpayers):
            listed = country.taxpayers(Path("."))
            found[country.name] = (listed.input_schema(), listed.answer_schema(), listed.example())
    return found


def _properties() -> Mapping[str, Any]:
    schemas = [{**inlined(taken), "title": name} for name, (taken, _, _) in _described().items()]
    return schemas[0] if len(schemas) == 1 else {"type": "object", "anyOf": schemas}


def _answer() -> Mapping[str, Any]:
    answers = [given for _, given, _ in _described().values()]
    return {name: schema for given in reversed(answers) for name, schema in given.items()}


def _example(now: datetime) -> Mapping[str, Any]:
    return next(iter(_examples(now).values()))


def _examples(now: datetime) -> Mapping[str, Mapping[str, Any]]:
    return {name: example for name, (_, _, example) in _described().items()}


COMMAND = Command(
    name="consultarruc",
    summary=N_("Consultar un contribuyente"),
    description=N_(
        "Dice quién es un contribuyente, con la fecha y el origen del dato. En Perú lo busca por RUC, por DNI o por "
        "nombre en el padrón que guarda esta instalación. En Paraguay pregunta por su RUC a SIFEN, y guarda la "
        "respuesta un día: es la que muestra también cuando SIFEN no responde."
    ),
    run=run,
    aliases=("consultaruc", "ruc"),
    properties=_properties,
    answer=_answer(),
    example=_example,
    examples=_examples,
)
