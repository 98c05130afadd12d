"""The printed form of a retención or percepción, by the contract of emitir.peru.printed_data."""

from __future__ import annotations

from datetime import datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from emitir.money import plain
from emitir.peru.agente.figures import CATALOGOS
from emitir.peru.catalogs import catalog
from emitir.peru.plazos import LIMA
from emitir.peru.printed_data import DENOMINACIONES, SIMBOLOS, VERSION, issuer
from emitir.printing.figures import day, grouped
from emitir.text import amount_in_words

if TYPE_CHECKING:
    from emitir.peru.agente.constancia import ComprobanteDeAgente

#: Words for both: what is done to a payment, who is paid or pays, and what both totals are called.
_WORDS = {
    "20": ("Retención", "Proveedor", "Total retenido", "Total pagado"),
    "40": ("Percepción", "Cliente", "Total percibido", "Total cobrado"),
}


def _soles(amount: Decimal) -> str:
    return f"S/ {grouped(amount, 2)}"


def printable(comprobante: ComprobanteDeAgente) -> dict[str, Any]:
    """Everything that the printed form says; only the hash is still to be added."""
    datos, cifras, emisor = comprobante.datos, comprobante.cifras, comprobante.emisor
    done, party, total, paid = _WORDS[datos.tipo]
    hora = f" {datos.hora:%H:%M}" if datos.hora else ""
    regimen = catalog(CATALOGOS[datos.tipo]).description(datos.regimen)
    stored: dict[str, Any] = {
        "v": VERSION,
        "tipo": datos.tipo,
        "ambiente": emisor.ambiente,
        "denominacion": DENOMINACIONES[datos.tipo],
        "numero": f"{datos.serie}-{datos.numero}",
        "creado": datetime.combine(datos.fecha, datos.hora or time(0), LIMA).isoformat(),
        "emisor": issuer(emisor),
        "receptor": [
            [party, datos.razon_social],
            ["RUC" if datos.tipo_doc == "6" else "Documento", datos.numero_doc],
        ],
        "datos": [
            ["Fecha de emisión", day(datos.fecha) + hora],
            ["Régimen", f"{regimen} ({grouped(cifras.tasa)} %)"],
        ],
        "detalle": [
            [
                str(number),
                f"{pago.documento.documento}\n{catalog('01').description(pago.documento.tipo)}",
                day(pago.documento.fecha),
                f"{SIMBOLOS.get(pago.documento.moneda, pago.documento.moneda)} {grouped(pago.documento.total, 2)}",
                day(pago.documento.pago_fecha or datos.fecha),
                grouped(pago.en_soles, 2),
                grouped(pago.importe, 2),
                grouped(pago.neto, 2),
            ]
            for number, pago in enumerate(cifras.pagos, 1)
        ],
        "totales": [[paid, _soles(cifras.pagado)]],
        "total": [total, _soles(cifras.total)],
        "letras": f"SON: {amount_in_words(cifras.total, 'SOLES')}",
        "notas": [["Observaciones", datos.observaciones]] if datos.observaciones else [],
        "leyendas": [f"{done} del IGV, en soles"],
        "qr": "|".join(
            (
                *(emisor.ruc, datos.tipo, datos.serie, str(datos.numero), "0.00", plain(cifras.total)),
                *(datos.fecha.isoformat(), datos.tipo_doc, datos.numero_doc),
            )
        )
        + "|",
    }
    return {key: value for key, value in stored.items() if value}
