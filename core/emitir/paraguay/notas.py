"""A nota on a document of ours: what it leaves out is taken from the store, and it is held against what is left.

``complete`` fills receiver, currency and, in a devolución without lines, the lines; ``judge`` compares.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from emitir import error_codes as codes
from emitir.country import Find, Key, Stored
from emitir.errors import EmitirError, Problem
from emitir.i18n import N_
from emitir.paraguay import cdc as cdcs
from emitir.paraguay.amounts import NADA
from emitir.paraguay.comprobante import Comprobante
from emitir.paraguay.fields import TIPOS
from emitir.paraguay.nombres import whole_serie

NOTAS = frozenset({"5", "6"})
#: Motive of a nota de crédito that undoes the whole sale: its lines are taken when none are given (2, devolución).
DEVOLUCION = "2"
_DEAD = frozenset({"rechazado", "no_recibido", "no_enviado"})
_ANNULLED = frozenset({"pedida", "en_proceso", "aceptada"})
#: A factura named by what is printed on it: 001-001-0000021.
_PRINTED = re.compile(r"(?:(\d{8})-)?(\d{3}-\d{3}(?:-[A-Z]{2})?)-0*(\d{1,7})", re.ASCII)
#: SIFEN's own tolerance (spec.md §6).
_TOLERANCE = Decimal("0.5")


def complete(properties: Mapping[str, Any], company: Mapping[str, Any], find: Find) -> Mapping[str, Any]:
    """The properties of a nota on one document of ours, completed; others as they are.

    ``documento`` may name it by its printed number (001-001-0000021): its CDC takes the place of that. Raises
    EmitirError for one that is annulled, or that SIFEN never approved.
    """
    if TIPOS.get(str(properties.get("tipo")).lower(), "") not in NOTAS or properties.get("documentos"):
        return properties
    key, cdc = _named(properties.get("documento"), company)
    stored = find(key) if key else None
    if key is None or stored is None or not stored.record:
        return properties
    if cdc and stored.record.get("cdc") != cdc:
        return properties  # another document had that number: only SIFEN can tell
    problems = _dead(key, stored)
    if problems:
        raise EmitirError(problems)
    return _filled(properties, stored.record)


def _named(documento: object, company: Mapping[str, Any]) -> tuple[Key | None, str]:
    """Natural key of the document that a nota names, and its CDC when it names that."""
    if not isinstance(documento, str):
        return None, ""
    known = cdcs.parse(documento.strip())
    if known is not None:
        if known.ruc != str(company.get("ruc", "")).partition("-")[0]:
            return None, ""
        serie = whole_serie(f"{known.establecimiento}-{known.punto}", company)
        return (known.tipo, serie, known.numero), documento.strip()
    printed = _PRINTED.fullmatch(documento.strip().upper())
    if printed is None:
        return None, ""
    timbrado, serie, numero = printed.groups()
    return ("1", f"{timbrado}-{serie}" if timbrado else whole_serie(serie, company), int(numero)), ""


def _dead(key: Key, stored: Stored) -> list[Problem]:
    params = {"documento": f"{key[1]}-{key[2]:07d}", "estado": stored.estado}
    if stored.baja in _ANNULLED:
        text = N_("{documento} está cancelado o con su cancelación en proceso: no admite notas.")
        return [Problem(codes.REGLA_INCUMPLIDA, text, "documento", params)]
    if stored.estado in _DEAD:
        text = N_("{documento} está {estado}: SIFEN no lo aprobó y no admite notas.")
        return [Problem(codes.REGLA_INCUMPLIDA, text, "documento", params)]
    return []


def _filled(properties: Mapping[str, Any], record: Mapping[str, Any]) -> Mapping[str, Any]:
    filled = {**properties, "documento": record["cdc"]}
    if not any(properties.get(name) for name in ("tipo_doc", "numero_doc", "razon_social")):
        filled = {**record.get("receptor", {}), **filled}
    filled.setdefault("moneda", record["moneda"])
    if filled["moneda"] == record["moneda"] and "tipo_cambio" in record:
        filled.setdefault("tipo_cambio", record["tipo_cambio"])
    returned = str(properties.get("motivo", "")).lstrip("0") == DEVOLUCION
    if not properties.get("items") and returned and record.get("items"):
        filled["items"] = [dict(item) for item in record["items"]]
    return filled


def judge(comprobante: Comprobante, find: Find) -> None:
    """Hold a nota against the documents of ours that it is about. Raises EmitirError with every problem."""
    known = [(key, found) for key in comprobante.modifies if (found := find(key)) and found.record]
    cdcs_named = {asociado.cdc for asociado in comprobante.asociados}
    known = [(key, found) for key, found in known if found.record.get("cdc") in cdcs_named]
    problems = [problem for key, found in known for problem in _dead(key, found)]
    for key, found in known:
        if found.record["moneda"] != comprobante.moneda:
            text = N_("{documento} es en {moneda} y la nota en {propia}.")
            params = {"documento": f"{key[1]}-{key[2]:07d}", "moneda": found.record["moneda"]}
            params["propia"] = comprobante.moneda
            problems.append(Problem(codes.REGLA_INCUMPLIDA, text, "moneda", params))
    if comprobante.tipo == "5" and not problems and len(known) == 1 == len(comprobante.asociados):
        problems += _too_much(comprobante, *known[0])
    if problems:
        raise EmitirError(problems)


def _too_much(comprobante: Comprobante, key: Key, found: Stored) -> list[Problem]:
    """A nota de crédito cannot take more than is left of its document after the notas before it."""
    if "totales" not in found.record:
        return []
    left = Decimal(found.record["totales"]["total"])
    for nota in found.notas:
        counts = nota.estado not in _DEAD and nota.baja != "aceptada"
        if counts and nota.record.get("tipo") in NOTAS and "totales" in nota.record:
            sign = 1 if nota.record["tipo"] == "6" else -1
            left += sign * Decimal(nota.record["totales"]["total"])
    if comprobante.total <= left + _TOLERANCE:
        return []
    text = N_("La nota es por {total} y de {documento} quedan {left}.")
    params = {
        "total": format(comprobante.total, "f"),
        "documento": f"{key[1]}-{key[2]:07d}",
        "left": format(max(left, NADA), "f"),
    }
    return [Problem(codes.REGLA_INCUMPLIDA, text, "total", params)]
