"""One line per order, for the command menu of Telegram."""

from emitir.i18n import N_

MENU = {
    "comprobante": N_("Ver un comprobante y sus archivos"),
    "emitir": N_("Emitir una boleta o factura"),
    "ventas": N_("Ventas de hoy, la semana y el mes"),
    "pendientes": N_("Comprobantes sin respuesta todavía"),
    "rechazados": N_("Comprobantes rechazados"),
    "estado": N_("En qué está un comprobante"),
    "ruc": N_("Consultar un RUC, DNI o nombre"),
    "ticket": N_("Consultar un ticket"),
    "avisos": N_("Qué le aviso y cuándo"),
    "empresa": N_("Cambiar de empresa"),
    "idioma": N_("Cambiar de idioma"),
    "ayuda": N_("Qué puede hacer"),
    "cancelar": N_("Cancelar lo que está en curso"),
    "salir": N_("Desvincular este chat"),
}
