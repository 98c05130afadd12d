from odoo import api, fields, models
from odoo.exceptions import UserError

from emitir.client import EmitirApiError, TransportError

#: Letters of ``_emitir_py_documento`` that SIFEN knows taxpayers by.
RUC = "r"


class ResPartner(models.Model):
    """Who has a RUC: the service asks SIFEN."""

    _inherit = "res.partner"

    emitir_py_estado = fields.Char(string="State at SIFEN", readonly=True, copy=False)
    emitir_py_consultado = fields.Date(string="Data of SIFEN of", readonly=True, copy=False)
    emitir_py_alerta = fields.Boolean(compute="_compute_emitir_py_alerta")
    emitir_py_consultable = fields.Boolean(compute="_compute_emitir_py_consultable")

    @api.depends("emitir_py_estado")
    def _compute_emitir_py_alerta(self):
        for partner in self:
            partner.emitir_py_alerta = bool(
                partner.emitir_py_estado and partner.emitir_py_estado.upper() != "ACTIVO"
            )

    @api.depends("l10n_latam_identification_type_id", "vat")
    @api.depends_context("company")
    def _compute_emitir_py_consultable(self):
        company = self.env.company
        active = company.emitir_activo and company.account_fiscal_country_id.code == "PY"
        for partner in self:
            partner.emitir_py_consultable = bool(
                active and partner.vat and partner._emitir_py_documento() == RUC
            )

    @api.onchange("vat", "l10n_latam_identification_type_id")
    def _onchange_emitir_py_vat(self):
        """Fill in a new customer as soon as the RUC is typed; silent when nobody answers."""
        if self.name or not self.emitir_py_consultable:
            return
        try:
            answer = self._emitir_py_preguntar()
        except (EmitirApiError, TransportError, UserError):
            return
        self.update(self._emitir_py_valores(answer))

    def action_emitir_py_consultar(self):
        """Look the RUC up and fill in name and state."""
        self.ensure_one()
        self.check_access("write")
        try:
            answer = self._emitir_py_preguntar()
        except EmitirApiError as error:
            raise UserError("\n".join(filter(None, (error.descripcion, error.extra)))) from error
        except TransportError as error:
            raise UserError(str(error)) from error
        self.write(self._emitir_py_valores(answer))

    def _emitir_py_preguntar(self):
        with self.env.company._emitir_cliente() as client:
            return client.comando("consultarruc", {"numero_doc": (self.vat or "").strip().replace(".", "")})

    def _emitir_py_valores(self, answer):
        """Values of the partner for an answer of ``consultarruc``."""
        values = {
            "emitir_py_estado": answer.get("estado_contribuyente") or False,
            "emitir_py_consultado": fields.Date.context_today(self),
        }
        if answer.get("razon_social"):
            values["name"] = answer["razon_social"]
        return values
