"""Catalogs of SUNAT that the screens offer. Source: the catalogs of the service (core/emitir/peru/data)."""

#: Catalog 07: how a line stands to the IGV.
AFECTACIONES = [
    ("10", "10 Gravado: onerosa"),
    ("11", "11 Gravado: retiro por premio"),
    ("12", "12 Gravado: retiro por donación"),
    ("13", "13 Gravado: retiro"),
    ("14", "14 Gravado: retiro por publicidad"),
    ("15", "15 Gravado: bonificaciones"),
    ("16", "16 Gravado: retiro por entrega a trabajadores"),
    ("17", "17 Gravado: IVAP"),
    ("20", "20 Exonerado: onerosa"),
    ("21", "21 Exonerado: transferencia gratuita"),
    ("30", "30 Inafecto: onerosa"),
    ("31", "31 Inafecto: retiro por bonificación"),
    ("32", "32 Inafecto: retiro"),
    ("33", "33 Inafecto: retiro por muestras médicas"),
    ("34", "34 Inafecto: retiro por convenio colectivo"),
    ("35", "35 Inafecto: retiro por premio"),
    ("36", "36 Inafecto: retiro por publicidad"),
    ("37", "37 Inafecto: transferencia gratuita"),
    ("40", "40 Exportación de bienes o servicios"),
]
#: Affectations of what is given away: the line is told but nobody pays it.
GRATUITAS = frozenset(("11", "12", "13", "14", "15", "16", "21", "31", "32", "33", "34", "35", "36", "37"))
#: Tax code of l10n_pe (catalog 05) to the usual affectation.
AFECTACION_DE_TRIBUTO = {"1000": "10", "1016": "17", "9995": "40", "9996": "13", "9997": "20", "9998": "30"}
#: Catalog 09: why a nota de crédito is issued.
MOTIVOS_CREDITO = [
    ("01", "01 Anulación de la operación"),
    ("02", "02 Anulación por error en el RUC"),
    ("03", "03 Corrección por error en la descripción"),
    ("04", "04 Descuento global"),
    ("05", "05 Descuento por ítem"),
    ("06", "06 Devolución total"),
    ("07", "07 Devolución por ítem"),
    ("08", "08 Bonificación"),
    ("09", "09 Disminución en el valor"),
    ("10", "10 Otros conceptos"),
    ("11", "11 Ajustes de operaciones de exportación"),
    ("12", "12 Ajustes afectos al IVAP"),
    ("13", "13 Ajustes: montos o fechas de pago"),
]
#: Catalog 10: why a nota de débito is issued.
MOTIVOS_DEBITO = [
    ("01", "01 Intereses por mora"),
    ("02", "02 Aumento en el valor"),
    ("03", "03 Penalidades, otros conceptos"),
    ("11", "11 Ajustes de operaciones de exportación"),
    ("12", "12 Ajustes afectos al IVAP"),
]
#: Catalog 51: kinds of operation that a factura or boleta of Odoo may have.
OPERACIONES = [
    ("0101", "0101 Venta interna"),
    ("0112", "0112 Venta interna: sustenta gastos deducibles de persona natural"),
    ("0113", "0113 Venta interna: NRUS"),
    ("0200", "0200 Exportación de bienes"),
    ("0201", "0201 Exportación de servicios: realizados íntegramente en el país"),
    ("0202", "0202 Exportación de servicios: hospedaje de no domiciliados"),
    ("0203", "0203 Exportación de servicios: transporte de navieras"),
    ("0204", "0204 Exportación de servicios: a naves y aeronaves de bandera extranjera"),
    ("0205", "0205 Exportación de servicios: paquete turístico"),
    ("0206", "0206 Exportación de servicios: complementarios al transporte de carga"),
    ("0207", "0207 Exportación de servicios: energía eléctrica a sujetos de una ZED"),
    ("0208", "0208 Exportación de servicios: realizados parcialmente en el extranjero"),
    ("0401", "0401 Ventas no domiciliados que no califican como exportación"),
    ("1001", "1001 Operación sujeta a detracción"),
    ("1004", "1004 Operación sujeta a detracción: transporte de carga"),
    ("2001", "2001 Operación sujeta a percepción"),
]
#: Catalog 03 for the units that Odoo brings.
UNIDADES = {
    "uom.product_uom_unit": "NIU",
    "uom.product_uom_pack_6": "PK",
    "uom.product_uom_dozen": "DZN",
    "uom.product_uom_hour": "HUR",
    "uom.product_uom_day": "DAY",
    "uom.product_uom_minute": "MIN",
    "uom.product_uom_millimeter": "MMT",
    "uom.product_uom_cm": "CMT",
    "uom.product_uom_meter": "MTR",
    "uom.product_uom_km": "KTM",
    "uom.product_uom_square_meter": "MTK",
    "uom.product_uom_milliliter": "MLT",
    "uom.product_uom_litre": "LTR",
    "uom.product_uom_cubic_meter": "MTQ",
    "uom.product_uom_gram": "GRM",
    "uom.product_uom_kgm": "KGM",
    "uom.product_uom_ton": "TNE",
    "uom.product_uom_oz": "ONZ",
    "uom.product_uom_lb": "LBR",
    "uom.product_uom_inch": "INH",
    "uom.product_uom_foot": "FOT",
    "uom.product_uom_yard": "YRD",
    "uom.product_uom_square_foot": "FTK",
    "uom.product_uom_gal": "GLL",
    "uom.product_uom_cubic_inch": "INQ",
    "uom.product_uom_cubic_foot": "FTQ",
    "uom.product_uom_kwh": "KWH",
}
