"""gCamAE: what only an autofactura electrónica (4) has."""

from __future__ import annotations

from emitir.paraguay.comprobante import Comprobante
from emitir.paraguay.documents.pago import condition
from emitir.paraguay.documents.partes import opt, pair, place


def specific(comprobante: Comprobante) -> str:
    """gCamAE and gCamCond; the transaction took place at the seller's unless said otherwise."""
    datos = comprobante.datos
    seller = datos.vendedor
    if seller is None:
        raise ValueError("an autofactura needs its seller")
    where = datos.lugar_transaccion or seller
    return (
        f"<gCamAE>{pair('iNatVen', 'dDesNatVen', 'naturaleza_vendedor', seller.naturaleza)}"
        f"{pair('iTipIDVen', 'dDTipIDVen', 'documento_identidad', seller.tipo_doc)}"
        f"<dNumIDVen>{seller.numero_doc}</dNumIDVen>{opt('dNomVen', seller.nombre)}"
        f"{opt('dDirVen', seller.direccion)}<dNumCasVen>{seller.numero_casa}</dNumCasVen>"
        f"{place('Ven', seller.departamento, seller.distrito, seller.ciudad)}{opt('dDirProv', where.direccion)}"
        f"{place('Prov', where.departamento, where.distrito, where.ciudad)}</gCamAE>{condition(comprobante)}"
    )
