"""Issuing from the phone, step by step."""

from emitir.i18n import N_

ASK_TYPE = N_("🧾 ¿Qué emitimos?")
BOLETA = N_("Boleta")
FACTURA = N_("Factura")
ASK_RUC = N_("¿A quién? Escriba el RUC del cliente.")
ASK_DNI = N_("¿A quién? Escriba el DNI del cliente, o toque «Sin datos» para una boleta a varios.")
NO_DATA = N_("Sin datos")
BAD_RUC = N_("Un RUC tiene 11 dígitos. Escríbalo otra vez, o /cancelar.")
BAD_DNI = N_("Un DNI tiene 8 dígitos (un RUC, 11). Escríbalo otra vez, o /cancelar.")
ASK_RUC_PY = N_(
    "¿A quién? Escriba el RUC del cliente con su dígito (80012345-0) o su cédula, o toque «Sin datos»."
)
BAD_RUC_PY = N_(
    "Eso no es un RUC (80012345-0, con guion y dígito) ni una cédula. Escríbalo otra vez, o /cancelar."
)
NOT_HERE = N_("En el país de esta empresa todavía no se emite desde el teléfono.")
NOBODY = N_("sin nombre")
EXEMPT = N_("exento")
ASK_NAME = N_("No lo tengo en el padrón. ¿Cuál es su nombre o razón social?")
ASK_ITEMS = N_(
    "Cliente: <b>{cliente}</b>\n\nEscriba qué vende, una línea por cosa, con el precio con impuesto:\n"
    "<code>2 x cuaderno 5.50\ncafé molido 28</code>"
)
ASK_ITEMS_PY = N_(
    "Cliente: <b>{cliente}</b>\n\nEscriba qué vende, una línea por cosa, con el precio con IVA:\n"
    "<code>2 x cuaderno 15.000\nazúcar 6.200 5%\nlibro 80.000 exento</code>"
)
BAD_LINE = N_("No entendí «{linea}». Se escribe así: <code>2 x cuaderno 5.50</code>")
BAD_LINE_PY = N_("No entendí «{linea}». Se escribe así: <code>2 x cuaderno 15.000</code>")
CART = N_("Cliente: <b>{cliente}</b>\n{lineas}\n\nEscriba más líneas, o toque «Ver antes de emitir».")
CART_LINE = N_("{numero}. {cantidad} × {descripcion} a {precio}")
PREVIEW = N_("👁 Ver antes de emitir")
REMOVE_LAST = N_("⌫ Quitar la última")
CONFIRM = N_(
    "{tipo} para <b>{cliente}</b>\nTotal: <b>{total}</b>\n\n¿La emito? Quedará registrada ante la autoridad."
)
WARNING = N_("⚠️ {texto}")
YES = N_("✅ Sí, emitir")
EDIT = N_("✏️ Corregir")
ISSUING = N_("🕓 Emitiendo…")
CUSTOMERS = N_("CLIENTES VARIOS")
