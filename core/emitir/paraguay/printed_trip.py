"""What the KuDE says of a transport of goods (spec.md §13)."""

from __future__ import annotations

from decimal import Decimal

from emitir.money import round_amount
from emitir.paraguay.catalogs import literal
from emitir.paraguay.comprobante import Comprobante
from emitir.paraguay.documents.partes import place_of
from emitir.paraguay.traslado import Carga, Parada, Transporte, Transportista
from emitir.paraguay.unidades import unit_code, unit_literal
from emitir.printing.figures import grouped


def _where(parada: Parada) -> str:
    lugar = place_of(parada.departamento, parada.distrito, parada.ciudad)
    number = f" {parada.numero_casa}" if parada.numero_casa else ""
    return f"{parada.direccion}{number}, {lugar.ciudad_nombre}, {lugar.departamento_nombre}"


def _carrier(who: Transportista) -> list[list[str]]:
    identity = (
        f"RUC {who.ruc}" if who.ruc else f"{literal('documento_identidad', who.tipo_doc)} {who.numero_doc}"
    )
    rows = [
        ["Transportista", f"{who.nombre}, {identity}, {who.domicilio}"],
        ["Chofer", f"{who.chofer_nombre}, documento {who.chofer_numero_doc}, {who.chofer_direccion}"],
    ]
    if who.agente_nombre:
        ruc = f", RUC {who.agente_ruc}" if who.agente_ruc else ""
        rows.append(["Agente", f"{who.agente_nombre}{ruc}"])
    return rows


def _means(transporte: Transporte) -> list[list[str]]:
    kind = literal("tipo_transporte", transporte.tipo) if transporte.tipo else ""
    how = " · ".join(filter(None, (kind, literal("modalidad_transporte", transporte.modalidad))))
    rows = [
        ["Transporte", how],
        ["Responsable del flete", literal("responsable_flete", transporte.responsable_flete)],
    ]
    for label, value in (
        ("Condición", transporte.condicion),
        ("Manifiesto", transporte.manifiesto),
        ("Despacho de importación", transporte.despacho),
        ("País de destino", literal("paises", transporte.pais_destino) if transporte.pais_destino else ""),
    ):
        if value:
            rows.append([label, value])
    for vehiculo in transporte.vehiculos:
        said = (
            f"{vehiculo.tipo} {vehiculo.marca}",
            vehiculo.matricula or vehiculo.identificacion,
            f"vuelo {vehiculo.vuelo}" if vehiculo.vuelo else "",
            vehiculo.adicional,
        )
        rows.append(["Vehículo", ", ".join(filter(None, said))])
    return rows


def trip(c: Comprobante) -> list[list[str]]:
    """Label and value of everything that is said of the transport; nothing without one."""
    transporte = c.datos.transporte
    if transporte is None:
        return []
    rows = []
    if transporte.inicio or transporte.fin:
        days = [f"{one:%d-%m-%Y}" for one in (transporte.inicio, transporte.fin) if one]
        rows.append(["Fechas del traslado", " a ".join(days)])
    if c.datos.kilometros:
        rows.append(["Kilómetros estimados", str(c.datos.kilometros)])
    if c.datos.precio_flete:
        rows.append(["Costo del flete", f"Gs. {grouped(round_amount(c.datos.precio_flete, 0), 0, ',', '.')}"])
    if c.datos.tipo == "7":
        code = c.datos.responsable_emision or "1"
        rows.append(["Emitida por", literal("responsable_remision", code)])
    if transporte.salida:
        rows.append(["Salida", _where(transporte.salida)])
    rows += [["Entrega", _where(parada)] for parada in transporte.entregas]
    rows += _means(transporte)
    if transporte.transportista:
        rows += _carrier(transporte.transportista)
    return rows + _load(c.datos.carga)


def _load(carga: Carga | None) -> list[list[str]]:
    if carga is None:
        return []
    rows = [
        (
            label,
            f"{grouped(Decimal(value), 0, ',', '.')} {unit_literal(unit_code(unit) or unit) if unit else ''}",
        )
        for label, value, unit in (
            ("Peso total", carga.peso, carga.unidad_peso),
            ("Volumen total", carga.volumen, carga.unidad_volumen),
        )
        if value
    ]
    if carga.caracteristica:
        kind = literal("caracteristica_carga", carga.caracteristica, carga.descripcion)
        rows.append(("Tipo de carga", kind))
    return [[label, value.strip()] for label, value in rows]
