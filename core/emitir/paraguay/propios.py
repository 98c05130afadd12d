"""What a Paraguayan company changes with its own token (command ``ajustes``); the rest is the administrator's."""

from __future__ import annotations

from typing import Any

from emitir.i18n import N_

_TEXT = {"type": "string"}
PROPIOS: dict[str, dict[str, Any]] = {
    "nombre_comercial": {**_TEXT, "description": N_("Nombre comercial que se imprime.")},
    "telefono": {**_TEXT, "description": N_("Teléfono que se imprime.")},
    "correo": {**_TEXT, "description": N_("Correo que se imprime y al que responden los clientes.")},
    "web": {**_TEXT, "description": N_("Página web que se imprime.")},
    "timbrado": {**_TEXT, "description": N_("Número del timbrado: 8 dígitos.")},
    "timbrado_inicio": {
        **_TEXT,
        "format": "date",
        "description": N_("Primer día de vigencia del timbrado."),
    },
    "csc_id": {
        **_TEXT,
        "default": "0001",
        "description": N_("Identificador del código de seguridad del contribuyente (CSC)."),
    },
    "envio": {
        "enum": ["sync", "lote"],
        "default": "sync",
        "description": N_("Los documentos van uno por uno (sync) o en lotes (lote)."),
    },
    "lote_espera": {
        "type": "integer",
        "description": N_("Segundos que el primer documento de un lote espera a otros: 30; de 0 a 3600."),
    },
    "redondeo_sedeco": {
        "type": "boolean",
        "default": False,
        "description": N_("Si los totales se redondean a 50 guaraníes hacia abajo (SEDECO)."),
    },
    "leyenda_remision": {**_TEXT, "description": N_("Leyenda de las notas de remisión.")},
}
SECRETOS = {"csc": N_("Código de seguridad del contribuyente (CSC), con el que se firma el QR.")}
