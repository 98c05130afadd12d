"""What is kept of a document for later: its cancelación, the notas about it, the sums of sales."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from emitir.country import Key
from emitir.paraguay import cdc
from emitir.paraguay.amounts import CON_IVA
from emitir.paraguay.plazos import ASUNCION

if TYPE_CHECKING:
    from emitir.paraguay.comprobante import Comprobante

_PROCESSED = re.compile(rb"<(?:[\w.-]+:)?dFecProc>\s*([0-9T:.+-]{19,35})")


def approved_at(answer: bytes) -> datetime | None:
    """dFecProc of SIFEN's answer: from then on the time for a cancelación runs (spec.md §12)."""
    found = _PROCESSED.search(answer)
    if found is None:
        return None
    try:
        moment = datetime.fromisoformat(found.group(1).decode())
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=ASUNCION)


def record(c: Comprobante) -> dict[str, Any]:
    """JSON values: names, receiver and figures of a document."""
    datos = c.datos
    kept: dict[str, Any] = {
        "tipo": datos.tipo,
        "serie": c.serie,
        "numero": datos.numero,
        "cdc": c.codigo_documento,
        "fecha": datos.fecha.isoformat(),
        "moneda": datos.moneda,
        "receptor": {
            name: value
            for name in RECEPTOR
            if (value := getattr(datos, name)) not in (None, "") and name in datos.model_fields_set
        },
    }
    if c.totales is not None:
        taxed = datos.tipo != "4" and datos.tipo_impuesto in CON_IVA
        tax = format(c.totales.iva, "f") if taxed else "0"
        kept["totales"] = {"igv": tax, "total": format(c.totales.general, "f")}
    if datos.tipo in ("1", "4"):
        kept["items"] = [
            _plain(item.model_dump(exclude_defaults=True, exclude={"total"})) for item in datos.items
        ]
    if datos.tipo_cambio is not None:
        kept["tipo_cambio"] = format(datos.tipo_cambio, "f")
    return kept


def _plain(value: Any) -> Any:
    """As JSON has it: figures and dates as text, digit by digit."""
    if isinstance(value, dict):
        return {name: _plain(member) for name, member in value.items()}
    if isinstance(value, list):
        return [_plain(member) for member in value]
    if isinstance(value, Decimal):
        return format(value, "f")
    return value.isoformat() if isinstance(value, date | time) else value


#: Properties of the receiver that a nota takes over from its factura.
RECEPTOR = (
    *("tipo_doc", "tipo_doc_descripcion", "numero_doc", "razon_social", "nombre_comercial"),
    *("tipo_contribuyente", "operacion", "pais", "direccion", "numero_casa", "departamento", "distrito"),
    *("ciudad", "telefono", "celular", "correo", "codigo_cliente"),
)


def modified(c: Comprobante) -> tuple[Key, ...]:
    """Natural keys of the documents that a nota de crédito or de débito of the same issuer is about.

    A CDC tells type, serie and number but no timbrado: it is the company's present one.
    """
    if c.datos.tipo not in ("5", "6"):
        return ()
    keys = []
    for asociado in c.asociados:
        known = cdc.parse(asociado.cdc) if asociado.cdc else None
        if known is not None and known.ruc == c.emisor.ruc_y_dv[0]:
            serie = f"{c.emisor.timbrado}-{known.establecimiento}-{known.punto}"
            keys.append((known.tipo, serie, known.numero))
    return tuple(keys)
