"""Sales of a period."""

from emitir.i18n import N_

TITLE = N_("📊 <b>Ventas de {empresa}</b>\n{periodo}: {desde} a {hasta}")
TITLE_DAY = N_("📊 <b>Ventas de {empresa}</b>\n{periodo}: {desde}")
PERIODS = {
    "hoy": N_("Hoy"),
    "ayer": N_("Ayer"),
    "semana": N_("Semana"),
    "mes": N_("Mes"),
    "mes_anterior": N_("Mes anterior"),
}
TOTAL = N_("<b>{total}</b> en {cantidad} comprobantes · IGV {igv}")
TOTAL_TAX = N_("<b>{total}</b> en {cantidad} comprobantes · IVA {igv}")
COMPARED = N_("{flecha} {cambio} frente al periodo anterior ({total})")
NO_COMPARISON = N_("El periodo anterior no tuvo ventas.")
BY_TYPE = N_("• {tipo}: {cantidad} por {total}")
NOTHING = N_("No hubo ventas.")
OPEN = N_("🕓 {pendientes} sin respuesta · ❌ {rechazados} rechazados · 🗑 {anulados} de baja")
CHART = N_("Ventas por día, {moneda}")
