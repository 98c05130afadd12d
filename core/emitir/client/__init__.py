"""Client of the API: what the Odoo addon, the bot and integrators use to talk to the service.

Needs ``requests`` and nothing else, and runs on Python 3.10 beside old versions of everything::

    client = EmitirClient("https://emitir.example.pe", uuid, token)
    emitido = client.emitir({"tipo": "f", "serie": "F001", "numero": 21, ...})
    print(emitido.estado_comprobante, emitido.codigo_documento)
    pdf = client.descargar(emitido.codigo_descarga, "pdf").contenido

What the service refuses is an :class:`EmitirApiError`; what the network does is a :class:`TransportError`.
A client may be used by one thread at a time.
"""

from __future__ import annotations

from emitir.client.answers import Archivo, Baja, Correo, Emitido, EmitirApiError, TransportError
from emitir.client.client import DEFAULT_TIMEOUT, MAX_ANSWER, Documento, EmitirClient
from emitir.client.webhooks import verificar_firma

__all__ = [
    "DEFAULT_TIMEOUT",
    "MAX_ANSWER",
    "Archivo",
    "Baja",
    "Correo",
    "Documento",
    "Emitido",
    "EmitirApiError",
    "EmitirClient",
    "TransportError",
    "verificar_firma",
]
