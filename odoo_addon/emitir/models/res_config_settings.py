from odoo import api, fields, models

from emitir.client import EmitirApiError, TransportError


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    emitir_activo = fields.Boolean(related="company_id.emitir_activo", readonly=False)
    emitir_url = fields.Char(related="company_id.emitir_url", readonly=False)
    emitir_uuid = fields.Char(related="company_id.emitir_uuid", readonly=False)
    emitir_token = fields.Char(
        string="Token",
        compute="_compute_emitir_token",
        inverse="_inverse_emitir_token",
        groups="base.group_system",
        help="It is written, never shown: left empty, the stored one stays.",
    )
    emitir_token_guardado = fields.Boolean(compute="_compute_emitir_token")
    emitir_ambiente = fields.Selection(related="company_id.emitir_ambiente")
    emitir_prueba = fields.Text(related="company_id.emitir_prueba")
    emitir_prueba_fecha = fields.Datetime(related="company_id.emitir_prueba_fecha")
    emitir_prueba_bien = fields.Boolean(related="company_id.emitir_prueba_bien")
    emitir_alertas_ids = fields.Many2many(related="company_id.emitir_alertas_ids", readonly=False)
    emitir_correo_automatico = fields.Boolean(related="company_id.emitir_correo_automatico", readonly=False)
    emitir_alerta_horas = fields.Integer(related="company_id.emitir_alerta_horas", readonly=False)

    @api.depends("company_id")
    def _compute_emitir_token(self):
        """The stored token never travels to a browser."""
        for settings in self:
            settings.emitir_token = False
            settings.emitir_token_guardado = bool(settings.company_id.sudo().emitir_token)

    def _inverse_emitir_token(self):
        for settings in self:
            if settings.emitir_token:
                settings.company_id.emitir_token = settings.emitir_token.strip()

    def action_emitir_vincular(self):
        """Open the wizard that gives a code for a chat with the bot."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Link a chat with the bot"),
            "res_model": "emitir.vinculo",
            "view_mode": "form",
            "target": "new",
            "context": {"default_company_id": self.company_id.id},
        }

    def action_emitir_probar(self):
        """Test the connection: company, certificate and authority, in the words of the service."""
        self.ensure_one()
        self.execute()
        self.company_id._emitir_probar()
        return {
            "type": "ir.actions.act_window",
            "res_model": "res.config.settings",
            "view_mode": "form",
            "target": "current",
            "context": {"module": "account"},
        }


class ResCompany(models.Model):
    _inherit = "res.company"

    def _emitir_probar(self):
        """Ask the service whether this company can issue, and keep its answer. Raises UserError."""
        self.ensure_one()
        with self._emitir_cliente() as client:
            try:
                answer = client.hola()
                good, lines = True, self._emitir_lineas_de_prueba(answer)
                self._emitir_traer_ajustes(client)
            except EmitirApiError as error:
                answer, good = error.respuesta, False
                lines = [entry["descripcion"] for entry in error.errores if entry.get("descripcion")]
                lines = [*(lines or [error.descripcion]), error.extra]
            except TransportError as error:
                answer, good, lines = {}, False, [str(error)]
        known = dict(self._fields["emitir_ambiente"].selection)
        self.sudo().write(
            {
                "emitir_prueba": "\n".join(filter(None, lines)),
                "emitir_prueba_bien": good,
                "emitir_prueba_fecha": fields.Datetime.now(),
                "emitir_ambiente": answer.get("ambiente")
                if answer.get("ambiente") in known
                else self.emitir_ambiente,
            }
        )
        return good

    def _emitir_lineas_de_prueba(self, answer):
        lines = [
            answer.get("mensaje"),
            f"{answer.get('razon_social', '')} (RUC {answer.get('ruc', '')})",
        ]
        if answer.get("certificado_vence"):
            lines.append(
                self.env._(
                    "Certificate of %(holder)s, valid until %(day)s (%(left)s days left).",
                    holder=answer.get("certificado_titular", ""),
                    day=answer["certificado_vence"],
                    left=answer.get("certificado_dias", ""),
                )
            )
        if answer.get("ruc") and self.vat and answer["ruc"] != self.vat:
            lines.append(
                self.env._(
                    "Careful: the RUC of this company in Odoo is %(odoo)s and the service issues for %(service)s.",
                    odoo=self.vat,
                    service=answer["ruc"],
                )
            )
        return [*lines, *(str(entry.get("descripcion", "")) for entry in answer.get("advertencias", ()))]
