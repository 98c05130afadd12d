"""Serie and dates of a guía (1001, 2329, 3343, 3406, 3616 to 3618)."""

from __future__ import annotations

from collections.abc import Iterator

from emitir import error_codes as codes
from emitir.errors import Problem
from emitir.i18n import N_
from emitir.peru.guia.rules.finding import broken, found, missing
from emitir.peru.guia.traslado import Traslado

LETRAS = {"09": "T", "31": "V"}


def serie(guia: Traslado) -> Iterator[Problem]:
    """1001: T for the remitente, V for the transportista."""
    letter, given = LETRAS[guia.datos.tipo], guia.datos.serie
    if not given.startswith(letter):
        text = N_("La serie empieza con {letter}; llegó «{serie}».")
        suggestion = letter + given[1:]
        yield found(codes.FORMATO_INVALIDO, text, "serie", "1001", suggestion, letter=letter, serie=given)


def fecha(guia: Traslado) -> Iterator[Problem]:
    """2329: a guía is not issued on a day that has not come."""
    if guia.datos.fecha > guia.ahora.date():
        text = N_("La fecha {fecha} es posterior a la de hoy en Lima ({hoy}).")
        hoy = str(guia.ahora.date())
        yield found(codes.FECHA_FUTURA, text, "fecha", "2329", fecha=str(guia.datos.fecha), hoy=hoy)


def inicio(guia: Traslado) -> Iterator[Problem]:
    """3406, 3343: the transfer starts on the day of issue or later."""
    day = guia.inicio
    if day is None:
        yield missing("fecha_traslado", "3406")
    elif day < guia.datos.fecha and guia.datos.fecha_traslado is not None:
        text = N_("El traslado empieza el {day}, antes de la emisión ({fecha}).")
        yield broken(text, "fecha_traslado", "3343", day=str(day), fecha=str(guia.datos.fecha))


def entrega(guia: Traslado) -> Iterator[Problem]:
    """3616, 3617, 3618: when the transportista gets the goods."""
    datos = guia.de_remitente
    if datos is None or not guia.con_transportista:
        return
    day, start = datos.fecha_entrega, datos.fecha_traslado
    if day is None:
        yield missing(
            "fecha_entrega",
            "3617",
            N_("En transporte público indique cuándo recibe los bienes el transportista."),
        )
    elif day < datos.fecha:
        text = N_("La entrega al transportista es del {day}, antes de la emisión ({fecha}).")
        yield broken(text, "fecha_entrega", "3618", day=str(day), fecha=str(datos.fecha))
    elif start is not None and start < day:
        text = N_("El traslado empieza el {start}, antes de la entrega al transportista ({day}).")
        yield broken(text, "fecha_traslado", "3616", start=str(start), day=str(day))
