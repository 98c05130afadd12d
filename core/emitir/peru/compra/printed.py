"""The printed form of a liquidación de compra, by the contract of emitir.peru.printed_data."""

from __future__ import annotations

from datetime import datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from emitir.money import plain
from emitir.peru.afectacion import EXONERADO, GRATUITO, IGV, INAFECTO
from emitir.peru.catalogs import catalog
from emitir.peru.compra.document import words
from emitir.peru.compra.figures import LineaDeCompra
from emitir.peru.compra.model import Ubicacion
from emitir.peru.comprobante import MONEDAS
from emitir.peru.plazos import LIMA
from emitir.peru.printed_data import DENOMINACIONES, DOCUMENTOS_IDENTIDAD, SIMBOLOS, UNIDADES, VERSION, issuer
from emitir.printing.figures import day, grouped, shortest_unit

if TYPE_CHECKING:
    from emitir.peru.compra.liquidacion import LiquidacionDeCompra


def _place(place: Ubicacion) -> str:
    kind = catalog("60").description(place.tipo)
    return f"{place.direccion} · {catalog('13').description(place.ubigeo)} ({place.ubigeo}) · {kind}"


def _line(number: int, linea: LineaDeCompra) -> list[str]:
    item = linea.item
    notes = [f"{catalog('55').description(one.codigo)}: {one.valor}" for one in item.conceptos]
    if linea.gratuita:
        notes.append(f"Transferencia gratuita, valor referencial {grouped(linea.valor, 2)}")
        return [
            *(str(number), item.codigo, grouped(item.cantidad), UNIDADES.get(item.unidad, item.unidad)),
            *("\n".join([item.descripcion, *notes]), "0.00", "0.00", "0.00"),
        ]
    return [
        str(number),
        item.codigo,
        grouped(item.cantidad),
        UNIDADES.get(item.unidad, item.unidad),
        "\n".join([item.descripcion, *notes]),
        grouped(shortest_unit(linea.valor_unitario, item.cantidad), 2),
        grouped(shortest_unit(linea.precio_unitario, item.cantidad), 2),
        grouped(linea.valor, 2),
    ]


def printable(liquidacion: LiquidacionDeCompra) -> dict[str, Any]:
    """Everything that the printed form says; only the hash is still to be added."""
    datos, cifras, emisor = liquidacion.datos, liquidacion.cifras, liquidacion.emisor
    symbol = SIMBOLOS.get(datos.moneda, datos.moneda)

    def money(amount: Decimal) -> str:
        return f"{symbol} {grouped(amount, 2)}"

    hora = f" {datos.hora:%H:%M}" if datos.hora else ""
    currency = MONEDAS.get(datos.moneda) or catalog("02").description(datos.moneda)
    totals = [
        ("Op. gravadas", cifras.bases.get(IGV.code)),
        ("Op. exoneradas", cifras.bases.get(EXONERADO.code)),
        ("Op. inafectas", cifras.bases.get(INAFECTO.code)),
        ("Op. gratuitas", cifras.bases.get(GRATUITO.code)),
        (f"IGV {grouped(datos.porcentaje_igv)} % (comprador)", cifras.igv),
        ("Otros tributos (comprador)", cifras.otros),
        ("Valor de compra", cifras.valor),
        ("Retención de renta", -sum((linea.renta for linea in cifras.lineas), Decimal(0))),
        ("Anticipos", -cifras.anticipos),
        ("Redondeo", datos.redondeo),
    ]
    stored: dict[str, Any] = {
        "v": VERSION,
        "tipo": datos.tipo,
        "ambiente": emisor.ambiente,
        "denominacion": DENOMINACIONES[datos.tipo],
        "numero": f"{datos.serie}-{datos.numero}",
        "creado": datetime.combine(datos.fecha, datos.hora or time(0), LIMA).isoformat(),
        "emisor": issuer(emisor),
        "receptor": [
            ["Vendedor", datos.razon_social],
            ["DNI" if datos.tipo_doc == "1" else DOCUMENTOS_IDENTIDAD[datos.tipo_doc], datos.numero_doc],
        ],
        "datos": [
            ["Fecha de emisión", day(datos.fecha) + hora],
            ["Moneda", f"{currency.capitalize()} ({datos.moneda})"],
            ["Tipo de operación", catalog("51").description(datos.tipo_operacion)],
        ],
        "referencias": [
            ["Domicilio", _place(datos.domicilio)],
            ["Lugar", _place(datos.lugar)],
            *([["Guías", ", ".join(guia.numero for guia in datos.guias)]] if datos.guias else []),
            *(
                [["Documentos", ", ".join(one.numero for one in datos.documentos_relacionados)]]
                if datos.documentos_relacionados
                else []
            ),
            *(
                [["Anticipos", ", ".join(one.documento for one in datos.anticipos)]]
                if datos.anticipos
                else []
            ),
        ],
        "detalle": [_line(number, linea) for number, linea in enumerate(cifras.lineas, 1)],
        "totales": [[label, money(amount)] for label, amount in totals if amount],
        "total": ["Neto a pagar", money(cifras.total)],
        "letras": f"SON: {words(cifras.total, datos.moneda)}",
        "notas": [["Observaciones", datos.observaciones]] if datos.observaciones else [],
        "qr": "|".join(
            (
                *(
                    emisor.ruc,
                    datos.tipo,
                    datos.serie,
                    str(datos.numero),
                    plain(cifras.igv),
                    plain(cifras.total),
                ),
                *(datos.fecha.isoformat(), datos.tipo_doc, datos.numero_doc),
            )
        )
        + "|",
    }
    return {key: value for key, value in stored.items() if value}
