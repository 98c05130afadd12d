"""A document with its issuer, its receiver and every figure settled: what rules judge and documents write."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from typing import Any

from emitir.country import Key, Signed
from emitir.errors import Problem
from emitir.money import EXACT, round_amount, trimmed
from emitir.paraguay import cdc, exportacion
from emitir.paraguay.amounts import NADA, Linea, Totales
from emitir.paraguay.catalogs import literal
from emitir.paraguay.emisor import Emisor
from emitir.paraguay.items import USUALES, Item
from emitir.paraguay.model import Documento, DocumentoAsociado
from emitir.paraguay.pagos import Pago
from emitir.paraguay.receptor import EXTERIOR, Receptor, receptor_of
from emitir.signing.signer import Signer

#: Properties that say nothing of their own: computed when absent, compared when given.
_CHECKED_ONLY = {"total", "serie", "tipo_doc", "numero_doc", "documento", "documentos", "items"}
CON_TOTALES = frozenset("1456")


@dataclass
class Comprobante:
    """Implements :class:`emitir.country.Prepared` for 1, 4, 5, 6 and 7.

    ``ahora`` is the wall clock of Asunción: moment of the signature, and of the issue where no time was given.
    ``lineas`` is empty and ``totales`` None while the request lacks what the arithmetic needs, and in a remisión.
    """

    datos: Documento
    emisor: Emisor
    ahora: datetime
    lineas: list[Linea] = field(default_factory=list)
    totales: Totales | None = None
    warnings: list[Problem] = field(default_factory=list)
    #: The address in the QR; :meth:`sign` sets it, since it holds the digest.
    qr: str = field(default="", repr=False)

    @property
    def tipo(self) -> str:
        """iTiDE."""
        return self.datos.tipo

    @cached_property
    def partes_serie(self) -> tuple[str, str, str, str]:
        """Timbrado, establecimiento, punto de expedición and serie (AA…ZZ, or empty)."""
        parts = self.datos.serie.split("-")
        timbrado = parts.pop(0) if len(parts[0]) == 8 else self.emisor.timbrado
        return timbrado, parts[0], parts[1], parts[2] if len(parts) > 2 else ""

    @cached_property
    def serie(self) -> str:
        """Timbrado-establecimiento-punto, and the serie if any: a new timbrado begins at number 1 again (C007)."""
        return "-".join(part for part in self.partes_serie if part)

    @property
    def numero(self) -> int:
        return self.datos.numero

    @cached_property
    def particulares(self) -> list[tuple[int, Item]]:
        """Lines (counted from 1) that have more than the usual properties; most documents have none."""
        return [
            (number, item)
            for number, item in enumerate(self.datos.items, 1)
            if not item.model_fields_set <= USUALES
        ]

    @cached_property
    def momento(self) -> datetime:
        """dFeEmiDE."""
        datos = self.datos
        return datetime.combine(datos.fecha, datos.hora or self.ahora.time())

    @cached_property
    def receptor(self) -> Receptor:
        return receptor_of(self.datos, self.emisor)

    @cached_property
    def asociados(self) -> tuple[DocumentoAsociado, ...]:
        return self.datos.asociados

    @cached_property
    def codigo_seguridad(self) -> str:
        """dCodSeg, drawn once for this document; sending it again sends the stored bytes."""
        return cdc.new_security_code(self.datos.numero)

    @cached_property
    def codigo_documento(self) -> str:
        """The CDC."""
        ruc, dv = self.emisor.ruc_y_dv
        _, establecimiento, punto, _ = self.partes_serie
        datos = self.datos
        return cdc.build(
            cdc.Cdc(
                datos.tipo,
                ruc,
                dv,
                establecimiento,
                punto,
                datos.numero,
                self.emisor.clase,
                datos.fecha,
                "1",
                self.codigo_seguridad,
            )
        )

    @property
    def fecha_emision(self) -> date:
        return self.datos.fecha

    @property
    def moneda(self) -> str:
        return self.datos.moneda

    @property
    def importes(self) -> Totales:
        """The settled totals; only a document that has any is asked for them."""
        if self.totales is None:
            raise ValueError("the figures of this document were not settled")
        return self.totales

    @property
    def total(self) -> Decimal:
        """In the decimals that it has: none for guaraníes as a rule, two at least in other currencies."""
        if self.totales is None:
            return NADA
        shown = Decimal(trimmed(self.totales.general))
        places = 0 if self.moneda == "PYG" else 2
        return shown if -int(shown.as_tuple().exponent) >= places else round_amount(shown, places)

    @property
    def total_guaranies(self) -> Decimal:
        """F014, or F023 in another currency."""
        if self.totales is None:
            return NADA
        return self.totales.general if self.totales.guaranies is None else self.totales.guaranies

    @property
    def receptor_numero(self) -> str:
        return self.receptor.documento or "-"

    @property
    def receptor_nombre(self) -> str:
        return self.receptor.nombre

    @property
    def condicion(self) -> str:
        """E601: 1 contado, 2 crédito; as given, or by what was said of the credit."""
        datos = self.datos
        credit = datos.cuotas or datos.plazo or datos.cantidad_cuotas
        return datos.forma_pago or ("2" if credit else "1")

    @cached_property
    def pagos(self) -> tuple[Pago, ...]:
        """Payments: as given; a sale at once that says nothing was paid in cash."""
        datos = self.datos
        if datos.pagos or self.condicion == "2" or self.totales is None:
            return tuple(datos.pagos)
        amount = round_amount(self.totales.general, 4)
        rate = None if datos.moneda == "PYG" else self.cambio
        paid = {"monto": amount} if rate is None else {"monto": amount, "tipo_cambio": rate}
        return (Pago(**paid),)

    @property
    def cambio(self) -> Decimal | None:
        """Exchange rate of the document: the global one, or the one that its items amount to."""
        datos = self.datos
        if datos.tipo_cambio is not None or self.totales is None or not self.totales.general:
            return datos.tipo_cambio
        return round_amount(EXACT.divide(self.total_guaranies, self.totales.general), 4)

    @property
    def obligaciones(self) -> list[str]:
        """Those of the document, or the company's."""
        given = self.datos.obligaciones
        return self.emisor.obligaciones if given is None else given

    @cached_property
    def informacion_fisco(self) -> str:
        """dInfoFisc: as given; else the company's legend of a remisión, or the data of an export (NT-007)."""
        datos = self.datos
        if datos.informacion_fisco:
            return datos.informacion_fisco
        if datos.tipo == "7":
            return self.emisor.leyenda_remision
        if datos.tipo != "1" or self.receptor.operacion != EXTERIOR:
            return ""
        trip = datos.transporte
        who = trip.transportista if trip else None
        return exportacion.texto(
            datos.exportacion or exportacion.Exportacion(),
            condicion=trip.condicion if trip else "",
            pais=literal("paises", (trip.pais_destino if trip else "") or datos.pais),
            fletera=who.nombre if who else "",
            agente=who.agente_nombre if who else "",
            manifiesto=trip.manifiesto if trip else "",
        )

    @property
    def content_hash(self) -> str:
        """SHA-256 of what was asked for: without the security code, the moment, and the issuer's own data."""
        datos = self.datos
        content = {
            "serie": self.serie,
            "receptor": (self.receptor.tipo_doc, self.receptor.documento),
            "asociados": [asociado.model_dump(exclude_defaults=True) for asociado in self.asociados],
            "datos": datos.model_dump(exclude=_CHECKED_ONLY, exclude_defaults=True),
            "items": [item.model_dump(exclude_defaults=True, exclude={"total"}) for item in datos.items],
        }
        text = json.dumps(content, ensure_ascii=False, sort_keys=True, default=_plain, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()

    def sign(self, signer: Signer) -> Signed:
        """Write and sign with the DNIT's generic CSC: for documents of the test environments alone."""
        return self.sign_with(signer, {})

    def sign_with(self, signer: Signer, secrets: Mapping[str, str]) -> Signed:
        """Write and sign; ``secrets`` holds the CSC (``csc``), which the hash of the QR is made with."""
        from emitir.paraguay.documents import write

        return write(self, signer, secrets)

    def record(self) -> dict[str, Any]:
        """What a cancelación, a nota or a sum of sales later needs."""
        from emitir.paraguay.registro import record

        return record(self)

    @property
    def modifies(self) -> tuple[Key, ...]:
        """The documents of the same issuer that a nota (5, 6) is about, by their CDC."""
        from emitir.paraguay.registro import modified

        return modified(self)

    def printable(self) -> dict[str, Any]:
        """The data of the KuDE; raises ValueError before the document was signed."""
        from emitir.paraguay.printed_data import printable

        return printable(self)


def _plain(value: object) -> str:
    return trimmed(value) if isinstance(value, Decimal) else str(value)
