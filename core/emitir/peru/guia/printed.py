"""The printed form of a guía, by the contract of emitir.peru.printed_data.

Its QR is an address that SUNAT gives in the CDR: until then there is none, and the goods may not leave
(:func:`with_answer`).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from emitir.peru.catalogs import catalog
from emitir.peru.guia.document_partes import annotation
from emitir.peru.guia.model_partes import Bien, Lugar, Persona
from emitir.peru.guia.traslado import ADUANA, ITINERANTE, Traslado
from emitir.peru.plazos import LIMA
from emitir.peru.printed_data import DENOMINACIONES, DOCUMENTOS_IDENTIDAD, UNIDADES, VERSION, issuer
from emitir.printing.figures import day, grouped

_PESO = {"KGM": "kg", "TNE": "t"}
_INDICADORES = (
    ("transbordo", "Transbordo programado"),
    ("retorno_vacio", "Retorno de vehículo vacío"),
    ("retorno_envases", "Retorno con envases o embalajes vacíos"),
    ("vehiculo_m1l", "Traslado en vehículo de categoría M1 o L"),
    ("traslado_total_dam", "Traslado total de la DAM o DS"),
    ("traslado_total", "Traslado total de los bienes de los documentos"),
)


def printable(guia: Traslado) -> dict[str, Any]:
    """Everything that the printed form says; the hash and, of the CDR, the address of the QR are added later."""
    datos = guia.datos
    stored: dict[str, Any] = {
        "v": VERSION,
        "tipo": datos.tipo,
        "ambiente": guia.emisor.ambiente,
        "denominacion": DENOMINACIONES[datos.tipo],
        "numero": f"{datos.serie}-{datos.numero}",
        "creado": datetime.combine(datos.fecha, guia.hora, LIMA).isoformat(),
        "emisor": issuer(guia.emisor),
        "receptor": _receptor(guia),
        "datos": _datos(guia),
        "referencias": _referencias(guia),
        "detalle": _detalle(guia),
        "leyendas": [words for name, words in _INDICADORES if getattr(datos, name, False)],
        "notas": [["Observaciones", datos.observaciones]] if datos.observaciones else [],
    }
    return {key: value for key, value in stored.items() if value}


def with_answer(stored: Mapping[str, Any], cdr: bytes | None) -> dict[str, Any]:
    """The stored data with the address that the QR says, from SUNAT's CDR."""
    from emitir.peru.sunat.cdr import read_cdr

    url = read_cdr(cdr).url if cdr else ""
    return {**stored, "enlace": url} if url.startswith(("https://", "http://")) else dict(stored)


def _person(label: str, one: Persona) -> list[list[str]]:
    if not one.numero_doc:
        return []
    kind = {"6": "RUC", "1": "DNI"}.get(one.tipo_doc) or DOCUMENTOS_IDENTIDAD.get(one.tipo_doc, "Documento")
    return [[label, f"{one.razon_social} — {kind} {one.numero_doc}" if one.razon_social else one.numero_doc]]


def _receptor(guia: Traslado) -> list[list[str]]:
    to = guia.destinatario
    kind = {"6": "RUC", "1": "DNI"}.get(to.tipo_doc) or "Documento"
    rows = [["Destinatario", to.razon_social], [kind, to.numero_doc]]
    if datos := guia.de_transportista:
        who = datos.remitente
        rows = [
            ["Remitente", who.razon_social],
            [{"6": "RUC", "1": "DNI"}.get(who.tipo_doc) or "Documento", who.numero_doc],
            *rows,
        ]
    return rows


def _datos(guia: Traslado) -> list[list[str]]:
    datos = guia.datos
    rows = [["Emisión", f"{day(datos.fecha)} {guia.hora:%H:%M}"]]
    sender = guia.de_remitente
    if sender is not None:
        why = sender.descripcion_motivo or catalog("20").description(guia.motivo)
        rows.append(["Motivo", why])
        rows.append(["Modalidad", "Transporte público" if guia.publico else "Transporte privado"])
        if sender.fecha_entrega:
            rows.append(["Entrega de bienes", day(sender.fecha_entrega)])
    if guia.inicio:
        rows.append(["Inicio del traslado", day(guia.inicio)])
    rows.append(["Peso bruto", f"{grouped(guia.peso)} {_PESO[datos.unidad_peso]}"])
    if sender is not None and sender.bultos:
        rows.append(["Bultos", str(sender.bultos)])
    return rows


def _place(label: str, place: Lugar) -> list[list[str]]:
    row = catalog("13").rows.get(place.ubigeo)
    where = " · ".join(
        filter(None, (place.direccion, f"{row['descripcion']} ({place.ubigeo})" if row else place.ubigeo))
    )
    if place.establecimiento:
        where += f" · Establecimiento {place.establecimiento} de {place.ruc}"
    return [[label, where]] if where else []


def _referencias(guia: Traslado) -> list[list[str]]:
    datos = guia.datos
    rows = _place("Partida", guia.partida)
    if guia.motivo != ITINERANTE:
        rows += _place("Llegada", guia.llegada)
    if sender := guia.de_remitente:
        rows += [*_person("Proveedor", sender.proveedor), *_person("Comprador", sender.comprador)]
        if guia.con_transportista:
            carrier = f"{sender.transportista_nombre} — RUC {sender.transportista_ruc}"
            rows.append(
                [
                    "Transporte",
                    f"{carrier} — MTC {sender.transportista_mtc}" if sender.transportista_mtc else carrier,
                ]
            )
        if sender.contenedores:
            found = (f"{one.numero} (precinto {one.precinto or '—'})" for one in sender.contenedores)
            rows.append(["Contenedores", ", ".join(found)])
        if guia.motivo in ADUANA and (sender.puerto or sender.aeropuerto):
            number = "63" if sender.puerto else "64"
            label = "Puerto" if sender.puerto else "Aeropuerto"
            rows.append([label, catalog(number).description(sender.puerto or sender.aeropuerto)])
    if carrier_data := guia.de_transportista:
        if guia.registro_mtc:
            rows.append(["Registro MTC", guia.registro_mtc])
        rows += _person("Subcontrata", carrier_data.subcontratador)
        rows.append(["Paga el flete", carrier_data.pagador_flete])
        if carrier_data.pagador_flete == "Tercero":
            rows[-1:] = _person("Paga el flete", carrier_data.pagador)
    if datos.vehiculos:
        shown = (
            f"{one.placa} (tarjeta {one.tarjeta_circulacion})" if one.tarjeta_circulacion else one.placa
            for one in datos.vehiculos
        )
        rows.append(["Vehículos" if len(datos.vehiculos) > 1 else "Vehículo", ", ".join(shown)])
    if datos.conductores:
        rows.append(
            [
                "Conductores" if len(datos.conductores) > 1 else "Conductor",
                "; ".join(
                    f"{one.nombres} {one.apellidos}, {one.numero_doc}, licencia {one.licencia}"
                    for one in datos.conductores
                ),
            ]
        )
    if guia.documentos:
        papers = (f"{catalog('61').description(one.tipo)} {one.numero}" for one in guia.documentos)
        rows.append(["Documentos", ", ".join(papers)])
    return rows


def _detalle(guia: Traslado) -> list[list[str]]:
    items = guia.datos.items
    if not items:
        return [["", "", annotation(guia), "", ""]]
    return [_line(number, item) for number, item in enumerate(items, 1)]


def _line(number: int, item: Bien) -> list[str]:
    notes = [
        f"{label} {value}"
        for label, value in (
            ("Partida arancelaria", item.partida_arancelaria),
            ("DAM o DS", item.dam),
            ("serie", item.dam_serie),
        )
        if value
    ]
    words = "\n".join(filter(None, (item.descripcion, " · ".join(notes))))
    quantity = grouped(item.cantidad) if item.cantidad else ""
    unit = UNIDADES.get(item.unidad) or catalog("65").rows.get(item.unidad, {}).get(
        "descripcion", item.unidad
    )
    return [str(number), item.codigo, words, unit if quantity else "", quantity]
