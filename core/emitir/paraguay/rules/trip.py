"""Transport of the goods (groups E500 and E900)."""

from __future__ import annotations

from emitir import error_codes as codes
from emitir.i18n import N_
from emitir.paraguay import geography
from emitir.paraguay.catalogs import catalog
from emitir.paraguay.comprobante import Comprobante
from emitir.paraguay.emisor import ruc_problem
from emitir.paraguay.rules.engine import Report, rule
from emitir.paraguay.rules.header import LANZAMIENTO

_AIR = "3"
_OWN_PREMISES = "7"


@rule("2102", "2107", "2109", "2150", "2200", "2250", "2300", kind=codes.PROPIEDAD_FALTANTE, tipos="7")
def parts(c: Comprobante, report: Report) -> None:
    """A remisión says how, from when to when, from where to where, with what and by whom."""
    trip = c.datos.transporte
    if trip is None:
        return
    for name, code, text in (
        ("tipo", "2102", N_("Falta el tipo de transporte: propio o tercero.")),
        ("inicio", "2107", N_("Falta la fecha estimada de inicio del traslado.")),
        ("fin", "2109", N_("Falta la fecha estimada de fin del traslado.")),
        ("salida", "2150", N_("Falta el local de salida.")),
        ("entregas", "2200", N_("Falta el local de entrega.")),
        ("vehiculos", "2250", N_("Falta el vehículo del traslado.")),
        ("transportista", "2300", N_("Falta el transportista.")),
    ):
        if not getattr(trip, name):
            report(f"transporte-{name}", text, code=code)


@rule("2110", "2108", tipos="17")
def days(c: Comprobante, report: Report) -> None:
    """The transport ends when it has begun, and not before SIFEN."""
    trip = c.datos.transporte
    if trip is None or trip.inicio is None:
        return
    if trip.inicio <= LANZAMIENTO:
        report("transporte-inicio", N_("La fecha es anterior al lanzamiento de SIFEN."), code="2108")
    if trip.fin is not None and trip.fin < trip.inicio:
        report("transporte-fin", N_("El traslado termina antes de empezar."))


@rule("2153", "2203", kind=codes.VALOR_NO_PERMITIDO, tipos="17")
def places(c: Comprobante, report: Report) -> None:
    """Where the goods leave and arrive are places of the table."""
    trip = c.datos.transporte
    if trip is None:
        return
    stops = [("transporte-salida-", trip.salida, "2153")] if trip.salida else []
    stops += [
        (f"transporte-entregas-{number}-", parada, "2203") for number, parada in enumerate(trip.entregas, 1)
    ]
    for prefix, parada, code in stops:
        if parada is None:
            continue
        found = geography.find(parada.departamento, parada.distrito, parada.ciudad)
        if not isinstance(found, geography.Lugar):
            for problem in geography.problems(found, prefix, code):
                report.add(problem)


@rule("2252", "2253", "2254", tipos="17")
def vehicles(c: Comprobante, report: Report) -> None:
    """A vehicle is told by its matrícula or its own number; a flight has a number, nothing else has one."""
    trip = c.datos.transporte
    if trip is None:
        return
    for number, vehiculo in enumerate(trip.vehiculos, 1):
        path = f"transporte-vehiculos-{number}"
        if not vehiculo.matricula and not vehiculo.identificacion:
            report(
                f"{path}-matricula",
                N_("Indique la matrícula, o la identificación del vehículo."),
                kind=codes.PROPIEDAD_FALTANTE,
                code="2254",
            )
        if trip.modalidad == _AIR and not vehiculo.vuelo:
            report(f"{path}-vuelo", N_("Falta el número de vuelo."), kind=codes.PROPIEDAD_FALTANTE)
        if trip.modalidad != _AIR and vehiculo.vuelo:
            report(f"{path}-vuelo", N_("Solo un transporte aéreo lleva número de vuelo."), code="2253")


@rule("2306", "2307", "2308", "2311", "2113", "2313", tipos="17")
def carrier(c: Comprobante, report: Report) -> None:
    """The carrier has a RUC, or a document of identity; countries are in the table."""
    trip = c.datos.transporte
    if trip is None:
        return
    if trip.pais_destino and trip.pais_destino not in catalog("paises"):
        text = N_("El país {country} no está en la tabla de la DNIT.")
        report("transporte-pais_destino", text, code="2113", country=trip.pais_destino)
    who = trip.transportista
    if who is None:
        return
    path = "transporte-transportista"
    if who.ruc:
        if "-" in who.ruc and (wrong := ruc_problem(who.ruc, f"{path}-ruc", "2306")):
            report.add(wrong)
        if who.tipo_doc or who.numero_doc:
            report(f"{path}-tipo_doc", N_("Con RUC no se informa otro documento."), code="2308")
    elif not who.tipo_doc:
        text = N_("Indique el RUC del transportista, o su tipo de documento.")
        report(f"{path}-tipo_doc", text, kind=codes.PROPIEDAD_FALTANTE, code="2307")
    elif not who.numero_doc:
        text = N_("Falta el número de documento del transportista.")
        report(f"{path}-numero_doc", text, kind=codes.PROPIEDAD_FALTANTE, code="2311")
    if who.nacionalidad and who.nacionalidad not in catalog("paises"):
        text = N_("El país {country} no está en la tabla de la DNIT.")
        report(f"{path}-nacionalidad", text, code="2313", country=who.nacionalidad)
    if "-" in who.agente_ruc and (wrong := ruc_problem(who.agente_ruc, f"{path}-agente_ruc", "")):
        report.add(wrong)


@rule("2604", "2605", tipos="7")
def future_invoice(c: Comprobante, report: Report) -> None:
    """A transport for a sale names its invoice, or the day of it within the month of the remisión."""
    datos = c.datos
    day = datos.fecha_factura
    if datos.motivo == "1" and not c.asociados and day is None:
        report(
            "fecha_factura",
            N_("Falta la factura asociada, o la fecha en que se emitirá."),
            kind=codes.PROPIEDAD_FALTANTE,
            code="2605",
        )
    if day is not None and (day.year, day.month) > (datos.fecha.year, datos.fecha.month):
        report("fecha_factura", N_("La factura debe emitirse en el mes de la remisión."))


@rule("2606", tipos="7")
def own_premises(c: Comprobante, report: Report) -> None:
    """Goods that go from one's own premises to one's own are received by oneself."""
    if c.datos.motivo == _OWN_PREMISES and c.receptor.ruc != c.emisor.ruc_y_dv[0]:
        report(
            "numero_doc",
            N_("En un traslado entre locales el receptor es la propia empresa."),
            suggestion=c.emisor.ruc,
        )
