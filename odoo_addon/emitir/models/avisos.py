from odoo import api, fields, models


class EmitirComprobante(models.Model):
    """Alerts before a deadline."""

    _inherit = "emitir.comprobante"

    @api.model
    def _cron_avisar(self):
        """An activity for each waiting document whose deadline is near, once."""
        waiting = self.sudo().search(
            [
                ("estado", "in", ("por_enviar", "enviado")),
                ("avisado", "=", False),
                ("plazo", "!=", False),
                ("company_id.emitir_activo", "=", True),
            ]
        )
        for record in waiting.filtered("por_vencer"):
            record = record.with_context(lang=record._idioma())
            record.avisado = True
            if record.plazo <= fields.Datetime.now():
                text = self.env._("The deadline has passed and the authority has not accepted it.")
            else:
                text = self.env._("It has not been accepted and %s hours are left.", record.horas)
            record._avisar("\n".join(filter(None, (text, record.mensaje, record.accion))))
