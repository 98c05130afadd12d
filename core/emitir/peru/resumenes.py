"""When boletas go by resumen diario, and whose fault it is when SUNAT refuses one (spec.md §8)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta
from typing import Any

from emitir.country import Blame
from emitir.peru.plazos import LIMA
from emitir.peru.registro import is_of_boleta

INDIVIDUAL, RESUMEN = "individual", "resumen"
#: At night, so that one resumen holds the whole day before.
HORA_DE_RESUMEN = "02:00"
#: Codes of the sheet Resumen_Diario1_1 that are about the file or its sender and not about a line.
_WHOLE = frozenset(
    {
        *("2072", "2074", "2075", "2218", "2219", "2220", "2223", "2228", "2229", "2236", "2346", "2671"),
        *("2010", "2011", "2325", "2326", "2327", "2328", "2334", "2335", "99"),
    }
)
#: Codes that refuse the file for what stands in it, before any line is judged.
_UNREADABLE = frozenset({"0305", "0306"})
#: "Existe documento ya informado anteriormente".
_KNOWN = frozenset({"2282"})
#: "Error en la linea: 3", counted from 1.
_LINE = re.compile(r"\bl[ií]nea:? *([0-9]{1,3})\b", re.IGNORECASE)
_NAMED = re.compile(r"(?<![A-Z0-9])([A-Z0-9]{4})-([0-9]{1,8})(?![0-9])", re.ASCII)


def in_resumen(tipo: str, serie: str, company: Mapping[str, Any]) -> bool:
    """Whether a document of this company waits for a resumen: boletas and their notas, when it wants so."""
    return company.get("envio_boletas") == RESUMEN and is_of_boleta({"tipo": tipo, "serie": serie})


def resumen_next(company: Mapping[str, Any], now: datetime) -> datetime:
    """The next moment, in Lima, at which a resumen of the company goes out."""
    hour = time.fromisoformat(str(company.get("hora_resumen") or HORA_DE_RESUMEN))
    today = datetime.combine(now.astimezone(LIMA).date(), hour, LIMA)
    return today if today > now else today + timedelta(days=1)


def resumen_due(company: Mapping[str, Any], now: datetime) -> datetime:
    """The last such moment. For a company that does so no more, all that still waits is due now."""
    if company.get("envio_boletas") != RESUMEN:
        return now
    return resumen_next(company, now) - timedelta(days=1)


def blame(stored: Sequence[Mapping[str, Any]], code: str, description: str) -> Blame:
    """Which documents SUNAT named, or the file itself by the code; else nobody can tell."""
    if code in _WHOLE or not code.isdigit() or (int(code) < 2000 and code not in _UNREADABLE):
        return Blame(whole=True)
    positions = {(row.get("serie"), str(row.get("numero"))): at for at, row in enumerate(stored)}
    named = {
        positions[key]
        for serie, numero in _NAMED.findall(description)
        if (key := (serie, numero.lstrip("0"))) in positions
    }
    if not named:
        lines = {int(number) - 1 for number in _LINE.findall(description)}
        named = lines & set(range(len(stored))) if code not in _UNREADABLE else set()  # there: of the XML
    if not named and len(stored) == 1:
        named = {0}
    if code in _KNOWN:
        return Blame(known=frozenset(named))
    return Blame(refused=frozenset(named))
