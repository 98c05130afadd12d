from odoo import fields, models


class EmitirComprobante(models.Model):
    _inherit = "emitir.comprobante"

    tipo = fields.Selection(
        selection_add=[
            ("f", "Factura"),
            ("b", "Boleta"),
            ("c", "Nota de crédito"),
            ("d", "Nota de débito"),
        ],
    )
