{
    "name": "Peru - Electronic invoicing with Emitir",
    "summary": "Facturas, boletas and notas of SUNAT: series, affectations, forma de pago, detracciones, bajas",
    "version": "0.1.0",
    "category": "Accounting/Localizations/EDI",
    "countries": ["pe"],
    "author": "Emitir",
    "license": "LGPL-3",
    "depends": ["emitir", "l10n_pe"],
    "data": [
        "views/account_journal_views.xml",
        "views/account_tax_views.xml",
        "views/account_move_views.xml",
        "wizard/notas_views.xml",
    ],
    "auto_install": True,
    "installable": True,
    "post_init_hook": "poner_datos",
}
