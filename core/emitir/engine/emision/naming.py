"""Which document a request is about: ``tipo``, ``serie``, ``numero``, or ``codigo_documento``."""

from __future__ import annotations

import difflib
from collections.abc import Collection

from emitir.country import Country, Key, Names, Properties
from emitir.engine.comprobante import Comprobante
from emitir.engine.empresas.company import Company
from emitir.engine.storage.store import Store
from emitir.error_codes import (
    COMPROBANTE_NO_EXISTE,
    FORMATO_INVALIDO,
    PROPIEDAD_DESCONOCIDA,
    PROPIEDAD_FALTANTE,
    TIPO_INCORRECTO,
)
from emitir.errors import EmitirError, Problem
from emitir.i18n import N_

_KEY = ("tipo", "serie", "numero")
CODE = "codigo_documento"


def find_named(
    store: Store,
    country: Country,
    company: Company,
    properties: Properties,
    required: Collection[str] = (),
    optional: Collection[str] = (),
) -> Comprobante:
    """The company's document that the properties name, in its present ambiente.

    ``required``, ``optional``: the other properties of the command. Raises EmitirError with every problem:
    unknown and missing properties, wrong key, ``COMPROBANTE_NO_EXISTE``.
    """
    problems = unknown_properties(properties, (*_KEY, CODE, *required, *optional))
    problems += missing_properties(properties, required)
    if CODE in properties:
        code = properties[CODE]
        if not isinstance(code, str):
            problems.append(Problem(TIPO_INCORRECTO, N_("Debe ser un texto."), CODE))
        if problems:
            raise EmitirError(problems)
        return _existing(store.by_code(company, code.strip().upper()), code, CODE)
    try:
        tipo, serie, numero = _key(country, properties, company.settings)
    except EmitirError as error:
        raise EmitirError([*error.problems, *problems]) from None
    if problems:
        raise EmitirError(problems)
    return _existing(store.find(company, tipo, serie, numero), f"{tipo} {serie}-{numero}", "numero")


def unknown_properties(properties: Properties, known: Collection[str]) -> list[Problem]:
    """A problem for each property that the command does not have, with the one that was probably meant."""
    text = N_("No existe esa propiedad.")
    return [
        Problem(
            PROPIEDAD_DESCONOCIDA,
            text,
            name,
            suggestion=next(iter(difflib.get_close_matches(name, known, 1, 0.6)), ""),
        )
        for name in properties
        if name not in known
    ]


def missing_properties(properties: Properties, required: Collection[str]) -> list[Problem]:
    """A problem for each of these that is not there."""
    text = N_("Falta la propiedad.")
    return [Problem(PROPIEDAD_FALTANTE, text, name) for name in required if name not in properties]


def _key(country: Country, properties: Properties, company: Properties) -> Key:
    missing = missing_properties(properties, _KEY)
    if len(missing) == len(_KEY):
        text = N_("Indique el comprobante: tipo, serie y numero, o codigo_documento.")
        raise EmitirError(Problem(PROPIEDAD_FALTANTE, text, "tipo"))
    if missing:
        raise EmitirError(missing)
    named = {name: properties[name] for name in _KEY}
    if isinstance(country, Names):
        return country.key(named, company)
    numero = str(named["numero"])
    if not numero.isascii() or not numero.isdigit() or len(numero) > 15:
        raise EmitirError(Problem(FORMATO_INVALIDO, N_("Debe ser un número entero."), "numero"))
    return str(named["tipo"]), str(named["serie"]), int(numero)


def _existing(found: Comprobante | None, name: str, path: str) -> Comprobante:
    if found is None:
        text = N_("No hay un comprobante {nombre} emitido por esta empresa con Emitir.")
        raise EmitirError(Problem(COMPROBANTE_NO_EXISTE, text, path, {"nombre": name[:80]}))
    return found
