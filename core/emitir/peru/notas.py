"""A nota on a document of ours: what it leaves out is taken from the store, and it is held against what is left.

``complete`` fills; ``judge`` compares. Codes: 2990 the modified one is annulled or rejected, 3209 currency,
3260 motive 13 on a factura that was paid at once, 3286 (boletas 4028) more than what is left.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from emitir import error_codes as codes
from emitir.country import Find, Key, Stored
from emitir.errors import EmitirError, Problem
from emitir.i18n import N_
from emitir.money import ZERO
from emitir.peru.comprobante import CAMBIO_DE_PAGOS, Comprobante
from emitir.peru.fields import TIPOS
from emitir.peru.vigencias import RS_48_2026

#: Motives of catalog 09 that undo the whole document: its lines are taken when none are given.
TOTALES = frozenset({"01", "02", "06"})
_CUSTOMER = ("tipo_doc", "numero_doc", "razon_social", "direccion")
_TOTALS = ("gravado", "exonerado", "inafecto", "igv", "icbper")
_DEAD = frozenset({"rechazado", "no_recibido", "no_enviado"})
_ANNULLED = frozenset({"pedida", "en_proceso", "aceptada"})
#: What is taken of the line of the same codigo when a line of the nota gives no price.
_LINE = ("unidad", "codigo_sunat", "descripcion", "afectacion_igv", "valor_unitario", "precio_unitario")


def complete(properties: Mapping[str, Any], company: Mapping[str, Any], find: Find) -> Mapping[str, Any]:
    """The properties of a nota on one document of ours, completed; others as they are."""
    tipo = TIPOS.get(str(properties.get("tipo")).lower(), "")
    if tipo not in {"07", "08"}:
        return properties
    key = _modified(properties)
    stored = find(key) if key else None
    if key is None or stored is None:
        return properties
    problems = _dead(key, stored)
    if problems:
        raise EmitirError(problems)
    if not stored.record:
        return properties
    return _filled(tipo, properties, stored)


def judge(comprobante: Comprobante, find: Find) -> None:
    """Hold a nota against the documents of ours that it modifies. Raises EmitirError with every problem."""
    if comprobante.tipo not in {"07", "08"}:
        return
    found = [(key, stored) for key in comprobante.modifies if (stored := find(key))]
    problems = [problem for key, stored in found for problem in _dead(key, stored)]
    known = [(key, stored) for key, stored in found if stored.record]
    problems += [problem for key, stored in known for problem in _contradicts(comprobante, key, stored)]
    if comprobante.tipo == "07" and not problems and len(known) == len(comprobante.nota.modificados):
        problems += _too_much(comprobante, known)
    if problems:
        raise EmitirError(problems)


def _modified(properties: Mapping[str, Any]) -> Key | None:
    """The one document that the nota names; None for several or a name that the model will refuse."""
    named, several = properties.get("documento"), properties.get("documentos")
    if isinstance(named, str) and not several:
        serie, _, numero = named.strip().upper().partition("-")
        tipo = "03" if serie.startswith(("B", "EB")) else "01"
    elif isinstance(several, list) and len(several) == 1 and not named and isinstance(several[0], Mapping):
        one = several[0]
        tipo = {"f": "01", "b": "03"}.get(str(one.get("tipo")).lower(), str(one.get("tipo")))
        serie, numero = str(one.get("serie", "")).upper(), str(one.get("numero", ""))
    else:
        return None
    return (tipo, serie, int(numero)) if numero.isascii() and numero.isdigit() and len(numero) < 9 else None


def _dead(key: Key, stored: Stored) -> list[Problem]:
    params = {"documento": f"{key[1]}-{key[2]}", "estado": stored.estado}
    if stored.baja in _ANNULLED:
        text = N_("{documento} está de baja o con su baja en proceso: no admite notas.")
    elif stored.estado in _DEAD:
        text = N_("{documento} quedó {estado}: no hay nada que modificar.")
    else:
        return []
    return [Problem(codes.REGLA_INCUMPLIDA, text, "documento", params, authority_code="2990")]


def _filled(tipo: str, properties: Mapping[str, Any], stored: Stored) -> dict[str, Any]:
    record = stored.record
    filled = dict(properties)
    if "numero_doc" not in filled:
        filled |= {name: record["receptor"][name] for name in _CUSTOMER if record["receptor"].get(name)}
    filled.setdefault("moneda", record["moneda"])
    filled.setdefault("porcentaje_igv", record["porcentaje_igv"])
    items = filled.get("items")
    motivo = str(filled.get("motivo", "")).zfill(2)
    if items:
        if isinstance(items, list):
            filled["items"] = [_line(item, record["items"]) for item in items]
    elif tipo == "07" and motivo in TOTALES:
        if _credited(stored.notas):
            text = N_("Ya tiene otras notas: indique las líneas que esta deja sin efecto.")
            raise EmitirError(Problem(codes.PROPIEDAD_FALTANTE, text, "items"))
        if record.get("ajustes"):
            text = N_(
                "El documento tiene descuentos, cargos o anticipos globales: indique las líneas de la nota."
            )
            raise EmitirError(Problem(codes.PROPIEDAD_FALTANTE, text, "items"))
        filled["items"] = [dict(item) for item in record["items"]]
        totals = record["totales"]
        for name in _TOTALS:
            if Decimal(totals[name]):
                filled.setdefault(f"total_{name}", totals[name])
        if Decimal(totals.get("redondeo", "0")):
            filled.setdefault("redondeo", totals["redondeo"])
        filled.setdefault("total", totals["total"])
    return filled


def _line(item: Any, lines: Sequence[Mapping[str, Any]]) -> Any:
    """A line that names its product and gives no price costs what it cost."""
    if not isinstance(item, Mapping) or "precio_unitario" in item or "valor_unitario" in item:
        return item
    alike = [line for line in lines if line.get("codigo") and line["codigo"] == item.get("codigo")]
    if len(alike) != 1:
        return item
    return {**{name: alike[0][name] for name in _LINE if name in alike[0]}, **item}


def _contradicts(comprobante: Comprobante, key: Key, stored: Stored) -> list[Problem]:
    record, documento = stored.record, f"{key[1]}-{key[2]}"
    problems = []
    if comprobante.moneda != record["moneda"]:
        text = N_("{documento} está en {moneda}: la nota va en la misma moneda.")
        params = {"documento": documento, "moneda": record["moneda"]}
        problems.append(
            Problem(
                codes.REGLA_INCUMPLIDA,
                text,
                "moneda",
                params,
                authority_code="3209",
                suggestion=record["moneda"],
            )
        )
    if comprobante.cambia_pagos and record["forma_pago"] != "Credito":
        text = N_("{documento} no fue al crédito: el motivo 13 cambia cuotas.")
        params = {"documento": documento}
        problems.append(Problem(codes.REGLA_INCUMPLIDA, text, "motivo", params, authority_code="3260"))
    return problems


def _too_much(comprobante: Comprobante, known: Sequence[tuple[Key, Stored]]) -> list[Problem]:
    """More than what the earlier notas leave of the documents."""
    if comprobante.nota.motivo == CAMBIO_DE_PAGOS:
        return []
    whole = sum((Decimal(stored.record["totales"]["total"]) for _, stored in known), ZERO)
    notas = {
        (nota.record["serie"], nota.record["numero"]): nota for _, stored in known for nota in stored.notas
    }
    credited, debited = _credited(list(notas.values())), _debited(list(notas.values()))
    left = whole + debited - credited
    if comprobante.total <= left:
        return []
    text = N_("La nota es por {total} y de {documento} quedan {resto}: {importe} menos notas por {notas}.")
    params = {
        "total": comprobante.total,
        "documento": ", ".join(f"{key[1]}-{key[2]}" for key, _ in known),
        "resto": left,
        "importe": whole + debited,
        "notas": credited,
    }
    of_boleta = "3503" if comprobante.datos.fecha >= RS_48_2026 else "4028"
    code = of_boleta if known[0][0][0] == "03" else "3286"
    return [Problem(codes.TOTAL_NO_CUADRA, text, "total", params, authority_code=code)]


def _credited(notas: Sequence[Stored]) -> Decimal:
    return _sum(notas, "07")


def _debited(notas: Sequence[Stored]) -> Decimal:
    return _sum(notas, "08")


def _sum(notas: Sequence[Stored], tipo: str) -> Decimal:
    """Of the notas of that type that count, or may still count."""
    return sum(
        (
            Decimal(nota.record["totales"]["total"])
            for nota in notas
            if nota.record.get("tipo") == tipo and nota.estado not in _DEAD and nota.baja != "aceptada"
        ),
        ZERO,
    )
