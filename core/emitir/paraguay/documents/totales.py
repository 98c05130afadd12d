"""gTotSub: subtotals and totals (group F); an autofactura carries no IVA, a remisión nothing at all."""

from __future__ import annotations

from emitir.money import trimmed
from emitir.paraguay.amounts import CON_CAMIVA, CON_IVA
from emitir.paraguay.comprobante import Comprobante
from emitir.paraguay.documents.partes import opt


def totals(comprobante: Comprobante) -> str:
    """gTotSub, in the order of the schema."""
    datos = comprobante.datos
    if comprobante.totales is None:
        return ""
    t = comprobante.totales
    with_iva = datos.tipo != "4"
    subtotals = iva = guaranies = ""
    if with_iva and datos.tipo_impuesto in CON_CAMIVA:
        subtotals = f"<dSubExe>{trimmed(t.exento)}</dSubExe><dSubExo>{trimmed(t.exonerado)}</dSubExo>"
        if datos.tipo_impuesto in CON_IVA:
            subtotals += f"<dSub5>{trimmed(t.gravado5)}</dSub5><dSub10>{trimmed(t.gravado10)}</dSub10>"
            iva = (
                f"<dIVA5>{trimmed(t.iva5)}</dIVA5><dIVA10>{trimmed(t.iva10)}</dIVA10>"
                f"<dTotIVA>{trimmed(t.iva)}</dTotIVA><dBaseGrav5>{trimmed(t.base5)}</dBaseGrav5>"
                f"<dBaseGrav10>{trimmed(t.base10)}</dBaseGrav10><dTBasGraIVA>{trimmed(t.base)}</dTBasGraIVA>"
            )
    if with_iva:
        guaranies = opt("dTotalGs", t.guaranies)
    return (
        f"<gTotSub>{subtotals}<dTotOpe>{trimmed(t.operacion)}</dTotOpe><dTotDesc>{trimmed(t.descuento_item)}</dTotDesc>"
        f"<dTotDescGlotem>{trimmed(t.descuento_global)}</dTotDescGlotem>"
        f"<dTotAntItem>{trimmed(t.anticipo_item)}</dTotAntItem><dTotAnt>{trimmed(t.anticipo_global)}</dTotAnt>"
        f"<dPorcDescTotal>{trimmed(datos.descuento_global_porcentaje or t.comision * 0)}</dPorcDescTotal>"
        f"<dDescTotal>{trimmed(t.descuento)}</dDescTotal><dAnticipo>{trimmed(t.anticipo)}</dAnticipo>"
        f"<dRedon>{trimmed(t.redondeo)}</dRedon>{opt('dComi', t.comision or None)}"
        f"<dTotGralOpe>{trimmed(t.general)}</dTotGralOpe>{iva}{guaranies}</gTotSub>"
    )
