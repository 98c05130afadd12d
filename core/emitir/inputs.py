"""Field types of the input models and the way from pydantic's errors to ours (floor 1; uses pydantic).

Values come as the wire gives them: ``str``, ``int``, ``Decimal``, ``bool``. A field type checks one value and
raises :class:`FieldError` with a constant of :mod:`emitir.error_codes`, a Spanish sentence and, where the
authority has one, its code. :func:`read` collects every error of a request.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, time
from decimal import Decimal
from typing import Any, ClassVar, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import PydanticCustomError

from emitir import error_codes as codes
from emitir.errors import EmitirError, Problem
from emitir.i18n import N_
from emitir.money import EXACT

_ANY_LINE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ONE_LINE = re.compile("[^\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NUMBER = re.compile(r"\s*[+-]?[0-9]{1,40}(\.[0-9]{1,40})?\s*", re.ASCII)
#: Values that a pattern field remembers.
_REMEMBERED = 256
_SUFFICIENT = Decimal(10) ** 15


class InputModel(BaseModel):
    """Base of input models: unknown properties are errors, instances do not change."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=False)
    #: Properties that people may well ask for and that are not offered: the sentence that says why.
    not_offered: ClassVar[Mapping[str, str]] = {}


def field_error(
    kind: str, /, text: str, *, authority: str = "", suggestion: str = "", **params: object
) -> PydanticCustomError:
    """An error of one field, carried through pydantic up to :func:`read`."""
    context = {"texto": text, "autoridad": authority, "sugerencia": suggestion, "params": params}
    return PydanticCustomError(kind, "{texto}", context)


def _as_text(value: object) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    raise field_error(codes.TIPO_INCORRECTO, N_("Debe ser un texto."))


def text_field(
    maximum: int, minimum: int = 1, *, lines: bool = False, authority: str = "", empty: str = ""
) -> Callable[[object], str]:
    """A text of ``minimum`` to ``maximum`` characters; line breaks and tabs only where ``lines``.

    ``authority``: the code of the authority's format rule; ``empty``: its code for "missing or empty".
    """
    forbidden = (_ANY_LINE if lines else _ONE_LINE).search

    def check(value: object) -> str:
        text = value if type(value) is str else _as_text(value)
        found = forbidden(text)
        if found:
            raise field_error(
                codes.FORMATO_INVALIDO,
                N_("Contiene un carácter no permitido (U+{code}) en la posición {position}."),
                authority=authority,
                code=f"{ord(found.group()):04X}",
                position=found.start() + 1,
            )
        if not minimum <= len(text) <= maximum or (minimum and not text.strip()):
            if minimum and not text.strip():
                raise field_error(
                    codes.PROPIEDAD_FALTANTE, N_("No puede estar vacío."), authority=empty or authority
                )
            raise field_error(
                codes.FORMATO_INVALIDO,
                N_("Debe tener entre {minimum} y {maximum} caracteres; tiene {length}."),
                authority=authority,
                minimum=minimum,
                maximum=maximum,
                length=len(text),
            )
        return text

    return check


def pattern_field(
    pattern: str, description: str, *, authority: str = "", upper: bool = False
) -> Callable[[object], str]:
    """A text that matches ``pattern`` as a whole; ``description`` says in Spanish what is expected."""
    matches = re.compile(pattern, re.ASCII).fullmatch
    #: Codes come again and again (NIU, PEN, 10): what was found right is not looked at twice.
    right: dict[object, str] = {}

    def check(value: object) -> str:
        if type(value) is str and (known := right.get(value)) is not None:
            return known
        text = _as_text(value)
        if upper:
            text = text.upper()
        if not matches(text):
            raise field_error(codes.FORMATO_INVALIDO, description, authority=authority)
        if len(right) < _REMEMBERED:
            right[value] = text
        return text

    return check


def _to_decimal(value: object) -> Decimal:
    if isinstance(value, Decimal):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return Decimal(value)
    if isinstance(value, str):
        if _NUMBER.fullmatch(value):
            return Decimal(value.strip())
        raise field_error(
            codes.TIPO_INCORRECTO,
            N_("Debe ser un número con punto decimal y sin separador de miles, por ejemplo 1234.50."),
        )
    if isinstance(value, float):
        raise field_error(
            codes.TIPO_INCORRECTO,
            N_("Un número binario (float) pierde decimales: envíe un Decimal o un texto."),
        )
    raise field_error(codes.TIPO_INCORRECTO, N_("Debe ser un número."))


def number_field(
    integers: int = 12,
    *,
    places: int | None = None,
    at_most: int | None = None,
    positive: bool = False,
    negative: bool = False,
    authority: str = "",
) -> Callable[[object], Decimal]:
    """A Decimal from 0 (or above, where ``positive``) with up to ``integers`` digits before the point.

    Below zero as well where ``negative``.

    It is kept with all its decimals; rounded to exactly ``places`` decimals where given, or to ``at_most``
    when it has more. ``authority``: code of the authority's format rule.
    """
    limit = Decimal(10) ** integers
    step = None if places is None else Decimal(1).scaleb(-places)
    longest = None if at_most is None else Decimal(1).scaleb(-at_most)
    quantize = EXACT.quantize
    decimals = (at_most or 0) + 1
    #: Whole numbers need none of what follows, where nothing is rounded to decimals.
    largest = 10**integers if step is None else 0
    smallest = 1 if positive else 0

    def check(value: object) -> Decimal:
        if type(value) is int and smallest <= value < largest:
            return Decimal(value)
        number = value if type(value) is Decimal else _to_decimal(value)
        if not number.is_finite():
            raise field_error(codes.TIPO_INCORRECTO, N_("Debe ser un número."))
        if number < 0 and not negative:
            raise field_error(codes.FORMATO_INVALIDO, N_("No puede ser negativo."), authority=authority)
        if abs(number) >= limit:
            raise field_error(
                codes.FORMATO_INVALIDO,
                N_("Admite hasta {integers} dígitos enteros."),
                authority=authority,
                integers=integers,
            )
        if step is not None:
            number = quantize(number, step)
        else:
            text = str(number)
            if "E" in text:
                # 1E+2 is a rounding to hundreds for Decimal: write it out, so that only its value counts.
                number = Decimal(text := format(number, "f"))
            if longest is not None and "." in text and len(text) - text.find(".") > decimals:
                number = quantize(number, longest)
        if positive and not number:
            raise field_error(codes.FORMATO_INVALIDO, N_("Debe ser mayor que cero."), authority=authority)
        return number

    return check


def integer_field(minimum: int, maximum: int, *, authority: str = "") -> Callable[[object], int]:
    """A whole number between ``minimum`` and ``maximum``; text of digits is read, leading zeros too."""

    def check(value: object) -> int:
        number: int
        if type(value) is int:
            number = value
        elif (type(value) is str and re.fullmatch(r"[0-9]{1,18}", value, re.ASCII)) or (
            type(value) is Decimal and value.is_finite() and abs(value) < _SUFFICIENT and value == int(value)
        ):
            number = int(value)
        else:
            raise field_error(codes.TIPO_INCORRECTO, N_("Debe ser un número entero."), authority=authority)
        if not minimum <= number <= maximum:
            raise field_error(
                codes.FORMATO_INVALIDO,
                N_("Debe estar entre {minimum} y {maximum}."),
                authority=authority,
                minimum=minimum,
                maximum=maximum,
            )
        return number

    return check


def date_field(authority: str = "") -> Callable[[object], date]:
    """A date ``AAAA-MM-DD`` (a ``datetime.date`` passes as it is)."""

    def check(value: object) -> date:
        if type(value) is date:
            return value
        if type(value) is str and len(value) == 10 and value[4] == "-" == value[7]:
            try:
                return date.fromisoformat(value)
            except ValueError:
                pass
        raise field_error(
            codes.FORMATO_INVALIDO,
            N_("Debe ser una fecha AAAA-MM-DD, por ejemplo 2026-11-21."),
            authority=authority,
        )

    return check


_FLAGS = {"true": True, "false": False, "si": True, "sí": True, "no": False, "1": True, "0": False}


def flag_field() -> Callable[[object], bool]:
    """Yes or no: ``true`` / ``false``, or ``si`` / ``no``, ``1`` / ``0`` where the format has texts alone."""

    def check(value: object) -> bool:
        if isinstance(value, bool):
            return value
        flag = _FLAGS.get(_as_text(value).lower())
        if flag is None:
            raise field_error(codes.TIPO_INCORRECTO, N_("Debe ser true o false."))
        return flag

    return check


def time_field() -> Callable[[object], time]:
    """A time ``HH:MM`` or ``HH:MM:SS``."""
    matches = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?", re.ASCII).fullmatch

    def check(value: object) -> time:
        if type(value) is time:
            return value
        if type(value) is str and matches(value):
            return time.fromisoformat(value)
        raise field_error(codes.FORMATO_INVALIDO, N_("Debe ser una hora HH:MM o HH:MM:SS."))

    return check


def choice_field(
    choices: Mapping[str, str], *, authority: str = "", accepted: str = ""
) -> Callable[[object], str]:
    """One of the keys of ``choices``; gives the value: the authority's code.

    As written first, then in lower case: a key in capitals wins over the same letter in lower case.
    """
    names = accepted or ", ".join(choices)

    def check(value: object) -> str:
        text = value if type(value) is str else _as_text(value)
        code = choices.get(text) or choices.get(text.lower())
        if code is None:
            near = difflib.get_close_matches(text.lower(), choices, n=1, cutoff=0.6)
            raise field_error(
                codes.VALOR_NO_PERMITIDO,
                N_("«{value}» no está permitido. Valores: {names}."),
                authority=authority,
                suggestion=near[0] if near else "",
                value=text[:40],
                names=names,
            )
        return code

    return check


def property_path(location: Sequence[int | str]) -> str:
    """``("items", 1, "igv")`` gives ``items-2-igv``: positions count from 1."""
    return "-".join(str(part + 1) if isinstance(part, int) else part for part in location)


def _model_at(model: type[BaseModel], location: Sequence[int | str]) -> type[BaseModel] | None:
    """The model of the place where ``location`` ends; None where there is none."""
    here: Any = model
    for part in location[:-1]:
        if isinstance(part, int):
            continue
        field = here.model_fields.get(part)
        if field is None:
            return None
        here = next((arg for arg in _types_in(field.annotation) if issubclass(arg, BaseModel)), None)
        if here is None:
            return None
    return here  # type: ignore[no-any-return]


def _types_in(annotation: Any) -> list[type]:
    arguments = getattr(annotation, "__args__", ())
    if isinstance(annotation, type) and not arguments:
        return [annotation]
    return [found for argument in arguments for found in _types_in(argument)]


def _problem(error: Mapping[str, Any], model: type[BaseModel]) -> Problem:
    location = error["loc"]
    path = property_path(location)
    context = error.get("ctx", {})
    if "texto" in context:
        return Problem(
            error["type"],
            context["texto"],
            path,
            context["params"],
            authority_code=context["autoridad"],
            suggestion=context["sugerencia"],
        )
    kind = error["type"]
    if kind == "missing":
        return Problem(codes.PROPIEDAD_FALTANTE, N_("Falta la propiedad."), path)
    if kind == "extra_forbidden":
        here, name = _model_at(model, location), str(location[-1])
        if here and issubclass(here, InputModel) and name in here.not_offered:
            return Problem(codes.PROPIEDAD_DESCONOCIDA, here.not_offered[name], path)
        near = difflib.get_close_matches(name, here.model_fields if here else (), n=1, cutoff=0.6)
        suggestion = property_path((*location[:-1], near[0])) if near else ""
        return Problem(
            codes.PROPIEDAD_DESCONOCIDA, N_("No existe esa propiedad."), path, suggestion=suggestion
        )
    if kind in {"list_type", "tuple_type"}:
        return Problem(
            codes.TIPO_INCORRECTO,
            N_("Debe ser una colección: un arreglo, o un objeto con claves 1, 2, 3…"),
            path,
        )
    if kind in {"too_short", "too_long"}:
        return Problem(
            codes.FORMATO_INVALIDO,
            N_("Debe tener entre {minimum} y {maximum} elementos; tiene {length}."),
            path,
            {
                "minimum": context.get("min_length", 0),
                "maximum": context.get("max_length", "∞"),
                "length": context.get("actual_length", "?"),
            },
        )
    if kind in {"model_type", "model_attributes_type", "dict_type"}:
        return Problem(codes.TIPO_INCORRECTO, N_("Debe ser un objeto con propiedades."), path)
    return Problem(codes.TIPO_INCORRECTO, N_("El valor no es del tipo esperado."), path)


def problems_of(failure: ValidationError, model: type[BaseModel]) -> list[Problem]:
    """Every error of a validation as a Problem, in the order of the properties."""
    return [_problem(error, model) for error in failure.errors(include_url=False, include_input=False)]


M = TypeVar("M", bound=BaseModel)


def read(model: type[M], properties: Mapping[str, Any]) -> M:
    """Validate ``properties``; raises EmitirError with every problem of form."""
    try:
        return model.model_validate(properties)
    except ValidationError as failure:
        raise EmitirError(problems_of(failure, model)) from None
