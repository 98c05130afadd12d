"""gCamCond: condition of the operation, payments and credit (factura and autofactura)."""

from __future__ import annotations

from emitir.money import trimmed
from emitir.paraguay.comprobante import Comprobante
from emitir.paraguay.documents.partes import opt, pair, ruc
from emitir.paraguay.pagos import Pago


def _payment(pago: Pago, moneda: str) -> str:
    card, cheque = "", ""
    if pago.tarjeta is not None:
        tarjeta = pago.tarjeta
        kind = pair(
            "iDenTarj", "dDesDenTarj", "denominacion_tarjeta", tarjeta.denominacion, tarjeta.descripcion
        )
        card = (
            f"<gPagTarCD>{kind}{opt('dRSProTar', tarjeta.procesadora)}"
            f"{ruc('dRUCProTar', 'dDVProTar', tarjeta.ruc_procesadora)}<iForProPa>{tarjeta.forma}</iForProPa>"
            f"{opt('dCodAuOpe', tarjeta.autorizacion)}{opt('dNomTit', tarjeta.titular)}"
            f"{opt('dNumTarj', tarjeta.numero)}</gPagTarCD>"
        )
    if pago.cheque is not None:
        cheque = (
            f"<gPagCheq><dNumCheq>{pago.cheque.numero:0>8}</dNumCheq>"
            f"{opt('dBcoEmi', pago.cheque.banco)}</gPagCheq>"
        )
    return (
        f"<gPaConEIni>{pair('iTiPago', 'dDesTiPag', 'tipo_pago', pago.tipo, pago.descripcion)}"
        f"<dMonTiPag>{trimmed(pago.monto)}</dMonTiPag>"
        f"{pair('cMoneTiPag', 'dDMoneTiPag', 'monedas', pago.moneda or moneda)}"
        f"{opt('dTiCamTiPag', pago.tipo_cambio)}{card}{cheque}</gPaConEIni>"
    )


def condition(comprobante: Comprobante) -> str:
    """gCamCond; a sale at once without payments was paid in cash."""
    datos = comprobante.datos
    payments = "".join([_payment(pago, datos.moneda) for pago in comprobante.pagos])
    if comprobante.condicion == "1":
        return f"<gCamCond><iCondOpe>1</iCondOpe><dDCondOpe>Contado</dDCondOpe>{payments}</gCamCond>"
    if datos.plazo:
        credit = f"<iCondCred>1</iCondCred><dDCondCred>Plazo</dDCondCred>{opt('dPlazoCre', datos.plazo)}"
    else:
        count = datos.cantidad_cuotas or len(datos.cuotas)
        credit = f"<iCondCred>2</iCondCred><dDCondCred>Cuota</dDCondCred><dCuotas>{count}</dCuotas>"
    cuotas = "".join(
        [
            f"<gCuotas>{pair('cMoneCuo', 'dDMoneCuo', 'monedas', cuota.moneda or datos.moneda)}"
            f"<dMonCuota>{trimmed(cuota.monto)}</dMonCuota>{opt('dVencCuo', cuota.fecha)}</gCuotas>"
            for cuota in datos.cuotas
        ]
    )
    return (
        f"<gCamCond><iCondOpe>2</iCondOpe><dDCondOpe>Crédito</dDCondOpe>{payments}<gPagCred>{credit}"
        f"{opt('dMonEnt', datos.entrega_inicial)}{cuotas}</gPagCred></gCamCond>"
    )
