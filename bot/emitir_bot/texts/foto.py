"""A photo or PDF with the QR of a comprobante."""

from emitir.i18n import N_

TOO_LARGE = N_("El archivo es muy grande: envíe una foto, o un PDF de menos de 20 MB.")
UNREADABLE = N_("No pude abrir ese archivo. Envíe una foto o el PDF del comprobante.")
NO_QR = N_("No encontré un QR. Acérquese más, con buena luz y sin reflejos, o envíe el PDF.")
RESULTS = {
    "valido": N_("✅ <b>{documento}</b>: <b>válido</b>."),
    "sin_validez": N_("❌ <b>{documento}</b> <b>no tiene validez</b>: {estado}"),
    "no_coincide": N_("❌ <b>{documento}</b> existe, pero <b>no coincide</b> con lo emitido: {diferencias}."),
    "desconocido": N_("❌ <b>{documento}</b> <b>no existe</b>: nadie lo emitió con esos datos."),
    "sin_comprobar": N_(
        "❔ <b>{documento}</b>: los datos son coherentes, pero no hubo a quién preguntar si vale."
    ),
}
FACTS = N_("Emitido por el RUC {ruc} el {fecha}, por {total}.")
FACTS_ALONE = N_("Emitido por el RUC {ruc} el {fecha}.")
CHECK = N_("• {nombre}: {detalle}")
DIFFERENCES = {"total": N_("el total"), "fecha": N_("la fecha"), "valor_resumen": N_("la firma")}
