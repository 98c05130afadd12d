"""A factura or boleta with its issuer and every figure settled: what rules judge and documents write."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from emitir.country import Signed
from emitir.errors import Problem
from emitir.money import trimmed
from emitir.peru.amounts import Linea, Totales
from emitir.peru.emisor import Emisor
from emitir.peru.model import Venta
from emitir.signing.signer import Signer
from emitir.text import amount_in_words

#: How the currency is called after an amount in words; others by catalog 02.
MONEDAS = {"PEN": "SOLES", "USD": "DÓLARES AMERICANOS", "EUR": "EUROS"}
#: Properties that count for the content as they were given; the others count by what became of them.
_HASHED = (
    *("tipo", "serie", "numero", "fecha", "hora", "fecha_vencimiento", "tipo_operacion", "direccion"),
    *("moneda", "orden_compra", "observaciones"),
)


@dataclass(slots=True)
class Comprobante:
    """Implements :class:`emitir.country.Prepared` for 01 and 03.

    ``lineas`` is empty and ``totales`` None while the request lacks what the arithmetic needs; the rules
    then see the header alone. ``hoy`` is the day in Lima.
    """

    venta: Venta
    emisor: Emisor
    hoy: date
    lineas: list[Linea] = field(default_factory=list)
    totales: Totales | None = None
    warnings: list[Problem] = field(default_factory=list)

    @property
    def tipo(self) -> str:
        return self.venta.tipo

    @property
    def serie(self) -> str:
        return self.venta.serie

    @property
    def numero(self) -> int:
        return self.venta.numero

    @property
    def codigo_documento(self) -> str:
        """RUC-TIPO-SERIE-NUMERO: the name of its file as well (spec.md §2)."""
        venta = self.venta
        return f"{self.emisor.ruc}-{venta.tipo}-{venta.serie}-{venta.numero}"

    @property
    def fecha_emision(self) -> date:
        return self.venta.fecha

    @property
    def moneda(self) -> str:
        return self.venta.moneda

    @property
    def importes(self) -> Totales:
        """The settled totals; only a comprobante that passed the rules is asked for them."""
        if self.totales is None:
            raise ValueError("the figures of this comprobante were not settled")
        return self.totales

    @property
    def total(self) -> Decimal:
        return self.importes.total

    @property
    def receptor_numero(self) -> str:
        return self.receptor[1]

    @property
    def receptor_nombre(self) -> str:
        return self.receptor[2]

    @property
    def receptor(self) -> tuple[str, str, str]:
        """Type (catalog 06), number and name; a boleta without customer goes to «CLIENTES VARIOS»."""
        venta = self.venta
        return venta.tipo_doc or "-", venta.numero_doc or "-", venta.razon_social or "CLIENTES VARIOS"

    @property
    def forma_pago(self) -> str:
        """``Contado``, ``Credito`` or empty (a boleta need not say): rule 3244."""
        venta = self.venta
        return venta.forma_pago or ("Credito" if venta.cuotas else "Contado" if venta.tipo == "01" else "")

    @property
    def monto_pendiente(self) -> Decimal:
        """What stays to be paid on credit: as given, or the whole."""
        given = self.venta.monto_pendiente
        return self.importes.total if given is None else given

    @property
    def monto_en_letras(self) -> str:
        """Legend 1000: ``OCHENTA Y NUEVE CON 99/100 SOLES``."""
        moneda = self.venta.moneda
        name = MONEDAS.get(moneda)
        if name is None:
            from emitir.peru.catalogs import catalog

            name = catalog("02").description(moneda).upper()
        return amount_in_words(self.importes.total, name)

    @property
    def content_hash(self) -> str:
        """SHA-256 of what the document says, the issuer's own data left out: they may change meanwhile."""
        venta = self.venta
        content = {
            "venta": [str(getattr(venta, name) or "") for name in _HASHED],
            "receptor": self.receptor,
            "forma_pago": self.forma_pago,
            "porcentaje_igv": trimmed(venta.porcentaje_igv),
            "pendiente": trimmed(self.monto_pendiente),
            "cuotas": [(trimmed(cuota.monto), cuota.fecha.isoformat()) for cuota in venta.cuotas],
            "totales": [trimmed(getattr(self.importes, name)) for name in Totales.__slots__],
            "lineas": [
                (
                    linea.item.unidad,
                    trimmed(linea.item.cantidad),
                    linea.item.codigo,
                    linea.item.codigo_sunat,
                    linea.item.descripcion,
                    linea.item.afectacion_igv,
                    trimmed(linea.valor_unitario.normalize()),
                    trimmed(linea.precio_unitario.normalize()),
                    trimmed(linea.valor_venta),
                    trimmed(linea.igv),
                    trimmed(linea.icbper),
                )
                for linea in self.lineas
            ],
        }
        text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()

    def sign(self, signer: Signer) -> Signed:
        from emitir.peru.documents import write

        return write(self, signer)

    def printable(self) -> dict[str, Any]:
        from emitir.peru.printed import printable

        return printable(self)
