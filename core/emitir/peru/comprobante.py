"""A comprobante with its issuer and every figure settled: what rules judge and documents write."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from pydantic import BaseModel

from emitir.country import Key, Signed
from emitir.errors import Problem
from emitir.money import ZERO, trimmed
from emitir.peru import sujeciones
from emitir.peru.ajustes import Ajuste
from emitir.peru.amounts import Totales
from emitir.peru.emisor import Emisor
from emitir.peru.lineas import Linea
from emitir.peru.model import DE_CABECERA, Comercial, Nota, Venta
from emitir.peru.model_item import DE_CALCULO, DE_DATOS
from emitir.signing.signer import Signer
from emitir.text import amount_in_words

#: How the currency is called after an amount in words; others by catalog 02.
MONEDAS = {"PEN": "SOLES", "USD": "DÓLARES AMERICANOS", "EUR": "EUROS"}
#: Properties that count for the content as they were given; the others count by what became of them.
_HASHED = (
    *("tipo", "serie", "numero", "fecha", "hora", "fecha_vencimiento", "direccion"),
    *("moneda", "orden_compra", "observaciones", "motivo", "sustento"),
)
#: Properties whose effect on the document is told elsewhere in the hash.
_SETTLED = frozenset(
    {
        *_HASHED,
        *(
            "tipo_operacion",
            "tipo_doc",
            "numero_doc",
            "razon_social",
            "forma_pago",
            "porcentaje_igv",
            "monto_pendiente",
            "cuotas",
        ),
        *("items", "documento", "documentos", "total_gravado", "total_exonerado", "total_inafecto"),
        *("total_igv", "total_icbper", "total_exportacion", "total_gratuito", "total_ivap", "total_isc"),
        *("total_otros_tributos", "total_anticipos", "total"),
    }
)
#: Types that a nota of a boleta modifies (rules 2399, 2400).
DE_BOLETA = frozenset({"03", "12", "16", "55"})
#: Type of nota de crédito that only changes the payments of a factura (catalog 09).
CAMBIO_DE_PAGOS = "13"


def is_number(text: str) -> bool:
    """Whether a number of a document is written with digits only."""
    return text.isascii() and text.isdigit()


def plain_value(value: Any) -> Any:
    """A value of a property as JSON has it; Decimals by their value."""
    if isinstance(value, Decimal):
        return trimmed(value)
    if isinstance(value, list):
        return [plain_value(element) for element in value]
    if isinstance(value, BaseModel):
        return {name: plain_value(getattr(value, name)) for name in sorted(value.model_fields_set)}
    return value if isinstance(value, bool) else str(value or "")


def _content(linea: Linea) -> tuple[Any, ...]:
    """What a line says, for the hash."""
    item = linea.item
    content: tuple[Any, ...] = (
        item.unidad,
        trimmed(item.cantidad),
        item.codigo,
        item.codigo_sunat,
        item.descripcion,
        item.afectacion_igv,
        trimmed(linea.valor_unitario.normalize()),
        trimmed(linea.precio_unitario.normalize()),
        trimmed(linea.valor_venta),
        trimmed(linea.igv),
        trimmed(linea.icbper),
    )
    more = item.model_fields_set & (DE_CALCULO | DE_DATOS)
    return (*content, {name: plain_value(getattr(item, name)) for name in sorted(more)}) if more else content


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
    ajustes: list[Ajuste] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    _operacion: str = field(default="", init=False, repr=False)

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
        return tipo + ("B" if self.datos.serie.startswith("B") or self._of_boleta else "F")

    @property
    def _of_boleta(self) -> bool:
        """Whether a nota de contingencia, whose serie has no letter, modifies a boleta."""
        return self.de_contingencia and any(other.tipo in DE_BOLETA for other in self.nota.modificados)

    @property
    def de_contingencia(self) -> bool:
        """Whether it was issued on authorised paper while there was no other way: its serie is of digits."""
        return self.datos.serie.isdigit()

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
    def tipo_operacion(self) -> str:
        """Catalog 51: as given, or what the properties of the sale make of it."""
        if not self._operacion:
            self._operacion = self._find_operacion(self.venta)
        return self._operacion

    @property
    def sencillo(self) -> bool:
        """Whether it has no part beside parties, lines and forma de pago: nothing of :data:`DE_CABECERA`."""
        return DE_CABECERA.isdisjoint(self.datos.model_fields_set) and not (
            self.importes.gratuito or self.importes.gravado_ivap
        )

    @staticmethod
    def _find_operacion(venta: Venta) -> str:
        if venta.tipo_operacion:
            return venta.tipo_operacion
        if venta.detraccion_codigo:
            return "1001"
        if venta.percepcion_regimen:
            return "2001"
        if venta.renta_segunda_base is not None:
            return "2002"
        items = venta.items
        return "0200" if items and all(item.afectacion_igv == "40" for item in items) else "0101"

    def has_legend(self, code: str) -> bool:
        """Whether the caller asks for that legend of catalog 52."""
        return any(leyenda.codigo == code for leyenda in self.datos.leyendas)

    @property
    def establecimiento(self) -> str:
        """Code of the establishment that issues."""
        return self.datos.establecimiento or self.emisor.codigo_establecimiento

    @property
    def detraccion(self) -> sujeciones.Detraccion | None:
        """What the customer deposits in the Banco de la Nación."""
        if not isinstance(self.datos, Venta):
            return None
        return sujeciones.detraccion(self.datos, self.emisor, self.importes.total)

    @property
    def percepcion(self) -> Ajuste | None:
        """What the issuer collects beside the price, in soles."""
        return (
            sujeciones.percepcion(self.venta, self.importes.total) if isinstance(self.datos, Venta) else None
        )

    @property
    def retencion(self) -> Ajuste | None:
        """What the customer keeps of the price."""
        return (
            sujeciones.retencion(self.venta, self.importes.total) if isinstance(self.datos, Venta) else None
        )

    @property
    def neto(self) -> Decimal:
        """What the customer pays to the issuer: the total without detracción and retención."""
        amount = self.importes.total
        if isinstance(self.datos, Nota):
            return amount
        if (detraccion := self.detraccion) and detraccion.en_moneda is not None:
            amount -= detraccion.en_moneda
        if retencion := self.retencion:
            amount -= retencion.monto
        return amount

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
        """What stays to be paid on credit: as given, or :attr:`neto` (the sum of the cuotas in type 13)."""
        given = self.datos.monto_pendiente
        if given is not None:
            return given
        if self.cambia_pagos:
            return sum((cuota.monto for cuota in self.datos.cuotas), ZERO)
        return self.neto

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
            "operacion": self.tipo_operacion if isinstance(datos, Venta) else "",
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
            "lineas": [_content(linea) for linea in self.lineas],
            "otros": {
                name: plain_value(getattr(datos, name)) for name in sorted(datos.model_fields_set - _SETTLED)
            },
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
