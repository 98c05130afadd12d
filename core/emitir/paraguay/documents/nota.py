"""gCamNCDE: what only the notas de crédito (5) and de débito (6) have."""

from __future__ import annotations

from emitir.paraguay.comprobante import Comprobante
from emitir.paraguay.documents.partes import pair


def specific(comprobante: Comprobante) -> str:
    """gCamNCDE."""
    return f"<gCamNCDE>{pair('iMotEmi', 'dDesMotEmi', 'motivo_ncd', comprobante.datos.motivo)}</gCamNCDE>"
