"""What SIFEN says of events before they are sent: form of the CDC, deadlines, order (codes 4000 to 4478)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from emitir import error_codes as codes
from emitir.errors import Problem
from emitir.i18n import N_
from emitir.paraguay import cdc as cdcs
from emitir.paraguay import geography
from emitir.paraguay.emisor import Emisor, ruc_problem
from emitir.paraguay.eventos import model
from emitir.paraguay.eventos.nominacion import problems_of_receiver
from emitir.paraguay.plazos import (
    CANCELACION_FACTURA_HORAS,
    CANCELACION_HORAS,
    CORRECCION_DIAS,
    RECEPTOR_DIAS,
)

#: Numbers that one inutilización gives up at most.
MAX_RANGE = 1000
#: Code of a CDC that is none, by event.
_BAD_CDC = {
    "cancelacion": "4001",
    "conformidad": "4151",
    "disconformidad": "4201",
    "desconocimiento": "4252",
    "notificacion": "4102",
    "nominacion": "4451",
    "transporte": "",
}
#: Code of a cancelled document, of an earlier desconocimiento, of the same event again, and of the deadline.
_CANCELLED = {
    "cancelacion": "4003",
    "conformidad": "4155",
    "disconformidad": "4204",
    "desconocimiento": "4264",
    "notificacion": "4115",
    "nominacion": "4452",
}
_AFTER_DENIAL = {"conformidad": "4156", "disconformidad": "4205", "notificacion": "4113"}
_AGAIN = {
    "disconformidad": "4200",
    "desconocimiento": "4251",
    "notificacion": "4101",
    "nominacion": "4453",
}
_LATE = {"conformidad": "4157", "disconformidad": "4206", "desconocimiento": "4263", "notificacion": "4114"}
#: Events that correct each other (NT-019).
_CORRECTS = {"conformidad": "disconformidad", "disconformidad": "conformidad"}


@dataclass(frozen=True, slots=True)
class Historia:
    """What is known of a document. Moments are wall clocks of Asunción; ``eventos``: name and moment of each.

    A conformidad is told as ``conformidad`` (total) or ``conformidad parcial``.
    """

    aprobado: datetime | None = None
    eventos: tuple[tuple[str, datetime], ...] = ()

    def has(self, clase: str) -> bool:
        """Whether there was such an event."""
        return any(name == clase for name, _ in self.eventos)

    def not_before(self, ahora: datetime) -> datetime:
        """SIFEN refuses (4009) an event signed before the approval, which its own clock may put ahead of ours."""
        return ahora if self.aprobado is None else max(ahora, self.aprobado)


def _problem(
    path: str, text: str, code: str = "", kind: str = codes.REGLA_INCUMPLIDA, **more: object
) -> Problem:
    return Problem(kind, text, path, more, authority_code=code, source=f"SIFEN v150 {code}".strip())


def problems_of_event(
    clase: str, datos: model.Evento, emisor: Emisor, ahora: datetime, historia: Historia
) -> list[Problem]:
    """Everything that keeps an event from being sent."""
    found: list[Problem] = []
    if isinstance(datos, model.DeCdc):
        found += _of_document(clase, datos, emisor, ahora, historia)
    match datos:
        case model.Inutilizacion():
            found += _of_range(datos, emisor)
        case model.Conformidad() if datos.conformidad == "2" and datos.fecha_recepcion is None:
            text = N_("Falta la fecha estimada de recepción en la conformidad parcial.")
            found.append(_problem("fecha_recepcion", text, "4154", codes.PROPIEDAD_FALTANTE))
        case model.Desconocimiento() | model.Notificacion():
            found += _of_receiver(clase, datos, ahora)
        case model.Nominacion():
            found += problems_of_receiver(datos, emisor, ahora)
        case model.Transporte():
            found += _of_transport(datos)
        case _:
            pass
    return found


def _of_document(
    clase: str, datos: model.DeCdc, emisor: Emisor, ahora: datetime, historia: Historia
) -> Iterator[Problem]:
    known = cdcs.parse(datos.cdc)
    if known is None:
        text = N_("El CDC no es válido: su dígito verificador, su RUC o su fecha no corresponden.")
        yield _problem("cdc", text, _BAD_CDC[clase], codes.FORMATO_INVALIDO)
        return
    own = known.ruc == emisor.ruc_y_dv[0]
    if clase in model.DEL_RECEPTOR and own:
        yield _problem("cdc", N_("El documento es de la propia empresa: este evento es de su receptor."))
    if clase not in model.DEL_RECEPTOR and not own:
        text = N_("El CDC es de otro emisor ({other}).")
        yield _problem("cdc", text, "4468" if clase == "nominacion" else "", other=known.ruc)
    if clase == "nominacion" and known.tipo != "1":
        yield _problem("cdc", N_("Solo se nomina una factura electrónica."), "4454")
    if clase == "transporte" and known.tipo != "7":
        yield _problem("cdc", N_("Solo se actualiza el transporte de una nota de remisión."))
    if historia.has("cancelacion"):
        yield _problem("cdc", N_("El documento ya está cancelado."), _CANCELLED.get(clase, ""))
    yield from _in_order(clase, datos, historia)
    if historia.aprobado is None:
        return
    if clase == "cancelacion":
        hours = CANCELACION_FACTURA_HORAS if known.tipo == "1" else CANCELACION_HORAS
        if ahora - historia.aprobado > timedelta(hours=hours):
            text = N_("Pasaron más de {hours} horas desde la aprobación: emita una nota de crédito.")
            code = "4009" if known.tipo == "1" else "4010"
            yield _problem("cdc", text, code, codes.FECHA_FUERA_DE_PLAZO, hours=hours)
    if clase in model.DEL_RECEPTOR and ahora - historia.aprobado > timedelta(days=RECEPTOR_DIAS):
        text = N_("Pasaron más de {days} días desde la aprobación.")
        yield _problem("cdc", text, _LATE[clase], codes.FECHA_FUERA_DE_PLAZO, days=RECEPTOR_DIAS)
    corrected = [moment for name, moment in historia.eventos if name.split()[0] == _CORRECTS.get(clase)]
    if corrected and ahora - max(corrected) > timedelta(days=CORRECCION_DIAS):
        text = N_("Pasaron más de {days} días desde el evento que se corrige.")
        yield _problem("cdc", text, _LATE[clase], codes.FECHA_FUERA_DE_PLAZO, days=CORRECCION_DIAS)


def _in_order(clase: str, datos: model.DeCdc, historia: Historia) -> Iterator[Problem]:
    if clase in _AFTER_DENIAL and historia.has("desconocimiento"):
        yield _problem(
            "cdc", N_("El documento fue desconocido: no admite otros eventos."), _AFTER_DENIAL[clase]
        )
    if clase in _AGAIN and historia.has(clase):
        yield _problem("cdc", N_("El documento ya tiene este evento."), _AGAIN[clase])
    if isinstance(datos, model.Conformidad):
        partial_again = datos.conformidad == "2" and historia.has("conformidad parcial")
        if historia.has("conformidad") or partial_again:
            yield _problem("cdc", N_("El documento ya tiene este evento."), "4150")


def _of_range(datos: model.Inutilizacion, emisor: Emisor) -> Iterator[Problem]:
    if datos.hasta < datos.desde:
        yield _problem("hasta", N_("El último número es menor que el primero."), "4068")
    elif datos.hasta - datos.desde >= MAX_RANGE:
        text = N_("Se inutilizan hasta {count} números por evento.")
        yield _problem("hasta", text, "4067", count=MAX_RANGE)
    timbrado = datos.serie.split("-")[0]
    if len(timbrado) == 8 and timbrado != emisor.timbrado:
        text = N_("El timbrado {given} no es el de la empresa ({own}).")
        yield _problem("serie", text, "4052", given=timbrado, own=emisor.timbrado)


def _of_receiver(
    clase: str, datos: model.Desconocimiento | model.Notificacion, ahora: datetime
) -> Iterator[Problem]:
    denial = clase == "desconocimiento"
    if datos.fecha_recepcion < datos.fecha_emision:
        text = N_("La recepción es anterior a la emisión.")
        yield _problem("fecha_recepcion", text, "4254" if denial else "4104")
    if ahora - datos.fecha_emision > timedelta(days=RECEPTOR_DIAS):
        text = N_("Pasaron más de {days} días desde la emisión.")
        code = "4253" if denial else "4103"
        yield _problem("fecha_emision", text, code, codes.FECHA_FUERA_DE_PLAZO, days=RECEPTOR_DIAS)
    if datos.ruc:
        if "-" in datos.ruc and (wrong := ruc_problem(datos.ruc, "ruc")):
            yield wrong
        if datos.tipo_doc or datos.numero_doc:
            yield _problem(
                "numero_doc", N_("Con RUC no se informa otro documento."), "4262" if denial else "4112"
            )
    elif datos.tipo_doc and not datos.numero_doc:
        text = N_("Falta el número de documento.")
        yield _problem("numero_doc", text, "4261" if denial else "4111", codes.PROPIEDAD_FALTANTE)
    elif datos.numero_doc and not datos.tipo_doc:
        text = N_("Falta el tipo de documento.")
        yield _problem("tipo_doc", text, "4259" if denial else "4109", codes.PROPIEDAD_FALTANTE)
    if (datos.ruc or datos.tipo_doc) and not datos.nombre:
        yield _problem("nombre", N_("Falta el nombre del receptor."), "", codes.PROPIEDAD_FALTANTE)


def _of_transport(datos: model.Transporte) -> Iterator[Problem]:
    given = [
        name for name in ("lugar", "chofer", "transportista", "vehiculo") if getattr(datos, name) is not None
    ]
    if len(given) != 1:
        text = N_("Indique una sola cosa que cambia: lugar, chofer, transportista o vehiculo.")
        yield _problem(given[1] if given else "lugar", text)
    if datos.lugar is not None:
        place = geography.find(datos.lugar.departamento, datos.lugar.distrito, datos.lugar.ciudad)
        if not isinstance(place, geography.Lugar):
            yield from geography.problems(place, "lugar-", "4300")
    who = datos.transportista
    if who is not None:
        if who.ruc and "-" in who.ruc and (wrong := ruc_problem(who.ruc, "transportista-ruc", "4318")):
            yield wrong
        if who.ruc and (who.tipo_doc or who.numero_doc):
            yield _problem("transportista-tipo_doc", N_("Con RUC no se informa otro documento."), "4321")
        if not who.ruc and not who.tipo_doc:
            text = N_("Indique el RUC del transportista, o su tipo de documento.")
            yield _problem("transportista-tipo_doc", text, "4320", codes.PROPIEDAD_FALTANTE)
        if not who.ruc and who.tipo_doc and not who.numero_doc:
            text = N_("Falta el número de documento del transportista.")
            yield _problem("transportista-numero_doc", text, "4324", codes.PROPIEDAD_FALTANTE)
    car = datos.vehiculo
    if car is not None and not car.matricula and not car.identificacion:
        text = N_("Indique la matrícula, o la identificación del vehículo.")
        yield _problem("vehiculo-matricula", text, "4335", codes.PROPIEDAD_FALTANTE)
