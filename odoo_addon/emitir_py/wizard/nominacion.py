from odoo import fields, models
from odoo.exceptions import UserError


class EmitirPyNominacion(models.TransientModel):
    """Names the receiver of an approved factura that named nobody."""

    _name = "emitir.py.nominacion"
    _description = "Name the receiver of a factura"

    move_id = fields.Many2one("account.move", string="Invoice", required=True, readonly=True)
    partner_id = fields.Many2one("res.partner", string="Customer", required=True)
    motivo = fields.Char(string="Reason", size=500, required=True)

    def action_nominar(self):
        """Register it with SIFEN and write the customer into the invoice's messages."""
        self.ensure_one()
        self.move_id._emitir_permiso("account.group_account_invoice")
        partner = self.partner_id.commercial_partner_id
        if not partner.vat:
            raise UserError(self.env._("%s has no RUC and no other document.", partner.display_name))
        if len(self.motivo.strip()) < 5:
            raise UserError(self.env._("Write the reason, of five letters at least."))
        properties = {
            "evento": "nominacion",
            "cdc": self.move_id.emitir_comprobante_id.codigo_documento,
            "motivo": self.motivo.strip(),
            "tipo_doc": partner._emitir_py_documento(),
            "numero_doc": partner.vat.strip().replace(".", ""),
            "razon_social": " ".join((partner.name or "").split())[:255],
        }
        if partner.street:
            properties["direccion"] = partner.street[:255]
        self.move_id._emitir_py_evento(properties)
        return {"type": "ir.actions.act_window_close"}
