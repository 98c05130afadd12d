"""From properties to a signed factura and its PDF, without service or network.

    python examples/firmar_sin_conexion.py [FOLDER]

The certificate is a throw-away one, made on the spot; a real one is loaded the same way from its .p12 file.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path

from emitir.country import countries
from emitir.signing.keys import load_pkcs12
from emitir.signing.throwaway import throwaway_pkcs12

LIMA = timezone(timedelta(hours=-5))
RUC = "20512345671"


def main(folder: Path) -> None:
    now = datetime.now(UTC)
    peru = countries()["pe"]
    company = peru.check_company(
        {"ruc": RUC, "razon_social": "FERRETERÍA EL TORNILLO S.A.C.", "direccion": "JR. LAS TUERCAS 123 LIMA"}
    )
    p12 = throwaway_pkcs12(RUC, "FERRETERÍA EL TORNILLO S.A.C.", "clave", now, now + timedelta(days=30))
    signer = load_pkcs12(p12, "clave")

    factura = peru.prepare(
        {
            "tipo": "f",
            "serie": "F001",
            "numero": 1,
            "fecha": now.astimezone(LIMA).date().isoformat(),
            "tipo_doc": "r",
            "numero_doc": "20123456786",
            "razon_social": "ABC CONSULTORES S.A.C.",
            "items": [
                {"cantidad": 7, "descripcion": "TUERCA DE 1/2", "precio_unitario": Decimal("1.00")},
                {"cantidad": Decimal("2.5"), "unidad": "MTR", "descripcion": "CADENA", "valor_unitario": 12},
            ],
        },
        company,
        now,
    )
    signed = factura.sign(signer)

    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{factura.codigo_documento}.xml").write_bytes(signed.xml)
    pdf = peru.pdf({**factura.printable(), "valor_resumen": signed.valor_resumen}, "a4", None)
    (folder / f"{factura.codigo_documento}.pdf").write_bytes(pdf)
    print(
        f"{factura.codigo_documento}: {factura.moneda} {factura.total}, valor resumen {signed.valor_resumen}"
    )


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "build/ejemplo"))
