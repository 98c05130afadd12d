"""Small pieces of the writer: an optional element, a place, a person's RUC."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

from emitir.money import trimmed
from emitir.paraguay import geography
from emitir.paraguay.catalogs import literal
from emitir.paraguay.identity import check_digit
from emitir.xml import text


def opt(name: str, value: object) -> str:
    """``<name>value</name>``, or nothing for an empty text or None: SIFEN takes no empty element (spec.md §9)."""
    if value is None or value == "":
        return ""
    if type(value) is Decimal:
        return f"<{name}>{trimmed(value)}</{name}>"
    return f"<{name}>{text(str(value))}</{name}>"


@lru_cache(maxsize=4096)
def pair(code_name: str, literal_name: str, table: str, code: str, free: str = "") -> str:
    """A code with its literal; nothing for an empty code."""
    if not code:
        return ""
    words = text(literal(table, code, free))
    return f"<{code_name}>{code}</{code_name}><{literal_name}>{words}</{literal_name}>"


def place_of(departamento: str, distrito: str, ciudad: str) -> geography.Lugar:
    """The place that the rules found to be one."""
    found = geography.find(departamento, distrito, ciudad)
    if not isinstance(found, geography.Lugar):
        raise ValueError(f"no place: {departamento}/{distrito}/{ciudad}")
    return found


def place(suffix: str, departamento: str, distrito: str, ciudad: str) -> str:
    """The six elements of a place: ``cDepEmi`` … for suffix ``Emi``."""
    lugar = place_of(departamento, distrito, ciudad)
    return (
        f"<cDep{suffix}>{lugar.departamento}</cDep{suffix}>"
        f"<dDesDep{suffix}>{text(lugar.departamento_nombre)}</dDesDep{suffix}>"
        f"<cDis{suffix}>{lugar.distrito}</cDis{suffix}>"
        f"<dDesDis{suffix}>{text(lugar.distrito_nombre)}</dDesDis{suffix}>"
        f"<cCiu{suffix}>{lugar.ciudad}</cCiu{suffix}>"
        f"<dDesCiu{suffix}>{text(lugar.ciudad_nombre)}</dDesCiu{suffix}>"
    )


def ruc(name: str, digit_name: str, given: str) -> str:
    """RUC and digit; the digit is computed where it was not given. Nothing for an empty one."""
    if not given:
        return ""
    number, _, digit = given.partition("-")
    return f"<{name}>{number}</{name}><{digit_name}>{digit or check_digit(number)}</{digit_name}>"
