"""What happens to a factura after it was issued: query, list, annul, with the client of Emitir.

    python examples/vida_de_una_factura.py

The client needs ``requests`` and nothing else.
"""

from __future__ import annotations

import os
import sys
import time
from datetime import datetime, timedelta, timezone

from emitir.client import EmitirApiError, EmitirClient

LIMA = timezone(timedelta(hours=-5))


def main() -> int:
    with EmitirClient(os.environ["EMITIR_URL"], os.environ["PE_UUID"], os.environ["PE_TOKEN"]) as emitir:
        factura = emitir.emitir(
            {
                "tipo": "f",
                "serie": "F002",
                "numero": 7,
                "fecha": datetime.now(LIMA).date().isoformat(),
                "tipo_doc": "r",
                "numero_doc": "20123456786",
                "razon_social": "ABC CONSULTORES S.A.C.",
                "items": [{"cantidad": 1, "descripcion": "ASESORÍA", "unidad": "ZZ", "precio_unitario": 118}],
            }
        )
        print(f"{factura.codigo_documento}: {factura.estado_comprobante}")

        for found in emitir.listar(texto="F002-7"):
            print(f"listar: {found['codigo_documento']}, {found['razon_social']}, {found['total']}")

        try:
            emitir.correo(factura.codigo_documento, "compras@cliente.example")
        except EmitirApiError as error:  # the demo's company has no mail server
            print(f"correo: {error.code}. {error.extra}")

        baja = emitir.baja(factura.codigo_documento, "ERROR EN EL CLIENTE")
        print(f"baja: {baja.codigo_documento}, ticket {baja.ticket or 'por llegar'}")
        # The service goes on asking by itself; this only looks at what it knows.
        for _ in range(60):
            seen = emitir.consultar(factura.codigo_documento)
            if seen.estado_comprobante != "baja_en_proceso":
                break
            time.sleep(1)
        print(f"{seen.codigo_documento}: {seen.estado_comprobante}")
        return 0 if seen.estado_comprobante == "dado_de_baja" else 1


if __name__ == "__main__":
    sys.exit(main())
