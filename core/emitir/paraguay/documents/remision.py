"""gCamNRE: what only a nota de remisión electrónica (7) has."""

from __future__ import annotations

from emitir.paraguay.comprobante import Comprobante
from emitir.paraguay.documents.partes import opt, pair


def specific(comprobante: Comprobante) -> str:
    """gCamNRE."""
    datos = comprobante.datos
    motive = pair("iMotEmiNR", "dDesMotEmiNR", "motivo_remision", datos.motivo, datos.motivo_descripcion)
    responsible = pair(
        "iRespEmiNR", "dDesRespEmiNR", "responsable_remision", datos.responsable_emision or "1"
    )
    return (
        f"<gCamNRE>{motive}{responsible}<dKmR>{datos.kilometros}</dKmR>{opt('dFecEm', datos.fecha_factura)}"
        f"{opt('cPreFle', datos.precio_flete)}</gCamNRE>"
    )
