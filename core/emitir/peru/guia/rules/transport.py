"""Who carries the goods, in what, and who drives."""

from __future__ import annotations

from collections.abc import Iterator

from emitir.errors import Problem
from emitir.i18n import N_
from emitir.peru.catalogs import catalog
from emitir.peru.guia.model_partes import Conductor
from emitir.peru.guia.rules.finding import broken, identity, missing
from emitir.peru.guia.traslado import Traslado

_SECUNDARIOS = 2
_NO_VEHICLE = N_(
    "El vehículo no se declara en un M1 o L, ni en transporte público sin vehiculo_transportista."
)
_NO_DRIVER = N_(
    "El conductor no se declara en un M1 o L, ni en transporte público sin vehiculo_transportista."
)


def carrier(guia: Traslado) -> Iterator[Problem]:
    """2558 to 2563, 3347, 3348, 4391."""
    datos = guia.de_remitente
    if datos is None:
        if guia.de_transportista and not guia.registro_mtc:
            yield missing("registro_mtc", "4391")
        return
    given = datos.transportista_ruc or datos.transportista_nombre
    if guia.privado and given:
        text = N_("En transporte privado no va un transportista.")
        yield broken(text, "transportista_ruc" if datos.transportista_ruc else "transportista_nombre", "3347")
    if not guia.con_transportista:
        return
    if not datos.transportista_ruc:
        yield missing("transportista_ruc", "2558")
    elif datos.transportista_ruc == guia.emisor.ruc:
        text = N_("En transporte público el transportista es otra empresa.")
        yield broken(text, "transportista_ruc", "2560")
    else:
        yield from identity("6", datos.transportista_ruc, "transportista_ruc", "2559", "3348")
    if not datos.transportista_nombre:
        yield missing("transportista_nombre", "2563")
    if not datos.transportista_mtc:
        yield missing("transportista_mtc", "4391")


def permits(guia: Traslado) -> Iterator[Problem]:
    """4394, 4395, 4397, 4403, 4405, 4407: a permit has its number and who gave it."""
    datos = guia.datos
    holders = [
        ("", getattr(datos, "autorizacion", ""), getattr(datos, "entidad", ""), "4397", "4394", "4395")
    ]
    if guia.de_remitente:
        own = guia.de_remitente
        holders.append(
            (
                "transportista_",
                own.transportista_autorizacion,
                own.transportista_entidad,
                *("4397", "4394", "4395"),
            )
        )
    for number, one in enumerate(datos.vehiculos, 1):
        holders.append((f"vehiculos-{number}-", one.autorizacion, one.entidad, "4405", "4403", "4407"))
    for at, permit, entity, no_permit, no_entity, wrong in holders:
        if entity and not permit:
            yield missing(f"{at}autorizacion", no_permit)
        if permit and not entity:
            yield missing(f"{at}entidad", no_entity)
        if entity and entity not in catalog("D37"):
            yield broken(N_("No está en el catálogo D37."), f"{at}entidad", wrong)


def vehicles(guia: Traslado) -> Iterator[Problem]:
    """2566, 3354, 3452 to 3454, 4389, 4399."""
    given = guia.datos.vehiculos
    if guia.con_vehiculo:
        if not given:
            yield missing("vehiculos", "2566", N_("Indique la placa del vehículo."))
    elif given and (guia.publico or guia.m1l):
        yield broken(_NO_VEHICLE, "vehiculos", "3354")
    if len(given) > 1 + _SECUNDARIOS:
        yield broken(N_("Van hasta dos vehículos secundarios."), "vehiculos", "4389")
    plates: set[str] = set()
    for number, one in enumerate(given, 1):
        at = f"vehiculos-{number}-"
        if one.placa in plates:
            yield broken(N_("La placa está repetida."), f"{at}placa", "2567")
        plates.add(one.placa)
        told = guia.de_transportista or guia.del_transportista
        if told and not one.tarjeta_circulacion:
            yield missing(f"{at}tarjeta_circulacion", "4399")
        if not told and one.tarjeta_circulacion:
            text = N_("La tarjeta de circulación es del vehículo de un transportista.")
            yield broken(text, f"{at}tarjeta_circulacion", "3452" if number == 1 else "3454")


def drivers(guia: Traslado) -> Iterator[Problem]:
    """3357, 3362, 3455, 4376, and each of them."""
    given = guia.datos.conductores
    if guia.con_vehiculo:
        if not given:
            yield missing("conductores", "3357", N_("Indique al conductor del vehículo."))
    elif given and (guia.publico or guia.m1l):
        yield broken(_NO_DRIVER, "conductores", "3455")
        return
    if len(given) > 1 + _SECUNDARIOS:
        yield broken(N_("Van hasta dos conductores secundarios."), "conductores", "4376")
    licences: set[str] = set()
    for number, one in enumerate(given, 1):
        at = f"conductores-{number}-"
        yield from _driver(one, at)
        if one.licencia and one.licencia in licences:
            yield broken(N_("El conductor está repetido."), f"{at}licencia", "3362")
        licences.add(one.licencia)


def _driver(one: Conductor, at: str) -> Iterator[Problem]:
    """2568, 2569, 2572, 3360, 3361."""
    if not one.numero_doc:
        yield missing(f"{at}numero_doc", "2568")
    else:
        yield from identity(one.tipo_doc, one.numero_doc, f"{at}numero_doc", "2569", "2569")
    for name, value, code in (
        ("nombres", one.nombres, "3360"),
        ("apellidos", one.apellidos, "3361"),
        ("licencia", one.licencia, "2572"),
    ):
        if not value:
            yield missing(f"{at}{name}", code)
