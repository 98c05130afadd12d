"""dCarQR: the address that the QR of the KuDE carries (spec.md §8)."""

from __future__ import annotations

import hashlib

from emitir.money import trimmed
from emitir.paraguay.amounts import CON_IVA
from emitir.paraguay.comprobante import Comprobante

_BASE = "https://ekuatia.set.gov.py/consultas"
#: Where a person looks a document up, by hand and through the QR; sandbox documents say the test address.
CONSULTA = {"produccion": _BASE, "test": f"{_BASE}-test", "sandbox": f"{_BASE}-test"}

#: The DNIT's generic pairs, for a company in a test environment that has none of its own.
CSC_DE_PRUEBA = {"0001": "ABCD0000000000000000000000000000", "0002": "EFGH0000000000000000000000000000"}


def _hex(text: str) -> str:
    return text.encode().hex()


def qr_url(comprobante: Comprobante, digest: str, csc: str) -> str:
    """The address; the CSC goes into the hash alone. Values are those of the XML, to the letter."""
    receptor, totales = comprobante.receptor, comprobante.totales
    who = f"dRucRec={receptor.ruc}" if receptor.ruc else f"dNumIDRec={receptor.numero}"
    total = iva = "0"
    if totales is not None:
        total = trimmed(totales.general)
        if comprobante.tipo != "4" and comprobante.datos.tipo_impuesto in CON_IVA:
            iva = trimmed(totales.iva)
    emisor = comprobante.emisor
    parameters = (
        f"nVersion=150&Id={comprobante.codigo_documento}"
        f"&dFeEmiDE={_hex(comprobante.momento.isoformat())}&{who}"
        f"&dTotGralOpe={total}&dTotIVA={iva}&cItems={len(comprobante.datos.items)}&DigestValue={_hex(digest)}"
        f"&IdCSC={emisor.csc_id:0>4}"
    )
    seal = hashlib.sha256((parameters + csc).encode()).hexdigest()
    return f"{CONSULTA[emisor.ambiente]}/qr?{parameters}&cHashQR={seal}"
