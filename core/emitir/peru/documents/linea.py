"""Parts of a line that few lines have: discounts, ISC, other taxes, concepts of catalog 55, transport.

Order of the elements: the schemas of UBL 2.1. Rules: sheets Factura2_0 and Boleta2_0, fields 27 to 173.
"""

from __future__ import annotations

from decimal import Decimal

from emitir.money import EXACT, trimmed
from emitir.peru.catalogs import catalog
from emitir.peru.conceptos import CANTIDAD
from emitir.peru.lineas import Extra
from emitir.peru.model_item import Item, Propiedad
from emitir.xml import text

_PLACA = "7000"
#: Concepts whose quantity is in tons, and the one that counts days.
_TONELADAS, _DIAS = "3006", "4005"


def gtin(code: str) -> str:
    """``GTIN-13`` and its digits (rules 4333 to 4335); nothing without code."""
    if not code:
        return ""
    return (
        f'<cac:StandardItemIdentification><cbc:ID schemeID="GTIN-{len(code)}">{code}</cbc:ID>'
        "</cac:StandardItemIdentification>"
    )


def allowance(
    codigo: str, cargo: bool, amount: Decimal, base: Decimal | None, factor: Decimal | None, money: str
) -> str:
    """One ``cac:AllowanceCharge`` (catalog 53)."""
    multiplier = ""
    if factor is not None:
        multiplier = f"<cbc:MultiplierFactorNumeric>{trimmed(factor)}</cbc:MultiplierFactorNumeric>"
    base_amount = f"<cbc:BaseAmount{money}{base!s}</cbc:BaseAmount>" if base is not None else ""
    return (
        f"<cac:AllowanceCharge><cbc:ChargeIndicator>{'true' if cargo else 'false'}</cbc:ChargeIndicator>"
        f"<cbc:AllowanceChargeReasonCode>{codigo}</cbc:AllowanceChargeReasonCode>{multiplier}"
        f"<cbc:Amount{money}{amount!s}</cbc:Amount>{base_amount}</cac:AllowanceCharge>"
    )


def allowances(extra: Extra, money: str) -> str:
    """Discounts and charges of the line, on its value before them (rule 3290)."""
    found = []
    for codigo, cargo, amount in (
        ("00", False, extra.descuento),
        ("01", False, extra.descuento_no_base),
        ("47", True, extra.cargo),
        ("48", True, extra.cargo_no_base),
    ):
        if amount:
            factor = (
                EXACT.quantize(EXACT.divide(amount, extra.bruto), Decimal("0.00001")) if extra.bruto else None
            )
            if factor is not None and (not factor or abs(EXACT.multiply(factor, extra.bruto) - amount) > 1):
                factor = None
            found.append(allowance(codigo, cargo, amount, extra.bruto, factor, money))
    return "".join(found)


def _subtotal(base: Decimal, amount: Decimal, percent: Decimal, money: str) -> str:
    return (
        f"<cac:TaxSubtotal><cbc:TaxableAmount{money}{base!s}</cbc:TaxableAmount><cbc:TaxAmount{money}"
        f"{amount!s}</cbc:TaxAmount><cac:TaxCategory><cbc:Percent>{trimmed(percent)}</cbc:Percent>"
    )


def isc(extra: Extra, system: str, money: str) -> str:
    """ISC of the line, up to its scheme (rules 2373, 3104, 3108)."""
    return f"{_subtotal(extra.base_isc, extra.isc, extra.tasa_isc, money)}<cbc:TierRange>{system}</cbc:TierRange>"


def others(extra: Extra, base: Decimal, money: str) -> str:
    """Other taxes of the line, up to their scheme (rule 3109)."""
    return _subtotal(base, extra.otros, extra.tasa_otros, money)


def properties(item: Item) -> str:
    """Concepts of catalog 55."""
    plate = f"<cbc:Value>{text(item.placa)}</cbc:Value>" if item.placa else ""
    own = _property(_PLACA, catalog("55").description(_PLACA), plate) if plate else ""
    return own + "".join([_concept(one) for one in item.propiedades])


def _property(codigo: str, nombre: str, content: str) -> str:
    return (
        f"<cac:AdditionalItemProperty><cbc:Name>{text(nombre)}</cbc:Name><cbc:NameCode>{codigo}"
        f"</cbc:NameCode>{content}</cac:AdditionalItemProperty>"
    )


def _concept(one: Propiedad) -> str:
    content = f"<cbc:Value>{text(one.valor)}</cbc:Value>" if one.valor else ""
    if one.cantidad is not None:
        unit = ' unitCode="TNE"' if one.codigo == CANTIDAD else ""
        content += f"<cbc:ValueQuantity{unit}>{trimmed(one.cantidad)}</cbc:ValueQuantity>"
    period = f"<cbc:StartDate>{one.fecha}</cbc:StartDate>" if one.fecha else ""
    period += f"<cbc:StartTime>{one.hora}</cbc:StartTime>" if one.hora else ""
    period += f"<cbc:EndDate>{one.fecha_fin}</cbc:EndDate>" if one.fecha_fin else ""
    if one.dias is not None:
        period += f'<cbc:DurationMeasure unitCode="DAY">{trimmed(one.dias)}</cbc:DurationMeasure>'
    content += f"<cac:UsabilityPeriod>{period}</cac:UsabilityPeriod>" if period else ""
    return _property(one.codigo, one.nombre or catalog("55").description(one.codigo), content)


def _place(ubigeo: str, line: str) -> str:
    code = f"<cbc:ID>{ubigeo}</cbc:ID>" if ubigeo else ""
    return f"{code}<cac:AddressLine><cbc:Line>{text(line)}</cbc:Line></cac:AddressLine>" if line else code


def delivery(item: Item) -> str:
    """Transport of goods subject to detracción: from, to, the trip and its reference values (1004)."""
    place = _place(item.destino_ubigeo, item.destino_direccion)
    content = ""
    if place:
        content = f"<cac:DeliveryLocation><cac:Address>{place}</cac:Address></cac:DeliveryLocation>"
    origin = _place(item.origen_ubigeo, item.origen_direccion)
    trip = f"<cbc:Instructions>{text(item.detalle_viaje)}</cbc:Instructions>" if item.detalle_viaje else ""
    if origin or trip:
        address = f"<cac:DespatchAddress>{origin}</cac:DespatchAddress>" if origin else ""
        content += f"<cac:Despatch>{trip}{address}</cac:Despatch>"
    for code, value in (
        ("01", item.valor_referencial_servicio),
        ("02", item.valor_referencial_carga_efectiva),
        ("03", item.valor_referencial_carga_util),
    ):
        if value is not None:
            content += (
                f'<cac:DeliveryTerms><cbc:ID>{code}</cbc:ID><cbc:Amount currencyID="PEN">{value!s}</cbc:Amount>'
                "</cac:DeliveryTerms>"
            )
    return f"<cac:Delivery>{content}</cac:Delivery>" if content else ""
