"""Tables of SIFEN that the screens offer. Source: the catalogs of the service (core/emitir/paraguay/data)."""

#: Code of l10n_py_account's document types (iTiDE) to the letter of the service.
TIPOS = {"1": "f", "4": "a", "5": "c", "6": "d"}
#: Types of the identification of a partner, by XML id, to the letter of the service.
DOCUMENTOS = {
    "l10n_py_base.it_ruc": "r",
    "l10n_py_base.it_ci": "c",
    "l10n_py_base.it_pasaporte": "p",
    "l10n_py_base.it_carnet_residencia": "k",
    "l10n_latam_base.it_pass": "p",
    "l10n_latam_base.it_fid": "e",
}
#: Why a nota is issued (iMotEmi).
MOTIVOS = [
    ("1", "1 Devolución y ajuste de precios"),
    ("2", "2 Devolución"),
    ("3", "3 Descuento"),
    ("4", "4 Bonificación"),
    ("5", "5 Crédito incobrable"),
    ("6", "6 Recupero de costo"),
    ("7", "7 Recupero de gasto"),
    ("8", "8 Ajuste de precio"),
]
#: Why goods travel (iMotEmiNR) with the invoice of a sale.
MOTIVOS_DE_REMISION = [
    ("1", "1 Traslado por ventas"),
    ("2", "2 Traslado por consignación"),
    ("3", "3 Exportación"),
    ("6", "6 Traslado por devolución"),
    ("8", "8 Traslado de bienes por transformación"),
    ("9", "9 Traslado de bienes para reparación"),
    ("11", "11 Exhibición o demostración"),
    ("12", "12 Participación en ferias"),
]
#: Who pays the freight (iRespFlete).
FLETE = [
    ("1", "1 Emisor de la factura electrónica"),
    ("2", "2 Receptor de la factura electrónica"),
    ("3", "3 Tercero"),
    ("4", "4 Agente intermediario del transporte"),
    ("5", "5 Transporte propio"),
]
#: Units that Odoo brings to their codes.
UNIDADES = {
    "uom.product_uom_unit": "77",
    "uom.product_uom_dozen": "113",
    "uom.product_uom_hour": "100",
    "uom.product_uom_day": "102",
    "uom.product_uom_minute": "101",
    "uom.product_uom_millimeter": "95",
    "uom.product_uom_cm": "91",
    "uom.product_uom_meter": "87",
    "uom.product_uom_km": "625",
    "uom.product_uom_square_meter": "109",
    "uom.product_uom_milliliter": "88",
    "uom.product_uom_litre": "89",
    "uom.product_uom_cubic_meter": "110",
    "uom.product_uom_gram": "86",
    "uom.product_uom_kgm": "83",
    "uom.product_uom_ton": "99",
    "uom.product_uom_inch": "94",
    "uom.product_uom_foot": "122",
    "uom.product_uom_yard": "103",
    "uom.product_uom_square_foot": "123",
    "uom.product_uom_gal": "114",
}
#: What a unit is when nobody has said it.
UNIDAD = "77"
