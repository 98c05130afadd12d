"""The KuDE (spec.md §13): stored data and a logo to PDF.

:func:`emitir.paraguay.printed_data.printable` settles what is printed when the document is made; :func:`render` needs
nothing else later. A layout is one file of ``templates/`` with its measures in :data:`LAYOUTS`.
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
from emitir.paraguay.cdc import grouped
from emitir.paraguay.printed_data import VERSION, printable
from emitir.printing import check_logo, load_template, qr_svg, typeset
from emitir.printing.columns import Column, fit_columns
from emitir.printing.fit import breakable

__all__ = ["LAYOUTS", "printable", "render"]

SIN_VALOR = "SIN VALOR COMERCIAL NI FISCAL — DOCUMENTO DE PRUEBA"
#: Across the KuDE of a document that was cancelled.
CANCELADO = "DOCUMENTO CANCELADO — SIN VALOR"
REPRESENTACION = "ESTE DOCUMENTO ES UNA REPRESENTACIÓN GRÁFICA DE UN DOCUMENTO ELECTRÓNICO (XML)"
PLAZO = (
    "Si su documento electrónico presenta algún error, puede solicitar la modificación dentro de las 72 horas siguientes "
    "de la emisión de este comprobante."
)
_TEMPLATES = Path(__file__).parent / "templates"
#: Columns of the lines, in the order of the stored ``detalle``; those without any text are left out.
_COLUMNAS = (
    Column("Código", "izquierda", 24),
    Column("Descripción", "izquierda", 0),
    Column("Und.", "izquierda"),
    Column("Cant.", "derecha"),
    Column("P. unitario", "derecha"),
    Column("Descuento", "derecha"),
    Column("Anticipo", "derecha"),
    Column("Exentas", "derecha"),
    Column("5 %", "derecha"),
    Column("10 %", "derecha"),
    Column("Total", "derecha"),
)
#: Where Exentas begins, and Total.
_EXENTAS, _TOTAL = 7, 10


@dataclass(frozen=True, slots=True)
class Layout:
    """Template and its measures in millimetres: width of the text, what the description of a line keeps, the logo, the
    values beside their labels, the paper and the QR of a tape; type size in points."""

    template: str
    width: float
    description: float
    logo: tuple[float, float]
    issuer: float
    customer: float
    data: float
    wide: float
    body: float
    paper: float = 0
    qr: float = 34


_TAPE = Layout("ticket", 72, 0, (46, 18), 72, 70, 70, 70, body=7.6, paper=80, qr=42)
LAYOUTS = {
    "a4": Layout(
        "a4", 180, description=52, logo=(62, 22), issuer=103, customer=62, data=44, wide=139, body=8.5
    ),
    "80mm": _TAPE,
    "58mm": Layout("ticket", 50, 0, (40, 15), 50, 48, 48, 48, body=6.6, paper=58, qr=42),
    # Format 3: quantity of items and total, where whoever buys asks for it.
    "resumen": replace(_TAPE, template="resumen"),
}
#: The name that Paraguay's own programs give to the tape.
_ALIASES = {"ticket": "80mm"}


def render(printable: Mapping[str, Any], layout: str, logo: bytes | None = None) -> bytes:
    """The PDF of stored data (:mod:`emitir.paraguay.printed_data`). The same data and logo give the same bytes.

    Raises EmitirError for a layout that does not exist and a logo that cannot be drawn; ValueError for data of
    another version.
    """
    layout = _ALIASES.get(layout, layout)
    if layout not in LAYOUTS:
        text = N_("El formato de impresión «{layout}» no existe; los formatos son: {known}.")
        params = {"layout": layout, "known": ", ".join(LAYOUTS)}
        raise EmitirError(Problem(VALOR_NO_PERMITIDO, text, path="formato", params=params))
    if printable.get("v") != VERSION:
        raise ValueError(f"printable data of version {printable.get('v')}, expected {VERSION}")
    measures = LAYOUTS[layout]
    # Some 560 characters: level M keeps the modules wide enough for a thermal printer.
    files = {"qr.svg": qr_svg(printable["qr"], "M")}
    size = None
    if logo:
        checked = check_logo(logo)
        files["logo.svg"] = checked.svg
        size = checked.fit(*measures.logo)
    view = _view(printable, measures) | {"logo": size}
    created = datetime.fromisoformat(printable["creado"])
    return typeset(load_template(_TEMPLATES, measures.template), view, created, files)


def _view(stored: Mapping[str, Any], measures: Layout) -> dict[str, Any]:
    """What the template reads: every key present, long words made breakable, columns measured."""
    emisor, denominacion, numero = stored["emisor"], stored["denominacion"], stored["numero"]
    body = measures.body
    return {
        "titulo": f"{denominacion} {numero}",
        "autor": emisor["nombre"],
        "marca": _mark(stored),
        "encabezado": [f"{_short(emisor['nombre'])} · RUC {emisor['ruc']}", f"{denominacion} {numero}"],
        "pagina": ["Página ", " de "],
        "nombre": breakable(emisor["nombre"], measures.issuer, 13),
        "fantasia": breakable(emisor.get("fantasia", ""), measures.issuer, body),
        "emisor": [breakable(line, measures.issuer, body) for line in emisor.get("lineas", [])],
        "ruc": f"RUC {emisor['ruc']}",
        "denominacion": f"KuDE de {denominacion}",
        "numero": numero,
        "timbrado": stored["timbrado"],
        "receptor": _breakable(stored["receptor"], measures.customer, body),
        "datos": _breakable(stored["datos"], measures.data, body),
        "referencias": _breakable(stored.get("referencias", []), measures.wide, body),
        "traslado": _breakable(stored.get("traslado", []), measures.wide, body),
        **_columns(stored, measures),
        "renglones": [
            (breakable(words, measures.width - 2, body), *rest)
            for words, *rest in stored.get("renglones", [])
        ],
        "cantidad": ["Cantidad de ítems", str(len(stored.get("renglones", [])))],
        "letras": stored.get("letras", ""),
        "totales": stored.get("totales", []),
        "iva": stored.get("iva", []),
        "total": stored.get("total", []),
        "pago": stored.get("pago", []),
        "cuotas": stored.get("cuotas", []),
        "cuotas-titulo": "Cuotas: número, vencimiento e importe",
        "notas": _breakable(stored.get("notas", []), measures.width, body),
        "firmas": stored.get("firmas", []),
        "representacion": REPRESENTACION,
        "plazo": PLAZO,
        "ancho": measures.paper,
        "letra": body,
        "lado": measures.qr,
        "consulta": f"Consulte la validez de este documento con el número de CDC en {stored['consulta']}",
        "cdc": ["CDC", grouped(stored["cdc"])],
    }


def _columns(stored: Mapping[str, Any], measures: Layout) -> dict[str, Any]:
    """The table of lines. What IVA sorts stands in all its three columns, empty ones too."""
    rows: list[list[str]] = stored.get("detalle", [])
    if not measures.description:
        return {"cuerpo": measures.body, "columnas": [], "detalle": []}
    if any(cell for row in rows for cell in row[_EXENTAS:_TOTAL]):
        rows = [
            [*row[:_EXENTAS], *(cell or " " for cell in row[_EXENTAS:_TOTAL]), row[_TOTAL]] for row in rows
        ]
    return fit_columns(_COLUMNAS, rows, measures.width, measures.description, ",")


def _mark(stored: Mapping[str, Any]) -> str | None:
    """What is printed across the head of a document that is not, or not any more, what it looks like."""
    if stored.get("anulado"):
        return CANCELADO
    return None if stored["ambiente"] == "produccion" else SIN_VALOR


def _breakable(pairs: list[list[str]], room: float, size: float) -> list[list[str]]:
    return [[label, breakable(value, room, size)] for label, value in pairs]


def _short(name: str, most: int = 70) -> str:
    """A name that stays on the one line of a running header."""
    return name if len(name) <= most else f"{name[: most - 1].rstrip()}…"
