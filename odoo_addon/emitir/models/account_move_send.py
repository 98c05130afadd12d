from odoo import api, models


class AccountMoveSend(models.AbstractModel):
    """Send & Print takes the files of the comprobante: the official PDF is already the invoice's."""

    _inherit = "account.move.send"

    @api.model
    def _get_invoice_extra_attachments(self, move):
        record = move.emitir_comprobante_id.sudo()
        return super()._get_invoice_extra_attachments(move) | record.xml_id | record.cdr_id

    @api.model
    def _get_alerts(self, moves, moves_data):
        alerts = super()._get_alerts(moves, moves_data)
        pending = moves.filtered(
            lambda move: move.emitir_electronico and move.emitir_situacion not in ("aceptado", "observado")
        )
        if pending:
            alerts["emitir_pendiente"] = {
                "level": "warning",
                "message": self.env._(
                    "Not accepted by the authority yet: %s. What is sent now is not the comprobante.",
                    ", ".join(pending.mapped("display_name")),
                ),
            }
        return alerts

    @api.model
    def _get_default_mail_template_id(self, move):
        template = self.env.ref("emitir.mail_template_comprobante", raise_if_not_found=False)
        if template and move.emitir_situacion in ("aceptado", "observado"):
            return template
        return super()._get_default_mail_template_id(move)
