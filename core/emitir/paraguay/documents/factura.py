"""gCamFE: what only a factura electrónica (1) has."""

from __future__ import annotations

from emitir.paraguay.comprobante import Comprobante
from emitir.paraguay.documents.pago import condition
from emitir.paraguay.documents.partes import opt, pair
from emitir.xml import text


def specific(comprobante: Comprobante) -> str:
    """gCamFE and gCamCond."""
    datos = comprobante.datos
    public = datos.compras_publicas
    purchase = ""
    if public is not None:
        purchase = (
            f"<gCompPub><dModCont>{text(public.modalidad)}</dModCont><dEntCont>{public.entidad}</dEntCont>"
            f"<dAnoCont>{public.ano}</dAnoCont><dSecCont>{public.secuencia}</dSecCont>"
            f"<dFeCodCont>{public.fecha}</dFeCodCont></gCompPub>"
        )
    presence = pair(
        "iIndPres",
        "dDesIndPres",
        "indicador_presencia",
        datos.indicador_presencia or "1",
        datos.indicador_presencia_descripcion,
    )
    return f"<gCamFE>{presence}{opt('dFecEmNR', datos.fecha_traslado)}{purchase}</gCamFE>{condition(comprobante)}"
