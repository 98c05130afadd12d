"""Where the goods leave and where they arrive (2574, 2577, 2775, 3363 to 3369, 3409 to 3416, 3459, 3460)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from emitir import error_codes as codes
from emitir.errors import Problem
from emitir.i18n import N_
from emitir.peru.catalogs import catalog
from emitir.peru.guia.model_partes import Lugar
from emitir.peru.guia.rules.finding import broken, found, identity, missing
from emitir.peru.guia.traslado import (
    COMPRA,
    EXPORTACION,
    IMPORTACION,
    ITINERANTE,
    PROPIO,
    RECOJO,
    Traslado,
)

#: A line of an address has three letters at least (4076, 4068).
_CORTA = 3


@dataclass(frozen=True, slots=True)
class _End:
    """What SUNAT calls the same thing at both ends of the way. ``no_own``: motives in which it is not the company's."""

    name: str
    no_address: str
    no_ubigeo: str
    short: str
    no_place: str
    no_own: frozenset[str]


_PARTIDA = _End("partida", "2577", "3363", "4076", "3365", frozenset({COMPRA, RECOJO, IMPORTACION}))
_LLEGADA = _End("llegada", "2574", "3368", "4068", "3369", frozenset({"01", "03", "05", "06", "14", "17"}))


def departure(guia: Traslado) -> Iterator[Problem]:
    """Where the goods leave."""
    follows = guia.de_transportista is not None and _follows_guia(guia, electronic=True)
    yield from _place(guia, guia.partida, _PARTIDA, needs_address=not (follows or _transfers(guia)))
    if guia.motivo == IMPORTACION and not _port(guia) and not guia.partida.establecimiento:
        text = N_("Indique el puerto o aeropuerto, o el establecimiento del que parte la mercancía.")
        yield missing("partida-establecimiento", "3365", text)


def arrival(guia: Traslado) -> Iterator[Problem]:
    """Where they arrive; the emisor itinerante does not know yet."""
    place = guia.llegada
    if guia.motivo == ITINERANTE:
        if place.establecimiento:
            text = N_("El emisor itinerante no informa el punto de llegada.")
            yield broken(text, "llegada-establecimiento", "3416")
        return
    follows = guia.de_transportista is not None and _follows_guia(guia, electronic=False)
    needs_ubigeo = not follows
    yield from _place(guia, place, _LLEGADA, not (follows or _transfers(guia)), needs_ubigeo)
    if (
        guia.motivo == EXPORTACION
        and not (guia.de_remitente and guia.de_remitente.puerto)
        and not place.establecimiento
    ):
        text = N_("Indique el puerto de embarque, o el establecimiento al que llega la mercancía.")
        yield missing("llegada-establecimiento", "3369", text)


def _transfers(guia: Traslado) -> bool:
    return guia.de_transportista is not None and guia.datos.transbordo


def _follows_guia(guia: Traslado, *, electronic: bool) -> bool:
    """A transportista may leave to the guía of the remitente what that one says."""
    return any(
        one.tipo == "09" and not (electronic and one.numero[:1].isdigit())
        for one in guia.datos.documentos_relacionados
    )


def _place(
    guia: Traslado, place: Lugar, end: _End, needs_address: bool, needs_ubigeo: bool = True
) -> Iterator[Problem]:
    at = f"{end.name}-"
    if not place.ubigeo:
        if needs_ubigeo:
            yield missing(f"{at}ubigeo", "2775")
    elif place.ubigeo not in catalog("13"):
        text = N_("El ubigeo {ubigeo} no existe en el catálogo 13.")
        yield found(codes.VALOR_NO_PERMITIDO, text, f"{at}ubigeo", end.no_ubigeo, ubigeo=place.ubigeo)
    if not place.direccion:
        if needs_address:
            yield missing(f"{at}direccion", end.no_address)
    elif len(place.direccion) < _CORTA:
        yield broken(N_("La dirección es demasiado corta."), f"{at}direccion", end.short)
    if bool(place.latitud) != bool(place.longitud):
        name = "longitud" if place.latitud else "latitud"
        yield missing(f"{at}{name}", "3413", N_("Latitud y longitud van juntas."))
    if guia.de_remitente:
        yield from _establishment(guia, place, end, at)


def _establishment(guia: Traslado, place: Lugar, end: _End, at: str) -> Iterator[Problem]:
    if place.establecimiento and not place.ruc:
        yield missing(f"{at}ruc", "3410", N_("Indique de qué RUC es el establecimiento."))
    if not place.ruc:
        return
    yield from identity("6", place.ruc, f"{at}ruc", "3409", "3412")
    if not place.establecimiento:
        yield missing(f"{at}establecimiento", end.no_place)
    own = place.ruc == guia.emisor.ruc
    if guia.motivo in end.no_own and own:
        text = N_("En el motivo {motivo} el establecimiento no es de la misma empresa.")
        yield broken(text, f"{at}ruc", "3411", motivo=guia.motivo)
    if guia.motivo == PROPIO and not own:
        text = N_("En el motivo 04 ambos establecimientos son de la misma empresa.")
        yield broken(text, f"{at}ruc", "3414", guia.emisor.ruc)


def _port(guia: Traslado) -> bool:
    datos = guia.de_remitente
    return datos is not None and bool(datos.puerto or datos.aeropuerto)


def ports(guia: Traslado) -> Iterator[Problem]:
    """3364, 3459, 3460: a port or airport of the catalogs, in the ubigeo that the goods leave or arrive at."""
    datos = guia.de_remitente
    if datos is None or guia.motivo not in (IMPORTACION, EXPORTACION):
        return
    place, end = (guia.partida, "partida") if guia.motivo == IMPORTACION else (guia.llegada, "llegada")
    for name, code, number, unknown in (
        ("puerto", datos.puerto, "63", "3459"),
        ("aeropuerto", datos.aeropuerto, "64", "3460"),
    ):
        if not code:
            continue
        row = catalog(number).rows.get(code)
        if row is None:
            text = N_("El código {code} no está en el catálogo {catalog}.")
            yield found(codes.VALOR_NO_PERMITIDO, text, name, unknown, code=code, catalog=number)
        elif place.ubigeo and row["ubigeo"] != place.ubigeo:
            text = N_("{place} está en el ubigeo {right}; llegó {ubigeo}.")
            params = {"place": row["descripcion"], "right": row["ubigeo"], "ubigeo": place.ubigeo}
            yield broken(text, f"{end}-ubigeo", "3364", row["ubigeo"], **params)
    if datos.puerto and datos.aeropuerto:
        yield broken(N_("Va un puerto o un aeropuerto, no ambos."), "aeropuerto", "3460")
