"""What Emitir answers to a factura with mistakes: all of them at once, each with its property and the way out.

    python examples/errores.py

It is the example that circulates in old documentation: its date is years past, a digit of the RUC is
wrong, and its totals do not add up.
"""

from __future__ import annotations

import os

from emitir.client import EmitirApiError, EmitirClient, TransportError

FACTURA = {
    "tipo": "f",
    "serie": "F001",
    "numero": 21,
    "fecha": "2017-06-14",
    "tipo_doc": "r",
    "numero_doc": "20123456780",
    "razon_social": "ABC CONSULTORES S.A.C.",
    "moneda": "PEN",
    "total_gravado": "84.75",
    "total_igv": "15.25",
    "items": [
        {"cantidad": 1, "descripcion": "ESCUDO DE VIBRANIUM", "valor_unitario": "34.75", "igv": "6.25"},
        {"cantidad": 1, "descripcion": "LAWGIVER MK II", "valor_unitario": "41.53", "igv": "7.47"},
    ],
}


def main() -> None:
    with EmitirClient(os.environ["EMITIR_URL"], os.environ["PE_UUID"], os.environ["PE_TOKEN"]) as emitir:
        try:
            emitir.emitir(FACTURA)
        except EmitirApiError as error:
            print(f"HTTP {error.http}, {error.code}: {error.descripcion}")
            for problem in error.errores:
                print(f"- {problem['propiedad']} [{problem['codigo_error']}] {problem['descripcion']}")
                print(f"  {problem['accion']}")
            if error.retryable:
                print("El error es del servicio: la misma llamada puede pasar más tarde.")
        except TransportError as error:
            print(f"No hubo respuesta: {error}. Repita la llamada tal cual: no se emite dos veces.")


if __name__ == "__main__":
    main()
