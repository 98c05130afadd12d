from odoo import fields, models


class EmitirComprobante(models.Model):
    _inherit = "emitir.comprobante"

    tipo = fields.Selection(
        selection_add=[
            ("f", "Factura"),
            ("a", "Autofactura"),
            ("c", "Nota de crédito"),
            ("d", "Nota de débito"),
            ("r", "Nota de remisión"),
        ],
    )
