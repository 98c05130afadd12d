"""Issue a boleta through the service and download its files, with the client of Emitir.

    python examples/emitir_por_http.py [FOLDER]

The client needs ``requests`` and nothing else.
"""

from __future__ import annotations

import os
import sys
from datetime import datetime, timedelta, timezone
from pathlib import Path

from emitir.client import EmitirApiError, EmitirClient

LIMA = timezone(timedelta(hours=-5))


def main(folder: Path) -> int:
    with EmitirClient(os.environ["EMITIR_URL"], os.environ["PE_UUID"], os.environ["PE_TOKEN"]) as emitir:
        try:
            emitido = emitir.emitir(
                {
                    "tipo": "b",
                    "serie": "B001",
                    "numero": 100,
                    "fecha": datetime.now(LIMA).date().isoformat(),
                    "tipo_doc": "d",
                    "numero_doc": "12345678",
                    "razon_social": "MARÍA QUISPE",
                    "items": [{"cantidad": 2, "descripcion": "CUADERNO A4", "precio_unitario": "5.50"}],
                }
            )
        except EmitirApiError as error:
            for problem in error.errores:
                print(
                    f"{problem['propiedad']}: {problem['descripcion']} {problem['accion']}", file=sys.stderr
                )
            return 1

        print(f"{emitido.codigo_documento}: {emitido.estado_comprobante}, {emitido.sunat_descripcion}")
        if emitido.pendiente:
            print("SUNAT todavía no responde; repita esta llamada más tarde: no se envía dos veces.")
            return 0
        folder.mkdir(parents=True, exist_ok=True)
        for kind in ("xml", "cdr", "pdf"):
            archivo = emitir.descargar(emitido.codigo_descarga, kind)
            (folder / archivo.nombre).write_bytes(archivo.contenido)
            print(folder / archivo.nombre)
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1] if len(sys.argv) > 1 else "build/ejemplo")))
