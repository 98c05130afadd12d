"""A transfer with what follows from its properties settled: who gets the goods, whose papers they are, what is shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal

from emitir.peru.emisor import Emisor
from emitir.peru.guia.model import Guia, GuiaRemitente, GuiaTransportista
from emitir.peru.guia.model_partes import DocumentoDeGuia, Lugar, Persona
from emitir.peru.plazos import LIMA

VENTA, COMPRA, VENTA_A_TERCERO, PROPIO, DEVOLUCION, RECOJO = "01", "02", "03", "04", "06", "07"
IMPORTACION, EXPORTACION, OTROS, ITINERANTE = "08", "09", "13", "18"
ADUANA = frozenset({IMPORTACION, EXPORTACION})
#: Motives whose goods come to the company itself (rule 2554), and those in which they leave it (2555).
HACIA_SI = frozenset({COMPRA, PROPIO, RECOJO})
HACIA_OTRO = frozenset({VENTA, VENTA_A_TERCERO, "05", DEVOLUCION, EXPORTACION, "14", "17"})
PUBLICO, PRIVADO = "01", "02"
#: Papers of a sale, and those that say who issued them (rule 3380).
DE_VENTA = frozenset({"01", "03", "12"})
CON_EMISOR = DE_VENTA | {"04", "09", "48"}
DECLARACIONES = frozenset({"50", "52"})
_INDICADOR = "SUNAT_Envio_Indicador"


@dataclass(frozen=True, slots=True)
class Traslado:
    """``ahora``: the moment in Lima."""

    datos: Guia
    emisor: Emisor
    ahora: datetime

    @property
    def de_remitente(self) -> GuiaRemitente | None:
        """The properties of a guía de remitente; None of another."""
        return self.datos if isinstance(self.datos, GuiaRemitente) else None

    @property
    def de_transportista(self) -> GuiaTransportista | None:
        """The properties of a guía de transportista; None of another."""
        return self.datos if isinstance(self.datos, GuiaTransportista) else None

    @property
    def motivo(self) -> str:
        """Catalog 20; empty in a guía de transportista."""
        return self.datos.motivo_traslado if isinstance(self.datos, GuiaRemitente) else ""

    @property
    def registro_mtc(self) -> str:
        """Number of a transportista in the registry of the MTC: as given, or the company's."""
        datos = self.de_transportista
        return (datos.registro_mtc or self.emisor.registro_mtc) if datos else ""

    @property
    def hora(self) -> time:
        """As given, or the present one; midnight on a day that has passed."""
        if self.datos.hora is not None:
            return self.datos.hora
        passed = self.datos.fecha < self.ahora.date()
        return time(0) if passed else self.ahora.time().replace(microsecond=0, tzinfo=None)

    @property
    def destinatario(self) -> Persona:
        """The company itself where the motive says so and nobody else is named."""
        datos = self.datos
        if not datos.numero_doc and self.motivo in HACIA_SI:
            return Persona.model_construct(
                tipo_doc="6", numero_doc=self.emisor.ruc, razon_social=self.emisor.razon_social[:250]
            )
        return Persona.model_construct(
            tipo_doc=datos.tipo_doc, numero_doc=datos.numero_doc, razon_social=datos.razon_social
        )

    @property
    def publico(self) -> bool:
        """Somebody else carries the goods."""
        return isinstance(self.datos, GuiaRemitente) and self.datos.modalidad == PUBLICO

    @property
    def privado(self) -> bool:
        """The company carries them with its own vehicle."""
        return isinstance(self.datos, GuiaRemitente) and self.datos.modalidad == PRIVADO

    @property
    def m1l(self) -> bool:
        """In a car or motorcycle: neither plate nor driver is told."""
        return isinstance(self.datos, GuiaRemitente) and self.datos.vehiculo_m1l

    @property
    def del_transportista(self) -> bool:
        """Vehicle and driver of the transportista are told here."""
        return isinstance(self.datos, GuiaRemitente) and self.datos.vehiculo_transportista

    @property
    def con_vehiculo(self) -> bool:
        """Vehicle and driver have to be told (rules 2566, 3357)."""
        if self.de_transportista:
            return True
        return not self.m1l and (self.privado or (self.publico and self.del_transportista))

    @property
    def con_transportista(self) -> bool:
        """Who carries the goods has to be told (rule 2558)."""
        return self.publico and not self.m1l

    @property
    def total_dam(self) -> bool:
        """Everything in the declaration is moved: its goods need not be listed."""
        return isinstance(self.datos, GuiaRemitente) and self.datos.traslado_total_dam

    @property
    def peso(self) -> Decimal:
        """Gross weight."""
        return self.datos.peso_bruto or Decimal(0)

    @property
    def inicio(self) -> date | None:
        """When the transfer starts; by public transport not before the goods are handed over (rule 3616)."""
        datos = self.datos
        if datos.fecha_traslado is None and isinstance(datos, GuiaRemitente):
            return datos.fecha_entrega
        return datos.fecha_traslado

    @property
    def documentos(self) -> Sequence[DocumentoDeGuia]:
        """The papers, with the company as their issuer where it has to be (rule 3381)."""
        return [self._paper(one) for one in self.datos.documentos_relacionados]

    def _paper(self, one: DocumentoDeGuia) -> DocumentoDeGuia:
        if one.ruc or one.tipo not in CON_EMISOR:
            return one
        own = self.emisor.ruc if self._is_own(one.tipo) else ""
        if self.de_remitente and self.motivo == DEVOLUCION and one.tipo in DE_VENTA:
            own = self.destinatario.numero_doc
        if (datos := self.de_transportista) and one.tipo == "09" and datos.remitente.tipo_doc == "6":
            own = datos.remitente.numero_doc
        return one.model_copy(update={"ruc": own})

    def _is_own(self, tipo: str) -> bool:
        """Whether a paper of that type can only be the company's own."""
        if self.de_remitente is None:
            return False
        return (
            tipo == "09"
            or (self.motivo in (VENTA, VENTA_A_TERCERO) and tipo in DE_VENTA)
            or (self.motivo == COMPRA and tipo in ("04", "48"))
        )

    def tipos(self) -> frozenset[str]:
        """Types of the papers."""
        return frozenset(one.tipo for one in self.datos.documentos_relacionados)

    @property
    def partida(self) -> Lugar:
        """Where the goods leave."""
        return self._place(self.datos.partida)

    @property
    def llegada(self) -> Lugar:
        """Where they arrive."""
        return self._place(self.datos.llegada)

    def _place(self, lugar: Lugar) -> Lugar:
        """Between the company's own establishments, both are its own."""
        if self.motivo == PROPIO and not lugar.ruc:
            return lugar.model_copy(update={"ruc": self.emisor.ruc})
        return lugar

    @property
    def indicadores(self) -> list[str]:
        """What SUNAT calls special instructions."""
        datos = self.datos
        found = [
            ("TransbordoProgramado", datos.transbordo),
            ("RetornoVehiculoEnvaseVacio", datos.retorno_envases),
            ("RetornoVehiculoVacio", datos.retorno_vacio),
        ]
        if isinstance(datos, GuiaRemitente):
            found += [
                ("TrasladoVehiculoM1L", datos.vehiculo_m1l),
                ("TrasladoTotalDAMoDS", datos.traslado_total_dam),
                ("VehiculoConductoresTransp", datos.vehiculo_transportista),
            ]
        if isinstance(datos, GuiaTransportista):
            found += [
                ("TrasporteSubcontratado", bool(datos.subcontratador.numero_doc)),  # SUNAT's own spelling
                ("TrasladoTotal", datos.traslado_total),
                (f"PagadorFlete_{datos.pagador_flete}", True),
            ]
        return [_INDICADOR + name for name, holds in found if holds]


def in_lima(now: datetime) -> datetime:
    """The moment in Lima."""
    return now.astimezone(LIMA)
