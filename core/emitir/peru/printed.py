"""The printed form of a comprobante (spec.md §14): stored data and a logo to PDF.

:func:`printable` settles what is printed when the comprobante is made; :func:`render` needs nothing else
later. A layout is one file of ``templates/`` with its measures in :data:`LAYOUTS`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from emitir.error_codes import VALOR_NO_PERMITIDO
from emitir.errors import EmitirError, Problem
from emitir.i18n import N_
from emitir.peru.emisor import AMBIENTES_DE_PRUEBA
from emitir.peru.printed_data import VERSION, printable
from emitir.printing import check_logo, load_template, qr_svg, typeset
from emitir.printing.columns import Column, fit_columns
from emitir.printing.fit import breakable, widest_mm

__all__ = ["LAYOUTS", "printable", "render"]

#: Across the printed form of a comprobante that was annulled.
ANULADO = "DADO DE BAJA — SIN VALOR"
SIN_VALOR = "SIN VALOR LEGAL — DOCUMENTO DE PRUEBA"
#: Where SUNAT tells anybody whether a comprobante is valid.
CONSULTA_SUNAT = "https://e-consulta.sunat.gob.pe/ol-ti-itconsvalicpe/ConsValiCpe.htm"
_TEMPLATES = Path(__file__).parent / "templates"
#: Columns of a sale, in the order of the stored ``detalle``.
_COLUMNAS = (
    Column("N°", "centro"),
    Column("Código", "izquierda", 26),
    Column("Cant.", "derecha"),
    Column("Und.", "izquierda"),
    Column("Descripción", "izquierda", 0),
    Column("V. unitario", "derecha"),
    Column("P. unitario", "derecha"),
    Column("Importe", "derecha"),
)


#: Columns of the documents of an agent, in the order of their ``detalle``.
_DE_AGENTE = (
    Column("N°", "centro"),
    Column("Documento", "izquierda", 0),
    Column("Fecha", "izquierda"),
    Column("Importe", "derecha"),
    Column("Pago", "izquierda"),
    Column("Pagado S/", "derecha"),
    Column("{hecho} S/", "derecha"),
    Column("Neto S/", "derecha"),
)
#: What column seven is called.
_HECHO = {"20": "Retenido", "40": "Percibido"}
#: Columns of a guía, in the order of its ``detalle``.
_DE_GUIA = (
    Column("N°", "centro"),
    Column("Código", "izquierda", 26),
    Column("Descripción", "izquierda", 0),
    Column("Unidad", "izquierda"),
    Column("Cantidad", "derecha"),
)
_GUIAS = frozenset({"09", "31"})
_SIN_QR = "Sin constancia de SUNAT: el traslado todavía no puede empezar"
_DE_SUNAT = "El código QR lleva a esta guía en SUNAT"


def _columns(tipo: str) -> tuple[Column, ...]:
    if tipo in _GUIAS:
        return _DE_GUIA
    done = _HECHO.get(tipo)
    if done is None:
        return _COLUMNAS
    return tuple(replace(column, title=column.title.format(hecho=done)) for column in _DE_AGENTE)


@dataclass(frozen=True, slots=True)
class Layout:
    """Measures in millimetres that its template has: width of the text, what the description of a line
    keeps, the logo, and the values beside their labels; type sizes in points. ``paper``: width of a roll,
    0 for a sheet."""

    template: str
    width: float
    description: float
    logo: tuple[float, float]
    issuer: float
    customer: float
    data: float
    body: float
    paper: float = 0
    label: float = 19
    qr: float = 30


LAYOUTS = {
    "a4": Layout("a4", 180, description=52, logo=(62, 22), issuer=103, customer=83, data=37, body=8.5),
    "a5": Layout(
        "a5", 128, description=34, logo=(46, 15), issuer=72, customer=55, data=25, body=7.4, label=16
    ),
    "80mm": Layout("ticket", 72, 0, (46, 18), 72, 44, 44, body=8, paper=80, label=27, qr=32),
    "58mm": Layout("ticket", 50, 0, (40, 15), 50, 28, 28, body=6.8, paper=58, label=21, qr=29),
}


def render(printable: Mapping[str, Any], layout: str, logo: bytes | None = None) -> bytes:
    """The PDF of stored data (:mod:`emitir.peru.printed_data`) with their ``valor_resumen``.

    The same data and logo give the same bytes. Raises EmitirError for a layout that does not exist and a
    logo that cannot be drawn; ValueError for data of another version or without their hash.
    """
    if layout not in LAYOUTS:
        text = N_("El formato de impresión «{layout}» no existe; los formatos son: {known}.")
        params = {"layout": layout, "known": ", ".join(LAYOUTS)}
        raise EmitirError(Problem(VALOR_NO_PERMITIDO, text, path="formato", params=params))
    if printable.get("v") != VERSION:
        raise ValueError(f"printable data of version {printable.get('v')}, expected {VERSION}")
    if not printable.get("valor_resumen"):
        raise ValueError("printable data without valor_resumen: whoever signs adds it")
    measures = LAYOUTS[layout]
    content = _qr(printable)
    files = {"qr.svg": qr_svg(content)} if content else {}
    size = None
    if logo:
        checked = check_logo(logo)
        files["logo.svg"] = checked.svg
        size = checked.fit(*measures.logo)
    view = _view(printable, measures) | {"logo": size, "qr": bool(content)}
    created = datetime.fromisoformat(printable["creado"])
    return typeset(load_template(_TEMPLATES, measures.template), view, created, files)


def _qr(stored: Mapping[str, Any]) -> str:
    """What the QR says; of a guía the address that came with its CDR, nothing before."""
    if stored["tipo"] in _GUIAS:
        return str(stored.get("enlace", ""))
    return f"{stored['qr']}{stored['valor_resumen']}|"


def _view(stored: Mapping[str, Any], measures: Layout) -> dict[str, Any]:
    """What the template reads: every key present, long words made breakable, columns measured."""
    emisor, denominacion, numero = stored["emisor"], stored["denominacion"], stored["numero"]
    article = "del" if denominacion.startswith("COMPROBANTE") else "de la"
    representacion = f"Representación impresa {article} {denominacion}"
    body = measures.body
    label = _label(stored, measures)
    customer = measures.customer - label + measures.label
    hash_room = measures.width if measures.paper else measures.width - measures.qr - 30
    return {
        "titulo": f"{denominacion} {numero}",
        "codigo": f"{emisor['ruc']}-{stored['tipo']}-{numero}",
        "autor": emisor["nombre"],
        "marca": ANULADO
        if stored.get("anulado")
        else SIN_VALOR
        if stored.get("ambiente", "") in ("", *AMBIENTES_DE_PRUEBA)
        else None,
        "encabezado": [f"{_short(emisor['nombre'])} · RUC {emisor['ruc']}", f"{denominacion} {numero}"],
        "pagina": ["Página ", " de "],
        "nombre": breakable(emisor["nombre"], measures.issuer, 13.5),
        "emisor": [breakable(line, measures.issuer, body) for line in emisor["lineas"]],
        "ruc": f"RUC {emisor['ruc']}",
        "denominacion": denominacion,
        "numero": numero,
        "receptor": _breakable(stored["receptor"], customer, body),
        "datos": _breakable(stored["datos"], measures.data, body),
        "referencias": _breakable(stored.get("referencias", []), measures.width - label, body),
        "etiqueta": label,
        **(_roll(stored, measures) if measures.paper else _table(stored, measures)),
        "letras": stored.get("letras", ""),
        "totales": stored.get("totales", []),
        "total": stored.get("total"),
        "pago": stored.get("pago", []),
        "cuotas": stored.get("cuotas", []),
        "cuotas-titulo": "Cuotas: número, vencimiento e importe",
        "notas": _breakable(stored.get("notas", []), measures.width, body),
        "leyendas": _legends(stored),
        "hash": ["Valor resumen", breakable(stored["valor_resumen"], hash_room, body)],
        "representacion": representacion,
        "consulta": _consult(stored),
    }


def _label(stored: Mapping[str, Any], measures: Layout) -> float:
    """Room of the labels at the left: what they need, up to seven millimetres more than usual."""
    kinds = ("receptor", "referencias", "datos") if measures.paper else ("receptor", "referencias")
    labels = [label for kind in kinds for label, _ in stored.get(kind, [])]
    needed = 0.9 * widest_mm(labels, measures.body) + 1.5  # the estimate is an upper one
    return round(min(max(measures.label, needed), measures.label + 7), 1)


def _legends(stored: Mapping[str, Any]) -> list[str]:
    pending = stored["tipo"] in _GUIAS and not stored.get("enlace")
    return [*stored.get("leyendas", []), *([_SIN_QR] if pending else [])]


def _consult(stored: Mapping[str, Any]) -> str:
    if stored["tipo"] in _GUIAS and not stored.get("consulta"):
        return _DE_SUNAT if stored.get("enlace") else ""
    return f"Consulte su validez en {stored.get('consulta') or CONSULTA_SUNAT}"


def _table(stored: Mapping[str, Any], measures: Layout) -> dict[str, Any]:
    """The lines of a sheet."""
    columns = _columns(stored["tipo"])
    return fit_columns(columns, stored.get("detalle", []), measures.width, measures.description)


def _roll(stored: Mapping[str, Any], measures: Layout) -> dict[str, Any]:
    """The lines of a roll: what it is, and under it how much and for how much."""
    lines = []
    for row in stored.get("detalle", []):
        if stored["tipo"] in _HECHO:
            _, words, issued, _, _, paid, amount, _ = row
            quantity = f"{issued} · S/ {paid}"
        elif stored["tipo"] in _GUIAS:
            _, code, words, unit, amount = row
            quantity = code
            amount = f"{amount} {unit}".strip()
        else:
            _, _, number, unit, words, _, price, amount = row
            quantity = f"{number} {unit} × {price}"
        lines.append([breakable(words, measures.width, measures.body), quantity, amount])
    return {
        "renglones": lines,
        "ancho": measures.paper,
        "letra": measures.body,
        "lado": measures.qr,
    }


def _breakable(pairs: list[list[str]], room: float, size: float) -> list[list[str]]:
    return [[label, breakable(value, room, size)] for label, value in pairs]


def _short(name: str, most: int = 70) -> str:
    """A name that stays on the one line of a running header."""
    return name if len(name) <= most else f"{name[: most - 1].rstrip()}…"
