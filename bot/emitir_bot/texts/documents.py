"""Comprobantes: their names, states in words with what to do next, the card and its buttons."""

from emitir.i18n import N_

#: Names of documents by country and code, as the service tells it.
TYPES = {
    ("pe", "01"): N_("Factura"),
    ("pe", "03"): N_("Boleta"),
    ("pe", "07"): N_("Nota de crédito"),
    ("pe", "08"): N_("Nota de débito"),
    ("pe", "09"): N_("Guía de remisión"),
    ("pe", "20"): N_("Retención"),
    ("pe", "40"): N_("Percepción"),
    ("pe", "RA"): N_("Comunicación de baja"),
    ("pe", "RC"): N_("Resumen diario"),
    ("py", "1"): N_("Factura"),
    ("py", "4"): N_("Autofactura"),
    ("py", "5"): N_("Nota de crédito"),
    ("py", "6"): N_("Nota de débito"),
    ("py", "7"): N_("Nota de remisión"),
}
OTHER_TYPE = N_("Comprobante {tipo}")

#: State to (mark, words, what to do next).
STATES = {
    "por_enviar": ("🕓", N_("por enviar"), N_("Saldrá solo; no hay que hacer nada.")),
    "enviando": (
        "🕓",
        N_("enviándose"),
        N_("La autoridad todavía no responde; Emitir sigue intentando solo."),
    ),
    "en_proceso": ("🕓", N_("en proceso"), N_("La autoridad lo está revisando; Emitir pregunta solo.")),
    "aceptado": ("✅", N_("aceptado"), ""),
    "observado": (
        "🟡",
        N_("aceptado con observaciones"),
        N_("Es válido. Corrija lo observado en los próximos."),
    ),
    "rechazado": (
        "❌",
        N_("rechazado"),
        N_("No vale: corrija el motivo y emítalo otra vez con un número nuevo."),
    ),
    "no_recibido": (
        "⚠️",
        N_("no recibido"),
        N_("La autoridad no lo tomó: corrija y emita con el mismo número."),
    ),
    "no_enviado": (
        "🚫",
        N_("detenido antes de salir"),
        N_("La autoridad no lo conoce; su número queda usado."),
    ),
    "baja_en_proceso": ("🗑", N_("con baja en proceso"), N_("La autoridad está revisando la baja.")),
    "dado_de_baja": ("🗑", N_("dado de baja"), N_("Ya no tiene validez.")),
}
#: The words of SIFEN, where they are others.
STATES_PY = {
    "en_proceso": ("🕓", N_("en un lote de SIFEN"), N_("SIFEN lo está revisando; Emitir pregunta solo.")),
    "aceptado": ("✅", N_("aprobado"), ""),
    "observado": (
        "🟡",
        N_("aprobado con observación"),
        N_("Es válido. Corrija lo observado en los próximos."),
    ),
    "rechazado": (
        "❌",
        N_("rechazado"),
        N_("No vale: corrija el motivo y emítalo otra vez; puede llevar el mismo número."),
    ),
    "baja_en_proceso": ("🗑", N_("con cancelación en proceso"), N_("SIFEN está revisando la cancelación.")),
    "dado_de_baja": ("🗑", N_("cancelado"), N_("Ya no tiene validez.")),
}
STATES_OF = {"py": {**STATES, **STATES_PY}}
UNKNOWN_STATE = ("❔", "{estado}", "")

CARD = N_("{marca} <b>{tipo} {numero}</b> · {estado}\n{cliente}\n{fecha} · <b>{total}</b>")
STATE = N_("{marca} <b>{tipo} {numero}</b>: {estado}.")
AUTHORITY = N_("Respuesta de la autoridad: {codigo} {descripcion}")
NEXT = "➡️ {texto}"
ASK_WHICH = N_(
    "¿Cuál comprobante? Escriba su número, por ejemplo <code>F001-21</code>, o parte del nombre del cliente."
)
NONE_FOUND = N_("No encontré ningún comprobante con «{texto}».")
SEVERAL = N_("Encontré varios con «{texto}». ¿Cuál?")
LATEST = N_("Los más recientes:")
FOLLOWING = N_("Los que siguen:")
NO_MORE = N_("No hay más.")
MORE = N_("⬇️ Más")
FILE_MISSING = N_("El {archivo} todavía no está listo.")

PDF, XML, CDR = "📄 PDF", "🧾 XML", "📥 CDR"
MAIL = N_("✉️ Enviar por correo")
BAJA = N_("🗑 Dar de baja")
BAJA_OF = {"py": N_("🗑 Cancelar el documento")}
REFRESH = N_("🔄 Actualizar")
SEE = N_("👁 Ver")

PENDING = N_("🕓 <b>{cantidad} sin respuesta</b> de la autoridad. Emitir sigue preguntando solo:")
NO_PENDING = N_("✅ No hay comprobantes pendientes: todos tienen respuesta.")
REJECTED = N_("❌ <b>Rechazados</b>, del más reciente al más antiguo:")
NO_REJECTED = N_("✅ No hay comprobantes rechazados.")
LINE = "{marca} {tipo} {numero} · {cliente} · {total}"
REASON = "   {codigo} {descripcion}"

ASK_TICKET = N_(
    "¿Qué ticket? Escriba el número que dio la baja o el resumen: <code>/ticket 202611210000001</code>"
)
TICKET = N_("{marca} El ticket {ticket} ({archivo}) está {estado}.")
TICKET_OF = N_("Trata de:")
