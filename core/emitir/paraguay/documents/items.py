"""gCamItem: the lines (groups E700 to E770)."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

from emitir.money import trimmed
from emitir.paraguay.amounts import CON_CAMIVA, NADA, Linea
from emitir.paraguay.catalogs import literal
from emitir.paraguay.comprobante import Comprobante
from emitir.paraguay.documents.partes import opt, pair
from emitir.paraguay.items import USUALES, Item, Rastreo, VehiculoNuevo
from emitir.paraguay.unidades import unit_code, unit_literal
from emitir.xml import text

_ITEM, _END = "<gCamItem><dCodInt>", "</gCamItem>"


@lru_cache(maxsize=512)
def _unit(given: str) -> str:
    code = unit_code(given)
    if code is None:
        raise ValueError(f"no unit of measure: {given}")
    return f"<cUniMed>{code}</cUniMed><dDesUniMed>{text(unit_literal(code))}</dDesUniMed><dCantProSer>"


@lru_cache(maxsize=256)
def _affectation(code: str, proporcion: Decimal, tasa: Decimal) -> str:
    words = text(literal("afectacion_iva", code))
    return (
        f"<gCamIVA><iAfecIVA>{code}</iAfecIVA><dDesAfecIVA>{words}</dDesAfecIVA><dPropIVA>{trimmed(proporcion)}"
        f"</dPropIVA><dTasaIVA>{tasa!s}</dTasaIVA><dBasGravIVA>"
    )


def _before_name(item: Item) -> str:
    return (
        f"{opt('dParAranc', item.partida_arancelaria)}{opt('dNCM', item.ncm)}"
        f"{opt('dDncpG', item.dncp_general.zfill(8) if item.dncp_general else '')}"
        f"{opt('dDncpE', item.dncp_especifico)}{opt('dGtin', item.gtin)}{opt('dGtinPq', item.gtin_paquete)}"
    )


def _after_quantity(item: Item) -> str:
    return (
        f"{pair('cPaisOrig', 'dDesPaisOrig', 'paises', item.pais_origen)}{opt('dInfItem', item.informacion)}"
        f"{pair('cRelMerc', 'dDesRelMerc', 'relevancia_mercaderia', item.relevancia)}"
        f"{opt('dCanQuiMer', item.cantidad_merma)}{opt('dPorQuiMer', item.porcentaje_merma)}"
        f"{opt('dCDCAnticipo', item.cdc_anticipo)}"
    )


def _discounts(linea: Linea, percent_given: bool) -> str:
    item = linea.item
    own = (
        f"{opt('dDescItem', item.descuento)}{opt('dPorcDesIt', linea.descuento_porcentaje)}"
        if item.descuento
        else ""
    )
    of_all = percent_given or item.descuento_global is not None
    return (
        f"{own}{opt('dDescGloItem', linea.descuento_global if of_all else None)}"
        f"{opt('dAntPreUniIt', item.anticipo)}{opt('dAntGloPreUniIt', item.anticipo_global)}"
    )


def _tracing(trace: Rastreo) -> str:
    return (
        f"<gRasMerc>{opt('dNumLote', trace.lote)}{opt('dVencMerc', trace.vencimiento)}"
        f"{opt('dNSerie', trace.serie)}{opt('dNumPedi', trace.pedido)}{opt('dNumSegui', trace.seguimiento)}"
        f"{opt('dNumReg', trace.registro_senave)}{opt('dNumRegEntCom', trace.registro_entidad)}"
        f"{opt('dNomPro', trace.producto)}</gRasMerc>"
    )


def _vehicle(car: VehiculoNuevo) -> str:
    return (
        f"<gVehNuevo>{pair('iTipOpVN', 'dDesTipOpVN', 'operacion_vehiculo', car.operacion)}"
        f"{opt('dChasis', car.chasis)}{opt('dColor', car.color)}{opt('dPotencia', car.potencia)}"
        f"{opt('dCapMot', car.capacidad_motor)}{opt('dPNet', car.peso_neto)}{opt('dPBruto', car.peso_bruto)}"
        f"{pair('iTipCom', 'dDesTipCom', 'combustible', car.combustible, car.combustible_descripcion)}"
        f"{opt('dNroMotor', car.motor)}{opt('dCapTracc', car.traccion)}{opt('dAnoFab', car.ano)}"
        f"{opt('cTipVeh', car.tipo)}{opt('dCapac', car.pasajeros)}</gVehNuevo>"
    )


def _line(linea: Linea, with_iva: bool, percent_given: bool) -> bytes:
    item = linea.item
    precio = item.precio_unitario
    if precio is None:
        raise ValueError("a line without a price cannot be written")
    before = after = rest = tail = rate = ""
    if not item.model_fields_set <= USUALES or percent_given:
        before, after = _before_name(item), _after_quantity(item)
        rest, rate = _discounts(linea, percent_given), opt("dTiCamIt", item.tipo_cambio)
        tail = _tracing(item.rastreo) if item.rastreo else ""
        tail += _vehicle(item.vehiculo) if item.vehiculo else ""
    in_guaranies = "" if linea.total_gs is None else opt("dTotOpeGs", linea.total_gs)
    iva = ""
    if with_iva:
        exempt = "0" if linea.exenta is NADA else trimmed(linea.exenta)
        iva = (
            f"{_affectation(item.afectacion_iva, linea.proporcion, linea.tasa)}{trimmed(linea.base)}</dBasGravIVA>"
            f"<dLiqIVAItem>{trimmed(linea.iva)}</dLiqIVAItem><dBasExe>{exempt}</dBasExe></gCamIVA>"
        )
    gross = trimmed(linea.bruto)
    net = gross if linea.total is linea.bruto else trimmed(linea.total)
    return (
        f"{_ITEM}{text(item.codigo)}</dCodInt>{before}<dDesProSer>{text(item.descripcion)}</dDesProSer>"
        f"{_unit(item.unidad)}{trimmed(item.cantidad)}</dCantProSer>{after}<gValorItem><dPUniProSer>"
        f"{trimmed(precio)}</dPUniProSer>{rate}<dTotBruOpeItem>{gross}"
        f"</dTotBruOpeItem><gValorRestaItem>{rest}<dTotOpeItem>{net}</dTotOpeItem>{in_guaranies}"
        f"</gValorRestaItem></gValorItem>{iva}{tail}{_END}"
    ).encode()


def _good(item: Item) -> bytes:
    """A line of a remisión: goods without prices (1851, 1901)."""
    return (
        f"{_ITEM}{text(item.codigo)}</dCodInt>{_before_name(item)}<dDesProSer>{text(item.descripcion)}</dDesProSer>"
        f"{_unit(item.unidad)}{trimmed(item.cantidad)}</dCantProSer>{_after_quantity(item)}"
        f"{_tracing(item.rastreo) if item.rastreo else ''}{_vehicle(item.vehiculo) if item.vehiculo else ''}{_END}"
    ).encode()


def lines(comprobante: Comprobante) -> bytes:
    """Every line in UTF-8, encoded one by one: one accent does not slow down all the others."""
    datos = comprobante.datos
    if datos.tipo == "7":
        return b"".join([_good(item) for item in datos.items])
    with_iva = datos.tipo != "4" and datos.tipo_impuesto in CON_CAMIVA
    percent_given = bool(datos.descuento_global_porcentaje)
    return b"".join([_line(linea, with_iva, percent_given) for linea in comprobante.lineas])
