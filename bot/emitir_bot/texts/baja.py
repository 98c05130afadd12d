"""Annulling a comprobante, in two steps."""

from emitir.i18n import N_

ASK_REASON = N_(
    "🗑 Dar de baja <b>{documento}</b>\n{cliente} · {total} · emitido el {fecha}\n\n"
    "La autoridad lo anulará: dejará de valer para usted y para su cliente, y eso no se puede deshacer."
)
DEADLINE = N_("Se puede hasta el {fecha}. {plazo}")
WRITE_REASON = N_("Escriba el motivo (por ejemplo «error en los datos del cliente»), o /cancelar.")
CONFIRM = N_(
    "¿Dar de baja <b>{documento}</b> por «{motivo}»?\nSi está seguro, confirme. No se puede deshacer."
)
YES = N_("Sí, dar de baja")
DONE = N_("🗑 <b>{documento}</b>: dado de baja.")
ON_ITS_WAY = N_(
    "🕓 La baja de <b>{documento}</b> está en proceso{ticket}. Le diré cuando la autoridad responda."
)
TICKET = N_(" (ticket {ticket})")
NOT_ALLOWED = N_("Solo el dueño y el contador pueden dar de baja.")
