"""How a comprobante looks in the chat: the card with its buttons, one line of a list."""

from __future__ import annotations

from typing import Any

from emitir_bot.formats import day, money, number, type_name
from emitir_bot.language import Markup
from emitir_bot.texts import documents as texts
from emitir_bot.turn import Keyboard, Turn

Document = dict[str, Any]
#: States of which the authority's own words tell nothing more.
_PLAIN = {"aceptado", "dado_de_baja", "baja_en_proceso"}
#: States in which there is a CDR; the service has the last word.
_ANSWERED = {"aceptado", "observado", "rechazado", "dado_de_baja", "baja_en_proceso"}


def state_of(turn: Turn, document: Document) -> tuple[str, Markup, Markup]:
    """Its mark, its state in words, what to do next (may be empty)."""
    estado = str(document.get("estado_comprobante", ""))
    states = texts.STATES_OF.get(turn.link.pais, texts.STATES)
    mark, words, advice = states.get(estado, texts.UNKNOWN_STATE)
    return mark, turn.say(words, estado=estado), turn.say(advice)


def card(turn: Turn, document: Document) -> tuple[Markup, Keyboard]:
    """Everything about one comprobante on a phone's screen."""
    mark, state, advice = state_of(turn, document)
    lines = [
        turn.say(
            texts.CARD,
            marca=mark,
            tipo=type_name(turn, str(document["tipo"])),
            numero=number(document),
            estado=state,
            cliente=" · ".join(filter(None, [document.get("razon_social"), _number_of(document)])),
            fecha=day(document["fecha"]),
            total=money(document["total"], document["moneda"], turn.link),
        )
    ]
    lines += _said(turn, document)
    if advice:
        lines.append(turn.say(texts.NEXT, texto=advice))
    return Markup("\n".join(lines)), _buttons(turn, document)


def _number_of(document: Document) -> str:
    """The customer's number; none of a sale to nobody in particular."""
    number = str(document.get("numero_doc", ""))
    return number if number.strip("-0") else ""


def _said(turn: Turn, document: Document) -> list[Markup]:
    code = str(document.get("sunat_respuesta", ""))
    said = []
    if code and document.get("estado_comprobante") not in _PLAIN:
        description = document.get("sunat_descripcion", "")
        said.append(turn.say(texts.AUTHORITY, codigo=code, descripcion=description))
    said += [turn.say("• {nota}", nota=note) for note in document.get("sunat_observaciones", ())]
    if document.get("detalle"):
        said.append(turn.say("{detalle}", detalle=document["detalle"]))
    return said


def _buttons(turn: Turn, document: Document) -> Keyboard:
    code, estado = document["codigo_documento"], document.get("estado_comprobante")
    files = [(texts.PDF, f"comprobante:pdf:{code}"), (texts.XML, f"comprobante:xml:{code}")]
    if estado in _ANSWERED:
        files.append((texts.CDR, f"comprobante:cdr:{code}"))
    rows = [files]
    if turn.link.may("correo") and estado not in ("rechazado", "no_recibido", "no_enviado"):
        rows.append([(texts.MAIL, f"correo:pedir:{code}")])
    if turn.link.may("baja") and document.get("baja_hasta"):
        label = texts.BAJA_OF.get(turn.link.pais, texts.BAJA)
        rows.append([(label, f"baja:pedir:{code}")])
    rows.append([(texts.REFRESH, f"comprobante:ver:{code}")])
    return rows


def line(turn: Turn, document: Document) -> Markup:
    """One line of a list; the reason under what was rejected."""
    mark, _, _ = state_of(turn, document)
    text = turn.say(
        texts.LINE,
        marca=mark,
        tipo=type_name(turn, str(document["tipo"])),
        numero=number(document),
        cliente=str(document.get("razon_social", ""))[:40],
        total=money(document["total"], document["moneda"], turn.link),
    )
    if document.get("estado_comprobante") in ("rechazado", "no_recibido"):
        text = Markup(
            text
            + "\n"
            + turn.say(
                texts.REASON,
                codigo=document.get("sunat_respuesta", ""),
                descripcion=str(document.get("sunat_descripcion", ""))[:200],
            )
        )
    return text


def choices(turn: Turn, documents: list[Document]) -> Keyboard:
    """A button for each."""
    return [
        [
            (
                Markup(f"{state_of(turn, one)[0]} {number(one)} · {str(one.get('razon_social', ''))[:30]}"),
                f"comprobante:abrir:{one['codigo_documento']}",
            )
        ]
        for one in documents
    ]
