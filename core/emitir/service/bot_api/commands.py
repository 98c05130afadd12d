"""The commands of the bots. Every answer of a chat's change is the chat as it stands after it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from emitir.country import Properties
from emitir.engine.chats.bots import Bot
from emitir.engine.chats.roles import permits_of
from emitir.error_codes import PROPIEDAD_FALTANTE, TIPO_INCORRECTO
from emitir.errors import EmitirError, Problem
from emitir.i18n import N_, SOURCE_LANGUAGE
from emitir.service.answers import Answer
from emitir.service.ports import Engine

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class BotCall:
    """One authorised call of a bot."""

    engine: Engine
    bot: Bot
    properties: Properties
    language: str = SOURCE_LANGUAGE

    def text(self, name: str, default: str | None = None) -> str:
        """A text property. Raises ``PROPIEDAD_FALTANTE`` (no default), ``TIPO_INCORRECTO``."""
        return self._value(name, str, N_("Debe ser un texto."), default)

    def number(self, name: str, default: int | None = None) -> int:
        """A whole number."""
        value = self._value(name, int, N_("Debe ser un número entero."), default)
        if abs(value) >= 2**63:
            raise EmitirError(Problem(TIPO_INCORRECTO, N_("Debe ser un número entero."), name))
        return value

    def texts(self, name: str) -> list[str]:
        """A list of texts; absent is empty."""
        found: list[Any] = self._value(name, list, N_("Debe ser una lista de textos."), [])
        if not all(isinstance(one, str) for one in found):
            raise EmitirError(Problem(TIPO_INCORRECTO, N_("Debe ser una lista de textos."), name))
        return found

    def numbers(self, name: str) -> list[int]:
        """A list of whole numbers; absent is empty."""
        found: list[Any] = self._value(name, list, N_("Debe ser una lista de números enteros."), [])
        if not all(isinstance(one, int) and abs(one) < 2**63 for one in found):
            raise EmitirError(Problem(TIPO_INCORRECTO, N_("Debe ser una lista de números enteros."), name))
        return found[:1000]

    def mapping(self, name: str) -> dict[str, Any]:
        """An object; absent is empty."""
        found: dict[str, Any] = self._value(name, dict, N_("Debe ser un objeto."), {})
        return found

    def _value(self, name: str, kind: type[_T], wrong: str, default: _T | None = None) -> _T:
        value = self.properties.get(name, default)
        if value is None:
            raise EmitirError(Problem(PROPIEDAD_FALTANTE, N_("Falta la propiedad."), name))
        if not isinstance(value, kind) or isinstance(value, bool):
            raise EmitirError(Problem(TIPO_INCORRECTO, wrong, name))
        return value


def _chat(call: BotCall) -> Answer:
    chat = call.engine.chats.get(call.bot, call.number("chat"))
    links = [
        {
            "uuid": one.uuid,
            "pais": one.pais,
            "ruc": one.ruc,
            "razon_social": one.razon_social,
            "nombre_comercial": one.nombre_comercial,
            "ambiente": one.ambiente,
            "rol": one.rol,
            "permisos": permits_of(one.rol),
            "avisos": list(one.avisos),
        }
        for one in chat.vinculos
    ]
    return Answer(
        {
            "estado": "ok",
            "chat": chat.chat,
            "idioma": chat.idioma,
            "silencio_desde": chat.silencio_desde,
            "silencio_hasta": chat.silencio_hasta,
            "vinculo": chat.vinculo,
            "vinculos": links,
            "conversacion": dict(chat.conversacion),
        }
    )


def _link(call: BotCall) -> Answer:
    uuid = call.engine.links.link(
        call.bot,
        call.number("chat"),
        call.text("codigo"),
        call.text("nombre", ""),
        call.text("idioma", ""),
    )
    answer = _chat(call)
    return replace(answer, properties={**answer.properties, "vinculado": uuid})


def _leave(call: BotCall) -> Answer:
    call.engine.links.leave(call.bot, call.number("chat"), call.text("vinculo"))
    return _chat(call)


def _choose(call: BotCall) -> Answer:
    call.engine.chats.choose(call.bot, call.number("chat"), call.text("vinculo"))
    return _chat(call)


def _prefer(call: BotCall) -> Answer:
    call.engine.chats.prefer(call.bot, call.number("chat"), call.text("vinculo"), call.texts("avisos"))
    return _chat(call)


def _quiet(call: BotCall) -> Answer:
    desde, hasta = call.text("silencio_desde", ""), call.text("silencio_hasta", "")
    call.engine.chats.quiet(call.bot, call.number("chat"), desde, hasta)
    return _chat(call)


def _speak(call: BotCall) -> Answer:
    call.engine.chats.speak(call.bot, call.number("chat"), call.text("idioma"))
    return _chat(call)


def _save(call: BotCall) -> Answer:
    call.engine.chats.save(call.bot, call.number("chat"), call.mapping("conversacion"))
    return Answer({"estado": "ok"})


def _alerts(call: BotCall) -> Answer:
    limit = min(max(call.number("limite", 50), 1), 200)
    taken = call.engine.avisos.take(call.bot, call.text("sesion")[:32], limit)
    return Answer(
        {
            "estado": "ok",
            "avisos": [
                {
                    "aviso": one.id,
                    "chat": one.chat,
                    "idioma": one.idioma,
                    "vinculo": one.vinculo,
                    "pais": one.pais,
                    "zona": one.zona,
                    "empresa": one.empresa,
                    "clase": one.clase,
                    "dudoso": one.dudoso,
                    "creado_en": one.creado_en.isoformat(timespec="seconds"),
                    "datos": one.datos,
                }
                for one in taken
            ],
        }
    )


def _delivered(call: BotCall) -> Answer:
    call.engine.avisos.delivered(call.bot, call.numbers("avisos"))
    return Answer({"estado": "ok"})


def _later(call: BotCall) -> Answer:
    call.engine.avisos.later(call.bot, call.numbers("avisos"), call.number("segundos", 60))
    return Answer({"estado": "ok"})


def _blocked(call: BotCall) -> Answer:
    call.engine.avisos.blocked(call.bot, call.number("chat"))
    return Answer({"estado": "ok"})


#: Name on the wire to what it does.
COMMANDS: Mapping[str, Callable[[BotCall], Answer]] = {
    "chat": _chat,
    "vincular": _link,
    "salir": _leave,
    "elegir": _choose,
    "avisos_elegidos": _prefer,
    "silencio": _quiet,
    "idioma": _speak,
    "conversacion": _save,
    "avisos": _alerts,
    "avisos_entregados": _delivered,
    "avisos_despues": _later,
    "bloqueado": _blocked,
}
