"""One file per kind of document; :func:`write` finds the one for a comprobante (floor 2)."""

from __future__ import annotations

from collections.abc import Callable

from emitir.country import Signed
from emitir.peru.comprobante import Comprobante
from emitir.peru.documents import nota, venta
from emitir.signing.signer import Signer

#: Type of document (catalog 01) to the function that writes and signs it.
WRITERS: dict[str, Callable[[Comprobante, Signer], Signed]] = {
    "01": venta.write,
    "03": venta.write,
    "07": nota.write,
    "08": nota.write,
}


def write(comprobante: Comprobante, signer: Signer) -> Signed:
    """Write and sign ``comprobante``."""
    return WRITERS[comprobante.tipo](comprobante, signer)
