"""Who is a taxpayer."""

from emitir.i18n import N_

ASK = N_("¿A quién busco? Escriba un RUC, un DNI o un nombre: <code>/ruc 20123456786</code>")
CARD = N_("<b>{nombre}</b>\nRUC {ruc}\n{estado}")
ONLY_NUMBER = N_("Aquí se busca por RUC: <code>/ruc 80012345-0</code>")
PERSON = N_("<b>{nombre}</b>\nDNI {dni}")
SOURCE = N_("Datos del {fecha}, {fuente}.")
SEVERAL = N_("Encontré {cantidad}. ¿Cuál?")
MEANT = N_("¿Quiso decir {valor}?")
INVOICE = N_("🧾 Emitirle un comprobante")
DOCUMENTS = N_("📂 Sus comprobantes")
BAD = N_("⚠️ Ojo: no está activo y habido; la autoridad observará sus comprobantes.")
