from odoo import api, fields, models


class EmitirCorreo(models.TransientModel):
    """Asks where to and has the service mail the files of accepted comprobantes."""

    _name = "emitir.correo"
    _description = "Mail the comprobante"

    move_ids = fields.Many2many("account.move", string="Invoices", required=True, readonly=True)
    para = fields.Char(
        string="To",
        compute="_compute_para",
        store=True,
        readonly=False,
        help="Several addresses with commas. Left empty, each goes to its customer.",
    )

    @api.depends("move_ids")
    def _compute_para(self):
        for wizard in self:
            partners = wizard.move_ids.partner_id
            wizard.para = wizard.move_ids._emitir_correo_del_cliente() if len(partners) == 1 else False

    def action_enviar(self):
        """Mail; the invoices tell it in their messages."""
        self.ensure_one()
        for move in self.move_ids:
            move.emitir_reenviar(self.para or None)
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._(
                    "It is on its way: the service goes on trying if the server of mail does not answer."
                ),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }
