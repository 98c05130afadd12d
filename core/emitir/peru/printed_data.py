"""What the printed form of a factura, boleta or nota says (spec.md §14), as text: stored with the comprobante.

Labels are Spanish whatever the language of the reader: the form is the law's. The contract of the stored
data, version 1 (absent keys mean that there is nothing to print):

- ``v`` 1; ``tipo`` (catalog 01); ``ambiente``; ``denominacion``; ``numero`` (``F001-21``); ``creado`` (ISO);
- ``emisor`` {``ruc``, ``nombre``, ``lineas``}; ``receptor``, ``datos``, ``referencias`` (what a nota
  modifies and why), ``totales``, ``pago``: label and value;
- ``detalle``, a list per line: number, code, quantity, unit, description, unit value, unit price, amount;
- ``total``: label and value; ``letras``; ``cuotas``: number, date, amount; ``leyendas``; ``notas``: title, text;
- ``qr``: its fields before the hash; none in a guía, whose QR is the ``enlace`` that SUNAT gives with its CDR. Whoever
  signs adds ``valor_resumen``, which the QR ends with; whoever prints may add ``consulta``: where the customer can look
  the comprobante up. A guía has neither ``letras`` nor ``total``.
"""

from __future__ import annotations

from datetime import datetime, time
from decimal import Decimal
from typing import Any

from emitir.money import plain
from emitir.peru import leyendas, sujeciones
from emitir.peru.afectacion import EXONERADO, INAFECTO
from emitir.peru.catalogs import catalog
from emitir.peru.comprobante import MONEDAS, Comprobante
from emitir.peru.emisor import Emisor
from emitir.peru.lineas import Linea
from emitir.peru.model import Nota, Venta
from emitir.peru.plazos import LIMA
from emitir.printing.figures import day, grouped, shortest_unit

VERSION = 1
DENOMINACIONES = {
    "01": "FACTURA ELECTRÓNICA",
    "03": "BOLETA DE VENTA ELECTRÓNICA",
    "04": "LIQUIDACIÓN DE COMPRA ELECTRÓNICA",
    "07": "NOTA DE CRÉDITO ELECTRÓNICA",
    "08": "NOTA DE DÉBITO ELECTRÓNICA",
    "09": "GUÍA DE REMISIÓN REMITENTE ELECTRÓNICA",
    "31": "GUÍA DE REMISIÓN TRANSPORTISTA ELECTRÓNICA",
    "20": "COMPROBANTE DE RETENCIÓN ELECTRÓNICO",
    "40": "COMPROBANTE DE PERCEPCIÓN ELECTRÓNICO",
}
#: Catalogs of the motives of a nota.
_MOTIVOS = {"07": "09", "08": "10"}
SIMBOLOS = {"PEN": "S/", "USD": "US$", "EUR": "€"}
#: Short names of the units that most invoices use; others print their code of catalog 03.
UNIDADES = {
    "NIU": "Und.",
    "ZZ": "Serv.",
    "KGM": "kg",
    "GRM": "g",
    "TNE": "t",
    "LTR": "l",
    "GLL": "gal",
    "MTR": "m",
    "CMT": "cm",
    "MTK": "m²",
    "MTQ": "m³",
    "HUR": "h",
    "DAY": "día",
    "MON": "mes",
    "BX": "Caja",
    "PK": "Paq.",
    "BG": "Bolsa",
    "BO": "Bot.",
    "SET": "Juego",
    "KT": "Kit",
    "PR": "Par",
    "DZN": "Docena",
    "MIL": "Millar",
}
#: How the identity documents of catalog 06 are called in front of their number.
DOCUMENTOS_IDENTIDAD = {
    "4": "Carné de extranjería",
    "7": "Pasaporte",
    "A": "Cédula diplomática",
    "B": "Documento de su país",
    "C": "TIN",
    "D": "IN",
    "E": "TAM",
    "F": "PTP",
    "G": "Salvoconducto",
    "H": "CPP",
}
_NOTAS_DE_LINEA = {EXONERADO: "Operación exonerada", INAFECTO: "Operación inafecta"}
#: Labels of the discounts and charges of the document (catalog 53).
_AJUSTES = {
    "02": "Descuento global",
    "03": "Descuento",
    "45": "FISE",
    "46": "Recargo al consumo",
    "49": "Cargo global",
    "50": "Otros cargos",
    "63": "Retención renta 2.ª cat.",
}


def printable(comprobante: Comprobante) -> dict[str, Any]:
    """Everything that the printed form says, as JSON values; only the hash is still to be added."""
    datos, emisor = comprobante.datos, comprobante.emisor
    stored: dict[str, Any] = {
        "v": VERSION,
        "tipo": datos.tipo,
        "ambiente": emisor.ambiente,
        "denominacion": DENOMINACIONES[datos.tipo],
        "numero": f"{datos.serie}-{datos.numero}",
        "creado": datetime.combine(datos.fecha, datos.hora or time(0), LIMA).isoformat(),
        "emisor": issuer(emisor),
        "receptor": _receptor(comprobante),
        "datos": _datos(comprobante),
        "referencias": [
            *(_referencias(datos) if isinstance(datos, Nota) else []),
            *_relacionados(comprobante),
        ],
        "detalle": _detalle(comprobante),
        "totales": _totales(comprobante),
        "total": ["Importe total", _money(comprobante, comprobante.total)],
        "letras": f"SON: {comprobante.monto_en_letras}",
        "pago": _pago(comprobante),
        "cuotas": [
            [str(number), day(cuota.fecha), _money(comprobante, cuota.monto)]
            for number, cuota in enumerate(datos.cuotas, 1)
        ],
        "leyendas": [words for _, words in leyendas.leyendas(comprobante)],
        "notas": [["Observaciones", datos.observaciones]] if datos.observaciones else [],
        "qr": _qr(comprobante),
    }
    return {key: value for key, value in stored.items() if value or key == "v"}


def _money(comprobante: Comprobante, amount: Decimal) -> str:
    return f"{SIMBOLOS.get(comprobante.moneda, comprobante.moneda)} {grouped(amount, 2)}"


def issuer(emisor: Emisor) -> dict[str, Any]:
    """RUC, name and lines of the issuer."""
    place = " - ".join(filter(None, (emisor.distrito, emisor.provincia, emisor.departamento)))
    phone = f"Tel. {emisor.telefono}" if emisor.telefono else ""
    lines = (
        emisor.razon_social if emisor.nombre_comercial else "",
        ", ".join(filter(None, (emisor.direccion, emisor.urbanizacion, place))),
        " · ".join(filter(None, (phone, emisor.correo, emisor.web))),
    )
    return {
        "ruc": emisor.ruc,
        "nombre": emisor.nombre_comercial or emisor.razon_social,
        "lineas": [line for line in lines if line],
    }


def _receptor(comprobante: Comprobante) -> list[list[str]]:
    tipo, numero, nombre = comprobante.receptor
    rows = [["Cliente", nombre]]
    if tipo in ("6", "1"):
        rows.append(["RUC" if tipo == "6" else "DNI", numero])
    elif numero != "-":
        rows.append(["Documento", f"{DOCUMENTOS_IDENTIDAD.get(tipo, '')} {numero}".lstrip()])
    if comprobante.datos.direccion:
        rows.append(["Dirección", comprobante.datos.direccion])
    return rows


def _datos(comprobante: Comprobante) -> list[list[str]]:
    datos = comprobante.datos
    hora = f" {datos.hora:%H:%M}" if datos.hora else ""
    moneda = MONEDAS.get(datos.moneda) or catalog("02").description(datos.moneda)
    rows = [["Fecha de emisión", day(datos.fecha) + hora]]
    if isinstance(datos, Venta) and datos.fecha_vencimiento:
        rows.append(["Fecha de vencimiento", day(datos.fecha_vencimiento)])
    rows.append(["Moneda", f"{moneda.capitalize()} ({datos.moneda})"])
    if isinstance(datos, Venta):
        rows.append(["Tipo de operación", catalog("51").description(comprobante.tipo_operacion)])
        if datos.orden_compra:
            rows.append(["Orden de compra", datos.orden_compra])
    return rows


def _referencias(nota: Nota) -> list[list[str]]:
    modified = ", ".join(f"{_documento(other.tipo)} {other.codigo}" for other in nota.modificados)
    return [
        ["Modifica", modified],
        ["Motivo", catalog(_MOTIVOS[nota.tipo]).description(nota.motivo)],
        ["Sustento", nota.sustento],
    ]


def _relacionados(comprobante: Comprobante) -> list[list[str]]:
    """Guías, related documents, anticipos and the place of delivery."""
    datos = comprobante.datos
    rows = []
    if datos.guias:
        rows.append(["Guías", ", ".join(guia.numero for guia in datos.guias)])
    if datos.documentos_relacionados:
        rows.append(["Documentos", ", ".join(other.numero for other in datos.documentos_relacionados)])
    if isinstance(datos, Venta):
        if datos.anticipos:
            paid = (f"{one.documento} ({_money(comprobante, one.monto)})" for one in datos.anticipos)
            rows.append(["Anticipos", ", ".join(paid)])
        if datos.entrega_direccion:
            places = (datos.entrega_distrito, datos.entrega_provincia, datos.entrega_departamento)
            rows.append(["Entrega", ", ".join(filter(None, (datos.entrega_direccion, *places)))])
    return rows


def _documento(tipo: str) -> str:
    known = DENOMINACIONES.get(tipo)
    return known.capitalize() if known else catalog("01").description(tipo)


def _detalle(comprobante: Comprobante) -> list[list[str]]:
    mixed = len({linea.tributo.code for linea in comprobante.lineas}) > 1
    return [_linea(number, linea, mixed) for number, linea in enumerate(comprobante.lineas, 1)]


def _linea(number: int, linea: Linea, mixed: bool) -> list[str]:
    item = linea.item
    notas = [_NOTAS_DE_LINEA[linea.tributo]] if mixed and linea.tributo in _NOTAS_DE_LINEA else []
    notas += _mas_de_linea(linea)
    return [
        str(number),
        item.codigo,
        grouped(item.cantidad),
        UNIDADES.get(item.unidad, item.unidad),
        "\n".join([item.descripcion, *notas]),
        _unit(item.valor_unitario, linea.valor_unitario, item.cantidad),
        _unit(None if linea.extra else item.precio_unitario, linea.precio_unitario, item.cantidad),
        # Bags pay ICBPER apart from the price: it is a total of its own, not part of this amount.
        grouped(linea.importe - linea.icbper, 2),
    ]


def _mas_de_linea(linea: Linea) -> list[str]:
    """What the line says under its description: given away, discounts, plate, concepts."""
    item, extra = linea.item, linea.extra
    notas = []
    if extra is not None:
        if extra.gratuita:
            notas.append(f"Transferencia gratuita, valor referencial {grouped(linea.valor_venta, 2)}")
        for label, amount in (
            ("Descuento", extra.descuento + extra.descuento_no_base),
            ("Cargo", extra.cargo + extra.cargo_no_base),
            ("ISC", extra.isc),
            ("Otros tributos", extra.otros),
        ):
            if amount:
                notas.append(f"{label} {grouped(amount, 2)}")
    if item.placa:
        notas.append(f"Placa {item.placa}")
    for one in item.propiedades:
        name = one.nombre or catalog("55").description(one.codigo)
        value = one.valor or one.cantidad or one.dias or one.hora or (one.fecha and day(one.fecha))
        notas.append(f"{name}: {value}")
    return notas


def _unit(given: Decimal | None, settled: Decimal, quantity: Decimal) -> str:
    """A unit figure as it was given; a computed one without the decimals that change nothing."""
    return grouped(shortest_unit(settled, quantity) if given is None else given, 2)


def _totales(comprobante: Comprobante) -> list[list[str]]:
    totales = comprobante.importes
    tasa = grouped(comprobante.datos.porcentaje_igv)
    rows = [
        ("Op. gravadas", totales.gravado + totales.gravado_ivap),
        ("Op. exoneradas", totales.exonerado),
        ("Op. inafectas", totales.inafecto),
        ("Op. de exportación", totales.exportacion),
        ("Op. gratuitas", totales.gratuito),
        ("ISC", totales.isc),
        (f"IGV ({tasa} %)", totales.igv),
        ("IVAP", totales.ivap),
        ("Otros tributos", totales.otros_tributos),
        ("ICBPER", totales.icbper),
    ]
    for one in comprobante.ajustes:
        if label := _AJUSTES.get(one.codigo):
            rows.append((label, one.monto if one.cargo else -one.monto))
    rows += [("Anticipos", -totales.anticipos), ("Redondeo", totales.redondeo)]
    return [[label, _money(comprobante, amount)] for label, amount in rows if amount]


def _pago(comprobante: Comprobante) -> list[list[str]]:
    forma = comprobante.forma_pago
    rows = []
    if forma == "Credito":
        rows = [["Forma de pago", "Crédito"], ["Saldo", _money(comprobante, comprobante.monto_pendiente)]]
    elif forma:
        rows = [["Forma de pago", forma]]
    if detraccion := comprobante.detraccion:
        good = catalog("54").description(detraccion.codigo)
        rows += [
            ["Detracción", f"{grouped(detraccion.porcentaje)} %, S/ {grouped(detraccion.monto, 2)}"],
            ["Bien o servicio", f"{detraccion.codigo} {good}"],
            ["Cuenta B. Nación", detraccion.cuenta],
        ]
    if (percepcion := comprobante.percepcion) and isinstance(comprobante.datos, Venta):
        total = sujeciones.total_con_percepcion(comprobante.datos, comprobante.total)
        rows.append(["Percepción", f"S/ {grouped(percepcion.monto, 2)}"])
        rows.append(["Total a cobrar", f"S/ {grouped(total or percepcion.monto, 2)}"])
    if retencion := comprobante.retencion:
        rows.append(["Retención del IGV", _money(comprobante, retencion.monto)])
    return rows


def _qr(comprobante: Comprobante) -> str:
    """The fields before the hash, with the figures as the XML writes them (spec.md §14)."""
    datos = comprobante.datos
    tipo_doc, numero_doc, _ = comprobante.receptor
    fields = (
        comprobante.emisor.ruc,
        datos.tipo,
        datos.serie,
        str(datos.numero),
        plain(comprobante.importes.igv),
        plain(comprobante.total),
        datos.fecha.isoformat(),
        tipo_doc,
        numero_doc,
    )
    return "|".join(fields) + "|"
