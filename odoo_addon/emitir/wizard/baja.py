from odoo import api, fields, models


class EmitirBaja(models.TransientModel):
    """Asks for the reason and requests the annulment."""

    _name = "emitir.baja"
    _description = "Request the baja of a comprobante"

    move_id = fields.Many2one("account.move", required=True, readonly=True)
    motivo = fields.Char(string="Reason", required=True, size=100)
    estado = fields.Selection(related="move_id.emitir_situacion")
    aviso = fields.Text(compute="_compute_aviso")

    @api.depends("move_id")
    def _compute_aviso(self):
        for wizard in self:
            wizard.aviso = wizard.move_id._emitir_aviso_de_baja() if wizard.move_id else False

    def action_pedir(self):
        """Request it; the invoice shows the answer."""
        self.ensure_one()
        self.move_id.emitir_baja(self.motivo)
        return {"type": "ir.actions.act_window_close"}
