"""``/avisos`` and what the bot tells unasked."""

from emitir.i18n import N_

ON = N_("🔔 Le avisaré. Con /avisos elige de qué y en qué horas no.")
OFF = N_("🔕 De acuerdo. Si cambia de idea, escriba /avisos.")
CHOOSE = N_("🔔 <b>Avisos de {empresa}</b>\nToque lo que quiere recibir.\nHoras de silencio: {silencio}.")
QUIET_NONE = N_("ninguna")
QUIET = N_("de {desde} a {hasta}")
QUIET_NIGHT = N_("🌙 Silencio de 22:00 a 07:00")
QUIET_OFF = N_("☀️ Sin horas de silencio")
QUIET_OWN = N_("🕑 Otras horas")
ASK_HOURS = N_("Escriba las horas de silencio así: <code>21:30 a 06:45</code>")
KINDS = {
    "rechazado": N_("Rechazados"),
    "observado": N_("Observados"),
    "por_vencer": N_("Por vencer el plazo"),
    "baja": N_("Bajas concluidas"),
    "correo": N_("Correos que no llegan"),
    "certificado": N_("Certificado por caducar"),
    "autoridad": N_("La autoridad no responde"),
}
