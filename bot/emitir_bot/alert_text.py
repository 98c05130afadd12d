"""An alert as a message: always the same for the same alert, so that it can be recognised in its chat."""

from __future__ import annotations

from typing import Any

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from emitir_bot.formats import day, moment, named
from emitir_bot.language import LANGUAGES, SOURCE, Markup, said, translated
from emitir_bot.texts import alerts as texts


def alert_message(alert: dict[str, Any]) -> tuple[Markup, InlineKeyboardMarkup]:
    """Text and buttons; the first button carries the number of the alert."""
    language = alert["idioma"] if alert["idioma"] in LANGUAGES else SOURCE
    facts = alert["datos"]
    head = said(texts.HEAD, language, empresa=alert["empresa"])
    code, number = facts.get("codigo_documento", ""), alert["aviso"]
    if code:
        button = InlineKeyboardButton(translated(texts.SEE, language), callback_data=_data(code, number))
    else:
        label = translated(texts.CHOOSE, language)
        button = InlineKeyboardButton(label, callback_data=f"avisos:ver:{number}")
    return Markup(f"{head}\n{_body(alert, language)}"), InlineKeyboardMarkup([[button]])


def _data(code: str, number: int) -> str:
    """Short enough for the 64 bytes of a button with a CDC of 44."""
    return f"aviso:v:{code}:{number}"


def _body(alert: dict[str, Any], language: str) -> Markup:
    clase, facts = alert["clase"], alert["datos"]
    if clase == "certificado":
        days = int(facts["dias"])
        text = texts.CERTIFICATE if days > 1 else texts.CERTIFICATE_TODAY
        text = texts.CERTIFICATE_EXPIRED if days < 0 else text
        return said(text, language, vence=day(facts["vence"]), dias=days)
    if clase in ("autoridad_caida", "autoridad_vuelve"):
        return said(texts.AUTHORITY_DOWN if clase == "autoridad_caida" else texts.AUTHORITY_BACK, language)
    return said(
        texts.BY_COUNTRY.get(alert["pais"], {}).get(clase) or texts.BY_CLASS.get(clase, texts.OTHER),
        language,
        clase=clase,
        documento=named(alert["pais"], facts, language),
        codigo=facts.get("respuesta_codigo", ""),
        descripcion=str(facts.get("respuesta_descripcion", ""))[:600],
        plazo=moment(facts.get("plazo", ""), alert.get("zona", "UTC")),
        detalle=facts.get("detalle", ""),
        destino=facts.get("destino", ""),
    )
