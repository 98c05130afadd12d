"""What a rule of a guía reports."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from emitir import error_codes as codes
from emitir.errors import Problem
from emitir.i18n import N_
from emitir.peru.emisor import ruc_problem
from emitir.peru.guia.traslado import Traslado
from emitir.peru.identity import is_digits

SOURCE = "SUNAT GRE 2.0"
Rule = Callable[[Traslado], Iterator[Problem]]


def found(kind: str, text: str, path: str, authority: str, suggestion: str = "", **params: object) -> Problem:
    """A problem by SUNAT's code; 4000 and more are observations."""
    return Problem(
        kind,
        text,
        path,
        params,
        authority_code=authority,
        source=f"{SOURCE} {authority}",
        suggestion=suggestion,
    )


def missing(path: str, authority: str, text: str = N_("Falta la propiedad.")) -> Problem:
    """Something that this guía needs."""
    return found(codes.PROPIEDAD_FALTANTE, text, path, authority)


def broken(text: str, path: str, authority: str, suggestion: str = "", **params: object) -> Problem:
    """Something that does not go with the rest."""
    return found(codes.REGLA_INCUMPLIDA, text, path, authority, suggestion, **params)


def identity(tipo: str, numero: str, path: str, authority: str, ruc_authority: str) -> Iterator[Problem]:
    """An identity number has the form of its kind: RUC with its check digit, DNI of eight digits, no blanks."""
    if tipo == "6":
        if not is_digits(numero, 11):
            text = N_("Un RUC tiene 11 dígitos; llegó «{number}».")
            yield found(codes.NUMERO_IDENTIDAD_INVALIDO, text, path, authority, number=numero)
        elif wrong := ruc_problem(numero, path):
            yield Problem(
                wrong.code,
                wrong.text,
                path,
                wrong.params,
                authority_code=ruc_authority,
                source=f"{SOURCE} {ruc_authority}; RUC módulo 11",
                suggestion=wrong.suggestion,
            )
    elif tipo == "1" and not is_digits(numero, 8):
        text = N_("Un DNI tiene 8 dígitos; llegó «{number}».")
        yield found(codes.NUMERO_IDENTIDAD_INVALIDO, text, path, authority, number=numero)
    elif any(letter.isspace() for letter in numero):
        text = N_("El número de documento no lleva espacios.")
        yield found(codes.NUMERO_IDENTIDAD_INVALIDO, text, path, authority)
