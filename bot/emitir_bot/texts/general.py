"""Linking, help, errors: what every chat may read."""

from emitir.i18n import N_

UNLINKED = N_(
    "👋 Soy el bot de <b>Emitir</b>: sus comprobantes electrónicos en el teléfono.\n\n"
    "Para empezar, vincule este chat con su empresa: pida un código al administrador, en los ajustes de Odoo o en el "
    "servicio, y escríbalo aquí. Dura 15 minutos y se usa una sola vez."
)
WELCOME = N_(
    "👋 Este chat ve <b>{empresa}</b> (RUC {ruc}) como {rol}.\nEscriba /ayuda para ver qué puede hacer."
)
LINKED = N_(
    "✅ Listo. Este chat quedó vinculado con <b>{empresa}</b> (RUC {ruc}) como <b>{rol}</b>.\n\n"
    "¿Quiere que le avise si un comprobante es rechazado o está por vencer, o si el certificado está por caducar?"
)
TEST_MODE = N_("Los comprobantes de esta empresa van al ambiente de pruebas ({ambiente}).")
GROUP = N_("Hablo de su empresa solo en privado: escríbame en un chat conmigo.")
HELP = N_(
    "<b>Qué puede hacer</b>\n"
    "/comprobante F001-21 · verlo y sus archivos\n"
    "/estado F001-21 · en qué está\n"
    "/emitir · una boleta o factura\n"
    "/ventas · hoy, semana y mes\n"
    "/pendientes · sin respuesta todavía\n"
    "/rechazados · qué corregir\n"
    "/ruc 20123456786 · RUC, DNI o nombre\n"
    "/ticket · de una baja o resumen\n"
    "/avisos · qué le aviso y cuándo\n"
    "/empresa · cambiar de empresa\n"
    "/idioma · español o inglés\n"
    "/salir · desvincular este chat\n\n"
    "También entiendo «la última factura de Acme», y la foto o el PDF de un comprobante con QR."
)
ROLES = {"dueno": N_("dueño"), "contador": N_("contador"), "vendedor": N_("vendedor")}

ASK_LEAVE = N_(
    "¿Desvincular este chat de <b>{empresa}</b>? Dejará de ver sus comprobantes y de recibir avisos."
)
LEFT = N_("Este chat ya no está vinculado con {empresa}.")
CHOOSE = N_("¿De qué empresa hablamos?")
CHOSEN = N_("Ahora hablamos de <b>{empresa}</b> (RUC {ruc}), como {rol}.")
ONLY_ONE = N_("Este chat ve una sola empresa: <b>{empresa}</b> (RUC {ruc}), como {rol}.")
CANCELLED = N_("Cancelado: no se hizo nada.")
NOTHING_TO_CANCEL = N_("No hay nada que cancelar.")
OLD_BUTTON = N_("Ese botón ya no sirve: empiece de nuevo.")
UNKNOWN = N_("No entendí. Escriba /ayuda para ver qué puedo hacer.")

REVOKED = N_("Este chat ya no está vinculado con esa empresa. Pida un código nuevo si debe seguir viéndola.")
UNREACHABLE = N_("Emitir no responde en este momento. Vuelva a intentarlo en un minuto; no se perdió nada.")
BROKEN = N_("Algo falló de nuestro lado y ya quedó anotado. Vuelva a intentarlo en un minuto.")

ASK_LANGUAGE = N_("¿En qué idioma hablamos?")
#: Each in itself.
LANGUAGES = {"es": "Español", "en": "English"}
LANGUAGE_CHOSEN = N_("De acuerdo, hablamos en español.")

YES = N_("Sí")
NO = N_("No")
CANCEL = N_("Cancelar")
LEAVE = N_("Sí, desvincular")
YES_ALERTS = N_("🔔 Sí, avíseme")
NO_ALERTS = N_("Ahora no")
