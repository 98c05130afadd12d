"""What SUNAT has a code for and Emitir does not offer: the names that are asked for, and the reason.

A figure that SUNAT would compute otherwise is worse than none. See docs/peru/limites.md.
"""

from __future__ import annotations

from collections.abc import Mapping

from emitir.i18n import N_

#: Catalog 53 names codes 07 and 54 and neither its attributes nor any rule says how they enter the totals.
_DU_010_2004 = N_(
    "No se ofrece: las reglas de validación de SUNAT no dicen cómo entran en los totales los factores del "
    "D.U. 010-2004 (catálogo 53, códigos 07 y 54)."
)
#: RS 000048-2026: of messages 3497 to 3502 the text is known, the place of the data in the document is not.
_CONTRATO = N_(
    "No se ofrece todavía: los datos del contrato de colaboración empresarial rigen desde el 2027-01-01, y Emitir "
    "aún no tiene la especificación de los elementos del XML en que van."
)
#: Of every comprobante of a purchase.
DE_COMPRA: Mapping[str, str] = {"contrato_colaboracion": _CONTRATO}
#: Of facturas, boletas and notas.
DE_VENTA: Mapping[str, str] = {
    **DE_COMPRA,
    "factor_compensacion": _DU_010_2004,
    "factor_aportacion": _DU_010_2004,
}
