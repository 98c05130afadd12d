from odoo import fields, models


class AccountJournal(models.Model):
    _inherit = "account.journal"

    emitir_electronico = fields.Boolean(
        string="Issues electronically",
        help="Customer invoices and notes of this journal are sent when they are posted.",
    )
    emitir_establecimiento = fields.Char(
        string="Establishment",
        size=4,
        default="0000",
        help="Code that the tax authority gave to the premises; 0000 is the main one.",
    )
