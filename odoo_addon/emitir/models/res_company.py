from odoo import fields, models
from odoo.exceptions import UserError

from emitir.client import EmitirClient

#: Seconds to connect and to wait for an answer: the service waits 10 s for the authority.
TIMEOUT = (5.0, 25.0)


class ResCompany(models.Model):
    _inherit = "res.company"

    emitir_activo = fields.Boolean(string="Electronic invoicing", help="Post and send with Emitir.")
    emitir_url = fields.Char(string="Emitir address", groups="base.group_system")
    emitir_uuid = fields.Char(string="Company UUID", groups="base.group_system")
    emitir_token = fields.Char(string="Token", groups="base.group_system", copy=False)
    emitir_ambiente = fields.Selection(
        [
            ("sandbox", "Practice (nothing is legal)"),
            ("beta", "Tests of the tax authority (nothing is legal)"),
            ("test", "Tests of the tax authority: nothing is legal"),
            ("produccion", "Production: comprobantes are legal"),
            ("ose", "Production through an OSE: comprobantes are legal"),
        ],
        string="Environment",
        readonly=True,
        copy=False,
        help="What the service said when the connection was last tested.",
    )
    emitir_prueba = fields.Text(string="Result of the test", readonly=True, copy=False)
    emitir_prueba_fecha = fields.Datetime(string="Tested on", readonly=True, copy=False)
    emitir_prueba_bien = fields.Boolean(readonly=True, copy=False)
    emitir_alertas_ids = fields.Many2many(
        "res.users",
        "emitir_company_alertas_rel",
        "company_id",
        "user_id",
        string="Who gets alerts",
        help="They get an activity when a comprobante is rejected, needs a hand or is about to expire.",
    )
    emitir_correo_automatico = fields.Boolean(
        string="Mail them once accepted",
        help="The service mails PDF, XML and CDR to the customer's address as soon as the authority accepts.",
    )
    emitir_alerta_horas = fields.Integer(string="Alert hours before the deadline", default=24)

    def _emitir_cliente(self):
        """The client of this company. Raises UserError when the settings are incomplete."""
        self.ensure_one()
        company = self.sudo()
        if not (company.emitir_url and company.emitir_uuid and company.emitir_token):
            raise UserError(
                self.env._(
                    "Electronic invoicing of %s is not set up: fill in the address, the UUID and the token in "
                    "Settings / Invoicing.",
                    self.name,
                )
            )
        language = "en" if (self.env.lang or "es").startswith("en") else "es"
        return EmitirClient(
            company.emitir_url,
            company.emitir_uuid,
            company.emitir_token,
            timeout=TIMEOUT,
            retries=0,
            language=language,
        )
