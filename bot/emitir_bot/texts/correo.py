"""Sending a comprobante by mail."""

from emitir.i18n import N_

ASK = N_("✉️ ¿A qué correo envío <b>{documento}</b>? Escriba una o varias direcciones, o elija una.")
CONFIRM = N_("✉️ ¿Envío <b>{documento}</b> (PDF, XML y CDR) a {destinos}?")
SEND = N_("Sí, enviar")
OTHER = N_("Otra dirección")
NO_ADDRESS = N_("No veo ninguna dirección de correo ahí. Se escribe así: <code>compras@cliente.pe</code>")
DONE = N_("✅ Enviado a {destinos}.")
ON_ITS_WAY = N_("📨 En camino a {destinos}. Se reintenta solo si el servidor no responde.")
FAILED = N_("⚠️ No se pudo entregar a {destino}: {detalle}")
