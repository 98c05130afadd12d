"""A comprobante with its issuer and every figure settled: what rules judge and documents write."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from emitir.country import Key, Signed
from emitir.errors import Problem
from emitir.money import ZERO, trimmed
from emitir.peru.amounts import Linea, Totales
from emitir.peru.emisor import Emisor
from emitir.peru.model import Comercial, Nota, Venta
from emitir.signing.signer import Signer
from emitir.text import amount_in_words

#: How the currency is called after an amount in words; others by catalog 02.
MONEDAS = {"PEN": "SOLES", "USD": "DÓLARES AMERICANOS", "EUR": "EUROS"}
#: Properties that count for the content as they were given; the others count by what became of them.
_HASHED = (
    *("tipo", "serie", "numero", "fecha", "hora", "fecha_vencimiento", "tipo_operacion", "direccion"),
    *("moneda", "orden_compra", "observaciones", "motivo", "sustento"),
)


def is_number(text: str) -> bool:
    """Whether a number of a document is written with digits only."""
    return text.isascii() and text.isdigit()


#: Type of nota de crédito that only changes the payments of a factura (catalog 09).
CAMBIO_DE_PAGOS = "13"


@dataclass(slots=True)
class Comprobante:
    """Implements :class:`emitir.country.Prepared` for 01, 03, 07 and 08.

    ``lineas`` is empty and ``totales`` None while the request lacks what the arithmetic needs; the rules
    then see the header alone. ``hoy`` is the day in Lima.
    """

    datos: Comercial
    emisor: Emisor
    hoy: date
    lineas: list[Linea] = field(default_factory=list)
    totales: Totales | None = None
    warnings: list[Problem] = field(default_factory=list)

    @property
    def venta(self) -> Venta:
        """The properties of a factura or boleta."""
        if isinstance(self.datos, Venta):
            return self.datos
        raise TypeError(f"a document of type {self.tipo} is no sale")

    @property
    def nota(self) -> Nota:
        """The properties of a nota."""
        if isinstance(self.datos, Nota):
            return self.datos
        raise TypeError(f"a document of type {self.tipo} is no nota")

    @property
    def tipo(self) -> str:
        return self.datos.tipo

    @property
    def clase(self) -> str:
        """Type, and for a nota the letter of what it modifies as well: ``01``, ``03``, ``07F``, ``07B``…

        SUNAT judges a nota of a boleta as mildly as the boleta.
        """
        tipo = self.datos.tipo
        if tipo in {"01", "03"}:
            return tipo
        return tipo + ("B" if self.datos.serie.startswith("B") else "F")

    @property
    def serie(self) -> str:
        return self.datos.serie

    @property
    def numero(self) -> int:
        return self.datos.numero

    @property
    def codigo_documento(self) -> str:
        """RUC-TIPO-SERIE-NUMERO: the name of its file as well (spec.md §2)."""
        datos = self.datos
        return f"{self.emisor.ruc}-{datos.tipo}-{datos.serie}-{datos.numero}"

    @property
    def fecha_emision(self) -> date:
        return self.datos.fecha

    @property
    def moneda(self) -> str:
        return self.datos.moneda

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
        datos = self.datos
        return datos.tipo_doc or "-", datos.numero_doc or "-", datos.razon_social or "CLIENTES VARIOS"

    @property
    def forma_pago(self) -> str:
        """``Contado``, ``Credito`` or empty: a boleta need not say, a nota only in type 13 (3244, 3257)."""
        datos = self.datos
        if not isinstance(datos, Venta):
            return "Credito" if self.cambia_pagos else ""
        return datos.forma_pago or ("Credito" if datos.cuotas else "Contado" if datos.tipo == "01" else "")

    @property
    def cambia_pagos(self) -> bool:
        """A nota de crédito of type 13: it changes amounts and dates of payment and is worth nothing itself."""
        return isinstance(self.datos, Nota) and self.tipo == "07" and self.datos.motivo == CAMBIO_DE_PAGOS

    @property
    def monto_pendiente(self) -> Decimal:
        """What stays to be paid on credit: as given, or the whole (the sum of the cuotas in type 13)."""
        given = self.datos.monto_pendiente
        if given is not None:
            return given
        if self.cambia_pagos:
            return sum((cuota.monto for cuota in self.datos.cuotas), ZERO)
        return self.importes.total

    @property
    def monto_en_letras(self) -> str:
        """Legend 1000: ``OCHENTA Y NUEVE CON 99/100 SOLES``."""
        moneda = self.datos.moneda
        name = MONEDAS.get(moneda)
        if name is None:
            from emitir.peru.catalogs import catalog

            name = catalog("02").description(moneda).upper()
        return amount_in_words(self.importes.total, name)

    @property
    def content_hash(self) -> str:
        """SHA-256 of what the document says, the issuer's own data left out: they may change meanwhile."""
        datos = self.datos
        content = {
            "datos": [str(getattr(datos, name, "") or "") for name in _HASHED],
            "receptor": self.receptor,
            "modifica": [
                (modified.tipo, modified.codigo)
                for modified in (datos.modificados if isinstance(datos, Nota) else ())
            ],
            "forma_pago": self.forma_pago,
            "porcentaje_igv": trimmed(datos.porcentaje_igv),
            "pendiente": trimmed(self.monto_pendiente),
            "cuotas": [(trimmed(cuota.monto), cuota.fecha.isoformat()) for cuota in datos.cuotas],
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

    def record(self) -> dict[str, Any]:
        from emitir.peru.registro import record

        return record(self)

    @property
    def modifies(self) -> tuple[Key, ...]:
        """The electronic documents that a nota modifies."""
        modified = self.datos.modificados if isinstance(self.datos, Nota) else ()
        return tuple((one.tipo, one.serie, int(one.numero)) for one in modified if is_number(one.numero))

    def printable(self) -> dict[str, Any]:
        from emitir.peru.printed import printable

        return printable(self)
