"""CDC: the 44 characters that name a document, and the security code inside (spec.md §3)."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from datetime import date

from emitir.paraguay.identity import check_digit

_FORM = re.compile(r"[0-9]{2}[0-9]{7}[0-9A-D][0-9]{34}", re.ASCII)
_LAST = 999_999_999


@dataclass(frozen=True, slots=True)
class Cdc:
    """A CDC taken apart. ``ruc`` without left zeros, ``dv`` its digit, ``fecha`` the day of issue."""

    tipo: str
    ruc: str
    dv: str
    establecimiento: str
    punto: str
    numero: int
    tipo_contribuyente: str
    fecha: date
    tipo_emision: str
    codigo_seguridad: str


def new_security_code(numero: int) -> str:
    """dCodSeg: nine random digits, never zero nor the number of the document (spec.md §3).

    Drawn once for a document and stored inside its signed bytes: sending them again says the same code.
    """
    while True:
        code = secrets.randbelow(_LAST) + 1
        if code != numero:
            return f"{code:09d}"


def build(cdc: Cdc) -> str:
    """The 44 characters.

    >>> build(Cdc("1", "80000000", "5", "001", "001", 113, "2", date(2026, 10, 9), "1", "549571809"))
    '01800000005001001000011322026100915495718099'
    """
    first = (
        f"{cdc.tipo:0>2}{cdc.ruc:0>8}{cdc.dv}{cdc.establecimiento}{cdc.punto}{cdc.numero:07d}"
        f"{cdc.tipo_contribuyente}{cdc.fecha.isoformat().replace('-', '')}{cdc.tipo_emision}{cdc.codigo_seguridad}"
    )
    return first + check_digit(first)


def parse(text: str) -> Cdc | None:
    """Take a CDC apart; None when its form, its day or one of its check digits is wrong."""
    if not _FORM.fullmatch(text) or check_digit(text[:43]) != text[43]:
        return None
    ruc = text[2:10].lstrip("0")
    try:
        fecha = date(int(text[25:29]), int(text[29:31]), int(text[31:33]))
    except ValueError:
        return None
    if not ruc or check_digit(ruc) != text[10]:
        return None
    return Cdc(
        tipo=text[:2].lstrip("0"),
        ruc=ruc,
        dv=text[10],
        establecimiento=text[11:14],
        punto=text[14:17],
        numero=int(text[17:24]),
        tipo_contribuyente=text[24],
        fecha=fecha,
        tipo_emision=text[33],
        codigo_seguridad=text[34:43],
    )


def grouped(cdc: str) -> str:
    """As it is printed: eleven groups of four (spec.md §13)."""
    return " ".join(cdc[start : start + 4] for start in range(0, len(cdc), 4))
