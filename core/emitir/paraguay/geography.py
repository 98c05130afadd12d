"""Departamentos, distritos and ciudades: codes, names, and who belongs to whom (18 / 272 / 6,766).

A place is given by code or by name. A name is looked up without accents, case and the remarks in
parentheses of the tables; one that fits several places is never guessed: the answer lists them.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from emitir import error_codes as codes
from emitir.errors import Problem
from emitir.i18n import N_

_FILE = Path(__file__).parent / "data" / "geografia.json"
#: Longest literal of a distrito or ciudad that the schema takes (tDesDistrito, tDesCiudad).
_LITERAL = 30
_LISTED = 6
_PARENTHESES = re.compile(r"\s*\([^)]*\)")
_SPACES = re.compile(r"[^A-Z0-9]+")


@dataclass(frozen=True, slots=True)
class Lugar:
    """A ciudad with what holds it: codes as SIFEN writes them, and their literals."""

    departamento: str
    departamento_nombre: str
    distrito: str
    distrito_nombre: str
    ciudad: str
    ciudad_nombre: str


@dataclass(frozen=True, slots=True)
class _Table:
    """One level: code to name and code to the code above; words of a name to its codes."""

    names: dict[str, str]
    above: dict[str, str]
    by_name: dict[str, list[str]] = field(repr=False)


def _words(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name.upper()).encode("ascii", "ignore").decode("ascii")
    return _SPACES.sub(" ", plain).strip()


def _keys(name: str) -> set[str]:
    return {_words(name), _words(_PARENTHESES.sub("", name))} - {""}


@lru_cache(maxsize=1)
def _tables() -> tuple[_Table, _Table, _Table]:
    data = json.loads(_FILE.read_text(encoding="utf-8"))
    tables = []
    for level in ("departamentos", "distritos", "ciudades"):
        table = _Table({}, {}, {})
        for code, name, *parent in data[level]:
            table.names[str(code)] = name[:_LITERAL].rstrip()
            if parent:
                table.above[str(code)] = str(parent[0])
            for key in _keys(name):
                table.by_name.setdefault(key, []).append(str(code))
        tables.append(table)
    return tables[0], tables[1], tables[2]


def counts() -> tuple[int, int, int]:
    """How many departamentos, distritos and ciudades there are."""
    departamentos, distritos, ciudades = _tables()
    return len(departamentos.names), len(distritos.names), len(ciudades.names)


def place(ciudad: str) -> Lugar:
    """The ciudad of a code that exists, with what holds it."""
    departamentos, distritos, ciudades = _tables()
    distrito = ciudades.above[ciudad]
    departamento = distritos.above[distrito]
    return Lugar(
        departamento,
        departamentos.names[departamento],
        distrito,
        distritos.names[distrito],
        ciudad,
        ciudades.names[ciudad],
    )


def _candidates(table: _Table, wanted: str) -> list[str]:
    """Codes that ``wanted`` (a code or a name) may mean."""
    if wanted.isdigit():
        code = wanted.lstrip("0")
        return [code] if code in table.names else []
    found: list[str] = []
    for key in _keys(wanted):
        found += [code for code in table.by_name.get(key, ()) if code not in found]
    return found


@lru_cache(maxsize=4096)
def find(departamento: str, distrito: str, ciudad: str) -> Lugar | tuple[tuple[str, str, str], ...]:
    """The place that is meant, or what is wrong: (which of the three, sentence, values) to be told by :func:`problems`.

    Each argument is a code, a name or empty; ``ciudad`` is needed, the others narrow it down.
    """
    departamentos, distritos, ciudades = _tables()
    wrong: list[tuple[str, str, str]] = []
    for name, value, table in (
        ("departamento", departamento, departamentos),
        ("distrito", distrito, distritos),
        ("ciudad", ciudad, ciudades),
    ):
        if value and not _candidates(table, value):
            wrong.append((name, N_("«{value}» no está en la tabla de la DNIT."), value[:60]))
    if not ciudad:
        wrong.append(("ciudad", N_("Indique la ciudad, por código o por nombre."), ""))
    if wrong:
        return tuple(wrong)
    inside = set(_candidates(departamentos, departamento)) if departamento else None
    within = set(_candidates(distritos, distrito)) if distrito else None
    fits = [
        code
        for code in _candidates(ciudades, ciudad)
        if (within is None or ciudades.above[code] in within)
        and (inside is None or distritos.above[ciudades.above[code]] in inside)
    ]
    if len(fits) == 1:
        return place(fits[0])
    if not fits:
        text = N_("El departamento, el distrito y la ciudad no están relacionados: «{value}».")
        return (("ciudad", text, " / ".join(filter(None, (departamento, distrito, ciudad)))),)
    text = N_("Hay varias ciudades con ese nombre; indique el código o el distrito: {value}.")
    return (("ciudad", text, _listed(map(place, fits), len(fits))),)


def _listed(places: Iterable[Lugar], count: int) -> str:
    shown = [
        f"{lugar.ciudad} ({lugar.distrito_nombre}, {lugar.departamento_nombre})"
        for _, lugar in zip(range(_LISTED), places, strict=False)
    ]
    return "; ".join(shown) + ("…" if count > _LISTED else "")


def problems(found: tuple[tuple[str, str, str], ...], prefix: str = "", authority: str = "") -> list[Problem]:
    """What :func:`find` found wrong, at ``prefix`` + departamento, distrito or ciudad."""
    return [
        Problem(codes.VALOR_NO_PERMITIDO, text, prefix + name, {"value": value}, authority_code=authority)
        for name, text, value in found
    ]
