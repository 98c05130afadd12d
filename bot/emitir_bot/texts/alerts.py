"""What the bot tells unasked."""

from emitir.i18n import N_

HEAD = "<b>{empresa}</b>"
BY_CLASS = {
    "rechazado": N_("❌ {documento}: <b>rechazado</b>. {codigo} {descripcion}"),
    "no_recibido": N_("⚠️ {documento}: <b>no recibido</b>. {codigo} {descripcion}"),
    "observado": N_("🟡 {documento}: aceptado <b>con observaciones</b>."),
    "por_vencer": N_(
        "⏰ {documento} todavía no tiene respuesta y <b>su plazo vence</b> el {plazo}. {detalle}"
    ),
    "baja_aceptada": N_("🗑 {documento}: <b>dado de baja</b>."),
    "baja_rechazada": N_("⚠️ La baja de {documento} fue <b>rechazada</b>: {codigo} {descripcion}"),
    "correo_fallido": N_("✉️ {documento} <b>no llegó</b> a {destino}: {detalle}"),
}
#: In the words of the country's authority, where they are others.
BY_COUNTRY = {
    "py": {
        "observado": N_("🟡 {documento}: aprobado <b>con observación</b>."),
        "baja_aceptada": N_("🗑 {documento}: <b>cancelado</b>."),
        "baja_rechazada": N_("⚠️ La cancelación de {documento} fue <b>rechazada</b>: {codigo} {descripcion}"),
    }
}
CERTIFICATE = N_(
    "🔑 El certificado digital vence el <b>{vence}</b> (en {dias} días). Renuévelo antes: sin él no se emite."
)
CERTIFICATE_TODAY = N_(
    "🔑 El certificado digital vence <b>hoy o mañana</b> ({vence}). Renuévelo hoy: sin él no se emite."
)
CERTIFICATE_EXPIRED = N_(
    "🔑 El certificado digital <b>venció</b> el {vence}: no se puede emitir hasta que registre uno nuevo."
)
AUTHORITY_DOWN = N_("🔌 La autoridad no responde. Puede seguir emitiendo: Emitir enviará todo cuando vuelva.")
AUTHORITY_BACK = N_("✅ La autoridad volvió a responder. Lo que esperaba ya se está enviando.")
OTHER = N_("ℹ️ {documento}: {clase}")
SEE = N_("👁 Ver")
CHOOSE = N_("🔔 Avisos")
