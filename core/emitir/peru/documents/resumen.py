"""Resumen diario (RC): ``SummaryDocuments``, CustomizationID 1.1. Sheet Resumen_Diario1_1.

Boletas and their notas of one date of issue: added (1), modified (2) or annulled (3), at most 500 in a file.
Of documents issued from :data:`RS_48_2026` on it tells more: gratuitas by kind, rate of the IGV, customer's name.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from emitir.country import Signed
from emitir.money import ZERO
from emitir.peru.afectacion import GRATUITO, ICBPER, IGV, ISC, IVAP, OTROS, Tributo
from emitir.peru.documents import ubl20
from emitir.peru.emisor import Emisor
from emitir.peru.vigencias import RS_48_2026
from emitir.signing.signer import Signer
from emitir.xml import text

_ROOT = "SummaryDocuments"
#: Lines that one resumen holds at most (spec.md §8).
MAX_LINEAS = 500
#: Status of a line: catalog 19.
Estado = Literal[1, 2, 3]
AGREGAR: Estado = 1
MODIFICAR: Estado = 2
ANULAR: Estado = 3


@dataclass(frozen=True, slots=True)
class PercepcionResumen:
    """The percepción of a boleta, in soles. ``regimen``: catalog 22; ``cobrado``: total with the percepción."""

    regimen: str
    tasa: Decimal
    monto: Decimal
    cobrado: Decimal
    base: Decimal


@dataclass(frozen=True, slots=True)
class Gratuitas:
    """Reference values of what is given away, by kind, and the IGV on them."""

    gravado: Decimal = ZERO
    exonerado: Decimal = ZERO
    inafecto: Decimal = ZERO
    exportacion: Decimal = ZERO
    igv: Decimal = ZERO


@dataclass(frozen=True, slots=True)
class LineaResumen:
    """One boleta (03) or nota of a boleta (07, 08). Amounts in ``moneda``, two decimals.

    ``estado``: catalog 19 (1 add, 2 modify, 3 annul). ``modifica``: type and number of what a nota modifies.
    ``gratuitas``: what ``gratuito`` is made of.
    """

    tipo: str
    serie: str
    numero: int
    estado: Estado
    tipo_doc: str
    numero_doc: str
    moneda: str
    total: Decimal
    gravado: Decimal = ZERO
    exonerado: Decimal = ZERO
    inafecto: Decimal = ZERO
    igv: Decimal = ZERO
    icbper: Decimal = ZERO
    exportacion: Decimal = ZERO
    gratuito: Decimal = ZERO
    gravado_ivap: Decimal = ZERO
    ivap: Decimal = ZERO
    isc: Decimal = ZERO
    otros_tributos: Decimal = ZERO
    cargos: Decimal = ZERO
    modifica: tuple[str, str] | None = None
    nombre: str = ""
    tasa_igv: Decimal = ZERO
    gratuitas: Gratuitas = Gratuitas()
    percepcion: PercepcionResumen | None = None


@dataclass(frozen=True, slots=True)
class ResumenDiario:
    """``correlativo``: number of the file within its day of generation (Lima), from 1."""

    emisor: Emisor
    correlativo: int
    fecha_generacion: date
    fecha_documentos: date
    lineas: tuple[LineaResumen, ...]

    @property
    def identificador(self) -> str:
        """``RC-20261121-1``."""
        return ubl20.identifier("RC", self.fecha_generacion, self.correlativo)

    @property
    def codigo_documento(self) -> str:
        """Name of the file: RUC and identifier."""
        return f"{self.emisor.ruc}-{self.identificador}"

    def sign(self, signer: Signer) -> Signed:
        """The signed file. Raises ValueError with no line or more than :data:`MAX_LINEAS`."""
        if not 1 <= len(self.lineas) <= MAX_LINEAS:
            raise ValueError(f"a resumen holds 1 to {MAX_LINEAS} documents")
        header = ubl20.header(
            "1.1", self.identificador, self.fecha_documentos, self.fecha_generacion, self.emisor
        )
        new = self.fecha_documentos >= RS_48_2026
        lines = "".join(_line(number, linea, new) for number, linea in enumerate(self.lineas, 1))
        return ubl20.sign(_ROOT, header + lines, self.emisor, signer)


def _tax(tributo: Tributo, amount: Decimal, money: str, rate: Decimal = ZERO) -> str:
    percent = f"<cbc:Percent>{rate:.2f}</cbc:Percent>" if rate else ""
    return (
        f"<cac:TaxTotal><cbc:TaxAmount{money}{amount!s}</cbc:TaxAmount><cac:TaxSubtotal>"
        f"<cbc:TaxAmount{money}{amount!s}</cbc:TaxAmount><cac:TaxCategory>{percent}<cac:TaxScheme>"
        f"<cbc:ID>{tributo.code}</cbc:ID><cbc:Name>{tributo.name}</cbc:Name>"
        f"<cbc:TaxTypeCode>{tributo.type_code}</cbc:TaxTypeCode></cac:TaxScheme></cac:TaxCategory>"
        "</cac:TaxSubtotal></cac:TaxTotal>"
    )


def _percepcion(linea: LineaResumen) -> str:
    """Told of a boleta that is added or annulled (rule 2986)."""
    one = linea.percepcion
    if one is None or linea.tipo != "03" or linea.estado == MODIFICAR:
        return ""
    soles = ' currencyID="PEN">'
    return (
        "<sac:SUNATPerceptionSummaryDocumentReference>"
        f"<sac:SUNATPerceptionSystemCode>{one.regimen}</sac:SUNATPerceptionSystemCode>"
        f"<sac:SUNATPerceptionPercent>{one.tasa:.2f}</sac:SUNATPerceptionPercent>"
        f"<cbc:TotalInvoiceAmount{soles}{one.monto!s}</cbc:TotalInvoiceAmount>"
        f"<sac:SUNATTotalCashed{soles}{one.cobrado!s}</sac:SUNATTotalCashed>"
        f"<cbc:TaxableAmount{soles}{one.base!s}</cbc:TaxableAmount>"
        "</sac:SUNATPerceptionSummaryDocumentReference>"
    )


def _name(linea: LineaResumen, new: bool) -> str:
    if not (new and linea.nombre):
        return ""
    name = f"<cbc:RegistrationName>{text(linea.nombre)}</cbc:RegistrationName>"
    return f"<cac:Party><cac:PartyLegalEntity>{name}</cac:PartyLegalEntity></cac:Party>"


def _line(number: int, linea: LineaResumen, new: bool) -> str:
    money = f' currencyID="{linea.moneda}">'
    modified = ""
    if linea.modifica:
        tipo, codigo = linea.modifica
        modified = (
            f"<cac:BillingReference><cac:InvoiceDocumentReference><cbc:ID>{text(codigo)}</cbc:ID>"
            f"<cbc:DocumentTypeCode>{tipo}</cbc:DocumentTypeCode></cac:InvoiceDocumentReference>"
            "</cac:BillingReference>"
        )
    payments = "".join(
        f"<sac:BillingPayment><cbc:PaidAmount{money}{amount!s}</cbc:PaidAmount>"
        f"<cbc:InstructionID>{kind}</cbc:InstructionID></sac:BillingPayment>"
        for kind, amount in _payments(linea, new)
        if amount
    )
    charges = (
        f"<cac:AllowanceCharge><cbc:ChargeIndicator>true</cbc:ChargeIndicator><cbc:Amount{money}"
        f"{linea.cargos!s}</cbc:Amount></cac:AllowanceCharge>"
    )
    # The IGV (or IVAP) is told even when it is zero (rule 2278).
    main = (IVAP, linea.ivap) if linea.gravado_ivap else (IGV, linea.igv)
    free = linea.gratuitas.igv if new else ZERO
    others = ((GRATUITO, free), (ISC, linea.isc), (OTROS, linea.otros_tributos), (ICBPER, linea.icbper))
    rate = linea.tasa_igv if new and linea.gravado else ZERO
    taxes = [
        _tax(*main, money, rate),
        *(_tax(tributo, amount, money) for tributo, amount in others if amount),
    ]
    return (
        f"<sac:SummaryDocumentsLine><cbc:LineID>{number}</cbc:LineID>"
        f"<cbc:DocumentTypeCode>{linea.tipo}</cbc:DocumentTypeCode>"
        f"<cbc:ID>{linea.serie}-{linea.numero}</cbc:ID><cac:AccountingCustomerParty>"
        f"<cbc:CustomerAssignedAccountID>{text(linea.numero_doc)}</cbc:CustomerAssignedAccountID>"
        f"<cbc:AdditionalAccountID>{linea.tipo_doc}</cbc:AdditionalAccountID>{_name(linea, new)}"
        f"</cac:AccountingCustomerParty>{modified}{_percepcion(linea)}<cac:Status><cbc:ConditionCode>{linea.estado}</cbc:ConditionCode></cac:Status>"
        f"<sac:TotalAmount{money}{linea.total!s}</sac:TotalAmount>{payments}{charges if linea.cargos else ''}"
        f"{''.join(taxes)}</sac:SummaryDocumentsLine>"
    )


def _payments(linea: LineaResumen, new: bool) -> tuple[tuple[str, Decimal], ...]:
    """Kinds of value (catalog 11) and their amounts."""
    free = linea.gratuitas
    return (
        ("01", linea.gravado + linea.gravado_ivap),
        ("02", linea.exonerado),
        ("03", linea.inafecto),
        ("04", linea.exportacion),
        ("05", ZERO if new else linea.gratuito),
        ("06", free.gravado if new else ZERO),
        ("07", free.exonerado if new else ZERO),
        ("08", free.inafecto if new else ZERO),
        ("09", free.exportacion if new else ZERO),
    )
